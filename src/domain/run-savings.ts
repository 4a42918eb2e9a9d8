/** What a run that ended early was spared, against carrying out its whole protocol. */
import type { Statement } from './analysis.ts'

export interface RunCost {
  /** Cells that were asked, those under way at the end included. */
  readonly cells: number
  readonly total: number
  readonly calls: number
  readonly usd: number
}

/**
 * The rest is counted at the price per cell so far: an expectation, not a bill. Money is named only where any was paid.
 *
 * runSavings({ cells: 100, total: 400, calls: 200, usd: 0 })?.values.callsSpared // => 600
 */
export function runSavings({ cells, total, calls, usd }: RunCost): Statement | undefined {
  if (cells === 0 || cells >= total) return undefined
  const rest = (total - cells) / cells
  const values = { cells, total, calls, callsSpared: Math.round(calls * rest) }
  return usd > 0
    ? { code: 'run-saved-money', values: { ...values, usd, usdSpared: usd * rest } }
    : { code: 'run-saved', values }
}
