/** The shape of an analysis: one scientific question put to the observations. */
import type { z } from 'zod'
import type { Random } from '../random/index.ts'
import type { ClaimLedger } from '../stats/index.ts'
import type { Caveat, Outcome, TestOutcome } from '../stats/result.ts'
import type { Figure, NumberFormat, Table } from './figure.ts'
import type { Observations } from './observations.ts'
import type { RunRecord } from './run-record.ts'

export const questions = ['validity', 'coverage', 'robustness', 'reliability', 'guarantee', 'prediction'] as const
export type Question = (typeof questions)[number]

export type EvidenceClass = 'guarantee' | 'asymptotic' | 'model-based' | 'forecast' | 'lower-bound-only' | 'descriptive'

/** One number with all that is needed to judge it. */
export interface Evidence {
  /** Unique within the analysis, stable between runs: `arith/includes/gpt-4`. */
  readonly key: string
  /** What a reader sees beside the number. */
  readonly label: string
  readonly subject: Readonly<Record<string, string>>
  /** The exact quantity, in words: score, summary, and these fixed items or the population they were drawn from. */
  readonly estimand: string
  readonly format: NumberFormat
  readonly outcome: Outcome | TestOutcome
  readonly evidenceClass: EvidenceClass
  /** Path of the random stream, where one was used. */
  readonly seedPath?: string | undefined
}

/** A sentence with values; its words are in `domain/messages`. */
export interface Statement {
  readonly code: string
  readonly values: Readonly<Record<string, string | number | boolean>>
}

export interface AnalysisResult {
  readonly status: 'answered' | 'partly' | 'cannot-say'
  /** What was found, most important first. For `cannot-say`: what is missing and what it would take. */
  readonly statements: readonly Statement[]
  readonly evidence: readonly Evidence[]
  /** Problems a reader must know of. The report ranks all of them by priority and severity. */
  readonly problems: readonly Caveat[]
  readonly figures: readonly Figure[]
  readonly tables: readonly Table[]
  /** Families of hypotheses that it decided. A claim of a ledger has the key of its evidence, where there is one. */
  readonly ledgers?: readonly ClaimLedger[] | undefined
}

export interface AnalysisInput<Parameters> {
  readonly observations: Observations
  readonly runs: readonly RunRecord[]
  readonly parameters: Parameters
  readonly random: Random
}

export interface Analysis<Schema extends z.ZodObject = z.ZodObject> {
  /** kebab-case; also the name of its file, doc and oracle folder. */
  readonly name: string
  readonly title: string
  readonly question: Question
  /** Bumped whenever a published number changes. */
  readonly version: number
  readonly summary: string
  readonly parameters: Schema
  readonly assumptions: readonly string[]
  readonly references: readonly string[]
  // A method, not a property, so that analyses with different parameters fit one list.
  analyze(input: AnalysisInput<z.infer<Schema>>): AnalysisResult
}

export function defineAnalysis<Schema extends z.ZodObject>(analysis: Analysis<Schema>): Analysis<Schema> {
  return analysis
}
