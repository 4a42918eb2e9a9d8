/** The protocol of the throughput benchmarks, and the items beside it. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

export function throughputProtocol(origin: string): Readonly<Record<string, unknown>> {
  return {
    version: 1,
    title: 'throughput',
    construct: { definition: 'none' },
    envelope: { normalUse: 'benchmark' },
    models: [{ id: 'm', endpoint: `openai-compatible:${origin}/v1#tiny` }],
    items: { file: 'items.jsonl' },
    scorers: [{ use: 'exact-match' }],
    claims: [
      {
        id: 'c',
        kind: 'capability',
        quantifier: 'rate',
        scorer: 'exact-match',
        model: 'm',
        population: 'items-like-these',
        direction: 'above',
        threshold: 0.5,
        decision: { ifSupported: 'a', ifRefuted: 'b', ifInconclusive: 'c' },
      },
    ],
    stopping: { rule: 'fixed' },
    decoding: { maxTokens: 8 },
  }
}

export function writeThroughputItems(folder: string, count: number): void {
  const lines = Array.from(
    { length: count },
    (_, index) => `${JSON.stringify({ id: `i${index}`, input: `Say the number ${index}.`, target: String(index) })}\n`,
  )
  writeFileSync(join(folder, 'items.jsonl'), lines.join(''))
}
