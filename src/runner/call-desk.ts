/** Where cells hand in their calls: answers that are known are given again, identical prompts of an item are paid once. */
import type { CallOutcome } from '../domain/index.ts'
import { CallAbandoned } from './call-abandoned.ts'
import type { KnownCalls } from './known-calls.ts'
import { type ModelCaller, requestHash } from './model-caller.ts'
import type { CellCall } from './run-cell.ts'

export interface CallDesk {
  call(call: CellCall): Promise<{ readonly outcome: CallOutcome; readonly shared: boolean }>
}

/** Names a request among the settings of one item. */
export function shareName(request: {
  readonly model: string
  readonly technique: string
  readonly replicate: number
  readonly sequence: number
  readonly hash: string
}): string {
  const { model, technique, replicate, sequence, hash } = request
  return `${model} ${technique} ${replicate} ${sequence} ${hash}`
}

export function openCallDesk(options: {
  readonly known: KnownCalls
  readonly models: readonly ModelCaller[]
  readonly judges: ReadonlyMap<string, ModelCaller>
  /** Whether two settings of an item may have the same prompt. */
  readonly shares: boolean
  /** Whether no new calls are made. */
  readonly closed: () => boolean
}): CallDesk {
  const { known, models, judges, shares, closed } = options
  return {
    async call(call) {
      const caller = typeof call.to === 'number' ? models[call.to] : judges.get(call.to)
      if (caller === undefined) throw new Error(`no model ${call.to}`)
      const { place, request, sequence } = call
      const hash = requestHash(request)
      const replayed = known.takeReplay(place.key, hash)
      if (replayed !== undefined) return { outcome: replayed, shared: false }
      // Calls of a technique's fitting belong to no item.
      const share =
        shares && typeof call.to === 'number' && place.index !== -1
          ? shareName({ model: caller.options.name, ...place, sequence, hash })
          : undefined
      const shared = share === undefined ? undefined : known.shared(place.index, share)
      if (shared !== undefined) return { outcome: await shared, shared: true }
      if (closed()) throw new CallAbandoned()
      const outcome = caller.call({ ...call, hash, share })
      if (share !== undefined) known.offer({ index: place.index, share, outcome })
      return { outcome: await outcome, shared: false }
    },
  }
}
