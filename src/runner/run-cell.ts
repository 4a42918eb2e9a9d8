/** Runs one cell: technique, calls, scorers. Its result depends on its names and the seed alone. */
import {
  type Attempt,
  blindItem,
  type CallOutcome,
  type CellPlace,
  type CellRecord,
  contentHash,
  type Item,
  type Levels,
  type MissingReason,
  type ModelRequest,
  type Purpose,
  type Reading,
  type RecordedReading,
  type RenderState,
} from '../domain/index.ts'
import type { Random } from '../random/index.ts'
import { fail } from '../stats/index.ts'
import type { CallPlace } from './model-caller.ts'
import type { PreparedStudy } from './prepare-study.ts'
import { renderCell } from './render-cell.ts'

export interface CellContext {
  readonly prepared: PreparedStudy
  /** Fitted state per model and technique, by position. */
  readonly fitted: (model: number, technique: number) => unknown
  readonly call: (call: CellCall) => Promise<{ readonly outcome: CallOutcome; readonly shared: boolean }>
  /** The item and levels of a place, in the search or in the reported part of a study. */
  readonly locate: (place: CellPlace) => { readonly item: Item | undefined; readonly levels: Levels | undefined }
  readonly capabilities: (model: number) => ReadonlySet<string>
}

export interface CellCall {
  /** Position of the model, or the name of a judge. */
  readonly to: number | string
  readonly request: ModelRequest
  readonly purpose: Purpose
  readonly sequence: number
  readonly place: CallPlace
  /** Path of the call's own stream. */
  readonly seedPath: string
  readonly random: () => Random
}

export async function runCell(index: number, place: CellPlace, context: CellContext): Promise<CellRecord> {
  const { prepared } = context
  const { item, levels } = context.locate(place)
  const technique = prepared.techniques[place.technique]
  if (item === undefined || technique === undefined || levels === undefined) throw new Error(`no cell ${index}`)
  const blind = blindItem(item)
  const names = cellNames({ prepared, item, levels, place })
  const tally = new CellTally()
  let sequence = 0
  let state: RenderState | undefined
  const callPlace: CallPlace = {
    index,
    key: names.key,
    itemId: item.id,
    levels,
    technique: technique.label,
    replicate: place.replicate,
  }
  const call = async (request: ModelRequest, purpose: Purpose, to: number | string): Promise<CallOutcome> => {
    const at = sequence++
    const { outcome, shared } = await context.call({
      to,
      request: seeded({
        request: lengthBounded(prepared, request, to),
        draw: names.draw,
        sequence: at,
        capable: typeof to === 'number' && context.capabilities(to).has('seed'),
      }),
      purpose,
      sequence: at,
      place: callPlace,
      // The name is hexadecimal, so that nothing of it is escaped in a path; streams are hashed only where they are drawn from.
      seedPath: `${names.path}/call/${at}`,
      random: () => names.random().split('call').split(at),
    })
    tally.add(outcome, shared)
    return outcome
  }
  const attempt = await technique.plugIn.solve({
    item: blind,
    parameters: technique.parameters,
    fitted: context.fitted(place.model, place.technique),
    context: {
      render: (change) => {
        const rendered = renderCell({ prepared, item: blind, levels, change })
        state = rendered.state
        return rendered
      },
      call: (request, purpose) => call(request, purpose, place.model),
      judge: (request, judge) => call(request, 'judge', judgeNamed(prepared, judge)),
      get random() {
        return names.random().split('technique')
      },
    },
  })
  const solvedText = tally.lastText
  const scores: Record<string, { strict: RecordedReading; lenient: RecordedReading }> = {}
  for (const { plugIn, parameters, label } of prepared.scorers) {
    const readings =
      attempt.state === 'failed'
        ? failedReadings(attempt.reason)
        : await plugIn.score({
            item,
            attempt,
            state: state ?? renderCell({ prepared, item: blind, levels, change: (same) => same }).state,
            parameters,
            judge: (request) => call(request, 'judge', judgeNamed(prepared, parameters.judge)),
            get random() {
              return names.random().split('scorer').split(label)
            },
          })
    scores[label] = { strict: recorded(readings.strict), lenient: recorded(readings.lenient) }
  }
  return {
    kind: 'cell',
    index,
    cell: names.key,
    state: attempt.state,
    ...(attempt.state === 'answered' ? textOf(attempt, solvedText) : { reason: attempt.reason }),
    ...(attempt.candidates.length > 1 ? { candidates: attempt.candidates.map(({ answer }) => answer ?? null) } : {}),
    ...(attempt.exemplarIds.length > 0 ? { exemplars: attempt.exemplarIds } : {}),
    scores,
    ...tally.summary(),
  }
}

export interface CellNames {
  readonly key: string
  /** Stream of the cell, by its names: what a protocol says elsewhere does not move it. */
  readonly random: () => Random
  /** Its path, for which nothing is hashed. */
  readonly path: string
  /** Stream of the endpoint's own seed: the same under every setting, so that identical prompts are identical requests. */
  readonly draw: (sequence: number) => Random
}

export function cellNames(options: {
  readonly prepared: PreparedStudy
  readonly item: Item
  readonly levels: Levels
  readonly place: CellPlace
}): CellNames {
  const { prepared, item, levels, place } = options
  const model = prepared.study.models[place.model] ?? ''
  const technique = prepared.techniques[place.technique]?.label ?? ''
  const { replicate } = place
  const names = contentHash({ model, item: item.id, levels, technique, replicate }).slice(0, 24)
  return {
    key: prepared.study.protocolHash.slice(0, 8) + names,
    path: `${prepared.cellRandom.path}/${names}`,
    random: () => prepared.cellRandom.split(names),
    draw: (sequence) => prepared.drawRandom.split(JSON.stringify([model, item.id, technique, replicate, sequence])),
  }
}

export function seeded(options: {
  readonly request: ModelRequest
  readonly draw: CellNames['draw']
  readonly sequence: number
  readonly capable: boolean
}): ModelRequest {
  const { request, draw, sequence, capable } = options
  if (!capable || request.kind !== 'chat' || request.decoding.seed !== undefined) return request
  // 31 bits: some servers read the seed as a signed integer.
  const seed = draw(sequence).uint32() >>> 1
  return { ...request, decoding: { ...request.decoding, seed } }
}

/** What a technique or scorer words itself has the declared length too: budgets rest on it. */
export function lengthBounded({ protocol }: PreparedStudy, request: ModelRequest, to: number | string): ModelRequest {
  if (request.kind !== 'chat' || request.decoding.maxTokens !== undefined) return request
  const { maxTokens } = typeof to === 'number' ? protocol.decoding : (protocol.judges.find(({ id }) => id === to) ?? {})
  return maxTokens === undefined ? request : { ...request, decoding: { ...request.decoding, maxTokens } }
}

export function judgeNamed({ protocol }: PreparedStudy, named: unknown): string {
  const { judges } = protocol
  const judge = typeof named === 'string' ? judges.find(({ id }) => id === named) : judges[0]
  if (judge !== undefined) return judge.id
  if (typeof named !== 'string')
    return fail('no-judge-declared', {}, 'declare one under "judges" of the protocol: a technique or scorer asks it')
  return fail(
    'judge-not-declared',
    { judge: named },
    `declare it under "judges" of the protocol${judges.length > 0 ? `, or use ${judges.map(({ id }) => id).join(', ')}` : ''}`,
  )
}

const failureReasons: Readonly<Record<string, MissingReason>> = {
  'context-length': 'limit',
  'content-filter': 'refusal',
  'verifier-unread': 'grader-failed',
}

/** A call that failed says nothing of the answer: the score is missing, with the reason that fits. */
function failedReadings(reason: string): { readonly strict: Reading; readonly lenient: Reading } {
  const missing: MissingReason = failureReasons[reason] ?? 'provider-error'
  return { strict: { score: missing }, lenient: { score: missing } }
}

function recorded({ score, answer, because }: Reading): RecordedReading {
  const kept = typeof score === 'number' && !Number.isFinite(score) ? 'not-finite' : score
  return {
    score: kept,
    ...(answer === undefined ? {} : { answer }),
    ...(because === undefined ? {} : { because }),
  }
}

function textOf(
  attempt: Extract<Attempt, { state: 'answered' }>,
  lastText: string | undefined,
): { readonly text?: string } {
  return attempt.text === lastText ? {} : { text: attempt.text }
}

/** Sums over the calls of a cell; a sum with an unknown part is unknown. */
class CellTally {
  lastText: string | undefined
  #calls = 0
  #shared = 0
  #input: number | undefined = 0
  #output: number | undefined = 0
  #cost: number | undefined = 0
  #latency = 0
  #servedBy: string | undefined

  add(outcome: CallOutcome, shared: boolean): void {
    this.#calls++
    if (shared) this.#shared++
    if (outcome.kind === 'failure') {
      this.#input = undefined
      this.#output = undefined
      this.#cost = undefined
      return
    }
    const { response } = outcome
    this.lastText = response.text
    this.#latency += response.latencyMs
    this.#servedBy = response.servedBy
    // What was paid for another setting is not paid again.
    const { inputTokens, outputTokens, cost } = shared ? { inputTokens: 0, outputTokens: 0, cost: 0 } : response.usage
    this.#input = plus(this.#input, inputTokens)
    this.#output = plus(this.#output, outputTokens)
    this.#cost = plus(this.#cost, cost)
  }

  summary(): Pick<CellRecord, 'inputTokens' | 'outputTokens' | 'cost' | 'latencyMs' | 'calls' | 'shared' | 'servedBy'> {
    return {
      ...(this.#input === undefined ? {} : { inputTokens: this.#input }),
      ...(this.#output === undefined ? {} : { outputTokens: this.#output }),
      ...(this.#cost === undefined ? {} : { cost: this.#cost }),
      latencyMs: Math.round(this.#latency * 10) / 10,
      calls: this.#calls,
      ...(this.#shared > 0 ? { shared: this.#shared } : {}),
      ...(this.#servedBy === undefined ? {} : { servedBy: this.#servedBy }),
    }
  }
}

function plus(sum: number | undefined, more: number | undefined): number | undefined {
  return sum === undefined || more === undefined ? undefined : sum + more
}
