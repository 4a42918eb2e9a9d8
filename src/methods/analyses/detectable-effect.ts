/** What differences could these data have shown, and what would it take to show smaller ones? */
import { z } from 'zod'
import {
  type AnalysisResult,
  cannotSay,
  defineAnalysis,
  differenceFormat,
  type Evidence,
  formatLevel,
  formatSize,
  leadingMeasures,
  type Statement,
} from '../../domain/index.ts'
import { type Caveat, requiredItems } from '../../stats/index.ts'
import { designTable, effectCurves } from './detectable-effect/displays.ts'
import { type MeasureDesign, measureDesigns } from './detectable-effect/measure-designs.ts'

export const detectableEffectAnalysis = defineAnalysis({
  name: 'detectable-effect',
  title: 'What could these data have shown?',
  question: 'guarantee',
  version: 2,
  summary: 'Gives the smallest difference that the design detects, and the items and repeats that smaller ones take.',
  parameters: z.object({
    level: z.number().gt(0).lt(1).default(0.95).describe('1 − level is the error rate of the two-sided test'),
    power: z.number().gt(0.5).lt(1).default(0.8).describe('wanted probability of finding a true difference'),
    worthwhile: z.number().gt(0).lt(1).default(0.05).describe('smallest difference of rates that would matter'),
    sentences: z.number().int().min(1).default(6).describe('measures described in words; the table holds the rest'),
    rows: z.number().int().min(1).default(60).describe('rows shown per table'),
  }),
  assumptions: [
    'clusters-independent',
    'mean-approximately-normal',
    'new-items-vary-like-these',
    'one-comparison-at-a-time',
  ],
  references: [
    'Miller 2024, Adding error bars to evals, arXiv 2411.00640, section 5',
    'Bloom 1995, Evaluation Review 19 (minimum detectable effects)',
    'Card et al. 2020, With little power comes great responsibility, arXiv 2010.06595',
  ],
  analyze({ observations, parameters }): AnalysisResult {
    const measures = leadingMeasures(observations)
    const designs = measures.flatMap((measure) => measureDesigns(observations, { measure, ...parameters }))
    if (designs.length === 0) return cannotSay({ code: 'no-observations', values: {} })
    const typical = typicalDesigns(designs)
    if (typical.length === 0)
      return { ...cannotSay({ code: 'no-design-to-judge', values: {} }), evidence: designs.map(designEvidence) }
    return {
      status: designs.every(({ effect }) => effect.kind === 'estimate') ? 'answered' : 'partly',
      statements:
        typical.length > parameters.sentences
          ? [overall(typical, parameters)]
          : typical.flatMap((design) => words(design, parameters)),
      evidence: designs.map(designEvidence),
      problems: tooFew(typical, parameters),
      figures: effectCurves(typical.slice(0, 3), parameters),
      tables: [designTable(designs, parameters.rows)],
    }
  },
})

/** Per measure the design with the median detectable effect: what to expect of a comparison there. */
function typicalDesigns(designs: readonly MeasureDesign[]): readonly MeasureDesign[] {
  const known = designs.filter(({ effect }) => effect.kind === 'estimate')
  return [...Map.groupBy(known, ({ measure }) => measure).values()].flatMap((group) => {
    const sorted = group.toSorted((a, b) => effectOf(a) - effectOf(b))
    const middle = sorted[(sorted.length - 1) >> 1]
    return middle === undefined ? [] : [middle]
  })
}

interface Words {
  readonly level: number
  readonly power: number
}

function words(typical: MeasureDesign, { level, power }: Words): readonly Statement[] {
  const { measure, models, items, design, split } = typical
  const format = differenceFormat(measure.scale)
  const values = {
    measure: measure.key,
    models: models.join(' and '),
    items,
    effect: formatSize(effectOf(typical), format),
    power: formatLevel(power),
    level: formatLevel(level),
  }
  const first = { code: models.length > 1 ? 'detectable-difference' : 'detectable-from-value', values }
  if (design === undefined || measure.scale === 'unbounded') return [first]
  const needed = (effect: number) => requiredItems({ ...design, effect }).items
  const plan = { measure: measure.key, five: needed(0.05), two: needed(0.02), one: needed(0.01) }
  const response = design.responseVarianceA / design.resamplesA + design.responseVarianceB / design.resamplesB
  const share = response / (design.itemVariance + response)
  return [
    first,
    { code: 'items-for-points', values: plan },
    // Below a tenth, more repeats would not change the standard error by 5 %.
    ...(split && share > 0.1 ? [{ code: 'repeats-would-help', values: { measure: measure.key, share } }] : []),
  ]
}

/** Many measures: the smallest, the middle and the largest effect say more than a list. */
function overall(typical: readonly MeasureDesign[], { level, power }: Words): Statement {
  const sorted = typical.toSorted((a, b) => effectOf(a) - effectOf(b))
  const at = (share: number) => {
    const design = sorted[Math.round(share * (sorted.length - 1))]
    return design === undefined ? '' : formatSize(effectOf(design), differenceFormat(design.measure.scale))
  }
  const values = {
    measures: typical.length,
    smallest: at(0),
    middle: at(0.5),
    largest: at(1),
    power: formatLevel(power),
    level: formatLevel(level),
  }
  return { code: 'detectable-overall', values }
}

function tooFew(typical: readonly MeasureDesign[], { worthwhile }: { readonly worthwhile: number }): readonly Caveat[] {
  const weak = typical.filter((design) => design.measure.scale !== 'unbounded' && effectOf(design) > worthwhile)
  const problems = weak.map((design): Caveat => {
    const { measure, items, design: plan } = design
    const needed = plan === undefined ? items : requiredItems({ ...plan, effect: worthwhile }).items
    const values = {
      measure: measure.key,
      items,
      effect: formatSize(effectOf(design), 'points'),
      worthwhile: formatSize(worthwhile, 'points'),
      needed,
    }
    return { code: 'small-differences-undetectable', severity: 'caution', values, subject: measure.key }
  })
  if (problems.length <= 3) return problems
  const examples = weak
    .slice(0, 3)
    .map(({ measure }) => measure.key)
    .join(', ')
  const values = { hit: weak.length, measures: typical.length, worthwhile: formatSize(worthwhile, 'points'), examples }
  return [{ code: 'small-differences-undetectable-in-measures', severity: 'caution', values }]
}

function designEvidence({ measure, name, models, items, effect }: MeasureDesign): Evidence {
  const what =
    models.length > 1
      ? `true difference between ${models.join(' and ')} in mean ${measure.scorer} score on ${measure.task}`
      : `true distance of the mean ${measure.scorer} score of ${name} on ${measure.task} from a fixed value`
  return {
    key: `${measure.task}/${measure.scorer}/${name}/detectable-effect`,
    label: `${name}: smallest detectable difference`,
    subject: { measure: measure.key, models: models.join(', ') },
    estimand: `smallest ${what} that a two-sided test on ${items} items like these detects with the wanted power`,
    format: differenceFormat(measure.scale),
    outcome: effect,
    evidenceClass: effect.kind === 'estimate' ? 'model-based' : 'descriptive',
  }
}

function effectOf({ effect }: MeasureDesign): number {
  return effect.kind === 'estimate' ? effect.value : Number.NaN
}
