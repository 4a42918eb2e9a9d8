/** How far cells may be asked ahead of the first unfinished item. */
import { cellsPerItem, type Study } from '../domain/index.ts'
import { largestCluster } from './largest-cluster.ts'

/** Finished cells that may wait for a slow one before them, where nothing is decided on the way. */
const farthestAhead = 20_000

/** Cells ahead from the start under a sequential rule, and one more for so many that are settled. */
const firstAhead = 2
const settledPerCell = 32

/**
 * Under a fixed rule nothing is paid in vain. Under a sequential one everything beyond the decision is: so that this stays
 * a few hundredths of what the decision took, cells in flight grow with those settled, from a unit and a cell up to
 * twice what the endpoints take.
 */
export function readAhead({
  study,
  inFlight,
}: {
  readonly study: Study
  readonly inFlight: number
}): (settled: number) => number {
  if (study.stopping.rule === 'fixed') return () => farthestAhead + cellsPerItem(study)
  const unit = cellsPerItem(study) * largestCluster(study.items)
  return (settled) => unit - 1 + Math.min(2 * inFlight, firstAhead + Math.floor(settled / settledPerCell))
}
