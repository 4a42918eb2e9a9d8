/** Shows progress on stderr: one line that is rewritten on a terminal, occasional plain lines elsewhere. */
import type { ProgressEvent } from '../operations/index.ts'
import type { TextStream } from './text-stream.ts'

export interface ProgressLine {
  readonly show: (event: ProgressEvent) => void
  /** Removes the line, before anything else is printed. */
  readonly clear: () => void
}

export function openProgressLine({ stream, now }: { stream: TextStream; now: () => number }): ProgressLine {
  const interactive = stream.isTTY === true
  const pauseMs = interactive ? 80 : 2_000
  const started = now()
  let shownAt = interactive ? Number.NEGATIVE_INFINITY : started
  let shown = false
  return {
    show(event) {
      const time = now()
      if (time - shownAt < pauseMs) return
      shownAt = time
      const line = wordsOf(event)
      if (interactive) stream.write(`\r\u001b[2K${line.slice(0, Math.max(20, (stream.columns ?? 80) - 1))}`)
      else stream.write(`${line}\n`)
      shown = true
    },
    clear() {
      if (interactive && shown) stream.write('\r\u001b[2K')
      shown = false
    },
  }
}

function wordsOf(event: ProgressEvent): string {
  const { detail } = event
  return detail === undefined ? countOf(event) : `${countOf(event)} · ${detail}`
}

function countOf({ step, done, total, unit }: ProgressEvent): string {
  if (unit === 'bytes') {
    const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1)
    return total > 0 ? `${step}: ${megabytes(done)} of ${megabytes(total)} MB` : `${step}: ${megabytes(done)} MB`
  }
  return total > 0 ? `${step}: ${done} of ${total} ${unit}` : `${step}: ${done} ${unit}`
}
