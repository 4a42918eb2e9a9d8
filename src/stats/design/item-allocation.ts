/** How many calls each item should get when items differ in how noisy they are. */
import { checkAmounts, checkWhole } from '../check-inputs.ts'
import { fail } from '../fail.ts'

export interface ItemAllocationOptions {
  /** Variance of one call to each item, at least 0: p(1 − p) for a pass rate, `passAtKVariance` for pass@k. */
  readonly variances: ArrayLike<number>
  /** Cost of one call to each item, above 0. */
  readonly costs: ArrayLike<number>
  readonly budget: number
  /** Calls that every item gets whatever its variance: 1 or more, so that no item goes unseen. */
  readonly least: number
}

/** Calls are bought one by one. */
const mostCalls = 10_000_000

/**
 * Calls k_i that minimise Σ v_i/k_i at cost Σ c_i k_i ≤ budget: k_i ∝ √(v_i/c_i) (Neyman 1934) in whole numbers.
 *
 * Starts from `least` and repeatedly buys the call that removes most variance per cost, v_i/(k_i(k_i + 1)c_i), as long as
 * it is affordable (Fox 1966): the optimum where all costs are equal, and within one call of it otherwise. Items that
 * are equally worth a call are served in their order. Variances must be known beforehand or come from a pilot that is
 * not used again: allocating on the same data that is then averaged biases the mean. Undefined where `least` calls for
 * every item cost more than the budget.
 *
 * itemAllocation({ variances: [0.25, 0.04, 0], costs: [1, 1, 1], budget: 10, least: 1 }) // => [6, 3, 1]
 */
export function itemAllocation({ variances, costs, budget, least }: ItemAllocationOptions): Int32Array | undefined {
  const n = variances.length
  if (costs.length !== n) fail('lengths-differ', { variances: n, costs: costs.length }, 'pass one cost per item')
  if (!Number.isInteger(least) || least < 1) fail('not-a-count', { least }, 'pass at least 1 call per item')
  checkAmounts({ budget })
  let left = budget
  let cheapest = Number.POSITIVE_INFINITY
  for (let i = 0; i < n; i++) {
    const variance = variances[i] ?? Number.NaN
    if (!(variance >= 0 && variance < Number.POSITIVE_INFINITY)) {
      fail('variance-out-of-range', { item: i, variance }, 'pass variances of at least 0')
    }
    const cost = costs[i] ?? Number.NaN
    if (!(cost > 0 && cost < Number.POSITIVE_INFINITY)) {
      fail('cost-out-of-range', { item: i, cost }, 'pass costs above 0')
    }
    left -= least * cost
    cheapest = Math.min(cheapest, cost)
  }
  if (left / cheapest > mostCalls)
    fail('too-many-calls', { calls: left / cheapest, most: mostCalls }, 'give costs and budget in the same unit')
  if (!(left >= 0)) return undefined
  const calls = new Int32Array(n).fill(least)
  const gain = (i: number): number => {
    const k = calls[i] ?? 1
    return (variances[i] ?? 0) / (k * (k + 1)) / (costs[i] ?? 1)
  }
  const queue = new GainQueue(
    Array.from({ length: n }, (_, i) => i),
    gain,
  )
  for (let i = queue.take(); i !== undefined; i = queue.take()) {
    const cost = costs[i] ?? 1
    // An item whose call is too dear now stays too dear: the rest of the budget only shrinks.
    if (!(gain(i) > 0) || cost > left * (1 + 1e-12)) continue
    left -= cost
    calls[i] = (calls[i] ?? 0) + 1
    queue.put(i)
  }
  return calls
}

/**
 * Variance that one call adds to the estimate of 1 − (1 − p)^k: k² p (1 − p)^(2k − 1), by the delta method. Largest for hard
 * items: pass@k spends where success is rare (Kazdan et al. 2025).
 *
 * passAtKVariance({ rate: 0.1, k: 10 }) // => 1.3508…
 */
export function passAtKVariance({ rate, k }: { readonly rate: number; readonly k: number }): number {
  if (!(rate >= 0 && rate <= 1)) fail('probability-out-of-range', { rate }, 'pass a number from 0 to 1')
  checkWhole({ k }, { least: 1 })
  return k * k * rate * (1 - rate) ** (2 * k - 1)
}

/** A binary heap of items, the largest gain on top, the smaller index first among equals. */
class GainQueue {
  readonly #items: number[] = []
  readonly #gains: number[] = []
  readonly #gain: (item: number) => number

  constructor(items: readonly number[], gain: (item: number) => number) {
    this.#gain = gain
    for (const item of items) this.put(item)
  }

  put(item: number): void {
    this.#items.push(item)
    this.#gains.push(this.#gain(item))
    let at = this.#items.length - 1
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (!this.#before(at, parent)) break
      this.#swap(at, parent)
      at = parent
    }
  }

  take(): number | undefined {
    const last = this.#items.length - 1
    if (last < 0) return undefined
    this.#swap(0, last)
    const top = this.#items.pop()
    this.#gains.pop()
    let at = 0
    for (;;) {
      let best = at
      for (const child of [2 * at + 1, 2 * at + 2]) if (child < last && this.#before(child, best)) best = child
      if (best === at) return top
      this.#swap(at, best)
      at = best
    }
  }

  #before(a: number, b: number): boolean {
    const difference = (this.#gains[a] ?? 0) - (this.#gains[b] ?? 0)
    return difference > 0 || (difference === 0 && (this.#items[a] ?? 0) < (this.#items[b] ?? 0))
  }

  #swap(a: number, b: number): void {
    for (const list of [this.#items, this.#gains]) {
      const kept = list[a] ?? 0
      list[a] = list[b] ?? 0
      list[b] = kept
    }
  }
}
