/**
 * `openai-compatible:URL#MODEL`: any server that speaks the OpenAI protocol (vLLM, llama.cpp, Ollama, LM Studio,
 * gateways). No key is sent unless `keyVariable` names the variable that holds it.
 */
import { fail } from '../stats/fail.ts'
import { OpenaiModel } from './openai-compatible/openai-model.ts'
import { openaiOptionsSchema } from './openai-compatible/openai-options.ts'
import { parseOptions } from './parse-options.ts'
import type { Provider } from './provider.ts'
import { readKey } from './read-key.ts'

const prefix = 'openai-compatible:'

export const openaiCompatibleProvider: Provider = {
  name: 'openai-compatible',
  title: 'OpenAI-compatible endpoint',
  summary: 'Chat and completions of any server with the OpenAI protocol, and likelihoods where it returns them.',
  async open({ endpoint, options, secret, now }) {
    const { baseUrl, model } = readEndpoint(endpoint)
    const parsed = parseOptions({ endpoint, schema: openaiOptionsSchema, options })
    const key =
      parsed.keyVariable === undefined ? undefined : readKey({ endpoint, variable: parsed.keyVariable, secret })
    return new OpenaiModel({ endpoint: `${prefix}${baseUrl}#${model}`, baseUrl, model, key, options: parsed, now })
  },
}

/** Address and model. Addresses that hold a password or a key are refused without being repeated. */
function readEndpoint(endpoint: string): { readonly baseUrl: string; readonly model: string } {
  const fix = 'write it as openai-compatible:http://localhost:8000/v1#MODEL'
  const text = endpoint.slice(prefix.length)
  const hash = text.indexOf('#')
  const model = hash < 0 ? '' : text.slice(hash + 1)
  const url = URL.parse(hash < 0 ? text : text.slice(0, hash))
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:'))
    fail('endpoint-address-invalid', { provider: 'openai-compatible' }, fix)
  if (url.username !== '' || url.password !== '' || url.search !== '') {
    fail(
      'endpoint-holds-credentials',
      { host: url.host },
      'endpoints are recorded: leave out user, password and query, and name the variable with the key as keyVariable',
    )
  }
  if (model === '') fail('endpoint-without-model', { address: url.origin + url.pathname }, fix)
  return { baseUrl: (url.origin + url.pathname).replace(/\/+$/, ''), model }
}
