/** How far a long computation is, for whoever asks to be told. It moves no number. */

export interface Progress {
  /** Steps done: draws, iterations, sizes tried. */
  readonly done: number
  /** Undefined for a search, which ends when it has found. */
  readonly total: number | undefined
}

export type OnProgress = (progress: Progress) => void

/** Tells of about a hundred steps of `total`, however many there are: being told must not take longer than computing. */
export function aboutAHundred(total: number, onProgress: OnProgress | undefined): (done: number) => void {
  if (onProgress === undefined) return () => {}
  const stride = Math.max(1, Math.floor(total / 100))
  return (done) => {
    if (done % stride === 0 || done === total) onProgress({ done, total })
  }
}
