/** A caller for each model and judge; those behind one address share its limits. */
import type { CallRecord, Host } from '../domain/index.ts'
import type { Model } from '../providers/provider.ts'
import { CallSlots } from './call-slots.ts'
import type { Price } from './charge.ts'
import { EndpointGate, type GateLimits } from './endpoint-gate.ts'
import { FailureStreak, longestStreak } from './failure-streak.ts'
import { ModelCaller, type Retry } from './model-caller.ts'
import type { PreparedStudy } from './prepare-study.ts'
import type { RunBudget } from './run-budget.ts'

export interface OpenCallersOptions {
  readonly prepared: PreparedStudy
  readonly models: readonly Model[]
  readonly judges: ReadonlyMap<string, Model>
  readonly limits: GateLimits
  readonly attempts: number
  readonly record: (call: CallRecord) => void
  readonly host: Host
  readonly budget: RunBudget
  readonly closed: AbortSignal
  readonly cut: AbortSignal
  readonly retried: (retry: Retry) => void
  /** Whether an earlier execution of the run got answers. */
  readonly answeredBefore: boolean
}

export interface Callers {
  /** Parallel to the models of the study. */
  readonly models: readonly ModelCaller[]
  readonly judges: ReadonlyMap<string, ModelCaller>
}

export function openCallers(options: OpenCallersOptions): Callers {
  const { prepared, limits, attempts, record, host, budget, closed, cut, retried, answeredBefore } = options
  const gates = new Map<string, EndpointGate>()
  const allSlots: CallSlots[] = []
  const open = (name: string, model: Model, price: Price | undefined): ModelCaller => {
    const address = model.endpoint.split('#')[0] ?? model.endpoint
    const gate = gates.get(address) ?? new EndpointGate(limits, host.now)
    gates.set(address, gate)
    const streak = new FailureStreak({ longest: longestStreak(limits.concurrency), answeredBefore })
    const slots = new CallSlots(limits.concurrency)
    allSlots.push(slots)
    return new ModelCaller({ name, model, price, gate, slots, budget, attempts, record, retried, closed, cut, streak })
  }
  const close = (): void => {
    for (const each of [...allSlots, ...gates.values()]) each.close()
  }
  closed.addEventListener('abort', close, { once: true })
  const { protocol } = prepared
  return {
    models: options.models.map((model, index) =>
      open(protocol.models[index]?.id ?? '', model, protocol.models[index]?.price),
    ),
    judges: new Map(
      [...options.judges].map(([id, model]) => [
        id,
        open(`judge ${id}`, model, protocol.judges.find((judge) => judge.id === id)?.price),
      ]),
    ),
  }
}
