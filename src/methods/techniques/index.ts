/** Every technique, by hand: the plain one first, then by what they add. */
import type { Technique } from '../../domain/index.ts'
import { zeroShot } from './zero-shot.ts'

export const techniques: readonly Technique[] = [zeroShot]
