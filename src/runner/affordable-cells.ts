/**
 * How far down the running order a budget reaches, so that it ends with whole units and not with the beginnings of many.
 *
 * A cell begins only where what is left is enough for it and for all before it that have not ended: each at the mean of
 * those that have, and one whose call failed at all the attempts it may still make. Whatever the estimate, the first cell
 * that has not ended may always go on.
 */
import { type CallRecord, nothingPaid, type Paid, paidFor, sumPaid } from '../domain/index.ts'
import type { RunBudget } from './run-budget.ts'

const kinds = ['calls', 'tokens', 'usd'] as const

export class AffordableCells {
  readonly #budget: RunBudget
  /** Cells that had ended before. */
  readonly #endedBefore: number
  /** Calls of a cell, until the first has ended. */
  readonly #firstEstimate: number
  readonly #underWay = new Map<number, Paid>()
  /** Calls that a cell may still make for one that failed. */
  readonly #failing = new Map<number, number>()
  #ended = 0
  #paid = nothingPaid

  constructor(options: { readonly budget: RunBudget; readonly endedBefore: number; readonly firstEstimate: number }) {
    this.#budget = options.budget
    this.#endedBefore = options.endedBefore
    this.#firstEstimate = options.firstEstimate
  }

  covers(index: number): boolean {
    const before = index - this.#endedBefore - this.#ended
    if (before <= 0) return true
    const { limits, spent } = this.#budget
    return kinds.every((kind) => {
      const limit = limits[kind]
      if (limit === undefined) return true
      const usual = Math.max(0, before + 1 - this.#failing.size) * this.#meanOf(kind)
      const retries = kind === 'calls' ? sumOf(this.#failing.values()) : this.#failing.size * this.#meanOf(kind)
      return usual + retries <= limit - spent[kind]
    })
  }

  paid(call: CallRecord): void {
    const { index } = call
    if (index < 0) return
    this.#underWay.set(index, sumPaid(this.#underWayOf(index), paidFor(call)))
    this.#failing.delete(index)
  }

  failed(index: number, mayStillMake: number): void {
    this.#failing.set(index, mayStillMake)
  }

  ended(index: number): void {
    this.#paid = sumPaid(this.#paid, this.#underWayOf(index))
    this.#underWay.delete(index)
    this.#failing.delete(index)
    this.#ended++
  }

  #underWayOf(index: number): Paid {
    return this.#underWay.get(index) ?? nothingPaid
  }

  #meanOf(kind: keyof Paid): number {
    if (this.#ended > 0) return this.#paid[kind] / this.#ended
    return kind === 'calls' ? this.#firstEstimate : 0
  }
}

function sumOf(values: Iterable<number>): number {
  let sum = 0
  for (const value of values) sum += value
  return sum
}
