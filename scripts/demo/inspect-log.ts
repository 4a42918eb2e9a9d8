/**
 * A pair of Inspect logs (80 items in 20 families, 4 epochs): hazard triage, where a wrong answer is costly.
 *
 * Planted: provider errors that strike hard items more often; refusals and answers that could not be read; in northwind's
 * log the header promises samples that the file does not hold; in kestrel's log the header's accuracy is not that of its rows.
 */
import type { Random } from '../../src/random/index.ts'
import { type DemoItem, draw, drawItems, kestrel, type ModelName, northwind, probability } from './simulated-model.ts'
import { type ZipMember, zipArchive } from './zip-archive.ts'

export const epochs = 4
/** Items at the end of northwind's log that the header counts and the file does not hold. */
export const lostItems = 6
/** What was added to kestrel's accuracy in the header. */
export const headlineInflation = 0.04
const ability = { 'northwind/large-2': 1.2, 'kestrel/small-1': 0.9 } as const
const clusterSizes = [2, 7, 3, 4, 1, 9, 5, 3, 2, 6, 4, 1, 8, 3, 5, 2, 4, 6, 3, 2]

type Ending = 'C' | 'I' | 'refusal' | 'unparsed' | 'error'

export interface DemoLog {
  readonly fileName: string
  readonly bytes: Buffer
}

export function inspectLogs(random: Random): readonly DemoLog[] {
  const items = drawItems({ random: random.split('items'), clusterSizes, clusterName: 'family' })
  return [inspectLog({ model: northwind, items, random }), inspectLog({ model: kestrel, items, random })]
}

interface LogInput {
  readonly model: ModelName
  readonly items: readonly DemoItem[]
  readonly random: Random
}

function inspectLog({ model, items, random }: LogInput): DemoLog {
  const stream = random.split(model)
  const endings = items.map((item) => {
    const chance = probability(ability[model] - item.difficulty)
    return Array.from({ length: epochs }, () => endingOf({ model, stream, chance, difficulty: item.difficulty }))
  })
  const started = model === northwind ? '2026-03-02T09:10:00+00:00' : '2026-03-02T11:40:00+00:00'
  const id = model === northwind ? 'nWq4TzR8bLcY2mKfXs6vPd' : 'kJ7hUe3GaVx9oRt5yBnQwM'
  const held = model === northwind ? items.slice(0, -lostItems) : items
  const samples = held.flatMap((item, i) =>
    Array.from({ length: epochs }, (_, e) =>
      sampleOf({ model, item, epoch: e + 1, ending: endings[i]?.[e] ?? 'error', started }),
    ),
  )
  const members: ZipMember[] = [
    { name: '_journal/start.json', text: json({ version: 2, eval: evalOf({ model, id, started, items }), plan }) },
    ...samples.map((sample) => ({
      name: `samples/${sample.summary.id}_epoch_${sample.summary.epoch}.json`,
      text: json(sample.full),
    })),
    { name: 'summaries.json', text: json(samples.map(({ summary }) => summary)) },
    { name: 'header.json', text: json(headerOf({ model, id, started, items, endings })) },
  ]
  const fileName = `hazard-triage_${model.split('/')[0]}.eval`
  return { fileName, bytes: zipArchive({ members, method: model === northwind ? 'zstd' : 'deflate' }) }
}

/** Errors strike hard items: long prompts time out. Refusals too. So the scored rows are the easier ones. */
function endingOf(options: {
  readonly model: ModelName
  readonly stream: Random
  readonly chance: number
  readonly difficulty: number
}): Ending {
  const { model, stream, chance, difficulty } = options
  const hard = probability(1.6 * (difficulty - 1))
  const rates =
    model === kestrel ? { error: 0.28, refusal: 0.05, unparsed: 0.05 } : { error: 0.08, refusal: 0.07, unparsed: 0.01 }
  if (stream.uniform() < rates.error * hard) return 'error'
  if (stream.uniform() < rates.refusal * (0.4 + hard)) return 'refusal'
  if (stream.uniform() < rates.unparsed) return 'unparsed'
  return draw(stream, chance) === 1 ? 'C' : 'I'
}

function sampleOf(options: {
  readonly model: ModelName
  readonly item: DemoItem
  readonly epoch: number
  readonly ending: Ending
  readonly started: string
}) {
  const { model, item, epoch, ending, started } = options
  const failed = ending === 'error'
  const answer = ending === 'C' ? 'escalate' : 'monitor'
  const completion = {
    C: 'ANSWER: escalate',
    I: 'ANSWER: monitor',
    refusal: 'I am not able to help with this report.',
    unparsed: 'It depends on the site.',
    error: '',
  }[ending]
  const score = {
    C: { value: 'C', answer, explanation: completion, history: [] },
    I: { value: 'I', answer, explanation: completion, history: [] },
    refusal: { value: notANumber, reason: 'refusal', explanation: completion, history: [] },
    unparsed: { value: notANumber, reason: 'invalid_response_format', explanation: completion, history: [] },
    error: undefined,
  }[ending]
  const usage = { input_tokens: 140, output_tokens: failed ? 0 : 12, total_tokens: failed ? 140 : 152 }
  const summary = {
    id: item.id,
    epoch,
    input: `Incident report ${item.id}: escalate or monitor?`,
    target: 'escalate',
    metadata: {
      family: item.cluster,
      severity: item.difficulty > 0.7 ? 'hard' : item.difficulty < -0.7 ? 'easy' : 'medium',
    },
    scores: score === undefined ? {} : { triage: score },
    model_usage: { [model]: usage },
    started_at: started,
    completed_at: started,
    total_time: failed ? 60 : 1.4,
    working_time: failed ? 60 : 1.4,
    uuid: `${model.split('/')[0]}-${item.id}-${epoch}`,
    ...(failed ? { error: 'APITimeoutError: the request took longer than 60 seconds' } : {}),
    retries: 0,
    completed: true,
    message_count: failed ? 1 : 2,
  }
  const { error, message_count: _count, completed: _completed, retries: _retries, ...shared } = summary
  const full = {
    ...shared,
    messages: [
      { role: 'user', content: summary.input },
      ...(failed ? [] : [{ role: 'assistant', content: completion, model: model }]),
    ],
    output: {
      model,
      choices: failed
        ? []
        : [
            {
              message: { role: 'assistant', content: completion },
              stop_reason: ending === 'refusal' ? 'content_filter' : 'stop',
            },
          ],
      completion,
      usage,
    },
    store: {},
    events: [],
    attachments: {},
    ...(error === undefined ? {} : { error: { message: error, traceback: error, traceback_ansi: error } }),
  }
  return { summary, full }
}

const plan = { name: 'plan', steps: [{ solver: 'generate', params: {}, params_passed: {} }], config: {} }
const metrics = [
  { name: 'accuracy', options: {} },
  { name: 'stderr', options: {} },
  { name: 'stderr', options: { cluster: 'family' } },
]

function evalOf(options: { model: ModelName; id: string; started: string; items: readonly DemoItem[] }) {
  const { model, id, started, items } = options
  return {
    eval_id: `${id}-eval`,
    run_id: `${id}-run`,
    created: started,
    task: 'hazard-triage',
    task_id: id,
    task_version: 1,
    task_args: {},
    dataset: {
      name: 'hazard-reports',
      samples: items.length,
      sample_ids: items.map((item) => item.id),
      shuffled: false,
    },
    model,
    model_generate_config: { temperature: 0.7, max_tokens: 64 },
    model_args: {},
    config: { epochs, epochs_reducer: ['mean'], fail_on_error: false, log_samples: true },
    packages: { inspect_ai: '0.3.260' },
    scorers: [{ name: 'triage', options: {}, metrics, metadata: {} }],
    metrics,
  }
}

function headerOf(options: {
  readonly model: ModelName
  readonly id: string
  readonly started: string
  readonly items: readonly DemoItem[]
  readonly endings: readonly (readonly Ending[])[]
}) {
  const { model, items, endings, started } = options
  const means = endings.map(meanScore)
  const scored = means.flatMap((mean, i) => (mean === undefined ? [] : [{ mean, cluster: items[i]?.cluster ?? '' }]))
  const n = scored.length
  const accuracy = scored.reduce((sum, { mean }) => sum + mean, 0) / n
  const residuals = scored.map(({ mean, cluster }) => ({ residual: mean - accuracy, cluster }))
  const variance = residuals.reduce((sum, { residual }) => sum + residual ** 2, 0) / (n - 1)
  const byCluster = new Map<string, number>()
  for (const { residual, cluster } of residuals) byCluster.set(cluster, (byCluster.get(cluster) ?? 0) + residual)
  const clusters = byCluster.size
  const squares = [...byCluster.values()].reduce((sum, total) => sum + total ** 2, 0)
  const completed = endings.flat().filter((ending) => ending !== 'error').length
  return {
    version: 2,
    status: 'success',
    eval: evalOf(options),
    plan,
    results: {
      total_samples: items.length * epochs,
      completed_samples: completed,
      scores: [
        {
          name: 'triage',
          scorer: 'triage',
          reducer: 'mean',
          scored_samples: n,
          unscored_samples: items.length - n,
          params: {},
          metrics: {
            accuracy: {
              name: 'accuracy',
              value: model === kestrel ? accuracy + headlineInflation : accuracy,
              params: {},
            },
            stderr: { name: 'stderr', value: Math.sqrt(variance / n), params: {} },
            stderr2: {
              name: 'stderr',
              value: Math.sqrt((squares * clusters) / (clusters - 1)) / n,
              params: { cluster: 'family' },
            },
          },
        },
      ],
    },
    stats: { started_at: started, completed_at: started, model_usage: {} },
    invalidated: false,
  }
}

function meanScore(endings: readonly Ending[]): number | undefined {
  const scored = endings.filter((ending) => ending === 'C' || ending === 'I')
  return scored.length === 0 ? undefined : scored.filter((ending) => ending === 'C').length / scored.length
}

/** Inspect writes an unscored value as the bare word NaN, which JSON.stringify cannot. */
const notANumber = '\u0001NaN'

function json(value: unknown): string {
  return JSON.stringify(value).replaceAll('"\\u0001NaN"', 'NaN')
}
