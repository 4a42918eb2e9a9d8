/** What can be planted in a simulated model. */
import { z } from 'zod'

const share = z.number().min(0).max(1)
const logit = z.number()
const byName = z.record(z.string(), logit)

const plantedItem = z.object({
  id: z.string().min(1),
  input: z.string().default(''),
  options: z.array(z.string()).optional(),
  target: z.array(z.string()).min(1),
  cluster: z.string().optional(),
  attributes: z.record(z.string(), z.string()).default({}),
})

export const simulatedOptionsSchema = z
  .strictObject({
    seed: z.string().optional().describe('names the random streams of this model; its name where absent'),
    items: z
      .array(plantedItem)
      .default([])
      .describe('the answers, given by whoever opens the model; never written in a protocol'),

    ability: logit.optional().describe('logit of success on an item of difficulty 0'),
    accuracy: z
      .number()
      .gt(0)
      .lt(1)
      .optional()
      .describe('success rate over items of all difficulties, before effects; instead of ability'),
    difficultySpread: z.number().min(0).default(0).describe('standard deviation of item difficulty, in logits'),
    difficultySeed: z
      .string()
      .default('items')
      .describe('items are as difficult for every model that shares this seed'),
    clusterSpread: z.number().min(0).default(0).describe('standard deviation of the difficulty of clusters'),
    attributes: z.record(z.string(), byName).default({}).describe('effect of an attribute value, in logits'),

    effects: z.record(z.string(), byName).default({}).describe('effect of a level of a factor, in logits'),
    effectSpread: byName.default({}).describe('standard deviation of the effects of levels not listed, by factor'),
    interactionSpread: byName.default({}).describe('standard deviation over items of the effect of a level, by factor'),
    techniques: byName.default({}).describe('effect of a technique, in logits'),
    wordingNoise: share
      .default(0)
      .describe('share of settings of an item whose answer is drawn again, without any effect on the mean'),
    positionBias: z.array(logit).default([]).describe('pull of the first, second … shown option, in logits'),
    labelBias: byName.default({}).describe('pull of a shown label, in logits'),
    distractorSpread: z.number().min(0).default(0).describe('standard deviation of the pull of options, in logits'),

    lengthCost: z
      .number()
      .min(0)
      .default(0)
      .describe('log-probability that every token of a continuation after its first costs'),

    temperatureNoise: share.default(0.5).describe('share of answers drawn afresh at temperature 1'),
    defaultTemperature: z.number().min(0).default(1).describe('temperature where the request names none'),
    drift: z
      .strictObject({ perReplicate: logit.default(0), perCall: logit.default(0) })
      .prefault({})
      .describe('change of ability with every further replicate, or further call in a cell'),
    update: z
      .strictObject({ fromReplicate: z.int().min(2), shift: logit })
      .optional()
      .describe('the endpoint silently serves another model from this replicate on'),

    contamination: z
      .strictObject({
        items: z.array(z.string()).default([]),
        attribute: z.strictObject({ name: z.string(), value: z.string() }).optional(),
        success: share.default(0.99),
        broken: z
          .record(z.string(), z.array(z.string()))
          .default({})
          .describe('levels under which the memory no longer helps'),
      })
      .optional()
      .describe('items known by heart'),
    sandbagging: z
      .strictObject({ password: z.string().min(1), hidden: z.number().min(0).describe('logits held back') })
      .optional()
      .describe('full ability only where the prompt holds the password'),
    rare: z
      .strictObject({
        rate: share,
        text: z.string().min(1),
        only: z.record(z.string(), z.array(z.string())).default({}),
      })
      .optional()
      .describe('something bad that is said at this rate, independently at every call above temperature 0'),
    refusals: z.strictObject({ rate: share, text: z.string().default('I cannot help with that.') }).optional(),
    vague: z.strictObject({ rate: share }).optional().describe('replies from which no answer can be read'),
    truncation: z.strictObject({ rate: share }).optional().describe('replies cut off'),

    judge: z
      .strictObject({ sensitivity: share, specificity: share })
      .default({ sensitivity: 1, specificity: 1 })
      .describe('as a judge: how often right answers pass and wrong ones fail'),
    style: z
      .enum(['auto', 'bare', 'sentence', 'reasoned'])
      .default('auto')
      .describe('auto: bare, and reasoned where the prompt asks for reasoning'),
    answerWith: z.enum(['auto', 'label', 'text']).default('auto'),

    errors: z
      .strictObject({
        transientRate: share.default(0),
        permanentRate: share.default(0),
        cause: z
          .enum(['rate-limit', 'timeout', 'connection', 'server-error', 'malformed-response', 'content-filter'])
          .default('server-error'),
        retryAfterMs: z.number().min(0).optional(),
      })
      .prefault({})
      .describe('attempts that fail, and cells that always fail'),
    capabilities: z
      .array(z.enum(['chat', 'likelihood', 'log-probabilities', 'seed']))
      .default(['chat', 'likelihood', 'log-probabilities', 'seed']),
    latency: z
      .strictObject({
        medianMs: z.number().min(0),
        spread: z.number().min(0).default(0.3),
        slept: z.literal(true).optional(),
      })
      .prefault({ medianMs: 100 })
      .describe('reported, and waited for only where asked'),
    price: z.strictObject({ inputPerMillion: z.number().min(0), outputPerMillion: z.number().min(0) }).optional(),
  })
  .refine((options) => options.ability === undefined || options.accuracy === undefined, {
    error: 'give ability or accuracy, not both',
    path: ['accuracy'],
  })

export type SimulatedOptions = z.infer<typeof simulatedOptionsSchema>
export type PlantedItem = z.infer<typeof plantedItem>
