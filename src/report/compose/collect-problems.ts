/** Gathers every problem a reader must know of and ranks them: the report leads with the first. */
import type { RunRecord } from '../../domain/index.ts'
import type { Caveat } from '../../stats/result.ts'
import type { ProblemRecord, Severity } from '../record/coded-record.ts'
import { type Explain, explainedCaveat } from './explained.ts'

/** Problem as it goes into the schema: members may be undefined there and are dropped. */
export type Problem = ReturnType<typeof explainedCaveat> & {
  readonly question?: ProblemRecord['question']
  readonly analysis?: string
  readonly run?: string
}

/** Caveats of a run and every figure of its harness that could not be reproduced. */
export function runProblems(run: RunRecord, explain: Explain): readonly Problem[] {
  const differs = run.reconciliations.filter(({ verdict }) => verdict === 'differs')
  return [...run.caveats, ...differs.flatMap((reconciliation) => differenceOf(run, reconciliation))].map((caveat) => ({
    ...explainedCaveat({ subject: run.path, ...caveat }, explain),
    run: run.id,
  }))
}

/**
 * Highest priority first, then the more severe, then in the order given. A problem that an analysis repeats from a run
 * is listed once, as the run's.
 */
export function rankProblems(problems: readonly Problem[]): readonly Problem[] {
  const seen = new Set<string>()
  return problems
    .filter(({ code, text, subject }) => {
      const keys = [JSON.stringify([code, text]), JSON.stringify([code, text, subject])]
      const repeated = seen.has(keys[subject === undefined ? 0 : 1] ?? '')
      for (const key of keys) seen.add(key)
      return !repeated
    })
    .map((problem, position) => ({ problem, position }))
    .sort(
      (a, b) =>
        b.problem.priority - a.problem.priority ||
        severityOrder[a.problem.severity] - severityOrder[b.problem.severity] ||
        a.position - b.position,
    )
    .map(({ problem }) => problem)
}

export const severityOrder: Readonly<Record<Severity, number>> = { invalid: 0, caution: 1, note: 2 }

function differenceOf(
  run: RunRecord,
  { metric, reported, recomputed, because }: RunRecord['reconciliations'][number],
): readonly Caveat[] {
  if (reported === undefined || recomputed === undefined) return because === undefined ? [] : [because]
  const values = { path: run.path, metric, reported, recomputed }
  return [{ code: 'headline-differs', severity: 'caution', values }]
}
