/** A claim: a sentence somebody wants to assert, typed so that a rule fixed in advance can decide it. */
import { z } from 'zod'

export const quantifiers = ['existence', 'rate', 'mean', 'quantile', 'bounded-worst-case', 'upper-bound'] as const
export type Quantifier = (typeof quantifiers)[number]

const identifier = z
  .string()
  .regex(/^[a-z][a-z0-9-]*$/, 'use lower-case letters, digits and hyphens, starting with a letter')
const openProbability = z.number().gt(0).lt(1)

export const claimSchema = z
  .strictObject({
    id: identifier.describe('short name of the claim'),
    statement: z
      .string()
      .min(1)
      .optional()
      .describe('the sentence in your own words; the report prints the licensed one beside it'),
    kind: z
      .enum(['capability', 'propensity', 'safeguard', 'comparison', 'prediction'])
      .describe('can it, does it, is it kept from it, is one better, what will be'),
    quantifier: z
      .enum(quantifiers)
      .describe(
        'what of the scores is claimed: a rate or mean, a quantile, the worst of the listed variants, that something exists',
      ),
    scorer: z.string().min(1).describe('scorer whose score is meant'),
    reading: z.enum(['strict', 'lenient']).default('strict').describe('which reading of answers counts'),
    model: z.string().min(1).describe('model the claim is about'),
    baseline: z.string().min(1).optional().describe('model it is compared with, for comparisons'),
    population: z
      .enum(['these-items', 'items-like-these'])
      .describe('only these items, or the population they were drawn from'),
    elicitation: z
      .enum(['as-deployed', 'current', 'future', 'self'])
      .default('as-deployed')
      .describe('how hard somebody tried'),
    direction: z
      .enum(['above', 'below'])
      .describe('whether the quantity is claimed to be above or below the threshold'),
    threshold: z.number().describe('the threshold, in units of the score; for comparisons a difference'),
    alternative: z
      .number()
      .optional()
      .describe('a value clearly on the claimed side, for planning and for the ratio test'),
    probability: openProbability.optional().describe('which quantile, for quantile claims'),
    alpha: openProbability.default(0.05).describe('largest accepted probability of wrong support'),
    beta: openProbability
      .default(0.05)
      .describe('largest accepted probability of wrong refutation, for rules that use one'),
    decision: z
      .strictObject({ ifSupported: z.string().min(1), ifRefuted: z.string().min(1), ifInconclusive: z.string().min(1) })
      .describe('what will be done in each case, fixed before the run'),
  })
  .check(({ value, issues }) => {
    const problem = (path: string, message: string): void => {
      issues.push({ code: 'custom', path: [path], message, input: value })
    }
    if (value.kind === 'comparison' && value.baseline === undefined)
      problem('baseline', 'a comparison names the model it compares with')
    if (value.kind !== 'comparison' && value.baseline !== undefined)
      problem('baseline', 'only a comparison has a baseline')
    if (value.quantifier === 'quantile' && value.probability === undefined)
      problem('probability', 'a quantile claim says which quantile')
    if (value.alternative !== undefined) {
      const beyond =
        value.direction === 'above' ? value.alternative > value.threshold : value.alternative < value.threshold
      if (!beyond) problem('alternative', `the alternative must be ${value.direction} the threshold`)
    }
  })

export type Claim = z.infer<typeof claimSchema>

export interface Verdict {
  readonly claim: string
  readonly verdict: 'supported' | 'refuted' | 'inconclusive' | 'not-licensed'
  /** Rule that decided, as fixed in the protocol. */
  readonly rule: string
  /** Keys of the evidence it rests on. */
  readonly evidence: readonly string[]
  /** The sentence the evidence licenses; a message code with values. */
  readonly sentence: { readonly code: string; readonly values: Readonly<Record<string, string | number | boolean>> }
  /** Responses that were used, and that a fixed test with the same errors would have needed. */
  readonly used: number
  readonly fixedTestNeeds?: number | undefined
}
