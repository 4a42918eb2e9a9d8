/** Every Eval Ever: an aggregate record, and beside it the responses, one a line and scorer. */

import type { LogFile, LogUnit, Source } from '../source.ts'
import { readEvaluation } from './read-evaluation.ts'
import { isAggregate, isSamples } from './samples-file.ts'

export const everyEvalEverSource: Source = {
  name: 'every-eval-ever',
  title: 'Every Eval Ever',
  summary: 'records of Every Eval Ever 0.2 and 0.3, {uuid}.json with {uuid}_samples.jsonl',
  references: ['https://evalevalai.com/projects/every-eval-ever'],
  sniff: (file) => isAggregate(file) || isSamples(file),
  group(files) {
    const samples = new Map(files.filter(isSamples).map((file) => [stemOf(file), file]))
    const aggregates = files.filter((file) => !isSamples(file))
    const paired = new Set(aggregates.map(stemOf))
    return [
      ...aggregates.map((main): LogUnit => {
        const companion = samples.get(stemOf(main))
        return { main, companions: companion === undefined ? [] : [companion] }
      }),
      ...[...samples].filter(([stem]) => !paired.has(stem)).map(([, main]): LogUnit => ({ main, companions: [] })),
    ]
  },
  read: readEvaluation,
}

function stemOf({ absolutePath }: LogFile): string {
  return absolutePath.replace(/(_samples)?\.jsonl?(\.gz)?$/i, '')
}
