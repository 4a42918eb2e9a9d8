/** What a rehearsal adds up to over all models and judges: requests, tokens, money. */
import { costsNothing } from '../../domain/index.ts'
import { type Cost, type PreparedStudy, proofCost, type Rehearsal } from '../../runner/index.ts'

export interface StudyCost {
  /** Without retries; sequential rules may end earlier, and identical prompts are paid once. */
  readonly calls: {
    readonly most: number
    /** Of these, requests that prove what endpoints can do; null where no options are weighed. */
    readonly proof: number | null
    readonly judge: number | null
    readonly budget: number | null
  }
  /** Of models and judges. Null where some reply may be of any length. */
  readonly tokens: {
    /** A quarter of the bytes, with replies as long as they may be. */
    readonly inputTypical: number
    /** As many as bytes: no tokenizer makes more. */
    readonly inputAtMost: number | null
    readonly outputAtMost: number | null
  }
  /** US dollars; null where a price or a length is not declared. */
  readonly usd: { readonly typical: number | null; readonly atMost: number | null }
  /** Whether every prompt was written, or the longest of a sample stand for all. */
  readonly prompts: 'all' | 'sample'
}

interface Priced {
  readonly price?: { readonly inputPerMillion: number; readonly outputPerMillion: number } | undefined
  readonly endpoint: string
}

interface Asked extends Priced {
  readonly cost: Cost
}

export function costOfStudy(prepared: PreparedStudy, rehearsal: Rehearsal): StudyCost {
  const { protocol } = prepared
  const { perModel, prompts, repeatsUnbounded } = rehearsal
  const own = perModel.get('model')
  const proofs = protocol.models.flatMap((model): Asked[] =>
    prepared.weighs && !costsNothing(model.endpoint) ? [{ ...model, cost: proofCost }] : [],
  )
  const models = [
    ...protocol.models.flatMap((model): Asked[] => (own === undefined ? [] : [{ ...model, cost: own }])),
    ...proofs,
  ]
  const judges = protocol.judges.flatMap((judge): Asked[] => {
    const cost = perModel.get(`judge ${judge.id}`)
    return cost === undefined ? [] : [{ ...judge, cost: times(cost, protocol.models.length) }]
  })
  const all = [...models, ...judges]
  const sum = (asked: readonly Asked[], of: (cost: Cost) => number): number =>
    asked.reduce((total, { cost }) => total + of(cost), 0)
  const bounded = all.every(({ cost }) => cost.outputAtMost !== undefined)
  const input = repeatsUnbounded ? null : sum(all, ({ inputAtMost }) => inputAtMost)
  return {
    calls: {
      most: sum(models, ({ requests }) => requests),
      proof: prepared.weighs ? sum(proofs, ({ requests }) => requests) : null,
      judge: judges.length === 0 ? null : sum(judges, ({ requests }) => requests),
      budget: protocol.budget.calls ?? null,
    },
    tokens: {
      inputTypical: Math.round(sum(all, ({ inputTypical }) => inputTypical)),
      inputAtMost: input,
      outputAtMost: bounded ? sum(all, ({ outputAtMost }) => outputAtMost ?? 0) : null,
    },
    usd: {
      typical: bounded ? money(all, ({ inputTypical }) => inputTypical) : null,
      atMost: bounded && input !== null ? money(all, ({ inputAtMost }) => inputAtMost) : null,
    },
    prompts,
  }
}

function money(all: readonly Asked[], inputOf: (cost: Cost) => number): number | null {
  let sum = 0
  for (const { price, endpoint, cost } of all) {
    if (price === undefined && costsNothing(endpoint)) continue
    if (price === undefined) return null
    sum += (inputOf(cost) * price.inputPerMillion + (cost.outputAtMost ?? 0) * price.outputPerMillion) / 1e6
  }
  return sum
}

function times({ requests, inputAtMost, inputTypical, outputAtMost }: Cost, factor: number): Cost {
  return {
    requests: requests * factor,
    inputAtMost: inputAtMost * factor,
    inputTypical: inputTypical * factor,
    outputAtMost: outputAtMost === undefined ? undefined : outputAtMost * factor,
  }
}
