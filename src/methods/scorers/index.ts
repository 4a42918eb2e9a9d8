/** Every scorer, by hand: those that compare first, those that judge last. */
import type { Scorer } from '../../domain/index.ts'
import { exactMatch } from './exact-match.ts'
import { multipleChoice } from './multiple-choice.ts'

export const scorers: readonly Scorer[] = [exactMatch, multipleChoice]
