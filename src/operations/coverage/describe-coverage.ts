/** What `assay coverage` says to a person. */
import { explain, formatNumber, type Table } from '../../domain/index.ts'
import type { PlanDocument, PlanTable } from '../../report/index.ts'
import type { TaskCoverage } from './task-coverage.ts'

/** Rows of missing settings a terminal shows. */
const mostRows = 12

export function describeCoverage(options: {
  readonly tasks: readonly TaskCoverage[]
  readonly strength: number
  /** Logs that were counted, as the user named them. */
  readonly paths: readonly string[]
}): PlanDocument {
  const { tasks, strength, paths } = options
  return {
    title: `Combinations of ${strength} settings that were tried together`,
    answer: tasks.flatMap(sentences),
    tables: [summary(tasks), ...tasks.flatMap(missingSettings)],
    figures: [],
    notes: [
      { code: 'levels-that-occur-or-are-declared-are-all-levels', values: {} },
      ...(tasks.some(({ missing }) => missing.length > 0)
        ? [{ code: 'missing-settings-can-be-run', values: { design: designThatAdds(strength, paths) } }]
        : []),
    ].map((statement) => explain(statement).text),
  }
}

function sentences(coverage: TaskCoverage): readonly string[] {
  const { task, factors, possible, covered, missing, strength, examples, coveredForbidden } = coverage
  if (factors.length === 0) return [explain({ code: 'coverage-no-factors', values: { task } }).text]
  const values = { task, possible, covered, strength, missing: missing.length, examples }
  const first =
    covered === possible
      ? explain({ code: 'coverage-complete', values })
      : explain({ code: examples === '' ? 'coverage-incomplete' : 'coverage-incomplete-such-as', values })
  const against = explain({ code: 'coverage-forbidden-run', values: { task, combinations: coveredForbidden } })
  return [first.text, ...(coveredForbidden === 0 ? [] : [against.text])]
}

function summary(tasks: readonly TaskCoverage[]): PlanTable {
  const table: Table = {
    title: 'Coverage by task',
    columns: [
      { key: 'task', label: 'task', format: 'text' },
      { key: 'factors', label: 'factors', format: 'count' },
      { key: 'settings', label: 'settings run', format: 'count' },
      { key: 'possible', label: 'combinations', format: 'count' },
      { key: 'covered', label: 'tried', format: 'count' },
      { key: 'share', label: 'share', format: 'text' },
      { key: 'forbidden', label: 'impossible', format: 'count' },
      { key: 'missing', label: 'settings to add', format: 'count' },
    ],
    rows: tasks.map(({ task, factors, settings, possible, covered, forbidden, missing }) => ({
      task,
      factors: factors.length,
      settings,
      possible,
      covered,
      share: possible === 0 ? null : formatNumber(covered / possible, 'rate'),
      forbidden,
      missing: missing.length,
    })),
    omittedRows: 0,
  }
  return { table, shownIn: 'terminal-and-page' }
}

function missingSettings({ task, factors, missing }: TaskCoverage): readonly PlanTable[] {
  if (missing.length === 0) return []
  const shown = missing.slice(0, mostRows)
  const more = missing.length - shown.length
  const table: Table = {
    title: `Settings to add for ${task}${more === 0 ? '' : ` (${more} more with --json)`}`,
    columns: factors.map(({ name }) => ({ key: name, label: name, format: 'text' as const })),
    rows: shown.map((levels) => ({ ...levels })),
    omittedRows: more,
  }
  return [{ table, shownIn: 'terminal-and-page' }]
}

function designThatAdds(strength: number, paths: readonly string[]): string {
  return `{ use: covering, with: { strength: ${strength} }, existing: { logs: [${paths.join(', ')}] } }`
}
