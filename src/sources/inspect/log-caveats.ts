/** What a reader must know of a log before trusting its rows. */
import type { RunRecord } from '../../domain/index.ts'
import type { Caveat } from '../../stats/result.ts'
import { knownVersions } from './header.ts'
import type { LogContent } from './log-content.ts'
import { isCountedAsZero } from './score-reducers.ts'
import { noScorer, type ScorerNames } from './score-rows.ts'

export interface CaveatInput {
  readonly path: string
  readonly content: LogContent
  readonly expected: RunRecord['expected']
  readonly found: number
  readonly scorers: ScorerNames
  readonly attributesLeftOut: number
}

export function logCaveats(input: CaveatInput): readonly Caveat[] {
  const { path, content, expected, found } = input
  const { header, samples, rewritten } = content
  const caveats: Caveat[] = []
  const add = (code: string, severity: Caveat['severity'], values: Caveat['values']): void => {
    caveats.push({ code, severity, values: { path, ...values }, subject: path })
  }
  if (header.version !== undefined && !knownVersions.has(header.version))
    add('unknown-log-version', 'caution', { version: header.version })
  if (header.status !== 'finished')
    add('unfinished-log', 'caution', { status: header.status, found, expected: expected.responses ?? 'unknown' })
  if (expected.responses !== undefined && expected.responses !== found)
    add('header-rows-mismatch', 'caution', { expected: expected.responses, found })
  if (found === 0) add('log-without-samples', 'caution', {})
  if (rewritten.count > 0)
    add('rewritten-samples', rewritten.changed > 0 ? 'caution' : 'note', {
      count: rewritten.count,
      changed: rewritten.changed,
    })
  if (samples.duplicates > 0) add('repeated-samples', 'note', { count: samples.duplicates })
  if (header.edits > 0) add('edited-log', 'note', { count: header.edits })
  const { records } = samples
  const count = (test: (record: (typeof records)[number]) => boolean): number => records.filter(test).length
  const invalidated = count((record) => record.invalidated)
  if (invalidated > 0) add('invalidated-samples', 'caution', { count: invalidated })
  else if (header.invalidated) add('invalidated-samples-unnamed', 'caution', {})
  const edited = count((record) => record.edited)
  if (edited > 0) add('edited-scores', 'note', { count: edited })
  const retried = count((record) => record.retries > 0)
  if (retried > 0) add('retried-samples', 'note', { count: retried })
  const thinned = count((record) => record.thinned)
  if (thinned > 0) add('grouping-values-left-out', 'caution', { count: thinned })
  if (found > 0 && input.scorers.has(noScorer)) add('log-without-scorer', 'caution', {})
  caveats.push(...valueCaveats(input))
  if (input.attributesLeftOut > 0) add('sample-metadata-left-out', 'note', { count: input.attributesLeftOut })
  return caveats
}

/** Values that Inspect's own figures count as 0, and what becomes of them here. */
function valueCaveats({ path, content }: CaveatInput): readonly Caveat[] {
  const noAnswer = new Map<string, number>()
  const zeros = new Map<string, number>()
  for (const { scores } of content.samples.records) {
    for (const { name, root, raw } of scores ?? []) {
      if (raw === 'N') noAnswer.set(name, (noAnswer.get(name) ?? 0) + 1)
      if (isCountedAsZero(raw) && !(raw === null && name === root)) zeros.set(name, (zeros.get(name) ?? 0) + 1)
    }
  }
  const list = (code: string, severity: Caveat['severity'], counts: ReadonlyMap<string, number>): Caveat[] =>
    [...counts]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([scorer, count]) => ({ code, severity, values: { path, scorer, count }, subject: path }))
  return [...list('values-counted-as-zero', 'caution', zeros), ...list('no-answer-scored-as-zero', 'note', noAnswer)]
}
