/** `google:MODEL`, through the AI SDK. */
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

export const googleProvider: Provider = {
  name: 'google',
  title: 'Google',
  summary:
    'Gemini models; the key is read from GOOGLE_GENERATIVE_AI_API_KEY. Needs the packages ai and @ai-sdk/google.',
  async open({ endpoint, options, secret, now }) {
    const parsed = parseOptions({ endpoint, schema, options })
    const { baseUrl, model, variable } = hostedAddress({
      endpoint,
      options: parsed,
      baseUrl: 'https://generativelanguage.googleapis.com/v1beta',
      variable: 'GOOGLE_GENERATIVE_AI_API_KEY',
    })
    const key = readKey({ endpoint, variable, secret })
    const packages = 'ai @ai-sdk/google'
    const [{ generateText }, { createGoogle }] = await Promise.all([
      loadPeer(() => import('ai'), packages),
      loadPeer(() => import('@ai-sdk/google'), packages),
    ])
    globalThis.AI_SDK_LOG_WARNINGS = false
    return new HostedModel({
      endpoint,
      generateText,
      languageModel: (fetch) => createGoogle({ apiKey: key, baseURL: baseUrl, fetch })(model),
      key,
      timeoutMs: parsed.timeoutMs,
      providerOptions: (effort) =>
        effort === undefined ? {} : { google: { thinkingConfig: { thinkingLevel: effort } } },
      takesSeed: true,
      now,
    })
  },
}
