/** Every design, by hand: adding one is adding one file and one line here. */
import type { Design } from '../../domain/index.ts'
import { full } from './full.ts'
import { oneAtATime } from './one-at-a-time.ts'

export const designs: readonly Design[] = [full, oneAtATime]
