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
import { type Battles, checkBattles } from './battles.ts'

export interface EloOptions {
  readonly battles: Battles
  /** Step size K in Elo points. */
  readonly step: number
  readonly start: number
}

/** Ratings after the battles in the order given. */
export function eloRatings({ battles, step, start }: EloOptions): Float64Array {
  checkElo({ battles, step, start })
  return ratingsInOrder({ packed: packBattles(battles), models: battles.models, step, start })
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
  const packed = packBattles(battles)
  const tell = aboutAHundred(orders, onProgress)
  const ratings = Array.from({ length: orders }, (_, done) => {
    tell(done)
    random.shuffle(packed)
    return ratingsInOrder({ packed, models, step, start })
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
  checkBattles(battles)
  checkPositive({ step })
  checkFinite([step, start])
}

/** One whole number per battle, so that a shuffled order is read from front to back: 14 bits a model, 2 for twice the outcome. */
function packBattles({ first, second, outcome }: Battles): Int32Array {
  const packed = new Int32Array(first.length)
  for (let battle = 0; battle < packed.length; battle++)
    packed[battle] = ((first[battle] ?? 0) << 16) | ((second[battle] ?? 0) << 2) | (2 * (outcome[battle] ?? 0))
  return packed
}

interface PackedBattles extends Omit<EloOptions, 'battles'> {
  readonly packed: Int32Array
  readonly models: number
}

function ratingsInOrder({ packed, models, step, start }: PackedBattles): Float64Array {
  const ratings = new Float64Array(models).fill(start)
  for (const battle of packed) {
    const i = battle >>> 16
    const j = (battle >>> 2) & 0x3fff
    const before = ratings[i] ?? 0
    const other = ratings[j] ?? 0
    const expected = 1 / (1 + 10 ** ((other - before) / 400))
    const move = step * ((battle & 3) / 2 - expected)
    ratings[i] = before + move
    ratings[j] = other - move
  }
  return ratings
}
