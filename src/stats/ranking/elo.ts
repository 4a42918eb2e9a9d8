/**
 * Elo ratings, only to show how much they depend on the order of the battles.
 *
 * E = 1/(1 + 10^((R_B − R_A)/400)), R += K (S − E) (Elo 1978). The rating is a running average that never settles: for
 * two models its gap keeps a standard deviation of about 13.18 √K points. It is not an estimate and gets no interval;
 * use Bradley–Terry for those.
 */

import type { Random } from '../../random/index.ts'
import { checkFinite, checkPositive, checkWhole } from '../check-inputs.ts'
import { aboutAHundred, type OnProgress } from '../progress.ts'
import { type Battles, countPairs } from './battles.ts'

export interface EloOptions {
  readonly battles: Battles
  /** Step size K in Elo points. */
  readonly step: number
  readonly start: number
}

/** Ratings after the battles in the order given. */
export function eloRatings({ battles, step, start }: EloOptions): Float64Array {
  checkElo({ battles, step, start })
  return ratingsInOrder({ battles, step, start, order: undefined })
}

export interface EloDispersion {
  /** Standard deviation of each model's rating over random orders of the same battles. */
  readonly standardDeviations: Float64Array
  readonly mean: Float64Array
  readonly orders: number
  /** Largest share of orders, over pairs of neighbours in mean rating, that put the pair the wrong way round. */
  readonly worstReversal: number
}

/** How ratings move when only the order of the battles changes. */
export function eloDispersion(
  { battles, step, start, orders, random }: EloOptions & { readonly orders: number; readonly random: Random },
  onProgress?: OnProgress,
): EloDispersion {
  checkWhole({ orders }, { least: 2, most: 100_000 })
  checkElo({ battles, step, start })
  const { models } = battles
  const order = Int32Array.from({ length: battles.first.length }, (_, battle) => battle)
  const tell = aboutAHundred(orders, onProgress)
  const ratings = Array.from({ length: orders }, (_, done) => {
    tell(done)
    random.shuffle(order)
    return ratingsInOrder({ battles, step, start, order })
  })
  const mean = new Float64Array(models)
  for (const run of ratings) for (let i = 0; i < models; i++) mean[i] = (mean[i] ?? 0) + (run[i] ?? 0) / orders
  const standardDeviations = mean.map((centre, i) =>
    Math.sqrt(ratings.reduce((sum, run) => sum + ((run[i] ?? 0) - centre) ** 2, 0) / (orders - 1)),
  )
  const ranked = Array.from(mean.keys()).sort((a, b) => (mean[b] ?? 0) - (mean[a] ?? 0))
  let worstReversal = 0
  for (let place = 1; place < models; place++) {
    const upper = ranked[place - 1] ?? 0
    const lower = ranked[place] ?? 0
    const reversed = ratings.filter((run) => (run[upper] ?? 0) < (run[lower] ?? 0)).length
    worstReversal = Math.max(worstReversal, reversed / orders)
  }
  return { standardDeviations, mean, orders, worstReversal }
}

function checkElo({ battles, step, start }: EloOptions): void {
  countPairs(battles)
  checkPositive({ step })
  checkFinite([step, start])
}

function ratingsInOrder({
  battles,
  step,
  start,
  order,
}: EloOptions & { readonly order: Int32Array | undefined }): Float64Array {
  const { models, first, second, outcome } = battles
  const ratings = new Float64Array(models).fill(start)
  for (let k = 0; k < first.length; k++) {
    const battle = order === undefined ? k : (order[k] ?? 0)
    const i = first[battle] ?? 0
    const j = second[battle] ?? 0
    const expected = 1 / (1 + 10 ** (((ratings[j] ?? 0) - (ratings[i] ?? 0)) / 400))
    const move = step * ((outcome[battle] ?? 0) - expected)
    ratings[i] = (ratings[i] ?? 0) + move
    ratings[j] = (ratings[j] ?? 0) - move
  }
  return ratings
}
