/** Exact coverage and level by summing over every possible outcome, where that is possible: no simulation error at all. */

import { binomialPmf } from '../src/stats/distributions/binomial.ts'
import type { Outcome } from '../src/stats/index.ts'
import { exactSum } from '../src/stats/index.ts'

/** What a note says wherever rows were enumerated. */
export const enumeratedNote =
  'Summed exactly over all possible outcomes: these rates have no simulation error and no tolerance.'

/** P(hit) over k ~ Binomial(n, p). */
export function overBinomial({
  n,
  p,
  hit,
}: {
  readonly n: number
  readonly p: number
  readonly hit: (k: number) => boolean
}): number {
  const hits: number[] = []
  for (let k = 0; k <= n; k++) if (hit(k)) hits.push(binomialPmf({ k, n, p }))
  return Math.min(1, exactSum(hits))
}

/** P(hit) over the discordant counts (b, c) of n pairs. */
export function overDiscordant({
  n,
  onlyA,
  onlyB,
  hit,
}: {
  readonly n: number
  readonly onlyA: number
  readonly onlyB: number
  readonly hit: (b: number, c: number) => boolean
}): number {
  const hits: number[] = []
  for (let b = 0; b <= n; b++) {
    const first = binomialPmf({ k: b, n, p: onlyA })
    if (first < 1e-16) continue
    const given = Math.min(1, onlyB / (1 - onlyA))
    for (let c = 0; c <= n - b; c++) {
      if (hit(b, c)) hits.push(first * binomialPmf({ k: c, n: n - b, p: onlyA === 1 ? 0 : given }))
    }
  }
  return Math.min(1, exactSum(hits))
}

/** Whether an interval holds the truth; one that cannot be given does not. */
export function covers(outcome: Outcome, truth: number): boolean {
  // The slack forgives the last bits of a limit that falls on the truth.
  return (
    outcome.kind === 'estimate' && outcome.interval.lower <= truth + 1e-12 && truth <= outcome.interval.upper + 1e-12
  )
}
