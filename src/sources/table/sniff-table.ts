/** Whether a file is a table of responses, and not the log of a harness that merely is CSV or JSON too. */
import { jsonHead } from '../files/json-head.ts'
import type { LogFile } from '../source.ts'

export type TableFormat = 'delimited' | 'lines' | 'array' | 'parquet'

export function tableFormat(file: LogFile): TableFormat | undefined {
  const name = file.path.toLowerCase().replace(/\.gz$/, '')
  const head = headText(file)
  // A file of that name is taken for a table whatever it holds, so that a damaged one is reported and not passed over.
  if (/\.parquet$/.test(name) || head.startsWith('PAR1')) return 'parquet'
  if (/\.(csv|tsv|tab)$/.test(name)) return isPromptfooCsv(head) ? undefined : 'delimited'
  if (/\.(jsonl|ndjson)$/.test(name)) {
    const { shape, keys } = jsonHead(head)
    return shape === 'object' && !isForeign(keys) ? 'lines' : undefined
  }
  if (/\.json$/.test(name)) {
    const { shape, keys } = jsonHead(head)
    return shape === 'array' && keys.size > 0 && !isForeign(keys) ? 'array' : undefined
  }
  return undefined
}

export function headText(file: LogFile): string {
  return Buffer.from(file.head.buffer, file.head.byteOffset, file.head.byteLength).toString('utf8')
}

/** Keys that together mark the rows of a harness. */
const foreignRows: readonly (readonly string[])[] = [
  ['doc_id', 'filtered_resps'],
  ['doc_id', 'resps'],
  ['doc_id', 'doc', 'arguments'],
  ['gradingResult'],
  ['promptIdx', 'testIdx'],
  ['schema_version', 'evaluation_id'],
  ['eval_schema_version'],
  ['spec'],
  ['final_report'],
  ['run_id', 'event_id', 'data'],
  ['instance_id', 'train_trial_index'],
  ['instance_id', 'stats'],
  ['sum_squared', 'count'],
  ['scores', 'messages', 'epoch'],
]

function isForeign(keys: ReadonlySet<string>): boolean {
  return foreignRows.some((marks) => marks.every((mark) => keys.has(mark)))
}

/** promptfoo writes a column of outputs per prompt, headed by its provider, and the same names again for each. */
function isPromptfooCsv(head: string): boolean {
  const header = head.slice(0, head.search(/[\r\n]|$/))
  return /(^|,)"?\[[^\]]+\] /.test(header) && header.includes('Grader Reason')
}
