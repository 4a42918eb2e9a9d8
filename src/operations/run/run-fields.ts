/** Settings of an execution that change how fast it goes, never what it measures. */
import { z } from 'zod'
import type { GateLimits } from '../../runner/index.ts'

/** Files of code that the user names: the only way in which a scorer of their own is run. */
export const scorerField = {
  scorer: z
    .array(z.string().min(1))
    .default([])
    .describe('TypeScript file with a scorer of your own, which is executed; may be given several times')
    .meta({ placeholder: 'file' }),
}

export const runFields = {
  concurrency: z
    .int()
    .min(1)
    .max(10_000)
    .default(32)
    .describe('most calls in flight per endpoint; fewer are made while it complains'),
  requestsPerMinute: z.number().positive().optional().describe('rate limit of each endpoint'),
  tokensPerMinute: z.number().positive().optional().describe('rate limit of each endpoint, prompt and answer together'),
  attempts: z.int().min(1).max(100).default(6).describe('attempts per call, where asking again may help'),
}

export interface RunSettings {
  readonly concurrency: number
  readonly requestsPerMinute?: number | undefined
  readonly tokensPerMinute?: number | undefined
  readonly attempts: number
}

export function gateLimits({ concurrency, requestsPerMinute, tokensPerMinute }: RunSettings): GateLimits {
  return { concurrency, requestsPerMinute, tokensPerMinute }
}
