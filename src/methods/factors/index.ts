/** Every factor, by hand: adding one is adding one file and one line here. */
import type { Factor } from '../../domain/index.ts'
import { answerMode } from './answer-mode.ts'
import { bestOfNNoise } from './best-of-n-noise.ts'
import { casing } from './casing.ts'
import { contractions } from './contractions.ts'
import { decoding } from './decoding.ts'
import { fewShot } from './few-shot.ts'
import { format } from './format.ts'
import { instructionLanguage } from './instruction-language.ts'
import { mildMix } from './mild-mix.ts'
import { misspelling } from './misspelling.ts'
import { optionLabels } from './option-labels.ts'
import { optionOrder } from './option-order.ts'
import { paraphrase } from './paraphrase.ts'
import { persona } from './persona.ts'
import { punctuation } from './punctuation.ts'
import { spacing } from './spacing.ts'
import { systemPrompt } from './system-prompt.ts'
import { typos } from './typos.ts'

export const factors: readonly Factor[] = [
  format,
  optionOrder,
  optionLabels,
  answerMode,
  paraphrase,
  instructionLanguage,
  systemPrompt,
  persona,
  fewShot,
  decoding,
  casing,
  spacing,
  typos,
  punctuation,
  misspelling,
  contractions,
  mildMix,
  bestOfNNoise,
]
