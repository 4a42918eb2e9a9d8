/** A protocol: all that is fixed before running. Its hash is the identity of the study. */
import { z } from 'zod'
import { claimSchema } from './claim.ts'

const name = z.string().min(1)
const plugIn = (what: string) =>
  z.strictObject({
    use: name.describe(`name of the ${what}`),
    with: z.record(z.string(), z.json()).default({}).describe('its parameters'),
  })

const existing = z
  .union([
    z.strictObject({
      logs: z.array(name).min(1).describe('log files and folders, relative to the protocol'),
      columns: z.record(z.string(), name).default({}).describe('what the columns of a table are called, as --columns'),
    }),
    z.strictObject({ settings: z.array(z.record(z.string(), z.string())).min(1) }),
  ])
  .describe(
    'settings that were asked before: a covering design adds only what they miss; logs are read once and frozen as settings',
  )

const price = z
  .strictObject({ inputPerMillion: z.number().min(0), outputPerMillion: z.number().min(0) })
  .optional()
  .describe('US dollars, for the budget')

export const itemSchema = z.strictObject({
  id: name,
  input: name,
  context: z.string().optional(),
  options: z.array(z.string()).min(2).optional(),
  target: z
    .union([z.string(), z.number().int(), z.array(z.string()).min(1)])
    .describe('accepted answers; for options, the right one by 0-based index or by text'),
  cluster: z.string().optional(),
  attributes: z.record(z.string(), z.string()).default({}),
})

export const protocolSchema = z.strictObject({
  version: z.literal(1).describe('version of this format'),
  title: name,
  construct: z
    .strictObject({
      definition: name.describe('what is meant to be measured'),
      facets: z.array(name).default([]),
      includes: z.array(name).default([]),
      excludes: z.array(name).default([]),
    })
    .describe('what the eval says it measures, and what would count against it'),
  envelope: z
    .strictObject({
      axes: z.array(z.strictObject({ name, levels: z.array(name).min(1) })).default([]),
      exclusions: z.array(name).default([]),
      normalUse: name.describe('the conditions the claim is meant for'),
    })
    .describe('conditions inside which the claims are meant'),
  models: z
    .array(
      z.strictObject({
        id: name.describe('name used in claims and reports'),
        endpoint: name.describe(
          'simulated:NAME, replay:FILE, openai-compatible:URL#MODEL, openai:MODEL, anthropic:MODEL, google:MODEL',
        ),
        price,
        parameters: z.number().positive().optional().describe('active parameters, for compute; leave out if unknown'),
        options: z.record(z.string(), z.json()).default({}).describe('options of the provider'),
      }),
    )
    .min(1),
  items: z.union([
    z.strictObject({ file: name.describe('JSONL file, relative to the protocol') }),
    z.strictObject({ inline: z.array(itemSchema).min(1) }),
  ]),
  roles: z
    .strictObject({ fit: z.number().min(0).max(1), select: z.number().min(0).max(1) })
    .default({ fit: 0, select: 0 })
    .describe('shares of items (whole clusters) kept for fitting and selecting; the rest is reported'),
  instruction: z
    .string()
    .default('')
    .describe(
      'takes the place of our request for the form of the answer, unless it holds {{answer_request}}; may also place {{question}}, {{context}}, {{options}}, {{examples}} and {{labels}}',
    ),
  system: z.string().optional(),
  answer: z
    .enum(['letter', 'text', 'likelihood', 'generative'])
    .default('generative')
    .describe('how the model is asked to answer; likelihood and generative do not show it the options'),
  factors: z.array(plugIn('factor')).default([]),
  design: plugIn('design').extend({ existing: existing.optional() }).default({ use: 'full', with: {} }),
  constraints: z.array(z.strictObject({ not: z.record(z.string(), z.string()), because: name })).default([]),
  techniques: z
    .array(plugIn('technique'))
    .min(1)
    .default([{ use: 'zero-shot', with: {} }]),
  replicates: z.int().min(1).default(1).describe('repeats of every cell, each with its own seed'),
  decoding: z
    .strictObject({
      temperature: z.number().min(0).optional(),
      topP: z.number().gt(0).max(1).optional(),
      maxTokens: z.int().min(1).optional(),
    })
    .default({}),
  scorers: z
    .array(
      plugIn('scorer').extend({
        sourceHash: z
          .string()
          .regex(/^[0-9a-f]{64}$/)
          .optional()
          .describe(
            'SHA-256 of the file of a scorer of your own; filled in from the file named with --scorer, refused where it differs',
          ),
      }),
    )
    .min(1),
  judges: z
    .array(
      z.strictObject({
        id: name,
        endpoint: name,
        price,
        maxTokens: z
          .int()
          .min(1)
          .optional()
          .describe('longest reply of the judge; a budget of tokens or money needs it'),
        options: z.record(z.string(), z.json()).default({}),
      }),
    )
    .default([]),
  claims: z.array(claimSchema).min(1),
  stopping: z
    .strictObject({
      rule: z
        .enum(['fixed', 'anytime', 'sprt'])
        .default('anytime')
        .describe('run everything; stop when all claims are decided by an e-process; or by the ratio test'),
      every: z.int().min(1).default(1).describe('decide after this many new responses'),
    })
    .default({ rule: 'anytime', every: 1 }),
  multiplicity: z.enum(['none', 'holm', 'bonferroni']).default('holm').describe('how alpha is shared between claims'),
  budget: z
    .strictObject({
      calls: z.int().min(1).optional(),
      tokens: z.int().min(1).optional(),
      usd: z.number().positive().optional(),
    })
    .default({})
    .describe('hard limits of the whole run; never wall clock'),
  seed: z
    .string()
    .min(1)
    .default('assay')
    .describe(
      'root of every draw (formats, orders, examples, designs, the order of items, seeds of calls); draws follow from it and from names alone',
    ),
})

export type Protocol = z.infer<typeof protocolSchema>
export type ProtocolItem = z.infer<typeof itemSchema>
