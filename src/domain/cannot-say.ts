import type { AnalysisResult, Statement } from './analysis.ts'

/** The result of an analysis whose question the data cannot answer: what is missing and what it would take. */
export function cannotSay(...statements: readonly [Statement, ...Statement[]]): AnalysisResult {
  return { status: 'cannot-say', statements, evidence: [], problems: [], figures: [], tables: [] }
}
