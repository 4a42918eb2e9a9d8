/** Coverage of the intervals of agreement coefficients. */
import type { Random } from '../../src/random/index.ts'
import {
  agreementWeights,
  brennanPrediger,
  cohenKappa,
  fleissKappa,
  gwetAgreement,
  krippendorffAlpha,
  type Outcome,
  type Ratings,
  type WeightKind,
} from '../../src/stats/index.ts'
import { defineCalibration } from '../calibration.ts'
import { simulatedRow } from '../simulated-scores.ts'
import { covers } from './bounded-mean.ts'

/** Raters who see a unit's true category, each with errors of its own. */
interface RatedWorld {
  readonly units: number
  /** Share of each true category. */
  readonly shares: readonly number[]
  /** Chance that a rater errs, for each rater. */
  readonly errors: readonly number[]
  /** `neighbour`: an error is one step away, for ordered categories. */
  readonly mistakes: 'anywhere' | 'neighbour'
  /** Chance that a rating is missing. */
  readonly missing: number
}

type Method = 'κ' | 'Fleiss κ' | 'AC' | 'Brennan–Prediger' | 'α'

interface Claim {
  readonly method: Method
  readonly weights: WeightKind
  /** For α, instead of weights. */
  readonly scale: 'nominal' | 'ordinal' | 'interval'
}

const plain = { weights: 'identity', scale: 'nominal' } as const

/** P(rating | truth) of one rater. */
function confusion({ shares, mistakes }: RatedWorld, error: number): readonly (readonly number[])[] {
  return shares.map((_, truth) => {
    const others = shares
      .map((__, k) => k)
      .filter((k) => k !== truth && (mistakes === 'anywhere' || Math.abs(k - truth) === 1))
    return shares.map((__, k) => (k === truth ? 1 - error : others.includes(k) ? error / others.length : 0))
  })
}

function ratingsOf(random: Random, world: RatedWorld): Ratings {
  const raters = world.errors.map((error) => confusion(world, error))
  const values = new Float64Array(world.units * raters.length).fill(Number.NaN)
  for (let unit = 0; unit < world.units; unit++) {
    const truth = drawn(random, world.shares)
    for (const [rater, chances] of raters.entries()) {
      if (world.missing > 0 && random.uniform() < world.missing) continue
      values[unit * raters.length + rater] = drawn(random, chances[truth] ?? [])
    }
  }
  return { units: world.units, raters: raters.length, values }
}

function drawn(random: Random, chances: readonly number[]): number {
  let left = random.uniform()
  for (const [k, chance] of chances.entries()) {
    left -= chance
    if (left < 0) return k
  }
  return chances.length - 1
}

/** The coefficient in endless units, from the joint ratings of the first and the last rater; all raters alike unless it is κ. */
function trueCoefficient(world: RatedWorld, { method, weights, scale }: Claim): number {
  const size = world.shares.length
  const places = world.shares.map((_, k) => k)
  const first = confusion(world, world.errors[0] ?? 0)
  const last = confusion(world, world.errors.at(-1) ?? 0)
  const over = (term: (c: number, k: number) => number) =>
    places.reduce((sum, c) => sum + places.reduce((inner, k) => inner + term(c, k), 0), 0)
  const joint = (c: number, k: number) =>
    world.shares.reduce((sum, share, truth) => sum + share * (first[truth]?.[c] ?? 0) * (last[truth]?.[k] ?? 0), 0)
  const margin = (rater: readonly (readonly number[])[]) =>
    places.map((k) => world.shares.reduce((sum, share, truth) => sum + share * (rater[truth]?.[k] ?? 0), 0))
  const [p, q] = [margin(first), margin(last)]
  if (method === 'α') {
    const between = (c: number, k: number) =>
      places.reduce((sum, g) => sum + (g > Math.min(c, k) && g < Math.max(c, k) ? (p[g] ?? 0) : 0), 0) +
      ((p[c] ?? 0) + (p[k] ?? 0)) / 2
    const distance = (c: number, k: number) =>
      c === k ? 0 : scale === 'nominal' ? 1 : scale === 'interval' ? (c - k) ** 2 : between(c, k) ** 2
    return 1 - over((c, k) => joint(c, k) * distance(c, k)) / over((c, k) => (p[c] ?? 0) * (p[k] ?? 0) * distance(c, k))
  }
  const weight = agreementWeights(size, weights)
  const w = (c: number, k: number) => weight[c * size + k] ?? 0
  const observed = over((c, k) => w(c, k) * joint(c, k))
  const total = over(w)
  const chance =
    method === 'AC'
      ? (total / (size * (size - 1))) * p.reduce((sum, share) => sum + share * (1 - share), 0)
      : method === 'Brennan–Prediger'
        ? total / size ** 2
        : over((c, k) => w(c, k) * (p[c] ?? 0) * (q[k] ?? 0))
  return (observed - chance) / (1 - chance)
}

function outcomeOf(ratings: Ratings, world: RatedWorld, { method, weights, scale }: Claim): Outcome {
  const categories = world.shares.length
  const options = { ratings, weights, level: 0.95, scale: world.shares.map((_, k) => k) } as const
  switch (method) {
    case 'κ': {
      const table = new Float64Array(categories ** 2)
      for (let unit = 0; unit < ratings.units; unit++) {
        const cell = (ratings.values[2 * unit] ?? 0) * categories + (ratings.values[2 * unit + 1] ?? 0)
        table[cell] = (table[cell] ?? 0) + 1
      }
      const kappa = cohenKappa({ table, categories, weights, level: 0.95 })
      return kappa.kind === 'kappa' ? kappa.kappa : kappa
    }
    case 'Fleiss κ':
      return fleissKappa(options)
    case 'AC':
      return gwetAgreement(options)
    case 'Brennan–Prediger':
      return brennanPrediger(options)
    case 'α':
      return krippendorffAlpha({ ratings, scale, level: 0.95, possible: options.scale })
    default:
      return method satisfies never
  }
}

function rowsOf(
  { random, repetitions }: { readonly random: Random; readonly repetitions: number },
  worlds: readonly (readonly [name: string, world: RatedWorld])[],
  claims: readonly (readonly [label: string, claim: Claim])[],
) {
  return worlds.flatMap(([name, world]) =>
    claims.map(([label, claim]) => {
      const truth = trueCoefficient(world, claim)
      return simulatedRow({
        setting: `${label}, ${world.units} units, ${name}`,
        random,
        repetitions,
        holds: (stream) => {
          const outcome = outcomeOf(ratingsOf(stream, world), world, claim)
          return outcome.kind === 'not-estimable' || covers(outcome, truth)
        },
      })
    }),
  )
}

const conservative =
  'Conservative by design: the hull of a t interval and of one with 3.84 more units at chance. Refusals (one category only) make no false claim and count as such'

const binary = ([units, positive, ...errors]: readonly [number, number, ...number[]], missing = 0) => ({
  units,
  shares: [1 - positive, positive],
  errors,
  mistakes: 'anywhere' as const,
  missing,
})

export const agreementCalibration = defineCalibration({
  name: 'agreement',
  title: 'Cohen’s κ, Gwet’s AC1 and Krippendorff’s α of two raters, 95 %',
  kind: 'coverage',
  nominal: 0.95,
  verdict: 'at-least',
  note: `${conservative}: up to one sample in six of 20 units. Normal, t and percentile bootstrap intervals cover half of the time with 20 units and errors of 0.02.`,
  run: (options) =>
    rowsOf(
      options,
      [
        ['0.5 positive, errors 0.02', binary([20, 0.5, 0.02, 0.02])],
        ['0.5 positive, errors 0.25', binary([20, 0.5, 0.25, 0.25])],
        ['0.05 positive, errors 0.1', binary([20, 0.05, 0.1, 0.1])],
        ['0.95 positive, errors 0.02', binary([20, 0.95, 0.02, 0.02])],
        ['0.5 positive, errors 0.1', binary([50, 0.5, 0.1, 0.1])],
        ['0.05 positive, errors 0.1', binary([50, 0.05, 0.1, 0.1])],
        ['0.95 positive, errors 0.25', binary([50, 0.95, 0.25, 0.25])],
        ['0.5 positive, no errors', binary([50, 0.5, 0, 0])],
        ['0.2 positive, ratings at chance', binary([50, 0.2, 0.5, 0.5])],
        ['0.02 positive, errors 0.01', binary([100, 0.02, 0.01, 0.01])],
        ['0.85 positive, errors 0.08', binary([300, 0.85, 0.08, 0.08])],
      ],
      [
        ['κ', { method: 'κ', ...plain }],
        ['AC1', { method: 'AC', ...plain }],
        ['α', { method: 'α', ...plain }],
      ],
    ).concat(
      rowsOf(
        options,
        [
          ['0.3 positive, errors 0.02 and 0.3', binary([20, 0.3, 0.02, 0.3])],
          ['0.9 positive, errors 0.02 and 0.3', binary([50, 0.9, 0.02, 0.3])],
        ],
        [['κ', { method: 'κ', ...plain }]],
      ),
    ),
})

const graded = (units: number, shares: readonly number[], error: number): RatedWorld => ({
  units,
  shares,
  errors: [error, error],
  mistakes: 'neighbour',
  missing: 0,
})

const bell = [0.05, 0.1, 0.2, 0.3, 0.2, 0.1, 0.05]

export const ordinalAgreementCalibration = defineCalibration({
  name: 'ordinal-agreement',
  title: 'Weighted κ, AC2 and α of two raters on ordered categories, 95 %',
  kind: 'coverage',
  nominal: 0.95,
  verdict: 'at-least',
  note: `${conservative}. Errors are one step. Widest for quadratic weights of many categories, where a unit at chance weighs much. An interval α that knows only the ratings that occurred covers 82 and 88 % with 0.94 in the lowest category.`,
  run: (options) =>
    rowsOf(
      options,
      [
        ['4 categories, errors 0.05', graded(20, [0.4, 0.3, 0.2, 0.1], 0.05)],
        ['4 categories, errors 0.3', graded(50, [0.4, 0.3, 0.2, 0.1], 0.3)],
        ['4 categories, 0.94 in the lowest, errors 0.05', graded(20, [0.94, 0.02, 0.02, 0.02], 0.05)],
        ['4 categories, 0.94 in the lowest, errors 0.3', graded(50, [0.94, 0.02, 0.02, 0.02], 0.3)],
        ['7 categories, errors 0.02', graded(20, bell, 0.02)],
        ['7 categories, errors 0.4', graded(200, bell, 0.4)],
      ],
      [
        ['linear κ', { method: 'κ', weights: 'linear', scale: 'nominal' }],
        ['quadratic κ', { method: 'κ', weights: 'quadratic', scale: 'nominal' }],
        ['quadratic AC2', { method: 'AC', weights: 'quadratic', scale: 'nominal' }],
        ['ordinal α', { method: 'α', weights: 'identity', scale: 'ordinal' }],
        ['interval α', { method: 'α', weights: 'identity', scale: 'interval' }],
      ],
    ),
})

export const panelAgreementCalibration = defineCalibration({
  name: 'panel-agreement',
  title: 'Fleiss’ κ, AC1, Brennan–Prediger and α of several raters with missing ratings, 95 %',
  kind: 'coverage',
  nominal: 0.95,
  verdict: 'at-least',
  note: `${conservative}. One rating in five is missing.`,
  run: (options) =>
    rowsOf(
      options,
      [
        ['3 raters, 0.5 positive, errors 0.03', binary([20, 0.5, 0.03, 0.03, 0.03], 0.2)],
        ['3 raters, 0.05 positive, errors 0.03', binary([20, 0.05, 0.03, 0.03, 0.03], 0.2)],
        ['3 raters, 0.5 positive, errors 0.15', binary([50, 0.5, 0.15, 0.15, 0.15], 0.2)],
        ['3 raters, 0.05 positive, errors 0.03', binary([50, 0.05, 0.03, 0.03, 0.03], 0.2)],
        ['5 raters, 0.95 positive, errors 0.1', binary([50, 0.95, 0.1, 0.1, 0.1, 0.1, 0.1], 0.2)],
        [
          '4 raters, 4 categories, errors 0.2',
          {
            units: 30,
            shares: [0.6, 0.2, 0.15, 0.05],
            errors: [0.2, 0.2, 0.2, 0.2],
            mistakes: 'anywhere',
            missing: 0.2,
          },
        ],
      ],
      [
        ['Fleiss κ', { method: 'Fleiss κ', ...plain }],
        ['AC1', { method: 'AC', ...plain }],
        ['Brennan–Prediger', { method: 'Brennan–Prediger', ...plain }],
        ['α', { method: 'α', ...plain }],
      ],
    ),
})
