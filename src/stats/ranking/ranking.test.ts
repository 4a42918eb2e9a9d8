import fc from 'fast-check'
import { expect, test } from 'vitest'
import oracle from '../../../oracles/ranking/ranking.json' with { type: 'json' }
import { openRandom } from '../../random/index.ts'
import { abilityBootstrap } from './ability-bootstrap.ts'
import { type Battles, countPairs, type PairCounts } from './battles.ts'
import { type AbilityFit, abilityContrast, bradleyTerry, eloPointsPerUnit } from './bradley-terry.ts'
import { clusteredAbilities } from './clustered-abilities.ts'
import { winComponents } from './connectivity.ts'
import { eloDispersion, eloRatings } from './elo.ts'
import { bootstrapRankSets, rankSets } from './rank-sets.ts'
import { davidson, raoKupper } from './tie-models.ts'
import { abilityFitTest, circularTriads, cyclicFlow } from './transitivity.ts'

const none = new Float64Array(16)
const decisive: PairCounts = { models: 4, wins: Float64Array.from(oracle.wins), ties: none }
const tied: PairCounts = { ...decisive, ties: Float64Array.from(oracle.ties) }

function fitted(
  fit: AbilityFit | { readonly kind: 'not-estimable'; readonly because: { readonly code: string } },
): AbilityFit {
  if (fit.kind === 'not-estimable') throw new Error(fit.because.code)
  return fit
}

function expectAll(actual: ArrayLike<number>, expected: readonly number[], digits: number): void {
  expect(actual.length).toBe(expected.length)
  for (const [index, value] of expected.entries()) expect(actual[index]).toBeCloseTo(value, digits)
}

test('bradleyTerry agrees with SciPy optimisation and the model and sandwich errors of the reference', () => {
  const model = fitted(bradleyTerry({ ...decisive, covarianceKind: 'model' }))
  // SciPy stops at 1e-8 in the parameters.
  expectAll(model.abilities, oracle.bradleyTerry.abilities, 6)
  expect(model.logLikelihood).toBeCloseTo(oracle.bradleyTerry.logLikelihood, 9)
  const errors = (fit: AbilityFit) => [0, 1, 2, 3].map((i) => Math.sqrt(fit.covariance[i * 5] ?? Number.NaN))
  // own Newton and own minorise-maximise fits agreed on these; the same model on the baseball data equals R BradleyTerry2
  expectAll(errors(model), [0.200988, 0.187454, 0.188931, 0.196798], 6)
  const sandwich = fitted(bradleyTerry({ ...decisive, covarianceKind: 'sandwich' }))
  expectAll(errors(sandwich), [0.198467, 0.189955, 0.190698, 0.194094], 6)
  for (const [fit, standardError] of [
    [model, 0.311704],
    [sandwich, 0.313011],
  ] as const) {
    const contrast = abilityContrast({ fit, first: 0, second: 1, level: 0.95 })
    if (contrast.kind === 'not-estimable') throw new Error(contrast.because.code)
    expect(contrast.value).toBeCloseTo(0.472744, 6)
    expect(contrast.standardError).toBeCloseTo(standardError, 6)
  }
})

test('bradleyTerry with half wins, Davidson and Rao–Kupper agree with SciPy optimisation on ties', () => {
  const half = fitted(bradleyTerry({ ...tied, covarianceKind: 'sandwich' }))
  expectAll(half.abilities, oracle.halfWins.abilities, 6)
  const tieModels = [
    [davidson(tied), oracle.davidson],
    [raoKupper(tied), oracle.raoKupper],
  ] as const
  for (const [outcome, expected] of tieModels) {
    const fit = fitted(outcome)
    expectAll(fit.abilities, expected.abilities, 6)
    expect(fit.tieParameter).toBeCloseTo(expected.tieParameter, 6)
    expect(fit.logLikelihood).toBeCloseTo(expected.logLikelihood, 8)
    expect(fit.converged).toBe(true)
  }
})

test('bradleyTerry gives the strengths .640, 1.043, .660, 2.270 of the Wikipedia example', () => {
  const wins = Float64Array.from(oracle.wikipedia.wins)
  const fit = fitted(bradleyTerry({ models: 4, wins, ties: none, covarianceKind: 'model' }))
  expectAll(fit.abilities.map(Math.exp), oracle.wikipedia.strengths, 2)
})

test('bradleyTerry is anti-symmetric and follows relabelling of models', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 12, maxLength: 12 }), (cells) => {
      const wins = new Float64Array(16)
      let next = 0
      for (let i = 0; i < 4; i++) for (let j = 0; j < 4; j++) if (i !== j) wins[i * 4 + j] = cells[next++] ?? 1
      const flipped = wins.map((_, k) => wins[(k % 4) * 4 + Math.floor(k / 4)] ?? 0)
      const order = [2, 0, 3, 1]
      const relabelled = wins.map((_, k) => wins[(order[Math.floor(k / 4)] ?? 0) * 4 + (order[k % 4] ?? 0)] ?? 0)
      const abilities = (counts: Float64Array) =>
        fitted(bradleyTerry({ models: 4, wins: counts, ties: none, covarianceKind: 'model' })).abilities
      const base = abilities(wins)
      expectAll(
        abilities(flipped),
        Array.from(base, (ability) => -ability),
        8,
      )
      expectAll(
        abilities(relabelled),
        order.map((i) => base[i] ?? Number.NaN),
        8,
      )
    }),
    { seed: 8, numRuns: 60 },
  )
})

test('bradleyTerry, davidson and raoKupper refuse a graph that wins do not connect, and say into how many parts it falls', () => {
  const wins = new Float64Array(16)
  wins[1] = 3
  wins[4] = 2
  wins[11] = 1
  wins[14] = 4
  wins[2] = 5 // model 0 beats model 2, which never beats back
  const parts = { parts: 2, largest: 2, models: 4 }
  for (const fit of [
    bradleyTerry({ models: 4, wins, ties: none, covarianceKind: 'model' }),
    davidson({ models: 4, wins, ties: none }),
    raoKupper({ models: 4, wins, ties: none }),
  ]) {
    expect(fit).toMatchObject({ kind: 'not-estimable', because: { code: 'comparisons-not-connected', values: parts } })
  }
  expect(winComponents({ models: 4, wins }).count).toBe(2)
})

test('winComponents of a cycle of 2,000 models is one component and does not overflow the stack', () => {
  const models = 2000
  const wins = new Float64Array(models * models)
  for (let i = 0; i < models; i++) wins[i * models + ((i + 1) % models)] = 1
  expect(winComponents({ models, wins }).count).toBe(1)
  wins[(models - 1) * models] = 0
  expect(winComponents({ models, wins }).count).toBe(models)
})

test('tie models refuse battles without ties and battles of nothing but ties; bad counts are coded errors', () => {
  expect(davidson(decisive)).toMatchObject({ because: { code: 'no-ties' } })
  expect(raoKupper({ models: 4, wins: none, ties: tied.ties })).toMatchObject({ because: { code: 'only-ties' } })
  expect(() =>
    bradleyTerry({
      ...decisive,
      wins: Float64Array.of(0, -1, 1, 0),
      models: 2,
      ties: new Float64Array(4),
      covarianceKind: 'model',
    }),
  ).toThrow(/count not valid/)
  expect(() => bradleyTerry({ ...decisive, models: 3, covarianceKind: 'model' })).toThrow(/matrix not square/)
  expect(() => countPairs({ models: 2, first: [0], second: [0], outcome: [1] })).toThrow(/battle not valid/)
  expect(() => countPairs({ models: 2, first: [0], second: [1], outcome: [0.7] })).toThrow(/outcome not valid/)
  expect(() => countPairs({ models: 2, first: [0], second: [1, 1], outcome: [1] })).toThrow(/unequal lengths/)
})

test('cyclicFlow agrees with least squares: .01727 where a line fits, .27648 and curl 1.990 where a cycle is planted', () => {
  const line = cyclicFlow({ counts: decisive, draws: 400, random: openRandom(1) })
  const cycle = cyclicFlow({
    counts: { ...decisive, wins: Float64Array.from(oracle.cycle) },
    draws: 400,
    random: openRandom(1),
  })
  if (line.kind === 'not-estimable' || cycle.kind === 'not-estimable') throw new Error('not estimable')
  expect(line.ratio).toBeCloseTo(oracle.hodge.ratio, 10)
  expectAll(line.potentials, oracle.hodge.potentials, 9)
  expect(cycle.ratio).toBeCloseTo(oracle.hodgeCycle.ratio, 10)
  expect(cycle.curls[0]?.triple).toEqual([0, 1, 2])
  expect(cycle.curls[0]?.curl).toBeCloseTo(1.99, 2)
  expect(line.pValue).toBeGreaterThan(0.5)
  expect(cycle.pValue).toBeLessThan(0.2)
})

test('abilityFitTest: G² .444805 on 3 degrees of freedom, p .9308; with the planted cycle 6.96, p .073', () => {
  const line = abilityFitTest(decisive)
  const cycle = abilityFitTest({ ...decisive, wins: Float64Array.from(oracle.cycle) })
  if (line.kind === 'not-estimable' || cycle.kind === 'not-estimable') throw new Error('not estimable')
  expect(line.statistic).toBeCloseTo(0.444805, 6)
  expect(line.degreesOfFreedom).toBe(3)
  expect(line.pValue).toBeCloseTo(0.9308, 4)
  expect(cycle.statistic).toBeCloseTo(6.96, 2)
  expect(cycle.pValue).toBeCloseTo(0.073, 3)
})

test('circularTriads of (2, 2, 2, 0) is 1 with consistency ½; a ranking has none; half a tournament is refused', () => {
  expect(circularTriads([2, 2, 2, 0])).toEqual({ triads: 1, consistency: 0.5 })
  expect(circularTriads([4, 3, 2, 1, 0])).toEqual({ triads: 0, consistency: 1 })
  expect(circularTriads([2, 2, 2, 2, 2])).toEqual({ triads: 5, consistency: 0 })
  expect(() => circularTriads([2, 1])).toThrow(/not a tournament/)
  expect(() => circularTriads([1, 1, 1, 1])).toThrow(/not a tournament/)
})

test('rankSets by Bonferroni per model are [1,2], [1,3], [2,4], [3,4]; over all pairs never narrower', () => {
  const fit = fitted(bradleyTerry({ ...decisive, covarianceKind: 'model' }))
  const each = rankSets({ fit, level: 0.95, family: 'each-model' })
  expect(each).toEqual([
    { best: 1, worst: 2 },
    { best: 1, worst: 3 },
    { best: 2, worst: 4 },
    { best: 3, worst: 4 },
  ])
  const all = rankSets({ fit, level: 0.95, family: 'all-models' })
  for (const [i, { best, worst }] of each.entries()) {
    expect(all[i]?.best).toBeLessThanOrEqual(best)
    expect(all[i]?.worst).toBeGreaterThanOrEqual(worst)
  }
})

function simulate(options: {
  seed: number
  battles: number
  abilities: readonly number[]
  perCluster: number
  tieShare: number
}) {
  const random = openRandom(options.seed)
  const models = options.abilities.length
  const first = new Int32Array(options.battles)
  const second = new Int32Array(options.battles)
  const outcome = new Float64Array(options.battles)
  const cluster = new Int32Array(options.battles)
  for (let battle = 0; battle < options.battles; battle++) {
    const i = random.integer(models)
    const j = (i + 1 + random.integer(models - 1)) % models
    first[battle] = i
    second[battle] = j
    cluster[battle] = Math.floor(battle / options.perCluster)
    const p = 1 / (1 + Math.exp((options.abilities[j] ?? 0) - (options.abilities[i] ?? 0)))
    outcome[battle] = random.uniform() < options.tieShare ? 0.5 : random.uniform() < p ? 1 : 0
  }
  const battles: Battles = { models, first, second, outcome }
  return { battles, cluster }
}

test('abilityBootstrap of single battles agrees with the sandwich within 8 % (seed 31, 2,000 draws)', () => {
  const { battles, cluster } = simulate({
    seed: 31,
    battles: 3000,
    abilities: [1, 0.4, 0, -0.3, -1.1],
    perCluster: 1,
    tieShare: 0.2,
  })
  const bootstrap = abilityBootstrap({ battles, cluster, draws: 2000, random: openRandom(31) })
  const sandwich = fitted(bradleyTerry({ ...countPairs(battles), covarianceKind: 'sandwich' }))
  if (bootstrap.kind === 'not-estimable') throw new Error(bootstrap.because.code)
  for (let i = 0; i < 5; i++) {
    const ratio = Math.sqrt((bootstrap.fit.covariance[i * 6] ?? 0) / (sandwich.covariance[i * 6] ?? 1))
    expect(Math.abs(ratio - 1)).toBeLessThan(0.08)
  }
  const sets = bootstrapRankSets({ bootstrap, level: 0.95 })
  expect(sets[0]).toEqual({ best: 1, worst: 1 })
  expect(sets[4]).toEqual({ best: 5, worst: 5 })
})

test('clusteredAbilities of copied battles grows by the square root of the copies, as the plain sandwich does not', () => {
  const single = simulate({ seed: 5, battles: 800, abilities: [0.5, 0, -0.5], perCluster: 1, tieShare: 0 })
  const copies = 4
  const copied = <A extends Int32Array | Float64Array>(
    column: ArrayLike<number>,
    make: new (length: number) => A,
  ): A => {
    const target = new make(column.length * copies)
    for (let k = 0; k < target.length; k++) target[k] = column[Math.floor(k / copies)] ?? 0
    return target
  }
  const battles: Battles = {
    models: 3,
    first: copied(single.battles.first, Int32Array),
    second: copied(single.battles.second, Int32Array),
    outcome: copied(single.battles.outcome, Float64Array),
  }
  const cluster = copied(single.cluster, Int32Array)
  const once = fitted(clusteredAbilities(single))
  const clustered = fitted(clusteredAbilities({ battles, cluster }))
  const plain = fitted(bradleyTerry({ ...countPairs(battles), covarianceKind: 'sandwich' }))
  expect(Math.sqrt((clustered.covariance[0] ?? 0) / (once.covariance[0] ?? 1))).toBeCloseTo(1, 6)
  expect(Math.sqrt((clustered.covariance[0] ?? 0) / (plain.covariance[0] ?? 1))).toBeCloseTo(2, 2)
})

test('half wins pull the strongest model towards the rest where ties ignore strength; ties dropped do not (seed 17)', () => {
  const { battles } = simulate({
    seed: 17,
    battles: 40_000,
    abilities: [2.27, 0.5, 0, -0.6, -2.17],
    perCluster: 1,
    tieShare: 0.15,
  })
  const counts = countPairs(battles)
  const half = fitted(bradleyTerry({ ...counts, covarianceKind: 'sandwich' }))
  const dropped = fitted(bradleyTerry({ ...counts, ties: new Float64Array(25), covarianceKind: 'sandwich' }))
  expect(half.abilities[0]).toBeLessThan(2)
  expect(Math.abs((dropped.abilities[0] ?? 0) - 2.27)).toBeLessThan(4 * Math.sqrt(dropped.covariance[0] ?? 0))
  const warned = fitted(bradleyTerry({ ...counts, covarianceKind: 'model' }))
  expect(warned.caveats.map(({ code }) => code)).toEqual(['ties-as-half-wins'])
})

test('eloRatings: gaps by order, 6 wins of 10, K = 4, 16, 32 as in the reference; the likelihood gap is 70.44', () => {
  const gap = (outcome: readonly number[], step: number) => {
    const battles: Battles = { models: 2, first: outcome.map(() => 0), second: outcome.map(() => 1), outcome }
    const ratings = eloRatings({ battles, step, start: 1000 })
    return (ratings[0] ?? 0) - (ratings[1] ?? 0)
  }
  const winsFirst = [1, 1, 1, 1, 1, 1, 0, 0, 0, 0]
  const table = [4, 16, 32].map((step) => [gap(winsFirst, step), gap(winsFirst.toReversed(), step)])
  expectAll(table.flat(), [6.54, 8.65, 11.37, 40.56, -5.82, 90.16], 2)
  const wins = Float64Array.of(0, 6, 4, 0)
  const fit = fitted(bradleyTerry({ models: 2, wins, ties: new Float64Array(4), covarianceKind: 'model' }))
  expect(((fit.abilities[0] ?? 0) - (fit.abilities[1] ?? 0)) * eloPointsPerUnit).toBeCloseTo(70.44, 2)
})

test('eloDispersion finds the closed form 13.18 √K for the gap of two equal models (seed 2)', () => {
  const random = openRandom(2)
  const count = 4000
  const battles: Battles = {
    models: 2,
    first: new Int32Array(count),
    second: new Int32Array(count).fill(1),
    outcome: Float64Array.from({ length: count }, () => (random.uniform() < 0.5 ? 1 : 0)),
  }
  const { standardDeviations, worstReversal } = eloDispersion({ battles, step: 16, start: 1000, orders: 400, random })
  // Each model moves by half the gap's deviation: 13.18 √16 / 2 = 26.4; 400 orders give it to 3.5 %.
  expect(Math.abs((standardDeviations[0] ?? 0) / 26.36 - 1)).toBeLessThan(0.14)
  expect(worstReversal).toBeGreaterThan(0.05)
})
