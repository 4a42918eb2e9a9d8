/** A whole run that ends when its claim is decided, as many calls at a time as `assay run` makes by default. */
import { runFields } from '../../src/operations/run/run-fields.ts'
import { executePlanted } from './run-planted.ts'

/** Beyond the longest of these runs by far. */
const items = Array.from({ length: 1_000 }, (_, index) => ({
  id: `i${index}`,
  input: `What is ${index} + 1?`,
  options: [index + 1, index + 2, index + 3, index + 4].map(String),
  target: 0,
}))

export interface SequentialRunCalls {
  /** Those under way or read ahead at the decision included. */
  readonly paid: number
  /** That the decision counts. */
  readonly counted: number
}

export async function callsOfSequentialRun(options: {
  readonly truth: number
  readonly claim: Readonly<Record<string, unknown>>
  readonly seed: string
}): Promise<SequentialRunCalls> {
  const { truth, claim, seed } = options
  // Answers take a moment, and not all the same: else each would be back before the next is asked.
  const latency = { medianMs: 1, spread: 0.5, slept: true }
  const { outcome } = await executePlanted(
    {
      version: 1,
      title: 'sequential',
      seed,
      construct: { definition: 'arithmetic' },
      envelope: { normalUse: 'single questions' },
      models: [{ id: 'm', endpoint: 'simulated:planted', options: { accuracy: truth, seed, latency } }],
      items: { inline: items },
      answer: 'letter',
      scorers: [{ use: 'multiple-choice' }],
      claims: [
        {
          id: 'able',
          kind: 'capability',
          quantifier: 'rate',
          scorer: 'multiple-choice',
          model: 'm',
          population: 'items-like-these',
          direction: 'above',
          decision: { ifSupported: 'ship', ifRefuted: 'stop', ifInconclusive: 'wait' },
          ...claim,
        },
      ],
      stopping: { rule: 'sprt' },
    },
    { concurrency: runFields.concurrency.parse(undefined) },
  )
  if (outcome.reason !== 'decided') throw new Error(`a run with the truth ${truth} was not decided under seed ${seed}`)
  const { calls } = outcome.spent
  return { paid: calls, counted: calls - outcome.lateRequests }
}
