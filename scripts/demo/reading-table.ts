/**
 * Reading comprehension under six formats, three repeats: a JSONL table.
 *
 * Planted: kestrel really depends on the format, northwind does not; in plain format some of kestrel's answers cannot be read.
 */
import type { Random } from '../../src/random/index.ts'
import { draw, drawItems, kestrel, models, probability, unequalSizes } from './simulated-model.ts'

const ability = { 'northwind/large-2': 1.15, 'kestrel/small-1': 1.0 } as const
const formats = ['lettered', 'numbered', 'plain'] as const
const orders = ['given', 'reversed'] as const
const kestrelFormat = { lettered: 1.0, numbered: 0.1, plain: -1.1 } as const
const kestrelReversed = -0.35

export function readingTable(random: Random): string {
  const clusterSizes = unequalSizes({ random: random.split('sizes'), clusters: 30, items: 120 })
  const items = drawItems({ random: random.split('items'), clusterSizes, clusterName: 'passage' })
  const lines: string[] = []
  for (const model of models) {
    const stream = random.split(model)
    for (const item of items) {
      for (const format of formats) {
        for (const order of orders) {
          const effect = model === kestrel ? kestrelFormat[format] + (order === 'reversed' ? kestrelReversed : 0) : 0
          const chance = probability(ability[model] - item.difficulty + effect + 0.5 * stream.normal())
          for (let replicate = 1; replicate <= 3; replicate++) {
            const score = draw(stream, chance)
            const unread = model === kestrel && format === 'plain' && draw(stream, 0.05) === 1
            lines.push(
              JSON.stringify({
                model,
                task: 'reading',
                item: item.id,
                cluster: item.cluster,
                format,
                option_order: order,
                replicate,
                score: unread ? null : score,
                ...(unread ? { missing_reason: 'unparsed' } : {}),
              }),
            )
          }
        }
      }
    }
  }
  return `${lines.join('\n')}\n`
}
