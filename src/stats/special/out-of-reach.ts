/** What special functions answer where their expansions do not converge in double precision. */
import { fail } from '../fail.ts'

/** Counts and degrees of freedom of about 10^15 and more, or of about 10^−15 and less. */
export function outOfReach(parameters: Readonly<Record<string, number>>): never {
  return fail(
    'distribution-out-of-reach',
    parameters,
    'pass counts and degrees of freedom of an ordinary size: above 10^12 the normal distribution is exact enough',
  )
}
