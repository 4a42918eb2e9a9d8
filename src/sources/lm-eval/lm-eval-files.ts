/** Which files belong to lm-evaluation-harness, and which of them belong together. */
import { jsonHead } from '../files/json-head.ts'
import type { LogFile, LogUnit } from '../source.ts'

export function isResultsFile(file: LogFile): boolean {
  if (!/\.json(\.gz)?$/i.test(file.path)) return false
  const head = jsonHead(headText(file))
  if (head.shape !== 'object' || !head.keys.has('results')) return false
  // Inspect and promptfoo documents have `results` too; what is below it and beside it tells them apart.
  if (['eval', 'plan', 'evalId', 'schema_version', 'testCases'].some((key) => head.keys.has(key))) return false
  if (['outputs', 'scores', 'prompts', 'stats'].some((key) => head.nested.get('results')?.has(key) === true))
    return false
  const metrics = [...(head.grandchildren.get('results') ?? [])]
  const comma = metrics.some((key) => key.includes(',')) || metrics.includes('alias')
  const legacy = metrics.length > 0 && ['versions', 'config', 'configs'].some((key) => head.keys.has(key))
  const cut = file.head.length >= 65_536 && metrics.some((key) => key.endsWith('_stderr'))
  return comma || legacy || cut
}

export function isSamplesFile(file: LogFile): boolean {
  if (!/\.jsonl(\.gz)?$/i.test(file.path)) return false
  const { keys } = jsonHead(headText(file))
  if (!keys.has('doc_id')) return false
  return keys.has('filtered_resps') || keys.has('resps') || (keys.has('doc') && /(^|\/)samples_/.test(file.path))
}

/** A results file with the samples of the same time beside it; samples without a results file stand alone. */
export function groupLmEvalFiles(files: readonly LogFile[]): readonly LogUnit[] {
  const samples = new Map<string, LogFile[]>()
  for (const file of files) {
    if (!/\.jsonl(\.gz)?$/i.test(file.path)) continue
    const key = placeAndTime(file)
    samples.set(key, [...(samples.get(key) ?? []), file])
  }
  const units: LogUnit[] = []
  for (const main of files) {
    if (/\.jsonl(\.gz)?$/i.test(main.path)) continue
    const key = placeAndTime(main)
    units.push({ main, companions: samples.get(key) ?? [] })
    samples.delete(key)
  }
  for (const alone of samples.values()) for (const main of alone) units.push({ main, companions: [] })
  return units
}

/**
 * Name of the task of a samples file, as far as its name says: the harness writes `samples_{task}_{time}.jsonl` with
 * other characters of the task replaced, and before 0.4.3 `{model}_{task}.jsonl`.
 */
export function taskOfSamplesFile(path: string, tasks: readonly string[]): string {
  const stem = (path.split('/').at(-1) ?? path)
    .replace(/\.gz$/i, '')
    .replace(/\.jsonl$/i, '')
    .replace(timePattern, '')
  const name = stem.replace(/^samples_/, '')
  const fitting = tasks.filter((task) => name === task || name === sanitized(task))
  const ending = tasks.filter((task) => name.endsWith(`_${task}`) || name.endsWith(`_${sanitized(task)}`))
  const longest = ending.toSorted((a, b) => b.length - a.length || (a < b ? -1 : 1))[0]
  return fitting[0] ?? longest ?? name
}

const timePattern = /_(\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}(?:\.\d+)?)$/

function sanitized(task: string): string {
  return task.replaceAll(/\W/g, '_')
}

function placeAndTime({ path }: LogFile): string {
  const slash = path.lastIndexOf('/')
  const stem = path.replace(/\.gz$/i, '').replace(/\.jsonl?$/i, '')
  return `${path.slice(0, slash + 1)}|${timePattern.exec(stem)?.[1] ?? ''}`
}

function headText(file: LogFile): string {
  return Buffer.from(file.head.buffer, file.head.byteOffset, file.head.byteLength).toString('utf8')
}
