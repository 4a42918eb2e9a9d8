/** What the surroundings provide: clock, waiting, process, secrets. Handed in, so that nothing reads them by itself. */

export interface Host {
  /** Milliseconds of a clock that only moves forward. */
  readonly now: () => number
  /** The time of day, ISO 8601 in UTC. Recorded, never decided by. */
  readonly time: () => string
  readonly processId: number
  /** Whether a process of this machine is still there. */
  readonly isAlive: (processId: number) => boolean
  /** Reads an environment variable; the only way to a key. */
  readonly secret: (name: string) => string | undefined
  /** Readies the process for work that goes on for hours. Absent where the process belongs to somebody else. */
  readonly settleForLongWork?: (() => void) | undefined
}

/** Waits; resolves early where the signal ends the wait. */
export function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted === true) return resolve()
    const done = (): void => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, milliseconds)
    signal?.addEventListener('abort', done, { once: true })
  })
}
