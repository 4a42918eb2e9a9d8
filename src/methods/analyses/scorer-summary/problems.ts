/** What a reader must know of the scorers. Each problem names its worst case and counts how many share it. */
import {
  type Evidence,
  type MissingReason,
  missingReasons,
  type TestedFamily,
  testedFamily,
} from '../../../domain/index.ts'
import type { Caveat, ClaimLedger } from '../../../stats/index.ts'
import { type ComparedPair, type ComparedPairs, scorerPairKey } from './pair-evidence.ts'
import type { ScoredModel } from './tally-scores.ts'

export interface ProblemInput {
  readonly scored: readonly ScoredModel[]
  readonly pairs: ComparedPairs
  readonly differences: readonly Evidence[]
  readonly level: number
}

/** Fewer equal scores than this say nothing about the scorer. */
const fewestForConstant = 10

export function problemsOf({ scored, pairs, differences, level }: ProblemInput): readonly Caveat[] {
  return [
    ...missingProblem({ scored, reason: 'unparsed', code: 'unparsed-responses' }),
    ...missingProblem({ scored, reason: 'refusal', code: 'refusals' }),
    ...missingProblem({ scored, reason: 'grader-failed', code: 'grader-failures' }),
    ...unreadProblem(scored),
    ...gapProblems(pairs.pairs, level),
    ...differenceProblems(differences, level),
    ...constantProblem(scored),
  ]
}

interface MissingProblem {
  readonly scored: readonly ScoredModel[]
  readonly reason: MissingReason
  readonly code: string
}

function missingProblem({ scored, reason, code }: MissingProblem): readonly Caveat[] {
  const index = missingReasons.indexOf(reason)
  return worstCase({ code, scored, count: ({ tally }) => tally.byReason[index] ?? 0 })
}

/** Responses scored 0 although no answer was read: the model may have been right. */
function unreadProblem(scored: readonly ScoredModel[]): readonly Caveat[] {
  return worstCase({ code: 'answer-never-read', scored, count: ({ tally }) => tally.unread ?? 0 })
}

interface WorstCase {
  readonly code: string
  readonly scored: readonly ScoredModel[]
  readonly count: (each: ScoredModel) => number
}

/** One problem for the model and measure with the highest rate; ties go to the first in order of names. */
function worstCase({ code, scored, count }: WorstCase): readonly Caveat[] {
  const hits = scored.filter((each) => count(each) > 0)
  const rate = (each: ScoredModel) => count(each) / each.tally.rows
  const [worst] = hits.toSorted((a, b) => rate(b) - rate(a))
  if (worst === undefined) return []
  const { measure, model, tally } = worst
  return [
    {
      code,
      severity: 'caution',
      values: {
        task: measure.task,
        scorer: measure.scorer,
        model,
        count: count(worst),
        rows: tally.rows,
        rate: rate(worst),
        hits: hits.length,
        cells: scored.length,
      },
      subject: `${measure.key}, ${model}`,
    },
  ]
}

/** The families of tests that problems rest on: Holm over each kind of pair, and over measures. */
export function scorerLedgers({ pairs, differences, level }: Omit<ProblemInput, 'scored'>): readonly ClaimLedger[] {
  return [
    pairFamily(pairs.pairs, { kind: 'reading', level }),
    pairFamily(pairs.pairs, { kind: 'scorers', level }),
    unreadableFamily(differences, level),
  ].flatMap(({ ledgers }) => ledgers)
}

function pairFamily(
  pairs: readonly ComparedPair[],
  { kind, level }: { readonly kind: ComparedPair['kind']; readonly level: number },
): TestedFamily {
  return testedFamily({
    family: kind === 'reading' ? 'two readings of the same answers' : 'two scorers of the same responses',
    alpha: 1 - level,
    procedure: 'confirm',
    hypotheses: pairs
      .filter((pair) => pair.kind === kind && pair.test.kind === 'test')
      .map((pair) => ({ key: `${scorerPairKey(pair)}/gap-test`, test: pair.test })),
  })
}

function unreadableFamily(differences: readonly Evidence[], level: number): TestedFamily {
  return testedFamily({
    family: 'unreadable answers by model',
    alpha: 1 - level,
    procedure: 'confirm',
    hypotheses: differences.flatMap(({ key, outcome }) =>
      outcome.kind === 'estimate' ? [] : [{ key, test: outcome }],
    ),
  })
}

/** Scorers that give different totals for the same responses: exact tests, Holm over each kind of pair. */
function gapProblems(pairs: readonly ComparedPair[], level: number): readonly Caveat[] {
  return (['reading', 'scorers'] as const).flatMap((kind) => {
    const family = pairs.flatMap((pair) =>
      pair.kind === kind && pair.test.kind === 'test' ? [{ pair, gap: pair.test.statistic }] : [],
    )
    const { survives } = pairFamily(pairs, { kind, level })
    const apart = family.filter((_, i) => survives[i])
    const [worst] = apart.toSorted((a, b) => Math.abs(b.gap) - Math.abs(a.gap))
    if (worst === undefined) return []
    const { task, model, strict: first, lenient: second, shared, equal } = worst.pair
    return [
      {
        code: kind === 'reading' ? 'strict-lenient-gap' : 'scorers-disagree',
        severity: 'caution' as const,
        values: {
          task,
          model,
          strict: first,
          lenient: second,
          gap: worst.gap,
          differing: shared - equal,
          shared,
          hits: apart.length,
          cells: family.length,
        },
        subject: `${task}, ${model}`,
      },
    ]
  })
}

/** Holm over measures; the measure with the smallest p is named. */
function differenceProblems(differences: readonly Evidence[], level: number): readonly Caveat[] {
  const { survives } = unreadableFamily(differences, level)
  const tested = differences.flatMap(({ outcome, subject }, i) =>
    outcome.kind === 'test' ? [{ p: outcome.pValue, subject, survives: survives[i] === true }] : [],
  )
  const rejected = tested.filter((each) => each.survives).toSorted((a, b) => a.p - b.p)
  return rejected.slice(0, 1).map(({ p, subject }) => ({
    code: 'unreadable-by-model',
    severity: 'caution',
    values: {
      task: subject.task ?? '',
      scorer: subject.scorer ?? '',
      p,
      hits: rejected.length,
      cells: tested.length,
    },
    subject: `${subject.task} / ${subject.scorer}`,
  }))
}

function constantProblem(scored: readonly ScoredModel[]): readonly Caveat[] {
  const constant = scored.filter(({ tally }) => tally.scored >= fewestForConstant && tally.distinct === 1)
  const [largest] = constant.toSorted((a, b) => b.tally.scored - a.tally.scored)
  if (largest === undefined) return []
  const { measure, model, tally } = largest
  return [
    {
      code: 'constant-score',
      severity: 'caution',
      values: {
        task: measure.task,
        scorer: measure.scorer,
        model,
        value: tally.lowest,
        scored: tally.scored,
        hits: constant.length,
        cells: scored.length,
      },
      subject: `${measure.key}, ${model}`,
    },
  ]
}
