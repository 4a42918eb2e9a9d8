/** Answers of the loopback server in the three protocols. */
import type { EchoManner, Fault } from './loopback-server.ts'

export type LoopbackAnswer = Readonly<Record<string, unknown>>

export function chatAnswer(body: Readonly<Record<string, unknown>>, fault: Fault): LoopbackAnswer {
  const letter = letterFor(JSON.stringify(body.messages))
  const content = fault === 'null-content' ? null : letter
  const top = Math.min(4, Number(body.top_logprobs ?? 0))
  const alternatives = ['A', 'B', 'C', 'D']
    .sort((a, b) => Number(b === letter) - Number(a === letter))
    .slice(0, top)
    .map((token, index) => ({ token, logprob: -0.2 - 2 * index, bytes: null }))
  return {
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1_700_000_000,
    model: `${body.model}-2026`,
    system_fingerprint: 'fp_loopback',
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content: fault === 'refusal' ? null : content,
          refusal: fault === 'refusal' ? 'I will not.' : null,
        },
        logprobs:
          body.logprobs === true ? { content: [{ token: letter, logprob: -0.2, top_logprobs: alternatives }] } : null,
        finish_reason: fault === 'length' || fault === 'null-content' ? 'length' : 'stop',
      },
    ],
    ...usageFor(
      fault,
      {
        prompt_tokens: 25,
        completion_tokens: 1,
        total_tokens: 26,
        prompt_tokens_details: { cached_tokens: 3 },
        completion_tokens_details: { reasoning_tokens: 0 },
      },
      { prompt_tokens: -3, completion_tokens: 0, total_tokens: 'many' },
    ),
  }
}

export function anthropicAnswer(body: Readonly<Record<string, unknown>>, fault: Fault): LoopbackAnswer {
  const text = fault === 'refusal' ? '' : fault === 'null-content' ? '' : letterFor(JSON.stringify(body.messages))
  return {
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    model: `${body.model}-2026`,
    content: [{ type: 'text', text }],
    stop_reason:
      fault === 'refusal' ? 'refusal' : fault === 'length' || fault === 'null-content' ? 'max_tokens' : 'end_turn',
    stop_sequence: null,
    ...usageFor(fault, { input_tokens: 25, output_tokens: 1 }, { input_tokens: 0, output_tokens: 0 }),
  }
}

export function googleAnswer(body: Readonly<Record<string, unknown>>, fault: Fault): LoopbackAnswer {
  const text = letterFor(JSON.stringify(body.contents))
  const finishReason =
    fault === 'refusal' ? 'SAFETY' : fault === 'length' || fault === 'null-content' ? 'MAX_TOKENS' : 'STOP'
  const parts = fault === 'refusal' || fault === 'null-content' ? [] : [{ text }]
  const usage = { promptTokenCount: 25, candidatesTokenCount: 1, totalTokenCount: 26 }
  return {
    candidates: [{ content: { role: 'model', parts }, finishReason, index: 0 }],
    ...(fault === 'no-usage'
      ? {}
      : {
          usageMetadata:
            fault === 'wrong-usage' ? { promptTokenCount: 0, candidatesTokenCount: 0, totalTokenCount: 0 } : usage,
        }),
    modelVersion: 'gemini-loopback-2026',
  }
}

export function completionsAnswer(
  body: Readonly<Record<string, unknown>>,
  { echo, number }: { readonly echo: EchoManner; readonly number: number },
): LoopbackAnswer {
  const prompt = String(body.prompt)
  const given = prompt.match(/\s?[\p{L}\p{N}]+|\s?[^\p{L}\p{N}\s]|\s/gu) ?? []
  const generated = ` ${letterFor(prompt)}`
  const echoes = body.echo === true && echo !== 'ignored'
  const tokens = echoes ? [...given, generated] : [generated]
  const starts: number[] = []
  let offset = echoes ? 0 : [...prompt].length
  for (const token of tokens) {
    starts.push(echo === 'shifted' ? offset + 5 : offset)
    offset += [...token].length
  }
  const logs = tokens.map((token, index) => {
    if (echoes && index === 0 && echo !== 'no-null') return null
    if (echo === 'constant') return -0.5
    return scoreOf(token) - (echo === 'unstable' ? number : 0)
  })
  return {
    id: 'cmpl-1',
    object: 'text_completion',
    created: 1_700_000_000,
    model: body.model,
    choices: [
      {
        index: 0,
        text: tokens.join(''),
        logprobs:
          body.logprobs === undefined
            ? null
            : {
                tokens,
                token_logprobs: logs,
                top_logprobs: logs.map((log) =>
                  log === null ? null : { ' the': -1, ...(log > -1 ? { x: log } : {}) },
                ),
                text_offset: starts,
              },
        finish_reason: 'length',
      },
    ],
    usage: { prompt_tokens: given.length, completion_tokens: 1, total_tokens: given.length + 1 },
  }
}

/** Log-probability of a token by its letters; long and rare-lettered tokens are less likely. */
export function scoreOf(token: string): number {
  return [...token.trim()].reduce((sum, letter) => sum - (0.1 + (letter.codePointAt(0) ?? 0) / 300), -0.25)
}

/** A letter that depends on the text alone (FNV-1a). */
export function letterFor(text: string): string {
  let hash = 2_166_136_261
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 16_777_619)
  return 'ABCD'[(hash >>> 8) & 3] ?? 'A'
}

function usageFor(fault: Fault, usage: LoopbackAnswer, wrong: LoopbackAnswer): { readonly usage?: LoopbackAnswer } {
  if (fault === 'absurd-usage') return { usage: { prompt_tokens: 600_000, completion_tokens: 400_000 } }
  return fault === 'no-usage' ? {} : { usage: fault === 'wrong-usage' ? wrong : usage }
}
