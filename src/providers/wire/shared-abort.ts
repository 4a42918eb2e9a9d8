/** One listener for all that goes on under a signal: a signal with many listeners walks through all to add one. */
export class SharedAbort {
  readonly #groups = new WeakMap<AbortSignal, Set<() => void>>()

  /** Calls `abort` when the signal fires, at once where it has. Returns how to leave. */
  join(signal: AbortSignal, abort: () => void): () => void {
    if (signal.aborted) {
      abort()
      return () => {}
    }
    const group = this.#groups.get(signal) ?? this.#open(signal)
    group.add(abort)
    return () => group.delete(abort)
  }

  #open(signal: AbortSignal): Set<() => void> {
    const group = new Set<() => void>()
    this.#groups.set(signal, group)
    const abortAll = (): void => {
      for (const abort of group) abort()
      group.clear()
    }
    signal.addEventListener('abort', abortAll, { once: true })
    return group
  }
}
