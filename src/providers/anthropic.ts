/** `anthropic:MODEL`, through the AI SDK. */
import { z } from 'zod'
import { HostedModel } from './hosted/hosted-model.ts'
import { hostedAddress, hostedOptions } from './hosted/hosted-options.ts'
import { loadPeer } from './hosted/load-peer.ts'
import { keyVariable } from './openai-compatible/openai-options.ts'
import { parseOptions } from './parse-options.ts'
import type { Provider } from './provider.ts'
import { readKey } from './read-key.ts'

const schema = z.strictObject({
  ...hostedOptions,
  keyVariable: keyVariable.optional(),
  timeoutMs: z.int().min(1).max(3_600_000).default(300_000),
})

export const anthropicProvider: Provider = {
  name: 'anthropic',
  title: 'Anthropic',
  summary: 'Models of Anthropic; the key is read from ANTHROPIC_API_KEY. Needs the packages ai and @ai-sdk/anthropic.',
  async open({ endpoint, options, secret, now }) {
    const parsed = parseOptions({ endpoint, schema, options })
    const { baseUrl, model, variable } = hostedAddress({
      endpoint,
      options: parsed,
      baseUrl: 'https://api.anthropic.com/v1',
      variable: 'ANTHROPIC_API_KEY',
    })
    const key = readKey({ endpoint, variable, secret })
    const packages = 'ai @ai-sdk/anthropic'
    const [{ generateText }, { createAnthropic }] = await Promise.all([
      loadPeer(() => import('ai'), packages),
      loadPeer(() => import('@ai-sdk/anthropic'), packages),
    ])
    globalThis.AI_SDK_LOG_WARNINGS = false
    return new HostedModel({
      endpoint,
      generateText,
      languageModel: (fetch) => createAnthropic({ apiKey: key, baseURL: baseUrl, fetch })(model),
      key,
      timeoutMs: parsed.timeoutMs,
      providerOptions: (effort) => (effort === undefined ? {} : { anthropic: { effort } }),
      takesSeed: false,
      now,
    })
  },
}
