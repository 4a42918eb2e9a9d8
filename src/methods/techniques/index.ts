/** Every technique, by hand: the plain one first, then by what they add. */
import type { Technique } from '../../domain/index.ts'
import { bestOfN } from './best-of-n.ts'
import { chainOfThought } from './chain-of-thought.ts'
import { choiceShuffle } from './choice-shuffle.ts'
import { fewShot } from './few-shot.ts'
import { medprompt } from './medprompt.ts'
import { selfConsistency } from './self-consistency.ts'
import { toolLoop } from './tool-loop.ts'
import { uncertaintyRouted } from './uncertainty-routed.ts'
import { zeroShot } from './zero-shot.ts'

export const techniques: readonly Technique[] = [
  zeroShot,
  fewShot,
  chainOfThought,
  selfConsistency,
  uncertaintyRouted,
  choiceShuffle,
  medprompt,
  bestOfN,
  toolLoop,
]
