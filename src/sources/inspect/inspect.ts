/** Source for the logs of Inspect AI: `.eval` archives and `.json` files, finished, crashed or edited. */

import { fail } from '../../stats/fail.ts'
import { jsonHead } from '../files/json-head.ts'
import type { LogFile, LogUnit, ReadOptions, ReadSink, Source } from '../source.ts'
import { observeLog } from './observe-log.ts'
import { readArchiveLog } from './read-archive.ts'
import { readJsonLog } from './read-json-log.ts'

export const inspectSource: Source = {
  name: 'inspect',
  title: 'Inspect AI',
  summary: 'logs of Inspect AI, .eval or .json, with one response per sample and epoch',
  references: ['https://inspect.aisi.org.uk/eval-logs.html'],
  sniff: (file) => isArchive(file) || isJsonLog(file),
  group: (files) => files.map((main): LogUnit => ({ main, companions: [] })),
  async read(unit: LogUnit, sink: ReadSink, options: ReadOptions): Promise<void> {
    const { main } = unit
    if (/\.eval\.gz$/i.test(main.path))
      fail('archive-compressed-twice', { path: main.path }, 'gunzip the file first; an .eval log is compressed already')
    const content = await (isArchive(main) ? readArchiveLog(main, options) : readJsonLog(main, options))
    observeLog({ path: main.path, content, sink, signal: options.signal })
  },
}

/** A file called `.eval` is taken for a log whatever it holds, so that a damaged one is reported and not passed over. */
function isArchive(file: LogFile): boolean {
  if (/\.eval(\.gz)?$/i.test(file.path)) return true
  const { head } = file
  if (head.length < 30 || head[0] !== 0x50 || head[1] !== 0x4b || head[2] !== 3 || head[3] !== 4) return false
  const first = Buffer.from(head.subarray(30, 30 + (head[26] ?? 0) + 256 * (head[27] ?? 0))).toString('utf8')
  return /^(_journal\/|header\.json$|summaries\.json$|samples\/)/.test(first)
}

/**
 * An object with an `eval` that names a task. Lists of logs (`logs.json`, `listing.json`) have their logs one level
 * down, and descriptions of eval sets have none.
 */
function isJsonLog({ head }: LogFile): boolean {
  const start = head[0] === 0xef ? 3 : 0
  const first = head.subarray(start).find((byte) => byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09)
  if (first !== 0x7b) return false
  const { keys, nested } = jsonHead(Buffer.from(head).toString('utf8'))
  const inside = nested.get('eval')
  return (
    inside?.has('task') === true &&
    keys.has('eval') &&
    ['run_id', 'created', 'model', 'dataset'].some((key) => inside.has(key))
  )
}
