/** How reliable a score of a given design would be, for ranking objects and for absolute statements (a D-study). */
import type { Random } from '../../random/index.ts'
import { checkDraws, checkLevel } from '../check-inputs.ts'
import { fail } from '../fail.ts'
import { aboutAHundred, type OnProgress } from '../progress.ts'
import { type Estimate, type NotEstimable, notEstimable } from '../result.ts'
import { sortedQuantile } from '../sorted-quantile.ts'
import { inverseOfShape } from '../special/incomplete-gamma.ts'
import type { CrossedEffect } from './crossed-mean-squares.ts'
import { type GeneralizabilityStudy, termsOf } from './generalizability.ts'

export interface DecisionDesign {
  readonly items: number
  readonly conditions: number
  readonly runsPerCell: number
}

export interface DecisionStudyOptions {
  readonly study: GeneralizabilityStudy
  readonly design: DecisionDesign
  /** A facet whose levels are the only ones the claim is about; then its size is that of the study. */
  readonly fixed: 'none' | 'items' | 'conditions'
  /** Passing score for Φ(λ); `undefined` where there is none. */
  readonly cutScore: number | undefined
  readonly level: number
  readonly draws: number
  readonly random: Random
}

export interface DecisionStudy {
  readonly kind: 'decision-study'
  /** g: would the same objects come out in the same order? */
  readonly generalizability: Estimate
  /** Φ: would they get the same scores? */
  readonly dependability: Estimate
  /** Φ(λ): would they fall on the same side of the cut score? */
  readonly cutDependability: Estimate | undefined
  /** Error variance of a difference of two objects (each), and of one object's score. */
  readonly relativeErrorVariance: number
  readonly absoluteErrorVariance: number
}

/**
 * g = σ²_τ/(σ²_τ + σ²_δ) and Φ = σ²_τ/(σ²_τ + σ²_Δ) for n′_i items, n′_o conditions, R′ runs (Brennan 2001, ch. 4–5):
 * σ²_δ = σ²_pi/n′_i + σ²_po/n′_o + σ²_pio/(n′_i n′_o) + σ²_rerun/(n′_i n′_o R′), σ²_Δ adds σ²_i/n′_i, σ²_o/n′_o, σ²_io/(n′_i n′_o).
 *
 * A fixed facet moves its interaction with objects into σ²_τ and its own variance out of σ²_Δ. Φ(λ) = (σ²_τ + d²)/(σ²_τ + d² +
 * σ²_Δ) with d² = (μ̂ − λ)² − Var(μ̂), at least 0 (Brennan and Kane 1977). Negative components count as 0. Where the study had
 * one run per cell, rerun noise is part of the residual and more runs are not credited. Intervals are generalized
 * confidence intervals (Weerahandi 1993): each mean square is drawn as df·MS/χ²_df and the coefficient recomputed; they
 * assume normal scores and are wide where objects are few, as they should be. Not estimable where
 * objects have exactly equal means, or where nothing but them varies. A study with one condition supports designs with one condition only.
 *
 * decisionStudy({ study, design: { items: 100, conditions: 5, runsPerCell: 1 }, fixed: 'none', cutScore: undefined, level: 0.95, draws: 4000, random })
 */
export function decisionStudy(options: DecisionStudyOptions, onProgress?: OnProgress): DecisionStudy | NotEstimable {
  const { study, level, draws } = options
  checkLevel(level)
  checkDraws(draws, 200)
  checkDesign(options)
  const combine = combinationsOf(study)
  const estimated = coefficients(
    combine(study.components.map(({ meanSquare }) => meanSquare)),
    options,
    study.grandMean,
  )
  // A mean square of 0 stays 0 however it is drawn: it would give an interval without width.
  const isZero = (effect: CrossedEffect): boolean =>
    !(meanSquareOf(study, effect) > 1e-14 * Math.max(...study.components.map((each) => each.meanSquare)))
  if (isZero('object')) return notEstimable('objects-never-differ', { objects: study.objects })
  if (isZero('residual')) return notEstimable('repeats-never-differ', { items: study.items })
  const drawn = drawnCoefficients({ ...options, combine }, onProgress)
  const [first] = drawn
  if (drawn.every((each) => each.generalizability === first?.generalizability))
    return notEstimable('bootstrap-without-spread', { draws })
  const estimate = (name: 'generalizability' | 'dependability' | 'cutDependability'): Estimate => {
    const sorted = Float64Array.from(drawn, (each) => each[name]).sort()
    return {
      kind: 'estimate',
      value: estimated[name],
      interval: {
        ...spreadEnds(sorted, level),
        level,
        kind: 'confidence',
        side: 'two-sided',
      },
      n: study.objects,
      method: `${methodNames[name]}-generalized-interval`,
      assumptions: ['scores-approximately-normal', 'facets-drawn-at-random'],
      caveats: study.caveats,
    }
  }
  return {
    kind: 'decision-study',
    generalizability: estimate('generalizability'),
    dependability: estimate('dependability'),
    cutDependability: options.cutScore === undefined ? undefined : estimate('cutDependability'),
    relativeErrorVariance: estimated.relativeErrorVariance,
    absoluteErrorVariance: estimated.absoluteErrorVariance,
  }
}

/** Where the draws between the quantiles all lie on one end of the range, the interval runs on to the farthest draw. */
function spreadEnds(sorted: Float64Array, level: number): { readonly lower: number; readonly upper: number } {
  const lower = sortedQuantile(sorted, (1 - level) / 2)
  const upper = sortedQuantile(sorted, (1 + level) / 2)
  return lower < upper ? { lower, upper } : { lower: sorted[0] ?? lower, upper: sorted.at(-1) ?? upper }
}

const methodNames = {
  generalizability: 'generalizability-coefficient',
  dependability: 'dependability-index',
  cutDependability: 'cut-score-dependability',
}

function checkDesign({ study, design, fixed, cutScore }: DecisionStudyOptions): void {
  const { items, conditions, runsPerCell } = design
  if (![items, conditions, runsPerCell].every((size) => Number.isInteger(size) && size >= 1)) {
    fail('wrong-shape', { items, conditions, runsPerCell }, 'pass whole numbers of at least 1')
  }
  if (study.conditions === 1 && (conditions > 1 || fixed === 'conditions')) {
    fail('condition-never-varied', { conditions }, 'a study with one condition says nothing about others')
  }
  if ((fixed === 'items' && items !== study.items) || (fixed === 'conditions' && conditions !== study.conditions)) {
    fail('fixed-facet-resized', { fixed, items, conditions }, 'a fixed facet keeps the levels of the study')
  }
  if (cutScore !== undefined && !Number.isFinite(cutScore)) {
    fail('value-not-finite', { cutScore }, 'pass a finite passing score')
  }
}

type Variances = Readonly<Record<CrossedEffect, number>>

/** Mean squares in the order of the study's components, estimated or drawn, to components floored at 0. */
type Combine = (meanSquares: ArrayLike<number>) => Variances

/** Which mean squares a component combines depends on the design alone. */
function combinationsOf(study: GeneralizabilityStudy): Combine {
  const meanSquares = study.components
  const combinations = meanSquares.map((own) => ({
    effect: own.effect,
    terms: termsOf({ own, meanSquares, sizes: study }).map(({ effect, coefficient }) => ({
      at: meanSquares.findIndex((each) => each.effect === effect),
      coefficient,
    })),
  }))
  return (drawn) => {
    const variances = { ...noVariance }
    for (const { effect, terms } of combinations) {
      let sum = 0
      for (const { at, coefficient } of terms) sum += coefficient * (drawn[at] ?? 0)
      variances[effect] = Math.max(0, sum)
    }
    return variances
  }
}

const noVariance: Variances = {
  object: 0,
  item: 0,
  condition: 0,
  'object-item': 0,
  'object-condition': 0,
  'item-condition': 0,
  residual: 0,
  rerun: 0,
}

interface Coefficients {
  readonly generalizability: number
  readonly dependability: number
  readonly cutDependability: number
  readonly relativeErrorVariance: number
  readonly absoluteErrorVariance: number
}

function coefficients(
  variances: Variances,
  { study, design, fixed, cutScore }: DecisionStudyOptions,
  grandMean: number,
): Coefficients {
  const { items, conditions, runsPerCell } = design
  const withItem = variances['object-item'] / items
  const withCondition = variances['object-condition'] / conditions
  const universe = variances.object + (fixed === 'items' ? withItem : 0) + (fixed === 'conditions' ? withCondition : 0)
  const relative =
    (fixed === 'items' ? 0 : withItem) +
    (fixed === 'conditions' ? 0 : withCondition) +
    variances.residual / (items * conditions) +
    variances.rerun / (items * conditions * runsPerCell)
  const absolute =
    relative +
    (fixed === 'items' ? 0 : variances.item / items) +
    (fixed === 'conditions' ? 0 : variances.condition / conditions) +
    variances['item-condition'] / (items * conditions)
  const distance =
    cutScore === undefined ? 0 : Math.max(0, (grandMean - cutScore) ** 2 - varianceOfGrandMean(variances, study))
  return {
    generalizability: share(universe, relative),
    dependability: share(universe, absolute),
    cutDependability: share(universe + distance, absolute),
    relativeErrorVariance: relative,
    absoluteErrorVariance: absolute,
  }
}

/** Without signal nothing is reliable, even where there is no noise either. */
function share(signal: number, noise: number): number {
  return signal > 0 ? signal / (signal + noise) : 0
}

function meanSquareOf({ components }: GeneralizabilityStudy, effect: CrossedEffect): number {
  return components.find((each) => each.effect === effect)?.meanSquare ?? Number.NaN
}

function varianceOfGrandMean(
  variances: Variances,
  { objects: p, items: i, conditions: o, runsPerCell }: GeneralizabilityStudy,
): number {
  return (
    variances.object / p +
    variances.item / i +
    variances.condition / o +
    variances['object-item'] / (p * i) +
    variances['object-condition'] / (p * o) +
    variances['item-condition'] / (i * o) +
    (variances.residual + variances.rerun / runsPerCell) / (p * i * o)
  )
}

function drawnCoefficients(
  options: DecisionStudyOptions & { readonly combine: Combine },
  onProgress: OnProgress | undefined,
): readonly Coefficients[] {
  const { study, draws, random, combine } = options
  const drawMeanSquares = study.components.map(({ meanSquare, degreesOfFreedom }) => {
    const chiSquared = chiSquaredDraws(degreesOfFreedom)
    return () => (degreesOfFreedom * meanSquare) / chiSquared(random)
  })
  const meanSquares = new Float64Array(drawMeanSquares.length)
  const all: Coefficients[] = []
  const tell = aboutAHundred(draws, onProgress)
  for (let draw = 0; draw < draws; draw++) {
    tell(draw)
    for (const [at, drawMeanSquare] of drawMeanSquares.entries()) meanSquares[at] = drawMeanSquare()
    const variances = combine(meanSquares)
    const error = Math.sqrt(varianceOfGrandMean(variances, study))
    all.push(coefficients(variances, options, study.grandMean + error * random.normal()))
  }
  return all
}

function chiSquaredDraws(df: number): (random: Random) => number {
  // Wilson and Hilferty's cube is right to 1e-6 there, far below what the number of draws resolves, and much faster.
  if (df > 500) return (random) => df * (1 - 2 / (9 * df) + random.normal() * Math.sqrt(2 / (9 * df))) ** 3
  const gammaPoint = inverseOfShape(df / 2)
  return (random) => 2 * gammaPoint({ p: 1 - random.uniform(), tail: 'lower' })
}
