/** What the closed-form mixture boundaries share. */
import { fail } from '../fail.ts'

/** `two-sided` bounds |S|, `greater` only S from above: the same error rate then buys a tighter bound. */
export type MixtureSide = 'two-sided' | 'greater'

/** Refuses an intrinsic time that is negative or not finite. */
export function checkIntrinsicTime(time: number): void {
  if (!(time >= 0 && Number.isFinite(time)))
    fail(
      'intrinsic-time-out-of-range',
      { time },
      'pass an intrinsic time of 0 or more, such as t/4 for scores in [0, 1]',
    )
}
