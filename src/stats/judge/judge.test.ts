import { expect, test } from 'vitest'
import intervals from '../../../oracles/judge-correction/intervals.json' with { type: 'json' }
import oracle from '../../../oracles/judge-correction/minstd.json' with { type: 'json' }
import { openRandom } from '../../random/index.ts'
import type { Estimate, Outcome } from '../result.ts'
import { predictionPowered, stratifiedPredictionPowered } from './prediction-powered.ts'
import { type JudgedRateOptions, roganGladen } from './rogan-gladen.ts'

const unit = { lower: 0, upper: 1 }
const truth = [1, 0, 1, 1, 0, 0, 1, 0, 1, 1, 0, 1, 0, 0, 1, 1, 1, 0, 0, 1]
const judge = [1, 0, 1, 0, 0, 1, 1, 0, 1, 1, 0, 1, 0, 0, 1, 1, 0, 0, 1, 1]

function onesAndZeros(ones: number, zeros: number): number[] {
  return [...new Array<number>(ones).fill(1), ...new Array<number>(zeros).fill(0)]
}

function estimatedOf(outcome: Outcome): Estimate {
  if (outcome.kind === 'not-estimable') throw new Error(outcome.because.code)
  return outcome
}

function numbers(outcome: Outcome) {
  if (outcome.kind === 'not-estimable') throw new Error(outcome.because.code)
  return { value: outcome.value, standardError: outcome.standardError ?? Number.NaN, ...outcome.interval }
}

function powered(tuning: number | 'tuned') {
  const result = predictionPowered({
    truth,
    judge,
    unlabelled: onesAndZeros(116, 84),
    tuning,
    level: 0.95,
    reference: 'normal',
    range: unit,
  })
  if (result.kind === 'not-estimable') throw new Error(result.because.code)
  return { ...result, ...numbers(result.estimate) }
}

test('predictionPowered: labels .55 (.111243), PPI .58 (.105915), tuned .566410 (.091509) [.3871, .7458], 29.6 labels from 20', () => {
  expect(powered(0).value).toBeCloseTo(0.55, 12)
  expect(powered(0).standardError).toBeCloseTo(0.111243, 6)
  expect(powered(1).value).toBeCloseTo(0.58, 12)
  expect(powered(1).standardError).toBeCloseTo(0.105915, 6)
  const tuned = powered('tuned')
  expect(tuned.tuning).toBeCloseTo(0.54699, 6)
  expect(tuned.value).toBeCloseTo(0.56641, 6)
  expect(tuned.standardError).toBeCloseTo(0.091509, 6)
  expect(tuned.lower).toBeCloseTo(0.3871, 4)
  expect(tuned.upper).toBeCloseTo(0.7458, 4)
  expect(tuned.effectiveLabels).toBeCloseTo(29.6, 1)
})

const twoStrata = [
  {
    weight: 0.7,
    truth: [1, 1, 0, 1, 1, 0, 1, 1],
    judge: [1, 1, 0, 1, 0, 0, 1, 1],
    unlabelled: onesAndZeros(70, 30),
  },
  { weight: 0.3, truth: [0, 0, 1, 0, 0, 1], judge: [0, 1, 1, 0, 0, 1], unlabelled: onesAndZeros(20, 40) },
]

test('stratifiedPredictionPowered is .627603 with standard error .085941', () => {
  const estimate = numbers(
    stratifiedPredictionPowered({
      strata: twoStrata,
      tuning: 'tuned',
      level: 0.95,
      reference: 'normal',
      range: unit,
    }),
  )
  expect(estimate.value).toBeCloseTo(0.627603, 6)
  expect(estimate.standardError).toBeCloseTo(0.085941, 6)
})

test('predictionPowered pools the judge variance: .6827 at 30 labels as ppi_py, not the .6595 of tuning on labels alone', () => {
  const minstd = (seed: number, count: number) => {
    let state = seed
    return Array.from({ length: count }, () => {
      state = (state * 16_807) % 2_147_483_647
      return state / 2_147_483_647
    })
  }
  const labels = minstd(701, 20_000).map((u) => (u < 0.62 ? 1 : 0))
  const flags = minstd(702, 20_000).map((u, i) => (u < (labels[i] === 1 ? 0.95 : 0.35) ? 1 : 0))
  for (const { labelled, value, tuning, interval } of oracle.rows) {
    const result = predictionPowered({
      truth: labels.slice(0, labelled),
      judge: flags.slice(0, labelled),
      unlabelled: flags.slice(labelled),
      tuning: 'tuned',
      level: 0.95,
      reference: 'normal',
      range: unit,
    })
    if (result.kind === 'not-estimable') throw new Error(result.because.code)
    const estimate = numbers(result.estimate)
    expect(estimate.value).toBeCloseTo(value, 10)
    expect(result.tuning).toBeCloseTo(tuning, 10)
    expect(estimate.lower).toBeCloseTo(interval[0] ?? Number.NaN, 10)
    expect(estimate.upper).toBeCloseTo(interval[1] ?? Number.NaN, 10)
  }
  expect(oracle.rows[0]?.value).toBeCloseTo(0.6827, 4)
})

test('predictionPowered covers the truth in 92.5–97.5 % of 1,500 samples of 100 labels whatever the judge (seed 8)', {
  timeout: 90_000,
}, () => {
  const random = openRandom(8)
  for (const [hit, falseAlarm] of [
    [0.95, 0.1],
    [0.5, 0.5],
  ] as const) {
    let covered = 0
    for (let repetition = 0; repetition < 1500; repetition++) {
      const y = Array.from({ length: 1100 }, () => (random.uniform() < 0.3 ? 1 : 0))
      const f = y.map((label) => (random.uniform() < (label === 1 ? hit : falseAlarm) ? 1 : 0))
      const result = predictionPowered({
        truth: y.slice(0, 100),
        judge: f.slice(0, 100),
        unlabelled: f.slice(100),
        tuning: 'tuned',
        level: 0.95,
        reference: 'student-t',
        range: unit,
      })
      if (result.kind === 'not-estimable') continue
      const { lower, upper } = numbers(result.estimate)
      if (lower <= 0.3 && 0.3 <= upper) covered++
    }
    // 4 standard errors.
    expect(Math.abs(covered / 1500 - 0.95)).toBeLessThan(0.025)
  }
})

test('predictionPowered refuses one label, no unlabelled, nothing that varies, NaN and unequal lengths', () => {
  const options = { tuning: 'tuned', level: 0.95, reference: 'normal', range: unit } as const
  const code = (y: readonly number[], f: readonly number[], u: readonly number[]) => {
    const result = predictionPowered({ ...options, truth: y, judge: f, unlabelled: u })
    return result.kind === 'not-estimable' ? result.because.code : result.kind
  }
  expect(code([1], [1], [1, 0])).toBe('too-few-labels')
  expect(code([1, 0], [1, 0], [])).toBe('too-few-labels')
  expect(code([1, 1, 1], [1, 1, 1], [1, 1])).toBe('no-variation')
  expect(() => code([1, Number.NaN], [1, 0], [1])).toThrow(/finite/)
  expect(() => code([1, 0], [1], [1])).toThrow(/unequal lengths/)
})

test('predictionPowered with Student’s t adds labels at chance and the error of λ, as oracles/judge-correction gives them', () => {
  const options = { level: 0.95, reference: 'student-t', range: unit } as const
  const same = (outcome: Outcome, expected: { degreesOfFreedom: number; interval: number[] }) => {
    const { lower, upper } = numbers(outcome)
    expect(outcome).toMatchObject({ degreesOfFreedom: expect.closeTo(expected.degreesOfFreedom, 8) })
    expect(lower).toBeCloseTo(expected.interval[0] ?? Number.NaN, 10)
    expect(upper).toBeCloseTo(expected.interval[1] ?? Number.NaN, 10)
  }
  const unlabelled = onesAndZeros(116, 84)
  const of = (tuning: number | 'tuned', level = 0.95) => {
    const result = predictionPowered({ truth, judge, unlabelled, tuning, ...options, level })
    return result.kind === 'not-estimable' ? result : result.estimate
  }
  same(of('tuned'), intervals.tuned)
  same(of(0), intervals.labelsOnly)
  same(of(1), intervals.plain)
  same(of('tuned', 0.8), intervals.tunedAt80)
  const graded = predictionPowered({
    truth: [0.2, 0.5, 0.9, 1, 0.4, 0.7],
    judge: [0.3, 0.4, 1, 0.9, 0.4, 0.5],
    unlabelled: [0.1, 0.5, 0.5, 0.9, 1, 0.3, 0.6, 0.8, 0.2],
    tuning: 'tuned',
    ...options,
  })
  same(graded.kind === 'not-estimable' ? graded : graded.estimate, intervals.graded)
  same(stratifiedPredictionPowered({ strata: twoStrata, tuning: 'tuned', ...options }), intervals.stratified)
})

test('predictionPowered of 30 labels that the judge got right keeps the width of what was not seen', () => {
  const labels = onesAndZeros(15, 15)
  const options = {
    truth: labels,
    judge: labels,
    unlabelled: onesAndZeros(1500, 1500),
    tuning: 'tuned',
    level: 0.95,
  } as const
  const width = (reference: 'normal' | 'student-t', range = unit) => {
    const result = predictionPowered({ ...options, reference, range })
    if (result.kind === 'not-estimable') throw new Error(result.because.code)
    const { lower, upper } = numbers(result.estimate)
    return upper - lower
  }
  expect(width('normal')).toBeLessThan(0.04)
  expect(width('student-t')).toBeGreaterThan(0.15)
  const endless = { lower: Number.NEGATIVE_INFINITY, upper: Number.POSITIVE_INFINITY }
  expect(width('student-t', endless)).toBeLessThan(0.04)
})

const reference = {
  flagged: { count: 150, of: 500 },
  sensitivity: { count: 90, of: 100 },
  specificity: { count: 85, of: 100 },
  level: 0.95,
  interval: 'lang-reiczigel',
} as const

test('roganGladen of .30 with Se .90 and Sp .85: .2000 (.047553), Lang–Reiczigel [.0944, .2859]', () => {
  const estimate = numbers(roganGladen(reference))
  expect(estimate.value).toBeCloseTo(0.2, 12)
  expect(estimate.standardError).toBeCloseTo(0.047553, 6)
  expect(estimate.lower).toBeCloseTo(0.0944, 4)
  expect(estimate.upper).toBeCloseTo(0.2859, 4)
})

test('roganGladen by test inversion after Fieller: the roots of its statistic, as oracles/judge-correction finds them', () => {
  const same = (options: Partial<JudgedRateOptions>, [lower, upper]: number[]) => {
    const { interval } = estimatedOf(roganGladen({ ...reference, interval: 'fieller', ...options }))
    expect(interval.lower).toBeCloseTo(lower ?? Number.NaN, 10)
    expect(interval.upper).toBeCloseTo(upper ?? Number.NaN, 10)
  }
  same({}, intervals.fieller)
  same({ level: 0.99 }, intervals.fiellerAt99)
  const rare = {
    flagged: { count: 12, of: 200 },
    sensitivity: { count: 28, of: 30 },
    specificity: { count: 29, of: 30 },
  }
  same(rare, intervals.fiellerRare)
  const vague = { sensitivity: { count: 6, of: 10 }, specificity: { count: 7, of: 10 } }
  expect(estimatedOf(roganGladen({ ...reference, interval: 'fieller', ...vague })).interval).toMatchObject({
    lower: 0,
    upper: 1,
  })
})

test('roganGladen refuses J below 0.2 and data that contradict the judge; it cuts a negative rate to 0 and says so', () => {
  expect(roganGladen({ ...reference, specificity: { count: 25, of: 100 } })).toMatchObject({
    because: { code: 'judge-uninformative' },
  })
  expect(
    roganGladen({ ...reference, flagged: { count: 0, of: 5000 }, specificity: { count: 700, of: 1000 } }),
  ).toMatchObject({
    because: { code: 'judge-contradicts-flags' },
  })
  const cut = roganGladen({ ...reference, flagged: { count: 70, of: 500 } })
  if (cut.kind === 'not-estimable') throw new Error(cut.because.code)
  expect(cut.value).toBe(0)
  expect(cut.interval.upper).toBeGreaterThan(0)
  expect(cut.caveats.map(({ code }) => code)).toEqual(['corrected-rate-cut'])
  expect(() => roganGladen({ ...reference, flagged: { count: 3, of: 2 } })).toThrow(/counts/)
  expect(() => roganGladen({ ...reference, sensitivity: { count: 0, of: 0 } })).toThrow(/counts/)
})

test('roganGladen covers the true rate in at least 94 % of 3,000 samples with 100 known cases each (seed 3)', () => {
  const random = openRandom(3)
  const draw = (n: number, p: number) => {
    let count = 0
    for (let trial = 0; trial < n; trial++) if (random.uniform() < p) count++
    return { count, of: n }
  }
  for (const rate of [0.02, 0.2, 0.5]) {
    let covered = 0
    let refused = 0
    for (let repetition = 0; repetition < 3000; repetition++) {
      const outcome = roganGladen({
        flagged: draw(500, rate * 0.9 + (1 - rate) * 0.1),
        sensitivity: draw(100, 0.9),
        specificity: draw(100, 0.9),
        level: 0.95,
        interval: 'fieller',
      })
      if (outcome.kind === 'not-estimable') refused++
      else if (outcome.interval.lower <= rate && rate <= outcome.interval.upper) covered++
    }
    // At a rate of 2 % chance alone now and then puts the whole interval below 0; a refusal counts as a miss here.
    expect(refused / 3000).toBeLessThan(0.015)
    expect(covered / 3000).toBeGreaterThan(0.94)
    expect(covered / 3000).toBeLessThan(0.985)
  }
})
