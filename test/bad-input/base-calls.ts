/** Every base call, by statistic. */
import * as stats from '../../src/stats/index.ts'
import { closedFormCalls } from './closed-form-calls.ts'
import { distributionCalls } from './distribution-calls.ts'
import { otherKinds, otherSamples } from './further-calls.ts'
import { intervalCalls } from './interval-calls.ts'
import { modelCalls } from './model-calls.ts'
import { planCalls } from './plan-calls.ts'
import { sequentialCalls } from './sequential-calls.ts'

export interface BaseCall {
  readonly name: string
  readonly statistic: (...inputs: readonly unknown[]) => unknown
  readonly inputs: () => readonly unknown[]
}

/** These take no data: the error itself, what throws it, the record of a refusal, and a stream of chance. */
const withoutData = new Set(['AssayError', 'fail', 'notEstimable', 'openRandom'])

const named: Readonly<Record<string, unknown>> = { ...stats }

const exported = Object.entries(named).filter(([name, item]) => typeof item === 'function' && !withoutData.has(name))

export const statisticNames: readonly string[] = exported.map(([name]) => name)

export const baseCalls: readonly BaseCall[] = [
  distributionCalls,
  intervalCalls,
  modelCalls,
  planCalls,
  sequentialCalls,
  closedFormCalls,
  otherSamples,
  otherKinds,
].flatMap((calls) =>
  Object.entries(calls).map(([name, inputs]) => ({
    name,
    statistic: named[name] as BaseCall['statistic'],
    inputs,
  })),
)
