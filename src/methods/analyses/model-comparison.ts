/** Which of two models is better, and which pairs these data cannot separate. */
import { z } from 'zod'
import {
  type AnalysisResult,
  adjustedTest,
  cannotSay,
  classOfTest,
  defineAnalysis,
  differenceFormat,
  type Evidence,
  leadingMeasures,
} from '../../domain/index.ts'
import type { HypothesisTest } from '../../stats/index.ts'
import { combinedEvidence, combinedStatements, combineTasks } from './model-comparison/combined-tasks.ts'
import { comparePairs } from './model-comparison/compare-pairs.ts'
import { differenceFigures, pairTable } from './model-comparison/displays.ts'
import { type PairComparison, pairKey } from './model-comparison/pair-comparison.ts'
import { statementsOf } from './model-comparison/statements.ts'

export const modelComparison = defineAnalysis({
  name: 'model-comparison',
  title: 'Which model is better?',
  question: 'guarantee',
  version: 5,
  summary:
    'Compares every pair of models on the items both answered, with clusters, exact tests and Holm’s correction.',
  parameters: z.object({
    level: z
      .number()
      .gt(0)
      .lt(1)
      .default(0.95)
      .describe('confidence of intervals; 1 − level is the family-wise error rate'),
    power: z.number().gt(0.5).lt(1).default(0.8).describe('power of the comparison that would settle an open pair'),
    permutationUnits: z
      .number()
      .int()
      .min(0)
      .default(300)
      .describe('largest number of clusters for the permutation test beside t'),
    draws: z.number().int().min(99).default(1999).describe('draws of that test where no exact method is affordable'),
    unpairedPairs: z
      .number()
      .int()
      .min(0)
      .default(100)
      .describe('largest number of pairs for showing what unpaired tests say'),
    sentences: z.number().int().min(1).default(6).describe('measures described in words; the table holds the rest'),
    rows: z
      .number()
      .int()
      .min(1)
      .default(60)
      .describe('rows shown per table and figure; all pairs are in the evidence'),
  }),
  assumptions: ['items-drawn-independently', 'clusters-independent', 'models-answered-without-knowing-each-other'],
  references: [
    'Miller 2024, Adding error bars to evals, arXiv 2411.00640',
    'Fagerland, Lydersen and Laake 2013, BMC Medical Research Methodology 13:91 (McNemar, mid-p)',
    'Tango 1998, Statistics in Medicine 17:891; Newcombe 1998, 17:2635, method 10 (paired)',
    'Bell and McCaffrey 2002, Survey Methodology 28 (CR2)',
    'Holm 1979, Scandinavian Journal of Statistics 6',
    'Fisher 1932; Vovk and Wang 2020, Biometrika 107 (combining tests of several tasks)',
  ],
  analyze({ observations, parameters, random }): AnalysisResult {
    const measures = leadingMeasures(observations)
    const several = measures.filter(({ models }) => models.length > 1)
    if (several.length === 0) {
      return cannotSay({ code: 'needs-two-models', values: { models: observations.model.values.length } })
    }
    const compared = several.map((measure) => comparePairs(observations, { ...parameters, measure, random }))
    const pairs = compared.flatMap((each) => each.pairs)
    const { combined: together, ledgers } = combineTasks(pairs, parameters.level)
    const words = statementsOf(pairs, { ...parameters, measures: measures.length })
    const [lead, ...rest] = words
    const combined = combinedStatements(together, parameters.level)
    const settled = pairs.every(({ verdict }) => verdict !== 'different-items' && verdict !== 'not-testable')
    return {
      status: settled && several.length === measures.length ? 'answered' : 'partly',
      statements: together.length > 1 && lead !== undefined ? [lead, ...combined, ...rest] : [...words, ...combined],
      evidence: [...pairs.flatMap(pairEvidence), ...together.flatMap(combinedEvidence)],
      problems: [],
      figures: differenceFigures(pairs, parameters.rows),
      tables: [pairTable(pairs, parameters.rows)],
      ledgers: [...compared.flatMap((each) => each.ledgers), ...ledgers],
    }
  },
})

function pairEvidence(pair: PairComparison): readonly Evidence[] {
  const { measure, first, second, shared, paired, difference, test, alternatives } = pair
  const key = pairKey(pair)
  const label = `${first} minus ${second}`
  const items = paired
    ? `over the population that the ${shared.items.length} shared items were drawn from`
    : 'over different items, so that the items differ as well as the models'
  const share = {
    subject: { measure: measure.key, first, second },
    estimand: `mean ${measure.scorer} score of ${first} minus that of ${second} on ${measure.task}, ${items}`,
    format: differenceFormat(measure.scale),
  }
  const plain = paired ? ('asymptotic' as const) : ('descriptive' as const)
  return [
    {
      ...share,
      key: `${key}/difference`,
      label,
      outcome: difference,
      evidenceClass: difference.kind === 'estimate' ? plain : 'descriptive',
    },
    {
      ...share,
      key: `${key}/test`,
      label: `${label}: test`,
      outcome: test,
      evidenceClass: paired ? classOfTest(test) : plain,
    },
    ...adjustedTests(pair).map((outcome) => ({
      ...share,
      key: `${key}/holm`,
      label: `${label}: test after ${pair.comparisons} comparisons`,
      outcome,
      evidenceClass: classOfTest(test),
    })),
    ...alternatives.map(({ name, label: way, outcome }) => ({
      ...share,
      key: `${key}/${name}`,
      label: `${label}: ${way}`,
      outcome,
      evidenceClass: name.startsWith('unpaired') || outcome.kind === 'not-estimable' ? ('descriptive' as const) : plain,
    })),
  ]
}

function adjustedTests({ test, adjusted: pValue, comparisons }: PairComparison): readonly HypothesisTest[] {
  if (test.kind !== 'test' || pValue === undefined) return []
  return [adjustedTest(test, { pValue, comparisons, code: 'adjusted-for-comparisons' })]
}
