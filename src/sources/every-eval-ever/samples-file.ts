/** Recognises the files of Every Eval Ever by the keys that their first record must have. */
import { jsonHead } from '../files/json-head.ts'
import type { LogFile } from '../source.ts'

/** The responses of an evaluation, one a line. */
export function isSamples(file: LogFile): boolean {
  return /\.jsonl(\.gz)?$/i.test(file.path) && has(file, ['schema_version', 'evaluation_id', 'sample_id'])
}

export function isAggregate(file: LogFile): boolean {
  return (
    /\.json(\.gz)?$/i.test(file.path) && has(file, ['schema_version', 'evaluation_id', 'source_metadata', 'model_info'])
  )
}

function has({ head }: LogFile, wanted: readonly string[]): boolean {
  const { shape, keys } = jsonHead(Buffer.from(head).toString('utf8'))
  return shape === 'object' && wanted.every((key) => keys.has(key))
}
