/**
 * The limits that a claim is decided by: every value of the mean that the claim's own evidence does not exclude.
 *
 * The lower limit is the largest null "mean ≤ m" that the evidence for support refutes at its error rate, the upper limit
 * the smallest null "mean ≥ m" that the evidence for refutation refutes at its own. A claim is therefore supported exactly
 * where the lower limit has reached the bar, and refuted where the upper one has. Missing scores count as in the evidence.
 */
import { clopperPearson, type Interval, notEstimable, type Outcome } from '../stats/index.ts'
import { declaredNulls, type EvidencePlan, openEvidence } from './claim-evidence.ts'

export interface ClaimValues {
  /** Per unit, with missing scores at their worst and at their best. */
  readonly worst: number[]
  readonly best: number[]
  /** Of what the mean of the known scores is taken over: items of a finite list, units of a population. */
  readonly known: { sum: number; weight: number }
}

/** Error rates and moments by which a claim is decided. */
export interface DecisionLimits {
  readonly errors: { readonly support: number; readonly refutation: number }
  /** Units at the looks that count: the last one, and the one with the strongest evidence. */
  readonly looks: { readonly support: readonly number[]; readonly refutation: readonly number[] }
  /** A decided claim has the one limit it was decided by. */
  readonly decided: 'supported' | 'refuted' | undefined
  /** Whether a number of independent 0/1 units fixed in advance is complete. */
  readonly exact: boolean
}

export interface ClaimIntervalOptions extends DecisionLimits {
  /** One, or one per setting where each of them has to hold; then the interval is of the smallest mean. */
  readonly streams: readonly ClaimValues[]
  readonly plan: EvidencePlan
  readonly method: string
  /** To units of the score; may turn the scale around. */
  readonly toScore: (value: number) => number
  /** The same for means of known scores, which no unit of a finite list shrinks. */
  readonly toMean: (value: number) => number
}

export function claimInterval(options: ClaimIntervalOptions): Outcome {
  const { streams, decided, errors, exact, toScore } = options
  const units = streams[0]?.worst.length ?? 0
  const means = streams.map(({ known }) => (known.weight === 0 ? Number.NaN : known.sum / known.weight))
  const value = Math.min(...means)
  if (units === 0 || Number.isNaN(value)) return notEstimable('too-few-values', { needed: 1, given: 0 })
  const both = 1 - errors.support - errors.refutation
  const side = decided === 'refuted' ? 'upper' : decided === 'supported' || both <= 0 ? 'lower' : 'two-sided'
  const lower = side === 'upper' ? 0 : exact ? exactLimit(options, 'lower') : lowerLimit(options)
  const upper = side === 'lower' ? 1 : exact ? exactLimit(options, 'upper') : upperLimit(options)
  const ends = [toScore(lower), toScore(upper)]
  const turned = toScore(0) > toScore(1)
  const level = side === 'two-sided' ? both : 1 - (side === 'lower' ? errors.support : errors.refutation)
  const turnedSide: Interval['side'] = side === 'two-sided' ? side : (side === 'lower') === turned ? 'upper' : 'lower'
  return {
    kind: 'estimate',
    value: options.toMean(value),
    interval: { lower: Math.min(...ends), upper: Math.max(...ends), level, kind: 'confidence', side: turnedSide },
    n: units,
    method: exact ? 'clopper-pearson' : `${options.method}-limits`,
    assumptions: assumptionsOf(options),
    caveats:
      side === 'two-sided'
        ? [
            {
              code: 'claim-interval-of-two-limits',
              severity: 'note',
              values: { alpha: errors.support, beta: errors.refutation },
            },
          ]
        : [],
  }
}

function assumptionsOf({ plan, exact }: ClaimIntervalOptions): readonly string[] {
  if (plan.population !== undefined) return ['random-order']
  return ['independent-trials', 'constant-rate', ...(exact ? ['trials-fixed-in-advance'] : [])]
}

function exactLimit({ streams, errors }: ClaimIntervalOptions, side: 'lower' | 'upper'): number {
  const [stream] = streams
  const values = side === 'lower' ? stream?.worst : stream?.best
  if (values === undefined) return side === 'lower' ? 0 : 1
  const outcome = clopperPearson({
    successes: values.reduce((sum, value) => sum + value, 0),
    trials: values.length,
    level: 1 - (side === 'lower' ? errors.support : errors.refutation),
    side,
  })
  if (outcome.kind !== 'estimate') return side === 'lower' ? 0 : 1
  return outcome.interval[side]
}

/** Steps of the bisection: to about 1e-9. */
const steps = 30

/** Largest mean that every stream refutes. The bar is tried first, so that rounding cannot part limit and decision. */
export function lowerLimit({
  streams,
  plan,
  errors,
  looks,
}: Pick<ClaimIntervalOptions, 'streams' | 'plan' | 'errors' | 'looks'>): number {
  const wall = -Math.log(errors.support)
  const refuted = (mean: number): boolean =>
    streams.every(({ worst, best }) =>
      evidenceAt({ plan, nulls: { ...declaredNulls(plan), support: mean }, worst, best, looks: looks.support }).some(
        ({ support }) => support >= wall,
      ),
    )
  let [low, high] = refuted(plan.bar) ? [plan.bar, 1] : [0, plan.bar]
  for (let step = 0; step < steps; step++) {
    const middle = (low + high) / 2
    if (refuted(middle)) low = middle
    else high = middle
  }
  return low
}

/** Smallest mean that some stream refutes, at a level shared between them. */
function upperLimit({ streams, plan, errors, looks }: ClaimIntervalOptions): number {
  const wall = -Math.log(errors.refutation / streams.length)
  const refuted = (mean: number): boolean =>
    streams.some(({ worst, best }) =>
      evidenceAt({
        plan,
        nulls: { ...declaredNulls(plan), refutation: mean },
        worst,
        best,
        looks: looks.refutation,
      }).some(({ refutation }) => refutation >= wall),
    )
  const declared = plan.alternative ?? plan.bar
  let [low, high] = refuted(declared) ? [0, declared] : [declared, 1]
  for (let step = 0; step < steps; step++) {
    const middle = (low + high) / 2
    if (refuted(middle)) high = middle
    else low = middle
  }
  return high
}

/** Evidence against other nulls, as it stood at the looks. */
function evidenceAt(options: {
  readonly plan: EvidencePlan
  readonly nulls: NonNullable<EvidencePlan['nulls']>
  readonly worst: readonly number[]
  readonly best: readonly number[]
  readonly looks: readonly number[]
}) {
  const { plan, nulls, worst, best, looks } = options
  const evidence = openEvidence({ ...plan, nulls })
  const found: ReturnType<typeof evidence.current>[] = []
  const last = Math.min(worst.length, Math.max(...looks))
  for (let unit = 0; unit < last; unit++) {
    evidence.add({ worst: worst[unit] ?? 0, best: best[unit] ?? 1 })
    if (looks.includes(unit + 1)) found.push(evidence.current())
  }
  return found
}
