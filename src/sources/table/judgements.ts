/**
 * Tables of judgements: a judge said which of two is better, the truth is known, and pairs may be shown in two orders.
 *
 * The decision is put into one frame: in rows whose order is the swapped one, A and B change places. A decision equal to the
 * truth scores 1, any other 0, none at all is missing. Over the orders of a pair, +1 for each that agrees and −1 for each
 * that says the opposite: `both-orders` is 1 where the sum is above 0.
 */
import type { MissingReason } from '../../domain/index.ts'
import { fail } from '../../stats/index.ts'
import { type BoundText, bindText } from './bound-text.ts'
import type { TableBuffer } from './table-buffer.ts'
import type { TextBinding } from './text-binding.ts'

export interface JudgementMapping {
  readonly truth: TextBinding
  readonly decision: TextBinding
  readonly order: TextBinding | undefined
  /** Value of the order column in which A and B stand exchanged; undefined: all decisions are in one frame. */
  readonly swapped: string | undefined
}

export interface Judgements {
  /** 1 or 0, or why there is none. */
  at(row: number): number | MissingReason
  /** The decision in the frame of the truth: `A>B`, `B>A`, `A=B`. */
  decisionAt(row: number): string | undefined
  /** The score of several rows, the orders of one pair, together. */
  together(rows: readonly number[]): number | MissingReason
}

/** 1: A is better, −1: B is, 0: neither. */
type Side = 1 | 0 | -1

const words: Readonly<Record<string, Side>> = {
  ...{ 'a>b': 1, 'a>>b': 1, a: 1, '[[a]]': 1, 'b<a': 1, first: 1, 'model a': 1 },
  ...{ 'b>a': -1, 'b>>a': -1, b: -1, '[[b]]': -1, 'a<b': -1, second: -1, 'model b': -1 },
  ...{ 'a=b': 0, 'b=a': 0, tie: 0, c: 0, '[[c]]': 0, equal: 0, both: 0, neither: 0 },
}

const names: Readonly<Record<`${Side}`, string>> = { '1': 'A>B', '-1': 'B>A', '0': 'A=B' }

export function readJudgements(buffer: TableBuffer, mapping: JudgementMapping): Judgements {
  const truth = sides(buffer, { bound: bindText(buffer, mapping.truth), role: 'truth' })
  const decision = sides(buffer, { bound: bindText(buffer, mapping.decision), role: 'decision' })
  const order = mapping.order === undefined ? undefined : bindText(buffer, mapping.order)
  if (mapping.swapped !== undefined && order?.values.some((value) => value === mapping.swapped) !== true)
    fail(
      'swapped-order-not-found',
      { path: buffer.path, swapped: mapping.swapped, orders: (order?.values ?? []).slice(0, 5).join(', ') },
      'give one of the values of the order column, such as --columns order=game,order.swapped=2',
    )
  const decided = (row: number): Side | undefined => {
    const side = decision(row)
    if (side === undefined || side === 0) return side
    return mapping.swapped !== undefined && order?.at(row) === mapping.swapped ? (side === 1 ? -1 : 1) : side
  }
  return {
    at: (row) => {
      const [right, said] = [truth(row), decided(row)]
      if (right === undefined) return 'unknown'
      return said === undefined ? 'unparsed' : said === right ? 1 : 0
    },
    decisionAt: (row) => {
      const said = decided(row)
      return said === undefined ? undefined : names[`${said}`]
    },
    together: (rows) => {
      let [sum, judged] = [0, 0]
      for (const row of rows) {
        const [right, said] = [truth(row), decided(row)]
        if (right === undefined) return 'unknown'
        if (said === undefined) continue
        judged++
        if (said === right) sum++
        else if (said === -right || right === 0) sum--
      }
      return judged === 0 ? 'unparsed' : sum > 0 ? 1 : 0
    },
  }
}

function sides(
  buffer: TableBuffer,
  { bound, role }: { readonly bound: BoundText; readonly role: 'truth' | 'decision' },
): (row: number) => Side | undefined {
  const known = new Map(bound.values.map((text) => [text, words[text.trim().toLowerCase()]] as const))
  const unread = [...known].filter(([text, side]) => side === undefined && text.trim() !== '').map(([text]) => text)
  // A decision may be unreadable now and then; a truth that is, or a column without one decision, is another column.
  if (unread.length > 0 && (role === 'truth' || unread.length === known.size))
    fail(
      'judgement-not-readable',
      { path: buffer.path, role, example: unread.slice(0, 3).join(', ').slice(0, 80) },
      'judgements are written A>B, B>A or A=B (or A, B, tie)',
    )
  return (row) => known.get(bound.at(row) ?? '')
}
