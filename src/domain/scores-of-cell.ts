/** The scores of a finished cell as the claims see them. */
import type { CellScoresByScorer } from './claim-scale.ts'
import type { CellRecord } from './journal-record.ts'

export function scoresOfCell({ scores }: Pick<CellRecord, 'scores'>): CellScoresByScorer {
  return Object.fromEntries(
    Object.entries(scores).map(([label, { strict, lenient }]) => [
      label,
      { strict: strict.score, lenient: lenient.score },
    ]),
  )
}
