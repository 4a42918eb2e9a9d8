/** Every scorer, by hand: those that compare first, those that judge last. */
import type { Scorer } from '../../domain/index.ts'
import { bestCandidate } from './best-candidate.ts'
import { exactMatch } from './exact-match.ts'
import { likelihoodScorer } from './likelihood.ts'
import { modelGraded } from './model-graded.ts'
import { multipleChoice } from './multiple-choice.ts'
import { normalisedMatch } from './normalised-match.ts'
import { numeric } from './numeric.ts'
import { regularExpression } from './regular-expression.ts'

export { type CustomScorer, customScorer, type ReplyToScore, type ScoreFunction } from './custom-scorer.ts'

export const scorers: readonly Scorer[] = [
  multipleChoice,
  exactMatch,
  normalisedMatch,
  numeric,
  regularExpression,
  likelihoodScorer,
  bestCandidate,
  modelGraded,
]
