/** Progress of a run for a person: running intervals that hold at every look, retries, money, time left. */
import { formatInterval } from '../../domain/index.ts'
import type { RunProgress } from '../../runner/index.ts'
import type { OperationContext } from '../operation.ts'

/** Intervals cost some work; nobody reads them more often. */
const everyMs = 1_000
const mostClaims = 3

export function showProgress({ host, progress }: OperationContext): (now: RunProgress) => void {
  let shownAt = Number.NEGATIVE_INFINITY
  return (run) => {
    const now = host.now()
    if (now - shownAt < everyMs && run.waitMs === undefined) return
    shownAt = now
    progress({ step: run.step, done: run.done, total: run.total, unit: 'responses', detail: detailOf(run) })
  }
}

/** Short parts first: a terminal cuts the line off at its edge. */
function detailOf(run: RunProgress): string {
  const parts: string[] = []
  if (run.waitMs !== undefined) parts.push(`waits ${durationOf(run.waitMs / 1_000)}: the endpoint refuses more`)
  const left = timeLeft(run)
  if (left !== undefined) parts.push(`at most ${left} left`)
  if (run.usd > 0) parts.push(`$${run.usd.toFixed(2)}`)
  else if (run.tokens > 0) parts.push(`${run.tokens} tokens`)
  if (run.retries > 0) parts.push(`${run.retries} retries`)
  const standings = run.standings()
  for (const { claim, decision, track } of standings.slice(0, mostClaims)) {
    const outcome = decision === 'open' ? track?.interval() : undefined
    parts.push(`${claim.id} ${(outcome === undefined ? null : formatInterval(outcome, 'score')) ?? decision}`)
  }
  if (standings.length > mostClaims) parts.push(`${standings.length - mostClaims} more claims`)
  return parts.join(' · ')
}

/** At the pace so far, were every cell to be run; a decision may come earlier. */
function timeLeft({ done, total, doneNow, elapsedMs }: RunProgress): string | undefined {
  if (doneNow < 10) return undefined
  return durationOf(Math.ceil(((total - done) * elapsedMs) / doneNow / 1000))
}

function durationOf(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`
  return seconds < 5_400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3_600).toFixed(1)} h`
}
