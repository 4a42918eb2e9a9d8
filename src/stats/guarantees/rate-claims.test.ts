import fc from 'fast-check'
import { expect, test } from 'vitest'
import claims from '../../../oracles/claims/claims.json' with { type: 'json' }
import { openRandom } from '../../random/index.ts'
import { clopperPearson } from '../clopper-pearson.ts'
import type { Estimate, Outcome } from '../result.ts'
import { zeroEventBound } from '../zero-event-bound.ts'
import { clusteredRate } from './clustered-rate.ts'
import { judgedRateBound, judgedTrialsNeeded, sensitivityBound } from './judged-rate.ts'
import { selectAndReestimate } from './select-and-reestimate.ts'
import { drawsForAlpha, signFlipClusters, thresholdPlan, thresholdTrials } from './threshold-plan.ts'
import { badVariantShare, variantQuantileBound } from './variant-quantile.ts'
import { bestOfListed, expectedLead, worstOfListed } from './worst-variant.ts'

function estimated<T extends Estimate>(outcome: T | Exclude<Outcome, Estimate>): T {
  if (outcome.kind === 'not-estimable') throw new Error(outcome.because.code)
  return outcome
}

const judge = { successes: 190, trials: 200 }

// mpmath 1.4.1, roots of binomial tails: oracles/claims/claims.py.
test('judgedRateBound: 190 of 200 known events found makes 0 of 29,956 a bound of 1.353e-4, and 40,537 are needed for 1e-4', () => {
  expect(sensitivityBound(judge, 0.95)).toBeCloseTo(claims.judged.sensitivity, 13)
  const { interval, value } = estimated(
    judgedRateBound({ confirmed: { successes: 0, trials: 29_956 }, sensitivity: judge, level: 0.95 }),
  )
  expect(Math.abs(interval.upper / claims.judged.cleanUpper - 1)).toBeLessThan(1e-12)
  expect(interval).toMatchObject({ lower: 0, side: 'upper' })
  expect(value).toBe(0)
  const two = estimated(
    judgedRateBound({
      confirmed: { successes: 2, trials: 500 },
      sensitivity: { successes: 45, trials: 50 },
      level: 0.95,
    }),
  )
  expect(Math.abs(two.interval.upper / claims.judged.twoConfirmed - 1)).toBeLessThan(1e-12)
  expect(two.value).toBeCloseTo(0.004 / 0.9, 14)
  expect(judgedTrialsNeeded({ rate: 1e-4, level: 0.95, allowed: 0, sensitivity: judge })).toBe(40_537)
})

test('judgedTrialsNeeded: that many trials give the bound, one fewer does not, seed 1', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 5, max: 100 }),
      fc.integer({ min: 0, max: 2 }),
      fc.double({ min: 0.005, max: 0.2, noNaN: true }),
      (found, allowed, rate) => {
        const sensitivity = { successes: found, trials: 100 }
        const trials = judgedTrialsNeeded({ rate, level: 0.95, allowed, sensitivity })
        if (typeof trials !== 'number') throw new Error('the judge found some')
        const upperAt = (n: number) =>
          estimated(judgedRateBound({ confirmed: { successes: allowed, trials: n }, sensitivity, level: 0.95 }))
            .interval.upper
        expect(upperAt(trials)).toBeLessThanOrEqual(rate * (1 + 1e-9))
        if (trials > allowed + 1) expect(upperAt(trials - 1)).toBeGreaterThan(rate * (1 - 1e-9))
      },
    ),
    { seed: 1, numRuns: 60 },
  )
})

test('judgedRateBound: a perfect large judge costs only the halved error; a blind judge and no trials are refused', () => {
  const { interval } = estimated(
    judgedRateBound({
      confirmed: { successes: 3, trials: 1000 },
      sensitivity: { successes: 1e7, trials: 1e7 },
      level: 0.95,
    }),
  )
  const plain = estimated(clopperPearson({ successes: 3, trials: 1000, level: 0.975, side: 'upper' }))
  expect(interval.upper / plain.interval.upper).toBeCloseTo(1, 6)
  const blind = { successes: 0, trials: 50 }
  expect(judgedRateBound({ confirmed: { successes: 0, trials: 10 }, sensitivity: blind, level: 0.95 })).toMatchObject({
    because: { code: 'judge-found-nothing' },
  })
  expect(judgedTrialsNeeded({ rate: 0.1, level: 0.95, allowed: 0, sensitivity: blind })).toMatchObject({
    because: { code: 'judge-found-nothing' },
  })
  expect(judgedRateBound({ confirmed: { successes: 0, trials: 0 }, sensitivity: judge, level: 0.95 })).toMatchObject({
    because: { code: 'too-few-values' },
  })
  expect(
    estimated(
      judgedRateBound({
        confirmed: { successes: 5, trials: 5 },
        sensitivity: { successes: 1, trials: 9 },
        level: 0.95,
      }),
    ).interval.upper,
  ).toBe(1)
  expect(() => judgedRateBound({ confirmed: { successes: 2, trials: 1 }, sensitivity: judge, level: 0.95 })).toThrow(
    'counts not valid',
  )
  expect(() => judgedRateBound({ confirmed: judge, sensitivity: judge, level: 1 })).toThrow('level out of range')
})

test('clusteredRate without events: 1 − α^(1/G) over clusters, whatever their size', () => {
  const small = clusteredRate({ events: [0, 0, 0, 0, 0], trials: [1, 2, 3, 4, 5], level: 0.95, random: openRandom(1) })
  const large = clusteredRate({
    events: [0, 0, 0, 0, 0],
    trials: [100, 200, 300, 400, 500],
    level: 0.95,
    random: openRandom(1),
  })
  const { value } = estimated(zeroEventBound({ n: 5, level: 0.95 }))
  for (const { anyEvent, meanRate } of [small, large]) {
    expect(estimated(anyEvent).interval.upper).toBeCloseTo(value, 12)
    expect(estimated(anyEvent).n).toBe(5)
    expect(estimated(meanRate).interval.upper).toBeGreaterThan(value)
  }
  expect(estimated(large.designEffect).caveats.map(({ code }) => code)).toContain('approximate-under-clustering')
})

test('clusteredRate: bounds hold their estimates, depend on counts and seed but not on order, seed 2', () => {
  const cluster = fc.tuple(fc.integer({ min: 1, max: 30 }), fc.double({ min: 0, max: 1, noNaN: true }))
  fc.assert(
    fc.property(fc.array(cluster, { minLength: 2, maxLength: 20 }), (clusters) => {
      const of = (list: typeof clusters) =>
        clusteredRate({
          events: list.map(([n, share]) => Math.floor(n * share)),
          trials: list.map(([n]) => n),
          level: 0.9,
          random: openRandom(3),
        })
      const forward = of(clusters)
      expect(of(clusters.toReversed())).toEqual(forward)
      for (const outcome of [forward.anyEvent, forward.meanRate, forward.designEffect]) {
        const { value, interval } = estimated(outcome)
        expect(interval.upper).toBeGreaterThanOrEqual(value)
        expect(interval).toMatchObject({ lower: 0, side: 'upper', level: 0.9 })
      }
      expect(estimated(forward.meanRate).value).toBeLessThanOrEqual(estimated(forward.anyEvent).value + 1e-12)
    }),
    { seed: 2, numRuns: 60 },
  )
})

test('clusteredRate refuses no clusters, empty clusters, unequal lists and more events than trials', () => {
  const none = clusteredRate({ events: [], trials: [], level: 0.95, random: openRandom(1) })
  for (const outcome of Object.values(none)) expect(outcome).toMatchObject({ because: { code: 'too-few-values' } })
  const options = { level: 0.95, random: openRandom(1) }
  expect(() => clusteredRate({ ...options, events: [0], trials: [0] })).toThrow('cluster without trials')
  expect(() => clusteredRate({ ...options, events: [0, 1], trials: [3] })).toThrow('lengths differ')
  expect(() => clusteredRate({ ...options, events: [4], trials: [3] })).toThrow('counts not valid')
  const huge = clusteredRate({ ...options, events: [0, 1], trials: [3_000_000, 3_000_000] })
  expect(huge.designEffect).toMatchObject({ because: { code: 'too-many-trials-to-expand' } })
  expect(estimated(huge.anyEvent).n).toBe(2)
})

const listed = claims.worst.variants.map(([successes = 0, trials = 0]) => ({ successes, trials }))

test('worstOfListed and bestOfListed agree with mpmath and say which variant decides', () => {
  const worst = worstOfListed({ variants: listed, level: 0.95 })
  const best = bestOfListed({ variants: listed, level: 0.95 })
  if (worst.kind === 'not-estimable' || best.kind === 'not-estimable') throw new Error('variants were given')
  expect(Math.abs(worst.interval.upper / claims.worst.upper - 1)).toBeLessThan(1e-12)
  expect(Math.abs(best.interval.lower / claims.worst.lower - 1)).toBeLessThan(1e-11)
  expect(worst.attainedBy).toBe(2)
  expect(best.attainedBy).toBe(0)
  expect(worst.caveats.map(({ code }) => code)).toEqual(['extreme-of-several-leans-outward'])
})

test('worstOfListed of one variant is Clopper–Pearson, and a variant more never lowers the bound, seed 3', () => {
  const counts = fc
    .tuple(fc.integer({ min: 1, max: 80 }), fc.double({ min: 0, max: 1, noNaN: true }))
    .map(([trials, share]) => ({ successes: Math.floor(trials * share), trials }))
  fc.assert(
    fc.property(fc.array(counts, { minLength: 1, maxLength: 8 }), counts, (variants, more) => {
      const upperOf = (list: typeof variants) => {
        const outcome = worstOfListed({ variants: list, level: 0.95 })
        return outcome.kind === 'estimate' ? outcome.interval.upper : Number.NaN
      }
      const upper = upperOf(variants)
      expect(upperOf([...variants, more])).toBeGreaterThanOrEqual(upper)
      expect(upperOf(variants.toReversed())).toBe(upper)
      expect(upperOf([more])).toBe(estimated(clopperPearson({ ...more, level: 0.95, side: 'upper' })).interval.upper)
    }),
    { seed: 3, numRuns: 80 },
  )
})

test('expectedLead is .564, 1.163, 1.539, 1.867, 2.249, 2.508, 3.241 for 2, 5, 10, 20, 50, 100, 1000 variants', () => {
  const leads = [2, 5, 10, 20, 50, 100, 1000].map((variants) => Number(expectedLead(variants).toFixed(3)))
  expect(leads).toEqual([0.564, 1.163, 1.539, 1.867, 2.249, 2.508, 3.241])
  expect(expectedLead(1)).toBe(0)
  expect(() => expectedLead(0)).toThrow('not a count')
})

test('variantQuantileBound needs 72 variants for 95 % at 95 %, and never lies below the known-rate bound', () => {
  const clean = (m: number) => Array.from({ length: m }, () => ({ successes: 0, trials: 400 }))
  const bound = (m: number) => variantQuantileBound({ variants: clean(m), probability: 0.95, level: 0.95 })
  expect(bound(71)).toMatchObject({ because: { code: 'too-few-values', values: { needed: 72, given: 71 } } })
  expect(estimated(bound(72)).interval.upper).toBeCloseTo(-Math.expm1(Math.log(0.025 / 72) / 400), 12)
  const graded = Array.from({ length: 200 }, (_, v) => ({ successes: Math.floor(v / 4), trials: 400 }))
  const median = estimated(variantQuantileBound({ variants: graded, probability: 0.5, level: 0.95 }))
  expect(median.value).toBeCloseTo(24 / 400, 12)
  expect(median.interval.upper).toBeGreaterThan(30 / 400)
})

test('badVariantShare of m variants all shown fine is 1 − (α/2)^(1/m), and counts those not shown fine', () => {
  const fine = Array.from({ length: 59 }, () => ({ successes: 0, trials: 1000 }))
  const all = estimated(badVariantShare({ variants: fine, limit: 0.05, level: 0.95 }))
  expect(all.interval.upper).toBeCloseTo(-Math.expm1(Math.log(0.025) / 59), 12)
  const withOne = estimated(
    badVariantShare({ variants: [...fine, { successes: 90, trials: 1000 }], limit: 0.05, level: 0.95 }),
  )
  expect(withOne.value).toBeCloseTo(1 / 60, 14)
  expect(withOne.interval.upper).toBeGreaterThan(all.interval.upper)
  // Too few trials to show anything: every variant may be bad.
  const unknown = estimated(
    badVariantShare({ variants: fine.map(() => ({ successes: 0, trials: 5 })), limit: 0.05, level: 0.95 }),
  )
  expect(unknown).toMatchObject({ value: 0, interval: { upper: 1 } })
})

test('selectAndReestimate estimates the choice on the second split alone', () => {
  const first = [
    { successes: 14, trials: 20 },
    { successes: 16, trials: 20 },
    { successes: 15, trials: 20 },
  ]
  const second = [
    { successes: 150, trials: 200 },
    { successes: 141, trials: 200 },
    { successes: 139, trials: 200 },
  ]
  const options = { first, second, level: 0.95, side: 'two-sided' } as const
  const highest = selectAndReestimate({ ...options, choose: 'highest' })
  expect(highest).toMatchObject({ selected: 1, whereChosen: 0.8 })
  expect(highest.kind === 'selected-variant' && highest.reestimate).toEqual(
    clopperPearson({ successes: 141, trials: 200, level: 0.95, side: 'two-sided' }),
  )
  expect(selectAndReestimate({ ...options, choose: 'lowest' })).toMatchObject({ selected: 0 })
  // Ties: more trials first, then the first listed.
  const tied = [
    { successes: 1, trials: 2 },
    { successes: 2, trials: 4 },
    { successes: 2, trials: 4 },
  ]
  expect(selectAndReestimate({ ...options, first: tied, choose: 'highest' })).toMatchObject({ selected: 1 })
  expect(() => selectAndReestimate({ ...options, second: [], choose: 'highest' })).toThrow('lengths differ')
})

test('variant claims refuse no variants, variants without trials and limits outside (0, 1)', () => {
  const refused = { because: { code: 'too-few-values' } }
  for (const variants of [[], [{ successes: 0, trials: 0 }]]) {
    expect(worstOfListed({ variants, level: 0.95 })).toMatchObject(refused)
    expect(bestOfListed({ variants, level: 0.95 })).toMatchObject(refused)
    expect(variantQuantileBound({ variants, probability: 0.5, level: 0.95 })).toMatchObject(refused)
    expect(badVariantShare({ variants, limit: 0.1, level: 0.95 })).toMatchObject(refused)
    expect(
      selectAndReestimate({ first: variants, second: variants, choose: 'highest', level: 0.95, side: 'upper' }),
    ).toMatchObject(refused)
  }
  expect(() => badVariantShare({ variants: listed, limit: 1, level: 0.95 })).toThrow('rate out of range')
})

test('thresholdPlan at 1e-5 against ½: critical counts 72, 131, 299, 568, 1096, 2652 and power .7886 at 1,000', () => {
  const plans = [100, 200, 500, 1000, 2000, 5000].map((trials) =>
    thresholdPlan({ trials, nullRate: 0.5, trueRate: 0.58, alpha: 1e-5 }),
  )
  expect(plans.map((plan) => (plan.kind === 'threshold-plan' ? plan.criticalCount : 0))).toEqual([
    72, 131, 299, 568, 1096, 2652,
  ])
  const effects = plans.map((plan) =>
    plan.kind === 'threshold-plan' ? Number((100 * plan.certifiableEffect).toFixed(1)) : 0,
  )
  expect(effects).toEqual([22, 15.5, 9.8, 6.8, 4.8, 3])
  const thousand = plans[3]
  if (thousand?.kind !== 'threshold-plan') throw new Error('1,000 trials reach 1e-5')
  expect(thousand.power).toBeCloseTo(0.7886, 4)
  expect(thousand.attainedAlpha).toBeLessThanOrEqual(1e-5)
  expect(thousand.sigma).toBeGreaterThan(4.264890793922825)
  expect(thousand.smallestLogP).toBeCloseTo(1000 * Math.log(0.5), 9)
})

test('thresholdPlan: five sigma needs 22 straight successes at ½, and says so where there are fewer', () => {
  const fiveSigma = 2.866515718791933e-7
  const at = (trials: number) => thresholdPlan({ trials, nullRate: 0.5, trueRate: 0.9, alpha: fiveSigma })
  expect(at(21)).toMatchObject({ because: { code: 'significance-unreachable', values: { units: 21 } } })
  expect(at(22)).toMatchObject({ criticalCount: 22 })
  expect(at(0)).toMatchObject({ because: { code: 'significance-unreachable' } })
})

test('thresholdTrials: from that size on the exact power holds, seed 4', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.05, max: 0.8, noNaN: true }),
      fc.double({ min: 0.1, max: 0.19, noNaN: true }),
      (nullRate, effect) => {
        const options = { nullRate, trueRate: nullRate + effect, alpha: 0.01 }
        const trials = thresholdTrials({ ...options, power: 0.8 })
        for (let n = trials; n < trials + 30; n++) {
          const plan = thresholdPlan({ ...options, trials: n })
          expect(plan.kind === 'threshold-plan' && plan.power).toBeGreaterThanOrEqual(0.8)
        }
      },
    ),
    { seed: 4, numRuns: 30 },
  )
  expect(() => thresholdTrials({ nullRate: 0.5, trueRate: 0.5, alpha: 0.01, power: 0.8 })).toThrow(
    'effect out of range',
  )
})

test('drawsForAlpha and signFlipClusters are the floors of resampling: 99,999 draws and 17 clusters for 1e-5', () => {
  expect(drawsForAlpha(1e-5)).toBe(99_999)
  expect(drawsForAlpha(0.05)).toBe(19)
  expect(drawsForAlpha(0.03)).toBe(33)
  expect(signFlipClusters({ alpha: 1e-5, alternative: 'one-sided' })).toBe(17)
  expect(signFlipClusters({ alpha: 1e-5, alternative: 'two-sided' })).toBe(18)
  expect(() => drawsForAlpha(0)).toThrow('alpha out of range')
})
