/** `openai:MODEL`: OpenAI's own endpoint, through the same adapter. */

import { hostedAddress, hostedOptions } from './hosted/hosted-options.ts'
import { OpenaiModel } from './openai-compatible/openai-model.ts'
import { openaiOptionsSchema } from './openai-compatible/openai-options.ts'
import { parseOptions } from './parse-options.ts'
import type { Provider } from './provider.ts'
import { readKey } from './read-key.ts'

const schema = openaiOptionsSchema.extend({
  ...hostedOptions,
  // Newer models refuse the older name.
  maxTokensField: openaiOptionsSchema.shape.maxTokensField.default('max_completion_tokens'),
})

export const openaiProvider: Provider = {
  name: 'openai',
  title: 'OpenAI',
  summary: 'Models of OpenAI; the key is read from OPENAI_API_KEY.',
  async open({ endpoint, options, secret, now }) {
    const parsed = parseOptions({ endpoint, schema, options })
    const { baseUrl, model, variable } = hostedAddress({
      endpoint,
      options: parsed,
      baseUrl: 'https://api.openai.com/v1',
      variable: 'OPENAI_API_KEY',
    })
    const key = readKey({ endpoint, variable, secret })
    return new OpenaiModel({ endpoint, baseUrl, model, key, options: parsed, now })
  },
}
