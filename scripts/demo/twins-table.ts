/**
 * Science facts that were published, each with a freshly written twin: a JSONL table.
 *
 * Planted leak: kestrel has seen the published items. Its lead over northwind exists only there.
 */
import type { Random } from '../../src/random/index.ts'
import { draw, kestrel, models, probability } from './simulated-model.ts'

const pairs = 200
const ability = { 'northwind/large-2': 0.85, 'kestrel/small-1': 0.55 } as const
/** What having seen the item adds to kestrel's log-odds. */
const leaked = 2.2

export function twinsTable(random: Random): string {
  const difficulties = random.split('items')
  const drawn = Array.from({ length: pairs }, () => 1.3 * difficulties.normal())
  const lines: string[] = []
  for (const model of models) {
    const stream = random.split(model)
    for (const [i, difficulty] of drawn.entries()) {
      const pair = `fact-${String(i + 1).padStart(3, '0')}`
      for (const twin of ['original', 'fresh'] as const) {
        const seen = model === kestrel && twin === 'original' ? leaked : 0
        const score = draw(stream, probability(ability[model] - difficulty + seen + 0.3 * stream.normal()))
        lines.push(
          JSON.stringify({ model, task: 'science-facts', item: `${pair}-${twin}`, cluster: pair, twin, score }),
        )
      }
    }
  }
  return `${lines.join('\n')}\n`
}
