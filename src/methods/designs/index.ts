/** Every design, by hand: adding one is adding one file and one line here. */
import type { Design } from '../../domain/index.ts'
import { covering } from './covering.ts'
import { fractional } from './fractional.ts'
import { full } from './full.ts'
import { oneAtATime } from './one-at-a-time.ts'
import { random } from './random.ts'
import { supplied } from './supplied.ts'
import { thompson } from './thompson.ts'

export const designs: readonly Design[] = [full, oneAtATime, random, fractional, covering, thompson, supplied]
