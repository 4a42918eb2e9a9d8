/**
 * `simulated:NAME`: models whose truth is planted, so that everything built on answers can be tried without a network.
 *
 * A protocol says what the model is like (`options`) and never what the answers are. Whoever opens the model hands the
 * items over, targets included, as `options.items`; see `withPlantedItems`. Bundled names (`steady`, `order-biased`, …)
 * stand for options with one planted weakness; given options are laid over them. Any other name needs `ability` or
 * `accuracy`. Two models with the same options and different names or seeds make different mistakes.
 */
import type { Item } from '../domain/index.ts'
import { fail } from '../stats/fail.ts'
import { parseOptions } from './parse-options.ts'
import type { Provider } from './provider.ts'
import { bundledModels } from './simulated/bundled-models.ts'
import { SimulatedModel } from './simulated/simulated-model.ts'
import { simulatedOptionsSchema } from './simulated/simulated-options.ts'

export const simulatedProvider: Provider = {
  name: 'simulated',
  title: 'Simulated models',
  summary:
    'Answer from a planted truth: ability, effects of wording and order, contamination, rare misbehaviour, errors.',
  async open({ endpoint, options }) {
    const name = endpoint.slice('simulated:'.length)
    const bundled = bundledModels[name]
    if (bundled === undefined && !('ability' in options) && !('accuracy' in options)) {
      fail(
        'simulated-model-unknown',
        { endpoint, known: Object.keys(bundledModels).join(', ') },
        'use one of the known names, or give the options ability or accuracy',
      )
    }
    // Ability and accuracy exclude each other: what is given replaces what is bundled.
    const { ability: _, accuracy: __, ...rest } = bundled ?? {}
    const base = 'ability' in options || 'accuracy' in options ? rest : (bundled ?? {})
    const parsed = parseOptions({ endpoint, schema: simulatedOptionsSchema, options: { ...base, ...options } })
    return new SimulatedModel({ endpoint, seed: parsed.seed ?? name, options: parsed })
  },
}

/**
 * Options with the items that a simulated model answers from. For other endpoints the options come back unchanged:
 * no other provider is ever handed a target.
 */
export function withPlantedItems(model: {
  readonly endpoint: string
  readonly options: Readonly<Record<string, unknown>>
  readonly items: () => readonly Item[]
}): Readonly<Record<string, unknown>> {
  return model.endpoint.startsWith('simulated:') ? { ...model.options, items: model.items() } : model.options
}
