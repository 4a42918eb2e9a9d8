/**
 * Word problems asked directly and with chain-of-thought, with tokens and cost: a CSV table.
 *
 * Planted: thinking aloud lifts northwind by much and kestrel by nearly nothing, at several times the tokens.
 */
import type { Random } from '../../src/random/index.ts'
import { draw, drawItems, models, probability } from './simulated-model.ts'

const columns = [
  'model',
  'task',
  'item',
  'cluster',
  'technique',
  'replicate',
  'score',
  'input_tokens',
  'output_tokens',
  'cost_usd',
]
const ability = { 'northwind/large-2': 0.1, 'kestrel/small-1': -0.3 } as const
const lift = { 'northwind/large-2': 1.5, 'kestrel/small-1': 0.05 } as const
const usdPerToken = { 'northwind/large-2': 12e-6, 'kestrel/small-1': 1.5e-6 } as const

export function techniquesTable(random: Random): string {
  const clusterSizes = Array.from({ length: 30 }, () => 3)
  const items = drawItems({ random: random.split('items'), clusterSizes, clusterName: 'family' })
  const lines = [columns.join(',')]
  for (const model of models) {
    const stream = random.split(model)
    for (const item of items) {
      for (const technique of ['direct', 'chain-of-thought'] as const) {
        const aloud = technique === 'chain-of-thought'
        const chance = probability(ability[model] - item.difficulty + (aloud ? lift[model] : 0) + 0.3 * stream.normal())
        for (let replicate = 1; replicate <= 2; replicate++) {
          const inputTokens = 90 + stream.integer(60)
          const outputTokens = aloud ? 180 + stream.integer(220) : 3 + stream.integer(6)
          const cost = (inputTokens + 4 * outputTokens) * usdPerToken[model]
          const score = draw(stream, chance)
          lines.push(
            [
              model,
              'word-problems',
              item.id,
              item.cluster,
              technique,
              replicate,
              score,
              inputTokens,
              outputTokens,
              cost.toFixed(6),
            ].join(','),
          )
        }
      }
    }
  }
  return `${lines.join('\n')}\n`
}
