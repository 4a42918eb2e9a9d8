/** What the scorers did: what they could not score, what they never read, and whether they agree with one another. */
import { z } from 'zod'
import {
  type AnalysisResult,
  cannotSay,
  classOfMean,
  defineAnalysis,
  type Evidence,
  type Measure,
  measuresOf,
  missingReasons,
  type Observations,
} from '../../domain/index.ts'
import type { Random } from '../../random/index.ts'
import { boundedMeanInterval } from '../../stats/index.ts'
import { modelsDiffer, strataOfItems } from './scorer-summary/models-differ.ts'
import { comparePairs, pairEvidence } from './scorer-summary/pair-evidence.ts'
import { problemsOf, scorerLedgers } from './scorer-summary/problems.ts'
import { pairTable, scorerTable, unscoredFigure } from './scorer-summary/show-scorers.ts'
import { summaryStatements } from './scorer-summary/summary-statements.ts'
import {
  answersRecorded,
  type RowMark,
  type ScoredModel,
  type ScoreTally,
  tallyScores,
} from './scorer-summary/tally-scores.ts'

export const scorerSummary = defineAnalysis({
  name: 'scorer-summary',
  title: 'Do the scores measure the answers?',
  question: 'validity',
  version: 3,
  summary: 'Counts what each scorer could not score or read, the values it gave, and how far scorers agree.',
  parameters: z.object({
    level: z.number().gt(0).lt(1).default(0.95).describe('confidence level of intervals and tests'),
    rows: z.number().int().min(1).default(60).describe('rows shown per table; problems count all'),
    pairs: z
      .number()
      .int()
      .min(0)
      .default(10)
      .describe('pairs of scorers compared per report, readings of one scorer first'),
  }),
  assumptions: ['independent-values', 'clusters-independent', 'exchangeable-within-strata'],
  references: [
    'Hua et al. 2025, on prompt sensitivity that is an artefact of the answer parser',
    'Clopper and Pearson 1934; Korn and Graubard 1998, for intervals of rates over clusters',
    'Landis, Heyman and Koch 1978, mean score test',
  ],
  analyze({ observations, parameters, random }): AnalysisResult {
    const measures = measuresOf(observations)
    if (measures.length === 0) return cannotSay({ code: 'no-observations', values: {} })
    const { level, rows } = parameters
    const scored = measures.flatMap((measure) => tallyMeasure(observations, measure))
    const pairs = comparePairs(observations, { measures, most: parameters.pairs, random: random.split('pairs') })
    const differences = measures.flatMap((measure) =>
      unreadableByModel({ observations, measure, scored, random: random.split('unreadable') }),
    )
    return {
      status: scored.some(({ tally }) => tally.scored > 0) ? 'answered' : 'partly',
      statements: summaryStatements(scored, pairs),
      evidence: [
        ...scored.flatMap((each) => missingEvidence(each, level)),
        ...differences,
        ...pairEvidence(pairs, level),
      ],
      problems: problemsOf({ scored, pairs, differences, level }),
      figures: unscoredFigure(scored, { level, rows }),
      tables: [scorerTable(scored, rows), pairTable(pairs, rows)].filter((table) => table.rows.length > 0),
      ledgers: scorerLedgers({ pairs, differences, level }),
    }
  },
})

function tallyMeasure(observations: Observations, measure: Measure): readonly ScoredModel[] {
  const answers = answersRecorded(observations, measure.rows)
  return measure.models.map(({ model, rows }) => ({ measure, model, tally: tallyScores(observations, rows, answers) }))
}

/** The share without a score, always; the share of each reason and of unread answers, where there are any. */
function missingEvidence({ measure, model, tally }: ScoredModel, level: number): readonly Evidence[] {
  const reasons = missingReasons.filter((reason, index) => reason !== 'scored' && (tally.byReason[index] ?? 0) > 0)
  const marks: readonly RowMark[] = ['unscored', ...reasons, ...((tally.unread ?? 0) > 0 ? (['unread'] as const) : [])]
  return marks.map((mark) => {
    const { clusters } = tally
    const outcome = boundedMeanInterval({ values: tally.share(mark), clusters, range: { lower: 0, upper: 1 }, level })
    return {
      key: `${measure.task}/${measure.scorer}/${model}/${mark}`,
      label: `${model}, ${measure.key}: ${markWords(mark)}`,
      subject: { task: measure.task, scorer: measure.scorer, model },
      estimand: `share of responses ${markWords(mark)}, mean over items, in the population that these items stand for`,
      format: 'rate',
      outcome,
      evidenceClass: classOfMean(outcome),
    }
  })
}

function markWords(mark: RowMark): string {
  if (mark === 'unscored') return 'without a score'
  return mark === 'unread' ? 'scored 0 with no answer read' : `without a score: ${mark.replaceAll('-', ' ')}`
}

interface MeasureOfAll {
  readonly observations: Observations
  readonly measure: Measure
  readonly scored: readonly ScoredModel[]
  readonly random: Random
}

/** Whether models differ in how often they could not be read: the commonest silent bias of a comparison. */
function unreadableByModel({ observations, measure, scored, random }: MeasureOfAll): readonly Evidence[] {
  const models = scored.filter((each) => each.measure === measure)
  const unparsed = missingReasons.indexOf('unparsed')
  if (models.length < 2 || !models.some(({ tally }) => (tally.byReason[unparsed] ?? 0) + (tally.unread ?? 0) > 0))
    return []
  const stream = random.split(measure.key)
  const shares = models.map(({ tally }) => ({ items: tally.items, values: unreadableShare(tally) }))
  return [
    {
      key: `${measure.task}/${measure.scorer}/unreadable-by-model`,
      label: `${measure.key}: do models differ in unreadable answers?`,
      subject: { task: measure.task, scorer: measure.scorer },
      estimand:
        'no difference between models in the share of responses unparsed or never read, on the items they share',
      format: 'number',
      outcome: modelsDiffer({ models: shares, strata: strataOfItems(observations, measure.rows), random: stream }),
      evidenceClass: 'asymptotic',
      seedPath: stream.path,
    },
  ]
}

function unreadableShare(tally: ScoreTally): Float64Array {
  const unread = tally.share('unread')
  return tally.share('unparsed').map((share, item) => share + (unread[item] ?? 0))
}
