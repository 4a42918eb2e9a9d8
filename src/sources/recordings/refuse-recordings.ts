/** Says why a log has nothing to replay: what its format holds, and where replies would stand. */
import { fail } from '../../stats/index.ts'
import { assayRunSource } from '../assay-run/assay-run-source.ts'
import { everyEvalEverSource } from '../every-eval-ever/every-eval-ever-source.ts'
import { inspectSource } from '../inspect/inspect.ts'
import { lmEvalSource } from '../lm-eval/lm-eval-source.ts'
import type { LogFile } from '../source.ts'
import { tableSource } from '../table/table-source.ts'

const holders = [
  { source: assayRunSource, fix: 'the run has not asked anything yet: resume it first' },
  { source: inspectSource, fix: 'its samples hold no output: pass a log that was written with its samples' },
  { source: lmEvalSource, fix: 'results hold scores alone: run with --log_samples and pass the folder' },
  { source: everyEvalEverSource, fix: 'an aggregate holds figures alone: pass the folder with its _samples.jsonl' },
  { source: tableSource, fix: 'it has no column of replies: name one response, output or completion' },
] as const

export function refuseRecordings(path: string, files: readonly LogFile[]): never {
  const held = holders.filter(({ source }) => files.some((file) => source.sniff(file)))
  if (held.length === 0)
    return fail(
      'recording-of-unknown-format',
      { path },
      'pass the folder of a run, a log of Inspect, lm-evaluation-harness or Every Eval Ever, or a table or JSONL with replies',
    )
  return fail(
    'recording-without-answers',
    { path, format: held.map(({ source }) => source.title).join(', ') },
    held.map(({ fix }) => fix).join('; '),
  )
}
