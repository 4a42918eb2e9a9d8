/**
 * Agreement of any number of raters, with missing ratings: Gwet's AC1/AC2, Fleiss' kappa and Brennan–Prediger.
 *
 * All are (p_a − p_e)/(1 − p_e) and differ only in what "by chance" means: AC: T/(q(q−1)) Σ π(1−π); Fleiss: Σ w π π;
 * Brennan–Prediger: T/q², with π the mean category shares and T the sum of weights. Errors by linearisation over units
 * (Gwet 2014, "Handbook of inter-rater reliability", ch. 5). The interval is `agreementInterval`'s, conservative by design.
 */

import { checkLevel } from '../check-inputs.ts'
import { fail } from '../fail.ts'
import { notEstimable, type Outcome } from '../result.ts'
import { agreementInterval, boundaryCaveats, type Coefficient, unitsAtChance } from './agreement-interval.ts'
import { agreementWeights, countCategories, type Ratings, type WeightKind } from './ratings.ts'

export interface AgreementOptions {
  readonly ratings: Ratings
  /** `identity` gives AC1 and plain Fleiss; linear and quadratic need ordered categories. */
  readonly weights: WeightKind
  readonly level: number
  /**
   * All categories the raters could have used. A category nobody used still counts as a way to agree by chance in AC
   * and Brennan–Prediger. Must contain every rating that occurs.
   */
  readonly scale: readonly number[]
}

/** Gwet's AC1 (identity weights) or AC2: hardly moved by prevalence. Never alone: it can flatter a judge that never fires. */
export function gwetAgreement(options: AgreementOptions): Outcome {
  return chanceCorrected(options, {
    method: options.weights === 'identity' ? 'gwet-ac1' : `gwet-ac2-${options.weights}`,
    chance: 'gwet',
  })
}

/** Fleiss' kappa, generalised to unequal numbers of ratings per unit. */
export function fleissKappa(options: AgreementOptions): Outcome {
  return chanceCorrected(options, { method: `fleiss-kappa-${options.weights}`, chance: 'fleiss' })
}

/** Brennan–Prediger (for two categories: PABAK): chance is uniform over the scale. */
export function brennanPrediger(options: AgreementOptions): Outcome {
  return chanceCorrected(options, { method: `brennan-prediger-${options.weights}`, chance: 'uniform' })
}

type ChanceKind = 'gwet' | 'fleiss' | 'uniform'

function chanceCorrected(
  { ratings, weights, level, scale }: AgreementOptions,
  { method, chance }: { readonly method: string; readonly chance: ChanceKind },
): Outcome {
  checkLevel(level)
  const table = ratedUnits(ratings, scale)
  const { units, size, perUnit } = table
  const paired = perUnit.filter((count) => count >= 2).length
  if (paired < 2) return notEstimable('too-few-rated-twice', { units, paired })
  const model = { chance, weight: agreementWeights(size, weights) }
  const sample = coefficientOf(table, model)
  if (sample === undefined) return notEstimable('one-category-only', { n: units })
  const withChance = coefficientOf(addUnitsAtChance(table, unitsAtChance(level)), model) ?? sample
  return {
    kind: 'estimate',
    value: sample.value,
    standardError: sample.standardError,
    degreesOfFreedom: paired - 1,
    interval: agreementInterval({ sample, withChance, units: paired, level }),
    n: units,
    method,
    assumptions: ['independent-units', 'fixed-raters'],
    caveats: boundaryCaveats({ sample, units: paired }),
  }
}

interface AgreementModel {
  readonly chance: ChanceKind
  readonly weight: Float64Array
}

/** Undefined where chance alone agrees always. */
function coefficientOf(table: RatedUnits, { chance, weight }: AgreementModel): Coefficient | undefined {
  const { units, size, counts, perUnit, unitWeight } = table
  const total = unitWeight.reduce((sum, own) => sum + own, 0)
  const shares = new Float64Array(size)
  for (let unit = 0; unit < units; unit++) {
    const share = (unitWeight[unit] ?? 0) / (perUnit[unit] ?? 1) / total
    for (let k = 0; k < size; k++) shares[k] = (shares[k] ?? 0) + (counts[unit * size + k] ?? 0) * share
  }
  const unitAgreement = pairAgreement(table, weight)
  const paired = unitWeight.reduce((sum, own, unit) => sum + ((perUnit[unit] ?? 0) >= 2 ? own : 0), 0)
  const observed = unitAgreement.reduce((sum, agreement, unit) => sum + agreement * (unitWeight[unit] ?? 0), 0) / paired
  const { expected, influence } = chanceModel({ chance, weight, shares, size })
  if (!(expected < 1)) return undefined
  const value = (observed - expected) / (1 - expected)
  let squares = 0
  for (let unit = 0; unit < units; unit++) {
    const rated = perUnit[unit] ?? 0
    const own = rated >= 2 ? ((total / paired) * ((unitAgreement[unit] ?? 0) - expected)) / (1 - expected) : 0
    let unitChance = 0
    for (let k = 0; k < size; k++) unitChance += ((influence[k] ?? 0) * (counts[unit * size + k] ?? 0)) / rated
    const linearised = own - (chance === 'uniform' ? 0 : (2 * (1 - value) * (unitChance - expected)) / (1 - expected))
    squares += (unitWeight[unit] ?? 0) * (linearised - value) ** 2
  }
  return { value, standardError: Math.sqrt(squares / (total * (total - 1))) }
}

/** Share of the pairs of ratings of each unit that agree, by weight; 0 where there is no pair. */
function pairAgreement({ units, size, counts, perUnit }: RatedUnits, weight: Float64Array): Float64Array {
  const agreement = new Float64Array(units)
  for (let unit = 0; unit < units; unit++) {
    const rated = perUnit[unit] ?? 0
    if (rated < 2) continue
    let agreeing = 0
    for (let k = 0; k < size; k++) {
      const count = counts[unit * size + k] ?? 0
      if (count === 0) continue
      let weighted = 0
      for (let l = 0; l < size; l++) weighted += (weight[k * size + l] ?? 0) * (counts[unit * size + l] ?? 0)
      agreeing += count * (weighted - 1)
    }
    agreement[unit] = agreeing / (rated * (rated - 1))
  }
  return agreement
}

/** Units of two ratings, each pair of categories as likely as any other, that weigh `added` together. */
function addUnitsAtChance(table: RatedUnits, added: number): RatedUnits {
  const { units, size, counts, perUnit, unitWeight } = table
  const pairs = new Float64Array(size ** 2 * size)
  for (let pair = 0; pair < size ** 2; pair++) {
    for (const k of [Math.floor(pair / size), pair % size]) pairs[pair * size + k] = (pairs[pair * size + k] ?? 0) + 1
  }
  const joined = (first: Float64Array, second: Float64Array) => Float64Array.from([...first, ...second])
  return {
    units: units + size ** 2,
    size,
    counts: joined(counts, pairs),
    perUnit: joined(perUnit, new Float64Array(size ** 2).fill(2)),
    unitWeight: joined(unitWeight, new Float64Array(size ** 2).fill(added / size ** 2)),
  }
}

/** Chance agreement, and for each category what a rating of it contributes to chance agreement. */
function chanceModel({
  chance,
  weight,
  shares,
  size,
}: {
  readonly chance: ChanceKind
  readonly weight: Float64Array
  readonly shares: Float64Array
  readonly size: number
}): { readonly expected: number; readonly influence: Float64Array } {
  const total = weight.reduce((sum, entry) => sum + entry, 0)
  switch (chance) {
    case 'gwet': {
      if (size < 2) return { expected: 1, influence: new Float64Array(size) }
      const factor = total / (size * (size - 1))
      return {
        expected: factor * shares.reduce((sum, share) => sum + share * (1 - share), 0),
        influence: shares.map((share) => factor * (1 - share)),
      }
    }
    case 'fleiss': {
      const influence = shares.map((_, k) =>
        shares.reduce((sum, share, l) => sum + (weight[k * size + l] ?? 0) * share, 0),
      )
      return { expected: shares.reduce((sum, share, k) => sum + share * (influence[k] ?? 0), 0), influence }
    }
    case 'uniform':
      return { expected: total / size ** 2, influence: new Float64Array(size) }
    default:
      return chance satisfies never
  }
}

interface RatedUnits {
  readonly units: number
  readonly size: number
  readonly counts: Float64Array
  readonly perUnit: Float64Array
  /** How many units each row stands for. */
  readonly unitWeight: Float64Array
}

/** Counts on the declared scale, of units that were rated at all. */
function ratedUnits(ratings: Ratings, scale: readonly number[]): RatedUnits {
  const { categories, counts, perUnit, units } = countCategories(ratings)
  const ordered = Float64Array.from(new Set(scale)).sort()
  const size = ordered.length
  const position = new Map(Array.from(ordered, (category, at) => [category, at] as const))
  const kept = Array.from({ length: units }, (_, unit) => unit).filter((unit) => (perUnit[unit] ?? 0) > 0)
  const placed = new Float64Array(kept.length * size)
  for (const [row, unit] of kept.entries()) {
    for (const [k, category] of categories.entries()) {
      const at = position.get(category)
      if (at === undefined)
        fail('rating-off-scale', { rating: category }, 'list every category that occurs in the scale')
      placed[row * size + at] = counts[unit * categories.length + k] ?? 0
    }
  }
  return {
    units: kept.length,
    size,
    counts: placed,
    perUnit: Float64Array.from(kept, (unit) => perUnit[unit] ?? 0),
    unitWeight: new Float64Array(kept.length).fill(1),
  }
}
