/** One question of the report: its analyses, the verdict on the question as a whole, and the sentence that leads. */
import {
  type Analysis,
  type AnalysisResult,
  type Evidence,
  type Question,
  questions,
  type Statement,
} from '../../domain/index.ts'
import type { AnswerStatus } from '../document.ts'
import type { Problem } from './collect-problems.ts'
import { distinctLabels } from './distinct-labels.ts'
import { type Explain, explained, explainedCaveat } from './explained.ts'
import { toJsonNumbers } from './json-numbers.ts'

export interface AnalysisWithResult {
  readonly analysis: Pick<
    Analysis,
    'name' | 'title' | 'question' | 'version' | 'summary' | 'assumptions' | 'references'
  >
  readonly result: AnalysisResult
}

export interface SectionInput {
  readonly question: Question
  /** Analyses of this question, in the order in which a reader should meet them. */
  readonly results: readonly AnalysisWithResult[]
  readonly inputHash: string
  readonly explain: Explain
}

export function composeSection({ question, results, inputHash, explain }: SectionInput) {
  const lead = leadOf(results)
  const statement = lead?.result.statements[0] ?? { code: 'question-without-analysis', values: { question } }
  const number = lead === undefined ? undefined : headlineNumber(lead.result.evidence, statement)
  return {
    question,
    status: statusOf(results),
    headline: explained(statement, explain),
    headlineFrom: lead === undefined ? undefined : { analysis: lead.analysis.name, evidence: number?.key },
    analyses: results.map(({ analysis, result }) => composeAnalysis({ analysis, result }, { inputHash, explain })),
  }
}

function composeAnalysis(
  { analysis, result }: AnalysisWithResult,
  { inputHash, explain }: Pick<SectionInput, 'inputHash' | 'explain'>,
) {
  const labels = distinctLabels(result.evidence)
  return {
    name: analysis.name,
    title: analysis.title,
    version: analysis.version,
    summary: analysis.summary,
    status: result.status,
    statements: result.statements.map((each) => explained(each, explain)),
    evidence: result.evidence.map((each) => ({
      ...each,
      label: labels.get(each.key) ?? each.label,
      subject: Object.fromEntries(Object.entries(each.subject).sort(([a], [b]) => (a < b ? -1 : 1))),
      outcome: outcomeOf(each.outcome, explain),
      analysis: analysis.name,
      analysisVersion: analysis.version,
      inputHash,
    })),
    problems: problemsOf({ analysis, result }, explain),
    figures: result.figures.map(toJsonNumbers),
    tables: result.tables.map(toJsonNumbers),
    assumptions: [...analysis.assumptions],
    references: [...analysis.references],
  }
}

export function problemsOf({ analysis, result }: AnalysisWithResult, explain: Explain): readonly Problem[] {
  return result.problems.map((problem) => ({
    ...explainedCaveat(problem, explain),
    question: analysis.question,
    analysis: analysis.name,
  }))
}

/** Results by question, in the order of the questions; within one, as given. */
export function byQuestion(results: readonly AnalysisWithResult[]) {
  return questions.map((question) => ({
    question,
    results: results.filter(({ analysis }) => analysis.question === question),
  }))
}

/** Answered only where every analysis of the question is; one that could say nothing leaves the answer partial. */
function statusOf(results: readonly AnalysisWithResult[]): AnswerStatus {
  if (results.every(({ result }) => result.status === 'cannot-say')) return 'cannot-say'
  return results.every(({ result }) => result.status === 'answered') ? 'answered' : 'partly'
}

function leadOf(results: readonly AnalysisWithResult[]): AnalysisWithResult | undefined {
  const withWords = results.filter(({ result }) => result.statements.length > 0)
  const order: readonly AnswerStatus[] = ['answered', 'partly', 'cannot-say']
  for (const status of order) {
    const lead = withWords.find(({ result }) => result.status === status)
    if (lead !== undefined) return lead
  }
  return undefined
}

/**
 * The number that the leading sentence speaks of: about the models and tasks it names, or the value it gives. A number
 * about something else beside the sentence would mislead, so then there is none.
 */
function headlineNumber(evidence: readonly Evidence[], { values }: Statement): Evidence | undefined {
  const spoken = Object.values(values)
  const words = spoken.filter((value) => typeof value === 'string')
  const candidates = evidence
    .filter(({ outcome }) => outcome.kind !== 'not-estimable')
    .map((each) => {
      const { outcome } = each
      const named = Object.values(each.subject).filter((name) => words.some((word) => word.includes(name))).length
      // Whole numbers coincide too easily: 1 of 1, a rate of 1.
      const equal =
        outcome.kind === 'estimate' && !Number.isInteger(outcome.value) && spoken.includes(outcome.value) ? 10 : 0
      return { each, estimate: outcome.kind === 'estimate' ? 1 : 0, fit: named + equal }
    })
  const fitting = candidates.length === 1 ? candidates : candidates.filter(({ fit }) => fit > 0)
  // Sorting is stable: of those that fit equally well, the analysis's first.
  return fitting.sort((a, b) => b.fit - a.fit || b.estimate - a.estimate)[0]?.each
}

function outcomeOf(outcome: Evidence['outcome'], explain: Explain) {
  if (outcome.kind === 'not-estimable') return { ...outcome, because: explainedCaveat(outcome.because, explain) }
  const { caveats, ...numbers } = outcome
  return { ...toJsonNumbers(numbers), caveats: caveats.map((caveat) => explainedCaveat(caveat, explain)) }
}
