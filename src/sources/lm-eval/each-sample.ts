/** Goes through the samples of a file of lm-evaluation-harness, one after the other. */
import { AssayError, type Caveat, fail } from '../../stats/index.ts'
import { type FileDigest, streamLimitBytes } from '../files/open-bytes.ts'
import { readLines } from '../files/read-lines.ts'
import { readText } from '../files/read-text.ts'
import { parseTolerantJson } from '../json/tolerant-json.ts'
import type { LogFile, ReadOptions } from '../source.ts'

export interface EachSampleOptions extends Pick<ReadOptions, 'signal' | 'onProgress'> {
  readonly file: LogFile
  /** `line`: of the file, or element of an array; from 1. */
  readonly onSample: (sample: unknown, line: number) => void
}

export async function eachSample(
  options: EachSampleOptions,
): Promise<{ readonly digest: FileDigest; readonly caveats: readonly Caveat[] }> {
  const { file, signal, onProgress, onSample } = options
  const { path } = file
  const opening = { file, signal, onProgress }
  if (/^\s*\[/.test(Buffer.from(file.head.subarray(0, 64)).toString('latin1'))) {
    // Versions 0.4.0 to 0.4.2 wrote one indented array under the same name.
    const { text, digest } = await readText({ ...opening, limitBytes: 400 * 2 ** 20 })
    const elements = parse(text, { path, line: 1 })
    if (!Array.isArray(elements)) fail('not-a-samples-file', { path }, 'pass a samples_*.jsonl of lm-eval')
    for (const [index, element] of elements.entries()) onSample(element, index + 1)
    return { digest, caveats: [] }
  }
  const caveats: Caveat[] = []
  let read = 0
  const digest = await readLines({
    ...opening,
    limitBytes: streamLimitBytes,
    onLine({ text, number, ended }) {
      let sample: unknown
      try {
        sample = parse(text, { path, line: number })
      } catch (error) {
        // Lines are written one after the other: a last one without an end is a write that was cut off.
        if (ended || read === 0) throw error
        caveats.push({ code: 'torn-last-line', severity: 'caution', values: { path, line: number } })
        return
      }
      read++
      onSample(sample, number)
    },
  })
  return { digest, caveats }
}

function parse(text: string, place: { path: string; line: number }): unknown {
  try {
    return parseTolerantJson(text, { path: place.path, member: `line ${place.line}`, byte: 0 })
  } catch (error) {
    if (!(error instanceof AssayError)) throw error
    // A person looks for a line, not for a byte.
    const values = { ...place, reason: String(error.values.reason ?? error.message) }
    return fail('json-malformed', values, 'the line is damaged: copy the file again, or remove that line')
  }
}
