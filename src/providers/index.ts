/** The providers, and the one way to open a model. */
import { fail } from '../stats/fail.ts'
import { anthropicProvider } from './anthropic.ts'
import { googleProvider } from './google.ts'
import { openaiProvider } from './openai.ts'
import { openaiCompatibleProvider } from './openai-compatible.ts'
import type { Model, Provider, ProviderOptions } from './provider.ts'
import { replayProvider } from './replay.ts'
import { simulatedProvider } from './simulated.ts'

export const providers: readonly Provider[] = [
  simulatedProvider,
  replayProvider,
  openaiCompatibleProvider,
  openaiProvider,
  anthropicProvider,
  googleProvider,
]

/** Opens the model of an endpoint such as `simulated:steady` or `openai-compatible:http://localhost:8000/v1#llama`. */
export async function openModel(options: ProviderOptions): Promise<Model> {
  const { endpoint } = options
  const colon = endpoint.indexOf(':')
  const prefix = colon < 0 ? endpoint : endpoint.slice(0, colon)
  const provider = providers.find(({ name }) => name === prefix)
  if (provider === undefined) {
    fail(
      'provider-unknown',
      { provider: prefix, known: providers.map(({ name }) => name).join(', ') },
      'write an endpoint as provider:MODEL, such as simulated:steady or openai:MODEL',
    )
  }
  return provider.open(options)
}

export type { Model, Provider, ProviderCall, ProviderOptions } from './provider.ts'
export { withPlantedItems } from './simulated.ts'
