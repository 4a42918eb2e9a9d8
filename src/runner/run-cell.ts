/** Runs one cell: technique, calls, scorers. Its result depends on its names and the seed alone. */
import type {
  Attempt,
  CallOutcome,
  CellPlace,
  CellRecord,
  Item,
  Levels,
  MissingReason,
  Purpose,
  Reading,
  RecordedReading,
} from '../domain/index.ts'
import type { Random } from '../random/index.ts'
import type { CallPlace } from './model-caller.ts'
import { type CellQuestion, openCell, seeded } from './open-cell.ts'
import type { PreparedStudy } from './prepare-study.ts'

export interface CellContext {
  readonly prepared: PreparedStudy
  /** Fitted state per model and technique, by position. */
  readonly fitted: (model: number, technique: number) => unknown
  readonly call: (call: CellCall) => Promise<{ readonly outcome: CallOutcome; readonly shared: boolean }>
  /** The item and levels of a place, in the search or in the reported part of a study. */
  readonly locate: (place: CellPlace) => { readonly item: Item | undefined; readonly levels: Levels | undefined }
  readonly capabilities: (model: number) => ReadonlySet<string>
}

export interface CellCall extends CellQuestion {
  readonly place: CallPlace
  /** Path of the call's own stream. */
  readonly seedPath: string
  readonly random: () => Random
}

export async function runCell(index: number, place: CellPlace, context: CellContext): Promise<CellRecord> {
  const { prepared } = context
  const tally = new CellTally()
  const cell = openCell({
    prepared,
    place,
    ...context.locate(place),
    async answer({ to, request, purpose, sequence }, { names, item, levels, technique }) {
      const { outcome, shared } = await context.call({
        to,
        request: seeded({
          request,
          draw: names.draw,
          sequence,
          capable: typeof to === 'number' && context.capabilities(to).has('seed'),
        }),
        purpose,
        sequence,
        place: { index, key: names.key, itemId: item.id, levels, technique, replicate: place.replicate },
        // The name is hexadecimal, so that nothing of it is escaped in a path; streams are hashed only where they are drawn from.
        seedPath: `${names.path}/call/${sequence}`,
        random: () => names.random().split('call').split(sequence),
      })
      tally.add(outcome, { shared, purpose })
      return outcome
    },
  })
  if (cell === undefined) throw new Error(`no cell ${index}`)
  const attempt = await cell.solve(context.fitted(place.model, place.technique))
  const paidText = tally.paidText
  const scores: Record<string, { strict: RecordedReading; lenient: RecordedReading }> = {}
  for (const { plugIn, parameters, label } of prepared.scorers) {
    const readings =
      attempt.state === 'failed'
        ? failedReadings(attempt.reason)
        : await plugIn.score({
            item: cell.item,
            attempt,
            state: cell.state(),
            parameters,
            judge: (request) => cell.judge(request, parameters.judge),
            get random() {
              return cell.names.random().split('scorer').split(label)
            },
          })
    scores[label] = { strict: recorded(readings.strict), lenient: recorded(readings.lenient) }
  }
  return {
    kind: 'cell',
    index,
    cell: cell.names.key,
    state: attempt.state,
    ...(attempt.state === 'answered' ? textOf(attempt, paidText) : { reason: attempt.reason }),
    ...(attempt.candidates.length > 1 ? { candidates: attempt.candidates.map(({ answer }) => answer ?? null) } : {}),
    ...(attempt.exemplarIds.length > 0 ? { exemplars: attempt.exemplarIds } : {}),
    scores,
    ...tally.summary(),
  }
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

/** A reader of the journal finds the text in the cell's own calls; what was shared or judged stands elsewhere, or is no answer. */
function textOf(
  attempt: Extract<Attempt, { state: 'answered' }>,
  paidText: string | undefined,
): { readonly text?: string } {
  return attempt.text === paidText ? {} : { text: attempt.text }
}

/** Sums over the calls of a cell; a sum with an unknown part is unknown. */
class CellTally {
  /** Of the last call of the model that is in the journal as this cell's. */
  paidText: string | undefined
  #calls = 0
  #shared = 0
  #input: number | undefined = 0
  #output: number | undefined = 0
  #cost: number | undefined = 0
  #latency = 0
  #servedBy: string | undefined

  add(outcome: CallOutcome, { shared, purpose }: { readonly shared: boolean; readonly purpose: Purpose }): void {
    this.#calls++
    if (shared) this.#shared++
    if (outcome.kind === 'failure') {
      this.#input = undefined
      this.#output = undefined
      this.#cost = undefined
      return
    }
    const { response } = outcome
    if (!shared && purpose !== 'judge') this.paidText = response.text
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
