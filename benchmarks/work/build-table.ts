/** Builds a table of N rows (10,000 items × 20 variants × repeats, two models) and groups it; prints the time. */
import { groupRows, ObservationsBuilder, selectRows } from '../../src/domain/index.ts'
import { openRandom } from '../../src/random/index.ts'

const rows = Number(process.argv[2])
const items = Array.from({ length: 10_000 }, (_, i) => `item-${i}`)
const variants = Array.from({ length: 20 }, (_, i) => ({
  format: `format-${i % 5}`,
  order: `order-${Math.floor(i / 5)}`,
}))
const scores = new Uint16Array(rows)
openRandom('benchmark').fillIntegers(scores, 2)

const started = performance.now()
const builder = new ObservationsBuilder()
// Items outermost as in a log, so that rows arrive out of canonical order across models and variants.
for (let row = 0; row < rows; row++) {
  const item = Math.floor(row / (rows / items.length)) % items.length
  const model = row % 2 === 0 ? 'model-a' : 'model-b'
  builder.add({
    run: model,
    model,
    task: 'benchmark',
    item: items[item] ?? '',
    scorer: 'match',
    levels: variants[(row >> 1) % variants.length],
    replicate: 1 + Math.floor((row % (rows / items.length)) / 40),
    score: scores[row] ?? 0,
    inputTokens: 100,
    outputTokens: 20,
    source: 'benchmark.jsonl',
    sourceRow: row + 1,
  })
}
const observations = builder.finish()
const all = selectRows(observations.rows, () => true)
const groups = groupRows(all, [observations.item.codes, observations.variant.codes])
const elapsedMs = performance.now() - started
if (groups.count !== items.length * variants.length) throw new Error(`expected 200,000 groups, found ${groups.count}`)
console.log(JSON.stringify({ elapsedMs }))
