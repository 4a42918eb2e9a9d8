import type { CellRecord, CellScoresByScorer } from '../domain/index.ts'

/** The scores of a finished cell as the claims see them. */
export function scoresOfCell({ scores }: CellRecord): CellScoresByScorer {
  return Object.fromEntries(
    Object.entries(scores).map(([label, { strict, lenient }]) => [
      label,
      { strict: strict.score, lenient: lenient.score },
    ]),
  )
}
