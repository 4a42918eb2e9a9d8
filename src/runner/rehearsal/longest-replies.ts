/** A model that no technique can make dearer: it replies as long as it may, in the form that what was asked leads on to. */
import type {
  CallOutcome,
  FitContext,
  ModelRequest,
  RenderState,
  Technique,
  TechniqueContext,
} from '../../domain/index.ts'
import type { Chosen } from '../plug-ins.ts'
import type { PreparedStudy } from '../prepare-study.ts'

/** Bytes per token of plain text: what a reply of so many tokens adds to the prompts that repeat it. */
export const bytesPerToken = 4
/** Of replies whose length nobody bounds. */
export const undeclaredTokens = 256

/**
 * `reasoned`: long reasoning that asks for a tool and ends in an answer, right for items whose target is known. `answered`:
 * an answer that is long itself, which a judge then reads. Neither alone costs the most in every technique.
 */
export type ReplyStyle = 'reasoned' | 'answered'
export const replyStyles: readonly ReplyStyle[] = ['reasoned', 'answered']

/** Remembers what was rendered last, so that the model knows what it is asked. */
export class LongestReplies {
  style: ReplyStyle = 'reasoned'
  readonly #targets: ReadonlyMap<string, readonly string[]>
  #asked: RenderState | undefined

  constructor({ fit, select }: PreparedStudy) {
    this.#targets = new Map([...fit, ...select].map(({ id, target }) => [id, target]))
  }

  watched(chosen: Chosen<Technique>): Chosen<Technique> {
    const { plugIn } = chosen
    const seen = <Rendered extends { readonly state: RenderState }>(rendered: Rendered): Rendered => {
      this.#asked = rendered.state
      return rendered
    }
    const asking = (context: TechniqueContext): TechniqueContext => ({
      ...context,
      render: (change) => seen(context.render(change)),
    })
    const fitting = (context: FitContext): FitContext => ({
      ...context,
      render: (item, change) => seen(context.render(item, change)),
    })
    return {
      ...chosen,
      plugIn: {
        ...plugIn,
        fit: (parameters, context) => plugIn.fit(parameters, fitting(context)),
        solve: (input) => plugIn.solve({ ...input, context: asking(input.context) }),
      },
    }
  }

  reply(request: ModelRequest): CallOutcome {
    const weighed =
      request.kind === 'likelihood'
        ? { likelihoods: request.continuations.map(() => ({ logProbability: -1, tokens: 1, greedy: false })) }
        : {}
    const text = request.kind === 'likelihood' ? '' : this.#text(request)
    return { kind: 'response', response: { text, finish: 'stop', usage: {}, latencyMs: 0, attempts: 1, ...weighed } }
  }

  #text({ messages, decoding }: Extract<ModelRequest, { kind: 'chat' }>): string {
    const length = (decoding.maxTokens ?? undeclaredTokens) * bytesPerToken
    const [, word, choice] = verdictAsked.exec(messages.at(-1)?.content ?? '') ?? []
    if (word !== undefined && choice !== undefined) return filled(length, `\n${word}: ${choice}`)
    if (this.style === 'answered') return `Answer: ${filler(length - 8)}`
    return filled(length, `\nCalculate: 1 / 3\nAnswer: ${this.#answer()}`)
  }

  #answer(): string {
    const state = this.#asked
    if (state === undefined) return '1'
    const target = this.#targets.get(state.itemId)
    const option = state.options.find(({ canonical }) => target?.includes(String(canonical))) ?? state.options[0]
    if (option === undefined) return target?.[0] ?? '1'
    return state.answerMode === 'letter' ? option.label : option.text
  }
}

const verdictAsked = /reads "([^":]+): " followed by exactly one of: ([^\s,]+?)(?:,|\.$)/

function filled(length: number, end: string): string {
  return filler(length - end.length) + end
}

function filler(length: number): string {
  return 'word '.repeat(Math.ceil(Math.max(0, length) / 5)).slice(0, Math.max(0, length))
}
