/** One p-value from several tests of one and the same null hypothesis. */
import { checkWhole } from '../check-inputs.ts'
import { checkPValues } from '../check-p-values.ts'
import { chiSquaredUpperTail } from '../distributions/chi-squared.ts'
import { normalUpperQuantile, normalUpperTail } from '../distributions/normal.ts'
import { fail } from '../fail.ts'
import { type Caveat, notEstimable, type TestOutcome } from '../result.ts'
import { bisection } from '../special/bisection.ts'
import { exactSum } from '../special/exact-sum.ts'

export interface CombineOptions {
  /** One-sided p-values, all in the same direction. */
  readonly pValues: ArrayLike<number>
}

/**
 * Fisher's combination: −2 Σ ln p ~ χ²(2K) for independent tests (Fisher 1932). One very small p suffices.
 *
 * fisherCombination({ pValues: [0.01, 0.02, 0.3] }).pValue // => 0.003478…
 */
export function fisherCombination({ pValues }: CombineOptions): TestOutcome {
  const checked = positive(pValues)
  if (!Array.isArray(checked)) return checked
  const statistic = -2 * exactSum(checked.map(Math.log))
  const df = 2 * checked.length
  return {
    ...combined({
      statistic,
      pValue: chiSquaredUpperTail(statistic, df),
      n: checked.length,
      method: 'fisher-combination',
    }),
    degreesOfFreedom: df,
  }
}

/**
 * Stouffer's combination: Σ w z/√Σw² is standard normal for independent tests (Stouffer 1949; weights Lipták 1958). Weights,
 * such as √n, are fixed beforehand; `undefined` weighs all the same.
 *
 * stoufferCombination({ pValues: [0.01, 0.02, 0.3], weights: undefined }).pValue // => 0.002315…
 */
export function stoufferCombination({
  pValues,
  weights,
}: CombineOptions & { readonly weights: ArrayLike<number> | undefined }): TestOutcome {
  const checked = positive(pValues)
  if (!Array.isArray(checked)) return checked
  if (weights !== undefined && weights.length !== checked.length) {
    fail('lengths-differ', { pValues: checked.length, weights: weights.length }, 'pass one weight per p-value')
  }
  if (checked.includes(1)) return notEstimable('p-value-of-one', { tests: checked.length })
  const w = checked.map((_, i) => weights?.[i] ?? 1)
  if (w.some((weight) => !(weight > 0 && weight < Number.POSITIVE_INFINITY))) {
    fail('weight-not-positive', { weights: w.join(', ') }, 'pass finite weights above 0')
  }
  const scale = Math.sqrt(exactSum(w.map((weight) => weight * weight)))
  const statistic = exactSum(checked.map((p, i) => (w[i] ?? 1) * normalUpperQuantile(p))) / scale
  return combined({
    statistic,
    pValue: normalUpperTail(statistic),
    n: checked.length,
    method: 'stouffer-combination',
  })
}

/**
 * Harmonic mean of the p-values times the constant that makes it valid under every dependence (Vovk and Wang 2020,
 * "Combining p-values via averaging": 2 for two tests, (y + K)²/((y + 1)K) for more, about ln K).
 *
 * `statistic` is the plain harmonic mean, which is no p-value. Robust to dependence, and conservative.
 *
 * harmonicCombination({ pValues: [0.01, 0.02, 0.3] }) // => statistic 0.01957, p = 0.0537
 */
export function harmonicCombination({ pValues }: CombineOptions): TestOutcome {
  const checked = positive(pValues)
  if (!Array.isArray(checked)) return checked
  const n = checked.length
  const statistic = n / exactSum(checked.map((p) => 1 / p))
  return {
    ...combined({ statistic, pValue: Math.min(1, harmonicFactor(n) * statistic), n, method: 'harmonic-mean-p' }),
    alternative: 'less',
    nullValue: 1,
    assumptions: [],
  }
}

/**
 * Cauchy combination: the mean of tan((½ − p)π) is standard Cauchy (Liu and Xie 2020); nearly so in its tail under
 * dependence. Asymptotic as p → 0: trust it for p well below 0.05 only, and a caveat says so.
 *
 * cauchyCombination({ pValues: [0.01, 0.02, 0.3] }).pValue // => 0.01969…
 */
export function cauchyCombination({ pValues }: CombineOptions): TestOutcome {
  const checked = positive(pValues)
  if (!Array.isArray(checked)) return checked
  if (checked.includes(1)) return notEstimable('p-value-of-one', { tests: checked.length })
  // 1/tan(πp) is tan((½ − p)π) without the subtraction that loses small p.
  const statistic = exactSum(checked.map((p) => 1 / Math.tan(Math.PI * p))) / checked.length
  return {
    ...combined({
      statistic,
      pValue: Math.atan2(1, statistic) / Math.PI,
      n: checked.length,
      method: 'cauchy-combination',
      caveats: [{ code: 'combination-valid-in-tail-only', severity: 'caution', values: { tests: checked.length } }],
    }),
    assumptions: ['weakly-dependent-tests'],
  }
}

/**
 * The constant a_K of the harmonic mean: y solves y² = K((y + 1) ln(y + 1) − y).
 *
 * harmonicFactor(10) // => 4.5597…
 */
export function harmonicFactor(tests: number): number {
  checkWhole({ tests }, { least: 1 })
  if (tests <= 2) return tests
  const excess = (y: number): number => y * y - tests * ((y + 1) * Math.log1p(y) - y)
  // Negative near 0, positive far out: ½K y² of the logarithm's series outweighs y² there.
  let outside = 1
  while (excess(outside) <= 0) outside *= 2
  const y = bisection({ inside: outside / 2 > 1 ? outside / 2 : 1e-9, outside, holds: (point) => excess(point) <= 0 })
  return (y + tests) ** 2 / ((y + 1) * tests)
}

function positive(pValues: ArrayLike<number>) {
  const checked = checkPValues(pValues)
  if (checked.length === 0) return notEstimable('too-few-values', { needed: 1, given: 0 })
  // Nothing has probability 0: such a p was rounded, and a combination would be 0 as well.
  if (checked.includes(0)) return notEstimable('p-value-of-zero', { tests: checked.length })
  return checked
}

function combined({
  caveats = [],
  ...own
}: {
  readonly statistic: number
  readonly pValue: number
  readonly n: number
  readonly method: string
  readonly caveats?: readonly Caveat[]
}) {
  return {
    kind: 'test',
    alternative: 'greater',
    nullValue: 0,
    assumptions: ['independent-tests'],
    caveats,
    ...own,
  } as const
}
