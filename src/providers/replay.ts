/**
 * `replay:PATH` or `replay:PATH#MODEL`: answers that a log holds already, given again without a call.
 *
 * A recorded answer stands for the call it was given to and no other: same item, setting, technique, repeat and place in
 * its cell. Logs of other programs know no settings and one technique, so they answer the setting without factors and the
 * technique named as `technique`; anything else was not recorded, which is a failure and never a guess. Whether the
 * prompt was the same is not checked: that is on whoever names the log.
 */
import { z } from 'zod'
import type { CallOutcome, Capability, RecordedAnswer } from '../domain/index.ts'
import { fail } from '../stats/fail.ts'
import { parseOptions } from './parse-options.ts'
import type { Model, Provider, ProviderCall } from './provider.ts'

const schema = z.strictObject({
  technique: z.string().min(1).default('zero-shot').describe('technique of answers whose log names none'),
  task: z.string().min(1).optional().describe('which task of a log is meant, where two have items of the same id'),
})

export const replayProvider: Provider = {
  name: 'replay',
  title: 'Recorded answers',
  summary:
    'Answers from a log: a run of ours and its exports, Inspect, lm-evaluation-harness and Every Eval Ever with samples, tables with replies, JSONL.',
  async open({ endpoint, options, readRecordings }) {
    const { technique, task } = parseOptions({ endpoint, schema, options })
    const { path, model } = readEndpoint(endpoint)
    const answers = pickModel({ endpoint, model, answers: await readRecordings(path) })
    const byCall = new Map<string, RecordedAnswer['outcome']>()
    const taskOf = new Map<string, string | undefined>()
    for (const answer of pickTask({ endpoint, task, answers })) {
      const key = callKey({ ...answer, technique: answer.technique ?? technique })
      // The first stands, as it does in a run that was resumed; another task's item of the same id is another item.
      if (!byCall.has(key)) {
        byCall.set(key, answer.outcome)
        taskOf.set(key, answer.task)
      } else if (taskOf.get(key) !== answer.task)
        fail(
          'replay-task-ambiguous',
          { endpoint, item: answer.itemId, tasks: tasksOf(answers) },
          'name one of them: options: { task: NAME }',
        )
    }
    return new ReplayModel(endpoint, byCall)
  },
}

class ReplayModel implements Model {
  readonly endpoint: string
  readonly capabilities: ReadonlySet<Capability> = new Set<Capability>(['chat', 'likelihood', 'log-probabilities'])
  readonly #answers: ReadonlyMap<string, RecordedAnswer['outcome']>

  constructor(endpoint: string, answers: ReadonlyMap<string, RecordedAnswer['outcome']>) {
    this.endpoint = endpoint
    this.#answers = answers
  }

  async call({ cell, request, signal }: ProviderCall): Promise<CallOutcome> {
    if (signal.aborted)
      return { kind: 'failure', attempts: 1, failure: { cause: 'aborted', retryable: false, detail: 'aborted' } }
    const recorded = this.#answers.get(callKey(cell))
    if (recorded === undefined)
      return notRecorded('the log holds no answer of this item, setting, technique and repeat')
    if (recorded.kind === 'failure') return { kind: 'failure', failure: recorded.failure, attempts: 1 }
    const { response } = recorded
    const asked = request.kind === 'likelihood' ? request.continuations.length : undefined
    if (asked !== response.likelihoods?.length) return notRecorded('the log holds an answer of another kind')
    // No time passed; a recorded latency is the endpoint's own.
    return { kind: 'response', response: { ...response, latencyMs: response.latencyMs ?? 0, attempts: 1 } }
  }

  async close(): Promise<void> {}
}

function notRecorded(detail: string): CallOutcome {
  return { kind: 'failure', attempts: 1, failure: { cause: 'not-recorded', retryable: false, detail } }
}

function callKey(cell: {
  readonly itemId: string
  readonly levels: Readonly<Record<string, string>>
  readonly technique: string
  readonly replicate: number
  readonly purpose: string
  readonly sequence: number
}): string {
  const { itemId, levels, technique, replicate, purpose, sequence } = cell
  const named = Object.entries(levels).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  return JSON.stringify([itemId, named, technique, replicate, purpose, sequence])
}

function readEndpoint(endpoint: string): { readonly path: string; readonly model: string | undefined } {
  const text = endpoint.slice('replay:'.length)
  const hash = text.lastIndexOf('#')
  const path = hash < 0 ? text : text.slice(0, hash)
  if (path === '') fail('endpoint-without-path', { endpoint }, 'write it as replay:PATH or replay:PATH#MODEL')
  return { path, model: hash < 0 ? undefined : text.slice(hash + 1) }
}

function pickModel(input: {
  readonly endpoint: string
  readonly model: string | undefined
  readonly answers: readonly RecordedAnswer[]
}): readonly RecordedAnswer[] {
  const { endpoint, model, answers } = input
  const models = [...new Set(answers.flatMap((answer) => (answer.model === undefined ? [] : [answer.model])))].sort()
  if (model === undefined) {
    if (models.length <= 1) return answers
    return fail(
      'replay-model-ambiguous',
      { endpoint, models: models.join(', ') },
      'name one of them: replay:PATH#MODEL',
    )
  }
  const own = answers.filter((answer) => answer.model === model)
  if (own.length === 0)
    fail('replay-model-unknown', { endpoint, models: models.join(', ') }, 'name one of the models of the log')
  return own
}

function pickTask(input: {
  readonly endpoint: string
  readonly task: string | undefined
  readonly answers: readonly RecordedAnswer[]
}): readonly RecordedAnswer[] {
  const { endpoint, task, answers } = input
  if (task === undefined) return answers
  const own = answers.filter((answer) => answer.task === task)
  if (own.length === 0)
    fail('replay-task-unknown', { endpoint, task, tasks: tasksOf(answers) }, 'name one of the tasks of the log')
  return own
}

function tasksOf(answers: readonly RecordedAnswer[]): string {
  return [...new Set(answers.map(({ task }) => task ?? 'unnamed task'))].sort().join(', ')
}
