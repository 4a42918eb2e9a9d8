/** Proves, before the first answer, what endpoints say that they can do. The requests of a proof are paid like all others. */
import type { CallOutcome, CallRecord, Paid } from '../domain/index.ts'
import { proofCharge, settledCharge } from './call-charge.ts'
import { openBudget } from './open-budget.ts'
import { BudgetExhausted } from './run-budget.ts'
import type { RunStudyOptions } from './run-study-options.ts'

export interface ModelsToProve extends Pick<RunStudyOptions, 'prepared' | 'models' | 'signal'> {
  readonly spent: Paid
  /** Where it is told what may have been paid. */
  readonly journal: RunStudyOptions['journal']
}

/** What was paid. Where the budget has not enough left nothing is proved: the run ends with its first call. */
export async function proveModels(options: ModelsToProve): Promise<readonly CallRecord[]> {
  const { prepared, models, spent, journal, signal } = options
  if (!prepared.weighs) return []
  const budget = openBudget({ limits: prepared.protocol.budget, spent, journal, concurrency: 1 })
  const records: CallRecord[] = []
  for (const [index, model] of models.entries()) {
    const { id = '', price } = prepared.protocol.models[index] ?? {}
    if (model.prepare === undefined) continue
    const most = proofCharge(price)
    try {
      const { settle } = await budget.reserve({ calls: most.requests, tokens: most.tokens, usd: most.usd }, index)
      const outcome = await model.prepare(new Set(['likelihood']), signal)
      const { requests, tokens, usd } =
        outcome === undefined
          ? { requests: 0, tokens: 0, usd: 0 }
          : settledCharge({ outcome, requests: outcome.requests ?? most.requests, price, most })
      settle({ calls: requests, tokens, usd })
      if (outcome !== undefined) records.push(recordOf({ model: id, outcome, requests, charged: { tokens, usd } }))
    } catch (error) {
      if (error instanceof BudgetExhausted) return records
      throw error
    }
  }
  return records
}

function recordOf(proof: {
  readonly model: string
  readonly outcome: CallOutcome
  readonly requests: number
  readonly charged: CallRecord['charged']
}): CallRecord {
  const { model, outcome, requests, charged } = proof
  return {
    kind: 'call',
    index: -1,
    cell: '',
    model,
    purpose: 'probe',
    sequence: 0,
    request: '',
    attempts: 1,
    requests,
    charged,
    ...(outcome.kind === 'response' ? { response: outcome.response } : { failure: outcome.failure }),
  }
}
