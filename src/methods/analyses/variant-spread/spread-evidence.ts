/** The numbers of variant spread with all that is needed to judge them. */
import { type Evidence, type NumberFormat, scoreFormat } from '../../../domain/index.ts'
import { type NotEstimable, notEstimable, type Outcome, type SimultaneousIntervals } from '../../../stats/index.ts'
import type { ModelOrder } from './compare-order.ts'
import type { CrossedAverage } from './crossed-average.ts'
import type { FactorEffect } from './factor-effects.ts'
import type { MeasuredSpread } from './measure-spread.ts'
import { spreadKey, spreadLabel, type VariantTable } from './variant-table.ts'

function subjectOf({ measure, model, technique }: VariantTable): Record<string, string> {
  const subject = { task: measure.task, scorer: measure.scorer, model }
  return technique === undefined ? subject : { ...subject, technique }
}

export function spreadEvidence(measured: MeasuredSpread): readonly Evidence[] {
  const { table, spread, bands } = measured
  const key = spreadKey(table)
  const variants = table.variants.length
  const bounded = table.measure.scale !== 'unbounded'
  const [score, gap]: readonly [NumberFormat, NumberFormat] = bounded ? ['rate', 'points'] : ['score', 'difference']
  const items = 'in the population that these items stand for'
  const make = (
    part: string,
    about: Pick<Evidence, 'label' | 'estimand' | 'format' | 'outcome' | 'evidenceClass'>,
  ) => ({
    ...about,
    key: `${key}/${part}`,
    label: `${spreadLabel(table)}: ${about.label}`,
    subject: subjectOf(table),
  })
  const seeded = (evidence: Evidence, stream: string): Evidence => ({
    ...evidence,
    seedPath: `${measured.seedPath}/${stream}`,
  })
  return [
    seeded(
      make('worst', {
        label: `worst of ${variants} variants`,
        estimand: `lowest mean score among these ${variants} variants, ${items}`,
        format: score,
        outcome: partOf(bands, 'worst'),
        evidenceClass: 'asymptotic',
      }),
      'bands',
    ),
    make('average', {
      label: `average over ${variants} variants`,
      estimand: `mean score over these ${variants} variants, each weighing the same, ${items}`,
      format: score,
      outcome: measured.average,
      evidenceClass: 'asymptotic',
    }),
    seeded(
      make('best', {
        label: `best of ${variants} variants, whichever it is`,
        estimand: `highest mean score among these ${variants} variants, ${items}`,
        format: score,
        outcome: partOf(bands, 'best'),
        evidenceClass: 'asymptotic',
      }),
      'bands',
    ),
    seeded(
      make('chosen-variant', {
        label: 'best variant, scored on items that did not choose it',
        estimand: `mean score of the variant that scores best on a sample of items, on other items of the population`,
        format: score,
        outcome: measured.chosen,
        evidenceClass: 'asymptotic',
      }),
      'chosen',
    ),
    seeded(
      make('spread', {
        label: 'best minus worst variant',
        estimand: `largest minus smallest mean score among these ${variants} variants, ${items}`,
        format: gap,
        outcome: partOf(bands, 'spread'),
        evidenceClass: 'asymptotic',
      }),
      'bands',
    ),
    seeded(
      make('spread-test', {
        label: 'is the spread more than chance?',
        estimand: 'no item scores differently under one variant than under another, beyond chance',
        format: 'number',
        outcome: spread.spreadTest,
        evidenceClass: 'guarantee',
      }),
      'permutation',
    ),
    make('cochran-q', {
      label: 'Cochran’s Q over all variants',
      estimand: 'all variants have the same mean score on these items',
      format: 'number',
      outcome: spread.chiSquaredQ,
      evidenceClass: 'asymptotic',
    }),
    seeded(
      make('cochran-q-permutation', {
        label: 'Cochran’s Q, permutation p',
        estimand: 'all variants have the same mean score on these items',
        format: 'number',
        outcome: spread.permutationQ,
        evidenceClass: 'guarantee',
      }),
      'permutation',
    ),
    make('next-variant', {
      label: 'where one more variant would score',
      estimand: 'mean score of one further variant drawn at random as these were, on these fixed items',
      format: score,
      outcome: measured.next,
      evidenceClass: 'model-based',
    }),
    make('worst-per-item', {
      label: 'each item under its worst variant',
      estimand: `mean over items of the lowest score among these ${variants} variants, ${items}`,
      format: score,
      outcome: measured.worstPerItem,
      evidenceClass: 'asymptotic',
    }),
    make('best-per-item', {
      label: 'each item under its best variant',
      estimand: `mean over items of the highest score among these ${variants} variants, ${items}`,
      format: score,
      outcome: measured.bestPerItem,
      evidenceClass: 'asymptotic',
    }),
  ]
}

/** Of the average over other variants like these: the items-only average stands beside it. */
export function crossedEvidence({ table, both, bootstrap, seedPath }: CrossedAverage): readonly Evidence[] {
  const about = {
    subject: subjectOf(table),
    estimand: `mean score over all variants that these ${table.variants.length} were drawn from, in the population that these items stand for; items and variants are both random`,
    format: scoreFormat(table.measure.scale),
  } as const
  const key = `${spreadKey(table)}/average-both-drawn`
  const label = `${spreadLabel(table)}: average, items and variants both drawn`
  const classOf = (outcome: Outcome) => (outcome.kind === 'estimate' ? 'asymptotic' : 'descriptive')
  return [
    { ...about, key, label, outcome: both, evidenceClass: classOf(both) },
    ...(bootstrap === undefined
      ? []
      : [
          {
            ...about,
            key: `${key}-bootstrap`,
            label: `${label}, by crossed bootstrap`,
            outcome: bootstrap,
            evidenceClass: classOf(bootstrap),
            seedPath,
          } as const,
        ]),
  ]
}

export function factorEvidence(table: VariantTable, effects: readonly FactorEffect[]): readonly Evidence[] {
  const bounded = table.measure.scale !== 'unbounded'
  return effects.map(({ factor, level, against, design, outcome }) => ({
    key: `${spreadKey(table)}/${factor}=${level}`,
    label: `${spreadLabel(table)}: ${factor} = ${level} against ${against}`,
    subject: { ...subjectOf(table), factor, level },
    estimand:
      `mean score with ${factor} = ${level} minus that with ${against}, ` +
      (design === 'matched' ? 'all other factors held equal' : 'other factors not held equal') +
      ', in the population that these items stand for; intervals of all effects of the model hold at once',
    format: bounded ? 'points' : 'difference',
    outcome,
    evidenceClass: 'asymptotic',
  }))
}

export function orderEvidence(order: ModelOrder): readonly Evidence[] {
  const { measure, technique } = order.first
  const key = [measure.task, measure.scorer, ...(technique === undefined ? [] : [technique])].join('/')
  const subject = { task: measure.task, scorer: measure.scorer, ...(technique === undefined ? {} : { technique }) }
  const { concordance } = order
  return [
    {
      key: `${key}/rank-agreement`,
      label: `${measure.key}: do ${order.variants} variants agree on the order of ${order.models.length} models?`,
      subject,
      estimand: 'no agreement between variants on the order of the models',
      format: 'number',
      outcome: concordance.kind === 'concordance' ? concordance.test : concordance,
      evidenceClass: 'asymptotic',
    },
    ...order.pairs.flatMap(({ upper, lower, gaps, interaction, seedPath }): readonly Evidence[] => {
      const pair = { ...subject, upper, lower }
      const format: NumberFormat = 'points'
      const about = { subject: pair, format, evidenceClass: 'asymptotic', seedPath: `${seedPath}/gaps` } as const
      const population = 'in the population that these items stand for'
      return [
        {
          ...about,
          key: `${key}/${upper}~${lower}/smallest-gap`,
          label: `${measure.key}: ${upper} minus ${lower} under the variant least kind to ${upper}`,
          estimand: `smallest difference in mean score over ${order.variants} variants, ${population}`,
          outcome: partOf(gaps, 'worst'),
        },
        {
          ...about,
          key: `${key}/${upper}~${lower}/largest-gap`,
          label: `${measure.key}: ${upper} minus ${lower} under the variant kindest to ${upper}`,
          estimand: `largest difference in mean score over ${order.variants} variants, ${population}`,
          outcome: partOf(gaps, 'best'),
        },
        {
          subject: pair,
          evidenceClass: 'asymptotic',
          key: `${key}/${upper}~${lower}/gap-depends-on-variant`,
          label: `${measure.key}: does the gap between ${upper} and ${lower} depend on the variant?`,
          estimand: 'the difference between the two models is the same under all variants',
          format: 'number',
          outcome: interaction,
        },
      ]
    }),
  ]
}

function partOf(bands: SimultaneousIntervals | NotEstimable, part: 'best' | 'worst' | 'spread'): Outcome {
  return bands.kind === 'simultaneous-intervals' ? bands[part] : notEstimable(bands.because.code, bands.because.values)
}
