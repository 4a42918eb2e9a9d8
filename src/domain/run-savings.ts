/** What a run that its claims ended paid beyond the decision, and what it was spared against its whole protocol. */
import type { Statement } from './analysis.ts'

export interface RunCost {
  /** Cells that were asked, those under way at the end included. */
  readonly cells: number
  readonly total: number
  readonly calls: number
  /** Of these, calls that were under way or read ahead when the last claim was decided. */
  readonly late: number
  readonly usd: number
}

/**
 * The rest is counted at the price per cell so far: an expectation, not a bill. Money is named only where any was paid.
 *
 * runSavings({ cells: 100, total: 400, calls: 200, late: 4, usd: 0 }).map(({ code }) => code) // => ['calls-beyond-decision', 'run-saved']
 */
export function runSavings({ cells, total, calls, late, usd }: RunCost): readonly Statement[] {
  const beyond: readonly Statement[] = late > 0 ? [{ code: 'calls-beyond-decision', values: { calls, late } }] : []
  if (cells === 0 || cells >= total) return beyond
  const rest = (total - cells) / cells
  const values = { cells, total, calls, callsSpared: Math.round(calls * rest) }
  return [
    ...beyond,
    usd > 0
      ? { code: 'run-saved-money', values: { ...values, usd, usdSpared: usd * rest } }
      : { code: 'run-saved', values },
  ]
}
