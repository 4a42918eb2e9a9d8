/** What a run came to, for machines and for a person. */
import {
  explain,
  registrationStatement,
  runSavings,
  type StartRecord,
  type Statement,
  scopesOf,
  variantLabel,
  verdictOf,
} from '../../domain/index.ts'
import { cleanText, wrapLines } from '../../report/index.ts'
import type { ExitCode, OperationResult, Terminal } from '../operation.ts'
import { caveatLines, count } from './describe-study-plan.ts'
import type { ExecutedRun } from './execute-run.ts'

export interface RunResult extends OperationResult {
  readonly executed: ExecutedRun
}

export function describeRun(executed: ExecutedRun, folder: string): RunResult {
  const { outcome, start } = executed
  const { study } = start
  const verdicts = outcome.standings.map((standing) => ({
    standing,
    verdict: verdictOf(standing, study),
    scopes: scopesOf(standing, study),
  }))
  const json = `${JSON.stringify(
    {
      folder,
      protocolHash: study.protocolHash,
      registered: start.registered ?? null,
      reason: outcome.reason,
      cells: { done: outcome.done, total: outcome.total },
      spent: outcome.spent,
      lost: outcome.lost,
      lateCalls: outcome.lateRequests,
      retries: outcome.retries,
      caveats: study.caveats ?? [],
      failed: outcome.failed,
      disbelieved: outcome.disbelieved,
      unscored: outcome.unscored,
      ends: Object.fromEntries(
        [...outcome.ends].map(([model, { highest, lowest }]) => [
          model,
          { highest: study.settings[highest], lowest: study.settings[lowest] },
        ]),
      ),
      verdicts: verdicts.map(({ verdict, scopes }) => ({
        ...verdict,
        fixedTestNeeds: verdict.fixedTestNeeds ?? null,
        text: explain(verdict.sentence).text,
        scopes: scopes.map((scope) => explain(scope).text),
      })),
    },
    undefined,
    1,
  )}\n`
  const supported = verdicts.every(({ verdict }) => verdict.verdict === 'supported')
  const exitCode: ExitCode = outcome.reason === 'interrupted' || supported ? 0 : 1
  return {
    executed,
    exitCode,
    json,
    complaints: [],
    text: (terminal) => textOf({ executed, folder, verdicts }, terminal),
  }
}

interface Described {
  readonly executed: ExecutedRun
  readonly folder: string
  readonly verdicts: readonly {
    readonly verdict: ReturnType<typeof verdictOf>
    readonly scopes: ReturnType<typeof scopesOf>
  }[]
}

function textOf({ executed, folder, verdicts }: Described, { style, columns }: Terminal): string {
  const { outcome, start } = executed
  const { done, total, spent, retries } = outcome
  const money = spent.usd > 0 ? `, $${spent.usd.toFixed(2)}` : ''
  const lines = [
    ...wrapLines(
      [
        `${count(done)} of ${count(total)} cells, ${count(spent.calls)} calls, ${count(spent.tokens)} tokens${money}${retries > 0 ? `, ${count(retries)} retries` : ''}`,
        endings[outcome.reason],
      ],
      columns,
    ),
    '',
  ]
  const failed = outcome.failed.map(
    ({ model, cause, cells }): Statement => ({ code: 'cells-failed', values: { model, cause, cells } }),
  )
  const unscored = outcome.unscored.map(
    ({ scorer, responses, because }): Statement => ({
      code: 'scorer-gave-no-score',
      values: { scorer, responses, because },
    }),
  )
  for (const [model, { highest, lowest }] of outcome.ends) {
    const named = (setting: number): string => variantLabel(start.study.settings[setting] ?? {}) || 'as given'
    lines.push(
      ...wrapLines(
        [
          `The search of ${model} found these ends; compared on items it did not use they are in the report.`,
          `  highest: ${named(highest)}`,
          `  lowest: ${named(lowest)}`,
        ],
        columns,
      ),
      '',
    )
  }
  const disbelieved = outcome.disbelieved.map(
    (values): Statement => ({ code: 'usage-not-believed', values: { ...values } }),
  )
  const lost: readonly Statement[] =
    outcome.lost.calls > 0 ? [{ code: 'calls-lost', values: { calls: outcome.lost.calls } }] : []
  for (const caveat of [...(start.study.caveats ?? []), ...failed, ...unscored, ...disbelieved, ...lost])
    lines.push(...wrapLines(caveatLines(caveat), columns), '')
  for (const { verdict, scopes } of verdicts) {
    // Broken first, coloured then: colours take no columns.
    const sentence = wrapLines([cleanText(explain(verdict.sentence).text)], columns)
    lines.push(...sentence.map((line) => style(colors[verdict.verdict], line)))
    for (const scope of scopes) lines.push(...wrapLines([`  ${cleanText(explain(scope).text)}`], columns))
    if (verdict.fixedTestNeeds !== undefined)
      lines.push(...wrapLines([`  ${explain(savings(verdict.used, verdict.fixedTestNeeds)).text}`], columns))
  }
  const saved =
    outcome.reason === 'decided' ? runSavings({ cells: done, total, ...spent, late: outcome.lateRequests }) : []
  for (const statement of saved) lines.push(...wrapLines([explain(statement).text], columns))
  lines.push('', ...wrapLines(registrationLines(start), columns))
  lines.push(
    outcome.reason === 'interrupted' || outcome.reason === 'budget'
      ? `Go on with: assay resume ${folder}`
      : `Report: assay report ${folder}`,
  )
  return lines.join('\n')
}

function savings(used: number, fixed: number): Statement {
  return { code: 'claim-savings', values: { used, fixed } }
}

const deviationsShown = 5

function registrationLines({ registered, time }: StartRecord): readonly string[] {
  const shown = registered?.deviations.slice(0, deviationsShown) ?? []
  const more = (registered?.deviations.length ?? 0) - shown.length
  return [
    explain(registrationStatement({ registered, started: time })).text,
    ...shown.map(
      ({ path, registered: before, executed }) =>
        `  ${cleanText(path)}: ${before ?? 'absent'} → ${executed ?? 'absent'}`,
    ),
    ...(more > 0 ? [`  and ${more} more, all in the report`] : []),
  ]
}

const endings = {
  complete: 'all cells run',
  decided: 'stopped: every claim is decided',
  budget: 'stopped: the budget is used up',
  interrupted: 'interrupted; everything so far is saved',
  error: 'stopped by an error',
} as const

const colors = { supported: 'green', refuted: 'red', inconclusive: 'yellow', 'not-licensed': 'yellow' } as const
