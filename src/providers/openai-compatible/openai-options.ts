/** Options of an OpenAI-compatible endpoint. */
import { z } from 'zod'

const ownFields = new Set(['model', 'messages', 'prompt', 'stream', 'n', 'echo'])

/** Only variables that are there to hold such keys can be sent: a protocol must not be able to ask for any secret. */
export const keyVariable = z
  .string()
  .regex(/^([A-Z0-9_]*API_KEY|HF_TOKEN)$/, 'name an environment variable that ends in API_KEY')
  .describe('environment variable that holds the key')

export const headersOption = z
  .record(z.string().regex(/^[a-zA-Z0-9-]+$/), z.string())
  .refine((headers) => !Object.keys(headers).some((name) => /authorization|key|token|cookie|secret/i.test(name)), {
    error: 'headers here are written into the protocol: keys belong in the environment (keyVariable)',
  })
  .default({})
  .describe('further headers, without keys')

export const openaiOptionsSchema = z.strictObject({
  keyVariable: keyVariable.optional(),
  keyHeader: z
    .enum(['authorization', 'api-key', 'x-api-key'])
    .default('authorization')
    .describe('where the key is sent'),
  api: z
    .enum(['chat', 'completions'])
    .default('chat')
    .describe('completions: for base models; the messages are joined to one prompt'),
  timeoutMs: z.int().min(1).max(3_600_000).default(300_000).describe('longest wait for one answer'),
  headers: headersOption,
  extraBody: z
    .record(z.string(), z.json())
    .refine((body) => !Object.keys(body).some((name) => ownFields.has(name)), {
      error: `may not hold ${[...ownFields].join(', ')}`,
    })
    .default({})
    .describe('further fields of the request, as the endpoint names them'),
  maxTokensField: z.enum(['max_tokens', 'max_completion_tokens']).default('max_tokens'),
  capabilities: z
    .array(z.enum(['chat', 'likelihood', 'log-probabilities', 'seed']))
    .optional()
    .describe('what the endpoint offers, where less than usual'),
})

export type OpenaiOptions = z.infer<typeof openaiOptionsSchema>
