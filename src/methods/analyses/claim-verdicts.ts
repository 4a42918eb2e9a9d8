/** What may be said of each claim of a protocol, by the rule that the protocol fixed before its run. */
import { z } from 'zod'
import {
  type AnalysisResult,
  type ClaimVerdict,
  cannotSay,
  defineAnalysis,
  type Evidence,
  formatOf,
  registrationStatement,
  runSavings,
  type Statement,
  type Study,
  type StudyRecord,
  type Table,
  variesSettings,
} from '../../domain/index.ts'
import type { Caveat, ClaimLedger } from '../../stats/index.ts'
import { claimFamily } from './claim-verdicts/claim-family.ts'
import { declaredTables, envelopeStatements } from './claim-verdicts/declared.ts'
import { verdictTable } from './claim-verdicts/verdict-table.ts'

export const claimVerdicts = defineAnalysis({
  name: 'claim-verdicts',
  title: 'Verdicts on claims',
  question: 'guarantee',
  version: 5,
  summary:
    'Each claim of the protocol with its verdict by the rule fixed there: evidence that holds whenever one looks, or an exact test of a number of units fixed in advance; one unit per item or cluster, missing scores counted at their worst, and no verdict where the design does not license one. A claim of existence takes a verified witness.',
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
    const studies = runs.flatMap(({ study }) => study ?? [])
    if (studies.length === 0) {
      const exported = runs.some(({ runName }) => runName !== undefined)
      return cannotSay({ code: exported ? 'claims-not-with-export' : 'no-claims-in-logs', values: {} })
    }
    const results = studies.map(verdictsOfStudy)
    return {
      status: results.every(({ open }) => !open) ? 'answered' : 'partly',
      statements: results.flatMap(({ statements }) => statements),
      evidence: results.flatMap(({ evidence }) => evidence),
      problems: results.flatMap(({ problems }) => problems),
      figures: [],
      tables: results.flatMap(({ tables }) => tables),
      ledgers: results.flatMap(({ ledgers }) => ledgers),
    }
  },
})

const cautious: ReadonlySet<string> = new Set(['claims-deviating', 'claims-registered-late'])
const deviationsShown = 200

interface StudyVerdicts {
  readonly statements: readonly Statement[]
  readonly evidence: readonly Evidence[]
  readonly problems: readonly Caveat[]
  readonly tables: readonly Table[]
  readonly ledgers: readonly ClaimLedger[]
  readonly open: boolean
}

function verdictsOfStudy(record: StudyRecord): StudyVerdicts {
  const { study, verdicts, askedItems: asked } = record
  const statements: Statement[] = []
  const problems: Caveat[] = []
  const family = claimFamily(verdicts, study)
  const standing = registrationStatement({ registered: record.registered, started: record.started })
  for (const each of verdicts) {
    const { verdict, scopes, missing, responses, claim } = each
    if (verdict.verdict === 'not-licensed')
      problems.push({ ...verdict.sentence, severity: 'caution', subject: claim.id })
    statements.push(verdict.sentence)
    if (claim.statement !== undefined)
      statements.push({ code: 'claim-as-stated', values: { claim: claim.id, statement: claim.statement } })
    statements.push(...scopes)
    for (const scope of scopes)
      if (scope.code === 'claim-witness-unverified') problems.push({ ...scope, severity: 'caution', subject: claim.id })
    if (verdict.fixedTestNeeds !== undefined)
      statements.push({ code: 'claim-savings', values: { used: verdict.used, fixed: verdict.fixedTestNeeds } })
    if (missing > 0)
      problems.push({ code: 'claim-missing-scores', severity: 'note', values: { claim: claim.id, missing, responses } })
  }
  statements.push(
    ...family.statements,
    ...savingsOf(record),
    standing,
    ...signatureOf(record),
    ...envelopeStatements({ ...study, asked }),
  )
  if (standing.code !== 'claims-confirmatory')
    problems.push({ ...standing, severity: cautious.has(standing.code) ? 'caution' : 'note' })
  return {
    statements,
    problems,
    evidence: verdicts.flatMap((each) => evidenceOf(each, study)),
    tables: [
      verdictTable(verdicts),
      ...family.tables,
      ...deviationTables(record),
      ...declaredTables({ ...study, asked }),
      ledgerTable(record),
    ],
    ledgers: family.ledgers,
    open: verdicts.some(({ verdict }) => verdict.verdict === 'inconclusive' || verdict.verdict === 'not-licensed'),
  }
}

function evidenceOf(each: ClaimVerdict, study: Study): readonly Evidence[] {
  const { claim, interval, overSettings, verdict } = each
  const subject = {
    task: study.title,
    model: claim.model,
    scorer: claim.scorer,
    claim: claim.id,
    verdict: verdict.verdict,
  }
  const where = claim.population === 'these-items' ? 'over the reported items' : 'in the population of items like these'
  const quantity = `${quantityOf(claim)} of ${claim.model} (${claim.scorer}, read ${claim.reading})`
  const evidence: Evidence[] = []
  if (interval !== undefined && interval.kind !== 'not-estimable')
    evidence.push({
      key: `claims/${claim.id}`,
      label: claim.id,
      subject,
      estimand: `${quantity}${settingsWords(claim, study)} ${where}`,
      format: formatOf(claim),
      outcome: interval,
      evidenceClass: 'guarantee',
    })
  if (overSettings !== undefined)
    evidence.push({
      key: `claims/${claim.id}/over-settings`,
      label: `${claim.id}, over what the settings were drawn from`,
      subject,
      estimand: `${quantity} on average over all settings that could have been drawn, ${where}, missing scores at their worst for the claim`,
      format: formatOf(claim),
      outcome: overSettings,
      evidenceClass: 'model-based',
    })
  return evidence
}

/** A confirmed registration names its key in its own sentence. */
function signatureOf({ registered }: StudyRecord): readonly Statement[] {
  if (registered === undefined || registered.deviations.length === 0) return []
  return registered.key === undefined
    ? [{ code: 'registration-not-signed', values: {} }]
    : [{ code: 'registration-signed', values: { key: registered.key } }]
}

function savingsOf({ endedEarly, ledger, lost }: StudyRecord): readonly Statement[] {
  if (endedEarly === undefined) return []
  const paid = (of: (entry: StudyRecord['ledger'][number]) => number) => ledger.reduce((sum, each) => sum + of(each), 0)
  return runSavings({
    ...endedEarly,
    calls: paid(({ requests }) => requests) + (lost?.calls ?? 0),
    late: endedEarly.lateRequests,
    usd: paid(({ usd }) => usd) + (lost?.usd ?? 0),
  })
}

function quantityOf(claim: ClaimVerdict['claim']): string {
  if (claim.quantifier === 'quantile') return `share of scores ${claim.direction} ${claim.threshold}`
  if (claim.kind === 'comparison') return `mean difference to ${claim.baseline ?? ''}`
  return claim.quantifier === 'bounded-worst-case'
    ? `${claim.direction === 'above' ? 'lowest' : 'highest'} mean score under any listed setting`
    : 'mean score'
}

function settingsWords({ quantifier }: ClaimVerdict['claim'], study: Study): string {
  if (!variesSettings(study) || quantifier === 'bounded-worst-case') return ''
  const { length } = study.settings
  return length === 1 ? ' under the one setting that was run,' : ` averaged over the ${length} settings that were run,`
}

/** What was registered and what was executed, place by place. */
function deviationTables({ registered }: StudyRecord): readonly Table[] {
  if (registered === undefined || registered.deviations.length === 0) return []
  return [
    {
      title: 'Deviations from the registered protocol',
      columns: [
        { key: 'path', label: 'Place' },
        { key: 'registered', label: 'Registered' },
        { key: 'executed', label: 'Executed' },
      ],
      rows: registered.deviations.slice(0, deviationsShown).map(({ path, registered: before, executed }) => ({
        path,
        registered: before ?? 'absent',
        executed: executed ?? 'absent',
      })),
      omittedRows: Math.max(0, registered.deviations.length - deviationsShown),
    },
  ]
}

function ledgerTable({ ledger, lost }: StudyRecord): Table {
  return {
    title: 'What the run paid',
    columns: [
      { key: 'model', label: 'Model' },
      { key: 'purpose', label: 'For' },
      { key: 'calls', label: 'Calls', format: 'count' },
      { key: 'requests', label: 'Requests', format: 'count' },
      { key: 'tokens', label: 'Tokens charged', format: 'count' },
      { key: 'usd', label: 'US dollars', format: 'usd' },
    ],
    rows: [
      ...ledger.map((entry) => ({ ...entry })),
      ...(lost === undefined
        ? []
        : [
            {
              model: 'any',
              purpose: 'answer lost to a kill',
              requests: lost.calls,
              tokens: lost.tokens,
              usd: lost.usd,
            },
          ]),
    ],
    omittedRows: 0,
  }
}
