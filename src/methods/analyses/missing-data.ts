/** What is missing, why, and whether it could change a conclusion. Unknown is never zero. */
import { z } from 'zod'
import {
  type AnalysisResult,
  cannotSay,
  cellTable,
  classOfMean,
  classOfTest,
  defineAnalysis,
  type Evidence,
  measuresOf,
  type RunRecord,
  scoreFormat,
  type TestedFamily,
  testedFamily,
} from '../../domain/index.ts'
import { boundsFigures, missingTable } from './missing-data/displays.ts'
import {
  type DifferentialTest,
  type DifficultyTest,
  differentialTests,
  difficultyTests,
} from './missing-data/missingness-tests.ts'
import { type ModelMissing, modelMissing } from './missing-data/model-missing.ts'
import { rankingTipping } from './missing-data/ranking-tipping.ts'
import { type Adjusted, problemsOf, statementsOf } from './missing-data/statements.ts'

export const missingData = defineAnalysis({
  name: 'missing-data',
  title: 'What is missing, and could it change the result?',
  question: 'reliability',
  version: 3,
  summary: 'Counts missing scores by reason, bounds what they could do, and tests whether they are missing at random.',
  parameters: z.object({
    level: z
      .number()
      .gt(0)
      .lt(1)
      .default(0.95)
      .describe('confidence of intervals; 1 − level is the error rate of the tests'),
    tolerated: z
      .number()
      .gt(0)
      .lt(1)
      .default(0.05)
      .describe('share of missing scores above which a score is called incomplete'),
    threshold: z
      .number()
      .min(0)
      .max(1)
      .optional()
      .describe('score that a decision rests on; without it only rankings are examined'),
    draws: z.number().int().min(99).default(1999).describe('draws of the permutation tests'),
    sentences: z
      .number()
      .int()
      .min(1)
      .default(6)
      .describe('models and measures described in words; the table holds the rest'),
    rows: z.number().int().min(1).default(60).describe('rows shown per table and figure'),
  }),
  assumptions: ['items-drawn-independently', 'nothing-assumed-about-missing-in-bounds', 'planned-responses-have-rows'],
  references: [
    'Manski 1989, Journal of Human Resources 24 (bounds)',
    'Horowitz and Manski 2000, Journal of the American Statistical Association 95; Imbens and Manski 2004, Econometrica 72',
    'Yan, Lee and Li 2009, Journal of Biopharmaceutical Statistics 19 (tipping point)',
    'Landis, Heyman and Koch 1978, International Statistical Review 46 (mean score test)',
  ],
  analyze({ observations, runs, parameters, random }): AnalysisResult {
    const { level, threshold, draws, rows } = parameters
    const measures = measuresOf(observations)
    if (measures.length === 0) return cannotSay({ code: 'no-observations', values: {} })
    const models = measures.flatMap((measure) =>
      measure.models.map((model) => modelMissing(observations, { measure, model, level, threshold })),
    )
    const incomplete = measures.filter((measure) =>
      models.some((each) => each.measure === measure && each.scores.missing > 0),
    )
    const tables = incomplete.map((measure) => ({ measure, table: cellTable(observations, measure) }))
    const tippings = tables.flatMap(({ measure, table }) =>
      measure.scale === 'unbounded' ? [] : rankingTipping(table, measure),
    )
    // Holm multiplies the smallest p by the number of tests: its resolution must bear that.
    const tests = tables.reduce((sum, { table }) => sum + table.models.length, 0)
    const resolved = Math.max(draws, Math.min(20_000, 40 * tests))
    const suspicious = Math.min(0.05, 1 / tests)
    const difficulty = adjust({
      family: 'scores missing on hard items',
      alpha: 1 - level,
      tests: tables.flatMap(({ measure, table }) =>
        difficultyTests(table, { measure, draws: resolved, suspicious, random: random.split('difficulty') }),
      ),
      keyOf: difficultyKey,
    })
    const differentials = tables.map(({ measure, table }) =>
      adjust({
        family: `scores missing by model on ${measure.key}`,
        alpha: 1 - level,
        tests: differentialTests(table, { measure, random: random.split('differential') }),
        keyOf: differentialKey,
      }),
    )
    const differential = differentials.flatMap(({ made }) => made)
    const found = { models, tippings, difficulty: difficulty.made, differential, absent: absentResponses(runs) }
    return {
      status: 'answered',
      statements: statementsOf(found, parameters),
      evidence: [
        ...models.flatMap(modelEvidence),
        ...difficulty.made.map(difficultyEvidence),
        ...differential.map(differentialEvidence),
      ],
      problems: problemsOf(found, parameters),
      figures: boundsFigures(models, rows),
      tables: [missingTable(models, rows)],
      ledgers: [difficulty, ...differentials].flatMap(({ ledgers }) => ledgers),
    }
  },
})

/** Holm over the tests that could be made. */
function adjust<Test extends DifficultyTest | DifferentialTest>({
  tests,
  keyOf,
  ...family
}: {
  readonly family: string
  readonly alpha: number
  readonly tests: readonly Test[]
  readonly keyOf: (test: Test) => string
}): Pick<TestedFamily, 'ledgers'> & { readonly made: readonly Adjusted<Test>[] } {
  const made = tests.flatMap((each) => (each.test.kind === 'test' ? [{ ...each, test: each.test }] : []))
  const hypotheses = made.map((each) => ({ key: keyOf(each), test: each.test }))
  const { ledgers, adjusted } = testedFamily({ ...family, procedure: 'confirm', hypotheses })
  return {
    ledgers,
    made: made.map((each, index) => ({ ...each, adjusted: adjusted[index] ?? 1, comparisons: made.length })),
  }
}

function difficultyKey({ measure, model }: Pick<DifficultyTest, 'measure' | 'model'>): string {
  return `${measure.task}/${measure.scorer}/${model}/missing-vs-difficulty`
}

function differentialKey({ measure, first, second }: Pick<DifferentialTest, 'measure' | 'first' | 'second'>): string {
  return `${measure.task}/${measure.scorer}/${first} − ${second}/differential-missingness`
}

/** Responses that headers promise and files do not hold. Logs without any rows are figures, not incomplete samples. */
function absentResponses(runs: readonly RunRecord[]): number {
  return runs
    .filter(({ found }) => found.responses > 0)
    .reduce((sum, { expected, found }) => sum + Math.max(0, (expected.responses ?? 0) - found.responses), 0)
}

function modelEvidence({
  measure,
  model,
  scores,
  missingShare,
  completeCase,
  bounds,
  parameter,
}: ModelMissing): readonly Evidence[] {
  if (missingShare === undefined) return []
  const key = `${measure.task}/${measure.scorer}/${model}`
  const subject = { measure: measure.key, model }
  const items = `over the population that the ${scores.items.length} items were drawn from`
  const score = `mean ${measure.scorer} score of ${model} on ${measure.task}`
  return [
    {
      key: `${key}/missing-share`,
      label: `${model}: share of responses without a score`,
      subject,
      estimand: `share of responses of ${model} on ${measure.task} without a ${measure.scorer} score, ${items}`,
      format: 'rate',
      outcome: missingShare,
      evidenceClass: classOfMean(missingShare),
    },
    {
      key: `${key}/complete-case`,
      label: `${model}: mean of the scored`,
      subject,
      estimand: `${score}, ${items}, if missing scores are like those that are there`,
      format: scoreFormat(measure.scale),
      outcome: completeCase,
      evidenceClass: completeCase.kind === 'not-estimable' ? 'descriptive' : 'model-based',
    },
    ...(bounds === undefined
      ? []
      : [
          {
            key: `${key}/bounds`,
            label: `${model}: mean, whatever the missing scores are`,
            subject,
            estimand: `${score}, ${items}, for every value that the missing scores could have`,
            format: scoreFormat(measure.scale),
            outcome: bounds.region,
            evidenceClass:
              bounds.region.kind === 'estimate' && bounds.region.method === 'manski-clopper-pearson'
                ? ('guarantee' as const)
                : ('asymptotic' as const),
          },
        ]),
    ...(parameter === undefined
      ? []
      : [
          {
            key: `${key}/bounds-of-mean`,
            label: `${model}: mean, whatever the missing scores are, shorter interval`,
            subject,
            estimand: `${score}, ${items}, one value at a time of those that the missing scores could give it`,
            format: scoreFormat(measure.scale),
            outcome: parameter,
            evidenceClass: parameter.kind === 'estimate' ? ('asymptotic' as const) : ('descriptive' as const),
          },
        ]),
  ]
}

function difficultyEvidence(found: Adjusted<DifficultyTest>): Evidence {
  const { measure, model, test } = found
  return {
    key: difficultyKey(found),
    label: `${model}: are hard items missing more often?`,
    subject: { measure: measure.key, model },
    estimand: `mean ${measure.scorer} score elsewhere of items on which ${model} lacks scores, against items on which it has all`,
    format: 'p-value',
    outcome: test,
    evidenceClass: 'asymptotic',
  }
}

function differentialEvidence(found: Adjusted<DifferentialTest>): Evidence {
  const { measure, first, second, test } = found
  return {
    key: differentialKey(found),
    label: `${first} and ${second}: unscored equally often?`,
    subject: { measure: measure.key, first, second },
    estimand: `share of responses on ${measure.task} without a ${measure.scorer} score, ${first} minus ${second}, on items that both were asked`,
    format: 'p-value',
    outcome: test,
    evidenceClass: classOfTest(test),
  }
}
