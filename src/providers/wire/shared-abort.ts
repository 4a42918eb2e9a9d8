/**
 * One listener for all that goes on under a signal. A signal with many listeners walks through all of them to add one,
 * and a removed listener or entry of a `Set` still points to those after it: once such a chain has grown old, it keeps
 * everything that ever joined until the next full garbage collection. Places in a list point to nothing.
 */
export class SharedAbort {
  readonly #groups = new WeakMap<AbortSignal, Place[]>()

  /** Calls `abort` when the signal fires, at once where it has. Returns how to leave. */
  join(signal: AbortSignal, abort: () => void): () => void {
    if (signal.aborted) {
      abort()
      return () => {}
    }
    const group = this.#groups.get(signal) ?? this.#open(signal)
    const place: Place = { abort, at: group.length }
    group.push(place)
    return () => {
      const last = group.pop()
      if (last === undefined || last === place) return
      group[place.at] = last
      last.at = place.at
    }
  }

  #open(signal: AbortSignal): Place[] {
    const group: Place[] = []
    this.#groups.set(signal, group)
    const abortAll = (): void => {
      for (const { abort } of [...group]) abort()
    }
    signal.addEventListener('abort', abortAll, { once: true })
    return group
  }
}

interface Place {
  readonly abort: () => void
  at: number
}
