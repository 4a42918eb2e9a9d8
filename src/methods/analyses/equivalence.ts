/** Better, the same for all that matters, worse, or not to be told: one of four verdicts on every pair of models. */
import { z } from 'zod'
import {
  type AnalysisResult,
  cannotSay,
  defineAnalysis,
  type Evidence,
  leadingMeasures,
  type Measure,
} from '../../domain/index.ts'
import { marginFigures, verdictTable } from './equivalence/displays.ts'
import { equivalenceLedgers, type JudgedPair, judgePairs, pairKey } from './equivalence/judge-pairs.ts'
import { statementsOf } from './equivalence/statements.ts'

export const equivalenceAnalysis = defineAnalysis({
  name: 'equivalence',
  title: 'Are models the same for all that matters?',
  question: 'guarantee',
  version: 5,
  summary:
    'Gives every pair of models one of four verdicts against a margin: better, equivalent, worse, or cannot tell.',
  parameters: z.object({
    margin: z
      .number()
      .gt(0)
      .lt(1)
      .default(0.02)
      .describe('difference of mean scores below which it does not matter; to be fixed before looking'),
    level: z
      .number()
      .gt(0.5)
      .lt(1)
      .default(0.95)
      .describe('1 − level is the chance of any false verdict among the pairs of one measure'),
    power: z.number().gt(0.5).lt(1).default(0.8).describe('power for the number of items that would decide'),
    pairs: z
      .number()
      .int()
      .min(1)
      .default(45)
      .describe('largest number of pairs of all measures together; each takes up to a twentieth of a second'),
    sentences: z.number().int().min(1).default(6).describe('pairs described in words; the table holds the rest'),
    rows: z.number().int().min(1).default(60).describe('rows shown per table and figure; all are in the evidence'),
  }),
  assumptions: ['items-drawn-independently', 'clusters-independent', 'margin-fixed-before-looking'],
  references: [
    'Schuirmann 1987, Journal of Pharmacokinetics and Biopharmaceutics 15 (two one-sided tests)',
    'Tango 1998, Statistics in Medicine 17; Tang, Tang and Chan 2003, Biometrics 59 (exact margin test)',
    'Piaggio et al. 2012, JAMA 308 (reporting of equivalence)',
  ],
  analyze({ observations, parameters }): AnalysisResult {
    const { margin, level, power, rows } = parameters
    const several = leadingMeasures(observations).filter(({ models }) => models.length > 1)
    if (several.length === 0)
      return cannotSay({ code: 'needs-two-models', values: { models: observations.model.values.length } })
    const left = { tooMany: [] as Measure[], unbounded: [] as Measure[] }
    const judged: JudgedPair[] = []
    for (const measure of several) {
      const pairs = (measure.models.length * (measure.models.length - 1)) / 2
      if (measure.scale === 'unbounded') left.unbounded.push(measure)
      else if (judged.length + pairs > parameters.pairs) left.tooMany.push(measure)
      else judged.push(...judgePairs(observations, { measure, margin, alpha: (1 - level) / pairs, power }))
    }
    const done = judged.filter(({ outcome }) => outcome.kind === 'equivalence')
    return {
      status:
        done.length === 0
          ? 'cannot-say'
          : left.tooMany.length + left.unbounded.length > 0 || done.length < judged.length
            ? 'partly'
            : 'answered',
      statements: statementsOf({ judged, ...left }, parameters),
      evidence: judged.flatMap((pair) => pairEvidence(pair, margin)),
      problems: [],
      figures: marginFigures(done, { margin, limit: rows }),
      tables: judged.length === 0 ? [] : [verdictTable(judged, rows)],
      ledgers: equivalenceLedgers(judged),
    }
  },
})

function pairEvidence(pair: JudgedPair, margin: number): readonly Evidence[] {
  const { measure, first, second, items, outcome } = pair
  const key = pairKey(pair)
  const share = { subject: { measure: measure.key, first, second } } as const
  const estimand = `mean ${measure.scorer} score of ${first} minus that of ${second} on ${measure.task}, over the population that the ${items} shared items were drawn from`
  if (outcome.kind === 'not-estimable') {
    return [
      {
        ...share,
        key: `${key}/difference`,
        label: `${first} minus ${second}`,
        estimand,
        format: 'points',
        outcome,
        evidenceClass: 'descriptive',
      },
    ]
  }
  const { difference, marginInterval, notBelow, notAbove } = outcome
  const exact = notBelow.kind === 'test' && notBelow.method === 'exact-unconditional-tango'
  const tested = (name: string, label: string, test: typeof notBelow): Evidence => ({
    ...share,
    key: `${key}/${name}`,
    label: `${first} minus ${second}: ${label}`,
    estimand: `${estimand}; against a margin of ${margin}`,
    format: 'p-value',
    outcome: test,
    evidenceClass: test.kind === 'not-estimable' ? 'descriptive' : exact ? 'guarantee' : 'asymptotic',
  })
  return [
    {
      ...share,
      key: `${key}/difference`,
      label: `${first} minus ${second}, at the level that decides on the margin`,
      estimand,
      format: 'points',
      outcome: { ...difference, interval: marginInterval },
      evidenceClass: 'asymptotic',
    },
    tested('not-below', 'is it above minus the margin?', notBelow),
    tested('not-above', 'is it below the margin?', notAbove),
  ]
}
