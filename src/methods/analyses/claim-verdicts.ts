/** What may be said of each claim of a protocol, by the rule that the protocol fixed before its run. */
import { z } from 'zod'
import {
  type AnalysisResult,
  type ClaimVerdict,
  cannotSay,
  defineAnalysis,
  type Evidence,
  type Statement,
  type StudyRecord,
  type Table,
} from '../../domain/index.ts'
import type { Caveat } from '../../stats/index.ts'

export const claimVerdicts = defineAnalysis({
  name: 'claim-verdicts',
  title: 'Verdicts on claims',
  question: 'guarantee',
  version: 2,
  summary:
    'Each claim of the protocol with its verdict: evidence that holds whenever one looks, one unit per item or cluster, missing scores counted at their worst, and no verdict where the design does not license one.',
  parameters: z.object({}),
  assumptions: [
    'Units are independent draws from the population of a claim, or in random order where it is about exactly these items',
    'The model did not change during the run',
  ],
  references: [
    'Ville 1939, Étude critique de la notion de collectif',
    'Wald 1945, "Sequential Tests of Statistical Hypotheses"',
    'Robbins 1970, "Statistical Methods Related to the Law of the Iterated Logarithm"',
    'Waudby-Smith and Ramdas 2024, "Estimating Means of Bounded Random Variables by Betting"',
    'Holm 1979, "A Simple Sequentially Rejective Multiple Test Procedure"',
  ],
  analyze({ runs }): AnalysisResult {
    const studies = runs.flatMap(({ study }) => (study === undefined ? [] : [study]))
    if (studies.length === 0) return cannotSay({ code: 'no-claims-in-logs', values: {} })
    const results = studies.map(verdictsOfStudy)
    return {
      status: results.every(({ open }) => !open) ? 'answered' : 'partly',
      statements: results.flatMap(({ statements }) => statements),
      evidence: results.flatMap(({ evidence }) => evidence),
      problems: results.flatMap(({ problems }) => problems),
      figures: [],
      tables: results.flatMap(({ tables }) => tables),
    }
  },
})

interface StudyVerdicts {
  readonly statements: readonly Statement[]
  readonly evidence: readonly Evidence[]
  readonly problems: readonly Caveat[]
  readonly tables: readonly Table[]
  readonly open: boolean
}

function verdictsOfStudy(record: StudyRecord): StudyVerdicts {
  const { study, verdicts } = record
  const statements: Statement[] = []
  const problems: Caveat[] = []
  const standing = registrationOf(record)
  for (const each of verdicts) {
    const { verdict, scope, missing, responses, claim } = each
    if (verdict.verdict === 'not-licensed')
      problems.push({ ...verdict.sentence, severity: 'caution', subject: claim.id })
    statements.push(verdict.sentence)
    if (scope !== undefined) statements.push(scope)
    if (verdict.fixedTestNeeds !== undefined && verdict.verdict !== 'inconclusive' && study.stopping.rule !== 'fixed')
      statements.push({ code: 'claim-savings', values: { used: verdict.used, fixed: verdict.fixedTestNeeds } })
    if (missing > 0)
      problems.push({ code: 'claim-missing-scores', severity: 'note', values: { claim: claim.id, missing, responses } })
  }
  statements.push(standing)
  if (standing.code !== 'claims-confirmatory')
    problems.push({ ...standing, severity: standing.code === 'claims-deviating' ? 'caution' : 'note' })
  return {
    statements,
    problems,
    evidence: verdicts.flatMap((each) => evidenceOf(each, study.title)),
    tables: [verdictTable(verdicts), ledgerTable(record)],
    open: verdicts.some(({ verdict }) => verdict.verdict === 'inconclusive' || verdict.verdict === 'not-licensed'),
  }
}

/** Whether the verdicts confirm what was planned, or explore. */
function registrationOf({ registered }: StudyRecord): Statement {
  if (registered === undefined) return { code: 'claims-exploratory', values: {} }
  const [first] = registered.deviations
  if (first === undefined) return { code: 'claims-confirmatory', values: { time: registered.time } }
  return {
    code: 'claims-deviating',
    values: { time: registered.time, deviations: registered.deviations.length, path: first.path },
  }
}

function evidenceOf({ claim, interval, verdict }: ClaimVerdict, task: string): readonly Evidence[] {
  if (interval === undefined || interval.kind === 'not-estimable') return []
  const share = claim.quantifier === 'quantile'
  const quantity = share
    ? `share of scores ${claim.direction} ${claim.threshold}`
    : claim.kind === 'comparison'
      ? `mean difference to ${claim.baseline ?? ''}`
      : 'mean score'
  const where = claim.population === 'these-items' ? 'over the reported items' : 'in the population of items like these'
  return [
    {
      key: `claims/${claim.id}`,
      label: claim.id,
      subject: { task, model: claim.model, scorer: claim.scorer, claim: claim.id, verdict: verdict.verdict },
      estimand: `${quantity} of ${claim.model} (${claim.scorer}, read ${claim.reading}) ${where}`,
      format: claim.kind === 'comparison' ? 'difference' : 'score',
      outcome: interval,
      evidenceClass: 'guarantee',
    },
  ]
}

function verdictTable(verdicts: readonly ClaimVerdict[]): Table {
  return {
    title: 'Claims and verdicts',
    columns: [
      { key: 'claim', label: 'Claim' },
      { key: 'verdict', label: 'Verdict' },
      { key: 'rule', label: 'Rule' },
      { key: 'method', label: 'Evidence by' },
      { key: 'threshold', label: 'Threshold', format: 'score' },
      { key: 'support', label: 'e-value for', format: 'number' },
      { key: 'refutation', label: 'e-value against', format: 'number' },
      { key: 'used', label: 'Units used', format: 'count' },
      { key: 'fixed', label: 'Fixed test needs', format: 'count' },
      { key: 'missing', label: 'Missing', format: 'count' },
      { key: 'action', label: 'Decision' },
    ],
    rows: verdicts.map(({ claim, verdict, method, logEvidence, missing }) => ({
      claim: claim.id,
      verdict: verdict.verdict,
      rule: verdict.rule,
      method,
      threshold: claim.threshold,
      support: eValue(logEvidence.support),
      refutation: eValue(logEvidence.refutation),
      used: verdict.used,
      fixed: verdict.fixedTestNeeds ?? null,
      missing,
      action: actionOf(claim, verdict.verdict),
    })),
    omittedRows: 0,
  }
}

function actionOf({ decision }: ClaimVerdict['claim'], verdict: ClaimVerdict['verdict']['verdict']): string | null {
  switch (verdict) {
    case 'supported':
      return decision.ifSupported
    case 'refuted':
      return decision.ifRefuted
    case 'inconclusive':
      return decision.ifInconclusive
    case 'not-licensed':
      return null
    default:
      return verdict satisfies never
  }
}

/** Beyond a double, or certain: not a number that a table could show. */
function eValue(logarithm: number): number | null {
  const value = Math.exp(logarithm)
  return Number.isFinite(value) && logarithm > Number.NEGATIVE_INFINITY ? value : null
}

function ledgerTable({ ledger }: StudyRecord): Table {
  return {
    title: 'What the run paid',
    columns: [
      { key: 'model', label: 'Model' },
      { key: 'purpose', label: 'For' },
      { key: 'calls', label: 'Calls', format: 'count' },
      { key: 'attempts', label: 'Attempts', format: 'count' },
      { key: 'tokens', label: 'Tokens charged', format: 'count' },
      { key: 'usd', label: 'US dollars', format: 'usd' },
    ],
    rows: ledger.map((entry) => ({ ...entry })),
    omittedRows: 0,
  }
}
