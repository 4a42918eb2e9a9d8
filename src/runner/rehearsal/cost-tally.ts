/** Requests and tokens by who is asked: sums over calls, larger of two ways, multiples. */
import { type ModelRequest, requestsOf } from '../../domain/index.ts'
import { proof } from '../../providers/provider.ts'
import { largestSizes } from '../call-charge.ts'
import { bytesPerToken } from './longest-replies.ts'

export interface Cost {
  /** Of the endpoint: weighing options takes one each. */
  readonly requests: number
  /** No tokenizer makes more tokens of a text than it has bytes. */
  readonly inputAtMost: number
  readonly inputTypical: number
  /** Undefined where some reply may be of any length. */
  readonly outputAtMost: number | undefined
}

/** The model under study, and judges by their names. */
export type Costs = ReadonlyMap<Payee, Cost>

type Payee = 'model' | `judge ${string}`

/** Of proving, before the first answer, that an endpoint can weigh options. */
export const proofCost: Cost = {
  requests: proof.requests,
  inputAtMost: proof.requests * proof.tokens,
  inputTypical: (proof.requests * proof.tokens) / bytesPerToken,
  outputAtMost: proof.requests,
}

/** Of one request to a model by its position, or to a judge by its name. */
export function costsOf(to: number | string, request: ModelRequest): Costs {
  return new Map<Payee, Cost>([[typeof to === 'number' ? 'model' : `judge ${to}`, costOf(request)]])
}

function costOf(request: ModelRequest): Cost {
  const [inputAtMost, outputAtMost] = largestSizes(request)
  const texts =
    request.kind === 'likelihood'
      ? request.continuations.map((continuation) => request.prompt + continuation)
      : [request.messages.map(({ content }) => content).join('')]
  return {
    requests: requestsOf(request),
    inputAtMost,
    inputTypical: texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0) / bytesPerToken,
    outputAtMost,
  }
}

export function sumOfCosts(all: readonly Costs[]): Costs {
  return combined(all, (a, b) => a + b)
}

export function largestOfCosts(all: readonly Costs[]): Costs {
  return combined(all, Math.max)
}

export function timesCosts(costs: Costs, times: number): Costs {
  return new Map(
    [...costs].map(([to, { requests, inputAtMost, inputTypical, outputAtMost }]) => [
      to,
      {
        requests: requests * times,
        inputAtMost: inputAtMost * times,
        inputTypical: inputTypical * times,
        outputAtMost: outputAtMost === undefined ? undefined : outputAtMost * times,
      },
    ]),
  )
}

/** What one cell costs by a sample: the largest seen as the most, the mean as what is typical. */
export function estimatedCosts(sample: readonly Costs[]): Costs {
  const means = timesCosts(sumOfCosts(sample), 1 / sample.length)
  return new Map(
    [...largestOfCosts(sample)].map(([to, cost]) => [
      to,
      { ...cost, inputTypical: means.get(to)?.inputTypical ?? cost.inputTypical },
    ]),
  )
}

function combined(all: readonly Costs[], of: (a: number, b: number) => number): Costs {
  const total = new Map<Payee, Cost>()
  for (const costs of all) {
    for (const [to, cost] of costs) {
      const before = total.get(to)
      total.set(
        to,
        before === undefined
          ? cost
          : {
              requests: of(before.requests, cost.requests),
              inputAtMost: of(before.inputAtMost, cost.inputAtMost),
              inputTypical: of(before.inputTypical, cost.inputTypical),
              outputAtMost:
                before.outputAtMost === undefined || cost.outputAtMost === undefined
                  ? undefined
                  : of(before.outputAtMost, cost.outputAtMost),
            },
      )
    }
  }
  return total
}
