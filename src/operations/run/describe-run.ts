/** What a run came to, for machines and for a person. */
import { explain, type Statement, scopeOf, variantLabel, verdictOf } from '../../domain/index.ts'
import { wrapLines } from '../../report/index.ts'
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
    scope: scopeOf(standing, study),
  }))
  const json = `${JSON.stringify(
    {
      folder,
      protocolHash: study.protocolHash,
      registered: start.registered ?? null,
      reason: outcome.reason,
      cells: { done: outcome.done, total: outcome.total },
      spent: outcome.spent,
      retries: outcome.retries,
      caveats: study.caveats ?? [],
      unscored: outcome.unscored,
      ends: Object.fromEntries(
        [...outcome.ends].map(([model, { highest, lowest }]) => [
          model,
          { highest: study.settings[highest], lowest: study.settings[lowest] },
        ]),
      ),
      verdicts: verdicts.map(({ verdict, scope }) => ({
        ...verdict,
        fixedTestNeeds: verdict.fixedTestNeeds ?? null,
        text: explain(verdict.sentence).text,
        scope: scope === undefined ? null : explain(scope).text,
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
    readonly scope: ReturnType<typeof scopeOf>
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
  for (const caveat of [...(start.study.caveats ?? []), ...unscored])
    lines.push(...wrapLines(caveatLines(caveat), columns), '')
  for (const { verdict, scope } of verdicts) {
    // Broken first, coloured then: colours take no columns.
    const sentence = wrapLines([explain(verdict.sentence).text], columns)
    lines.push(...sentence.map((line) => style(colors[verdict.verdict], line)))
    if (scope !== undefined) lines.push(...wrapLines([`  ${explain(scope).text}`], columns))
    // A rule of fixed length saves nothing, and what is not decided yet has used what it has.
    if (
      verdict.fixedTestNeeds !== undefined &&
      verdict.verdict !== 'inconclusive' &&
      start.study.stopping.rule !== 'fixed'
    )
      lines.push(...wrapLines([`  ${explain(savings(verdict.used, verdict.fixedTestNeeds)).text}`], columns))
  }
  lines.push('')
  if (start.registered === undefined) lines.push('The protocol was not registered before: all of this is exploratory.')
  else if (start.registered.deviations.length > 0)
    lines.push(`The run deviates from the registered protocol in ${start.registered.deviations.length} places.`)
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

const endings = {
  complete: 'all cells run',
  decided: 'stopped: every claim is decided',
  budget: 'stopped: the budget is used up',
  interrupted: 'interrupted; everything so far is saved',
  error: 'stopped by an error',
} as const

const colors = { supported: 'green', refuted: 'red', inconclusive: 'yellow', 'not-licensed': 'yellow' } as const
