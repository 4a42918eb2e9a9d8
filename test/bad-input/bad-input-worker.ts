/** Calls every statistic with every mutation and posts what is not allowed; the thread that started it can end a hang. */
import { parentPort, workerData } from 'node:worker_threads'
import { AssayError } from '../../src/stats/index.ts'
import { type BaseCall, baseCalls } from './base-calls.ts'
import { mutations } from './mutations.ts'
import { outcomeFault } from './outcome-fault.ts'

export type Report =
  | { readonly kind: 'call'; readonly call: number; readonly what: string }
  | { readonly kind: 'fault'; readonly what: string }
  | { readonly kind: 'done'; readonly calls: number; readonly cpuSeconds: number }

/** CPU seconds that one call may take. */
const longest = 2

/** Sums that are documented to pass NaN on, as a plain loop does. */
const passNaNOn = new Set(['exactSum', 'neumaierSum'])

const { after, only } = workerData as { readonly after: number; readonly only: string }
const post = (report: Report): void => parentPort?.postMessage(report)
let call = 0
for (const base of baseCalls) {
  if (only !== '' && base.name !== only) continue
  for (const [at, input] of base.inputs().entries()) {
    for (const { where, input: wrong } of mutations(input, `input ${at + 1}`)) {
      call++
      if (call <= after) continue
      const what = `${base.name}: ${where}`
      post({ kind: 'call', call, what })
      const inputs = base.inputs().map((own, position) => (position === at ? wrong : own))
      const fault = faultOf(base, inputs)
      if (fault !== undefined) post({ kind: 'fault', what: `${what}: ${fault}` })
    }
  }
}
post({ kind: 'done', calls: call, cpuSeconds: secondsSince() })

function faultOf({ name, statistic }: BaseCall, inputs: readonly unknown[]): string | undefined {
  const start = process.threadCpuUsage()
  const fault = outcomeOf(statistic, inputs)
  const seconds = secondsSince(start)
  if (seconds > longest) return `takes ${seconds.toFixed(1)} s`
  return passNaNOn.has(name) && fault?.startsWith('NaN') ? undefined : fault
}

function outcomeOf(statistic: BaseCall['statistic'], inputs: readonly unknown[]): string | undefined {
  try {
    return outcomeFault(statistic(...inputs))
  } catch (error) {
    if (!(error instanceof AssayError)) return `throws ${String(error).slice(0, 200)}`
    return error.fix === '' ? `${error.code} names no fix` : undefined
  }
}

function secondsSince(start?: NodeJS.CpuUsage): number {
  const { user, system } = process.threadCpuUsage(start)
  return (user + system) / 1e6
}
