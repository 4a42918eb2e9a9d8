/** The sentences and problems of `judge-correction`, most important first. */
import { formatInterval, formatLevel, formatNumber, type Statement } from '../../../domain/index.ts'
import type { Caveat, Outcome } from '../../../stats/index.ts'
import type { CorrectedScore } from './correct-scores.ts'

interface Options {
  readonly level: number
  readonly labelsWanted: number
  readonly perClass: number
  readonly sentences: number
}

export function statementsOf(found: readonly CorrectedScore[], options: Options): readonly Statement[] {
  const ranked = found.toSorted((a, b) => Math.abs(shift(b)) - Math.abs(shift(a)))
  return [
    ...ranked.slice(0, options.sentences).map((each) => scoreStatement(each, options)),
    ...(ranked.length > options.sentences
      ? [{ code: 'more-corrected-in-table', values: { models: ranked.length - options.sentences } }]
      : []),
    { code: 'correction-rests-on-random-labels', values: {} },
  ]
}

function scoreStatement(scores: CorrectedScore, { level }: Options): Statement {
  const { task, model, judge, truthName, items, labelled, judgeOnly, humanOnly, corrected, effectiveLabels } = scores
  const values = { task, model, judge, labels: truthName, items, labelled, level: formatLevel(level) }
  if (labelled === items) {
    return { code: 'all-labelled', values: { ...values, judgeOnly: written(judgeOnly), humanOnly: written(humanOnly) } }
  }
  if (corrected.kind !== 'estimate') return { code: 'judge-not-corrected', values }
  return {
    code: 'judge-corrected',
    values: {
      ...values,
      judgeOnly: written(judgeOnly),
      humanOnly: written(humanOnly),
      corrected: written(corrected),
      worth: effectiveLabels === undefined ? 'their own number of' : formatNumber(effectiveLabels, 'count'),
    },
  }
}

export function problemsOf(found: readonly CorrectedScore[], options: Options): readonly Caveat[] {
  return found.flatMap((scores): readonly Caveat[] => {
    const { task, model, judge, labelled, positives, negatives, binary, clustered, judgeOnly, corrected, selection } =
      scores
    const subject = `${task} / ${model} / ${judge}`
    const caution = (code: string, values: Caveat['values']): Caveat => ({ code, severity: 'caution', values, subject })
    const thin = labelled < options.labelsWanted || (binary && Math.min(positives, negatives) < options.perClass)
    const outside =
      judgeOnly.kind === 'estimate' &&
      corrected.kind === 'estimate' &&
      (judgeOnly.value < corrected.interval.lower || judgeOnly.value > corrected.interval.upper)
    const selected = selection.kind === 'estimate' && (selection.interval.lower > 0 || selection.interval.upper < 0)
    const level = formatLevel(options.level)
    return [
      ...(clustered ? [caution('labels-in-clusters-refused', { subject })] : []),
      ...(outside
        ? [
            caution('judge-score-outside-corrected', {
              subject,
              judge: written(judgeOnly),
              corrected: written(corrected),
              level,
            }),
          ]
        : []),
      ...(selected && selection.kind === 'estimate'
        ? [
            caution('labelled-unlike-the-rest', {
              subject,
              difference: selection.value,
              lower: selection.interval.lower,
              upper: selection.interval.upper,
              level,
            }),
          ]
        : []),
      ...(thin
        ? [
            {
              code: 'few-labels',
              severity: 'note',
              values: {
                subject,
                labelled,
                positives,
                negatives,
                wanted: options.labelsWanted,
                perClass: options.perClass,
              },
              subject,
            } as const,
          ]
        : []),
    ]
  })
}

/** `62.0 % (51.2 % to 70.1 %)`, or that it cannot be said. */
function written(outcome: Outcome): string {
  if (outcome.kind !== 'estimate') return 'not estimable'
  return `${formatNumber(outcome.value, 'rate')} (${formatInterval(outcome, 'rate')})`
}

function shift({ judgeOnly, corrected }: CorrectedScore): number {
  return judgeOnly.kind === 'estimate' && corrected.kind === 'estimate' ? judgeOnly.value - corrected.value : 0
}
