/**
 * Inspect's own reduction of one item's scores over epochs, and its own conversion of values to numbers.
 *
 * Used only to reproduce Inspect's headline figures. Here, as there, whatever is no number counts as 0; the rows that
 * analyses see keep such values as missing.
 */
import { nested, numberInText, type RawScore } from './score-value.ts'

/** How a version of Inspect read values that versions disagree about. */
export interface ValueRule {
  /** Early versions read only unsigned decimals as numbers in text. */
  readonly text: 'any-number' | 'digits-only'
  /** `null` inside a composite value: a value of 0, or in logs that could not write NaN, an unscored one. */
  readonly nullPart: 'zero' | 'unscored'
}

/** NaN stands for "unscored" throughout, as in Inspect. */
export type Reducer = (raws: readonly RawScore[], rule: ValueRule) => number

/** A value as Inspect's metrics see it. */
export function inspectNumber(raw: RawScore, rule: ValueRule): number {
  if (typeof raw === 'number') return raw
  if (typeof raw === 'boolean') return raw ? 1 : 0
  if (typeof raw === 'bigint') return Number(raw)
  if (raw === null) return rule.nullPart === 'zero' ? 0 : Number.NaN
  if (raw === nested) return 0
  if (rule.text === 'digits-only' && /^\s*[+-]|e|^\s|\s$/i.test(raw) && !/^(yes|no|true|false)$/i.test(raw)) return 0
  return numberInText(raw) ?? 0
}

/** Whether Inspect counts the value as 0 although it says nothing of the kind. */
export function isCountedAsZero(raw: RawScore): boolean {
  return raw === nested || raw === null || (typeof raw === 'string' && numberInText(raw) === undefined)
}

/** The reducer of a log's name for it, `mean` or `pass_at_2`; undefined for one that is not Inspect's own. */
export function reducerNamed(name: string): Reducer | undefined {
  const parts = /^(at_least|pass_at|pass_k)_(\d+)$/.exec(name)
  if (parts !== null) return countingReducer({ kind: parts[1] ?? '', k: Number(parts[2]) })
  switch (name) {
    case 'mean':
      return numeric((values) => values.reduce((sum, value) => sum + value, 0) / values.length)
    case 'median':
      return numeric(median)
    case 'max':
      return numeric((values) => values.reduce((best, value) => (value > best ? value : best)))
    case 'mode':
      return mode
    default:
      return undefined
  }
}

/** Reducers that count the values of at least 1. */
function countingReducer({ kind, k }: { readonly kind: string; readonly k: number }): Reducer | undefined {
  switch (kind) {
    case 'at_least':
      return numeric((values) => (passes(values) >= k ? 1 : 0))
    case 'pass_at':
      return numeric((values) => passAtK(values.length, passes(values), k))
    case 'pass_k':
      return numeric((values) => passToTheK(values.length, passes(values), k))
    default:
      return undefined
  }
}

function numeric(reduce: (values: readonly number[]) => number): Reducer {
  return (raws, rule) => {
    const values = raws.map((raw) => inspectNumber(raw, rule)).filter((value) => !Number.isNaN(value))
    return values.length === 0 ? Number.NaN : reduce(values)
  }
}

function passes(values: readonly number[]): number {
  return values.filter((value) => value >= 1).length
}

function median(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort()
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}

/** The most frequent value; of equally frequent ones the one that came first. */
const mode: Reducer = (raws, rule) => {
  const counts = new Map<string | number | symbol, { raw: RawScore; count: number }>()
  for (const raw of raws) {
    if (typeof raw === 'number' && Number.isNaN(raw)) continue
    if (raw === null && rule.nullPart === 'unscored') continue
    // As in Python, true and 1 are one value, and the text "1" is another.
    const key = typeof raw === 'string' ? `text ${raw}` : raw === nested || raw === null ? String(raw) : Number(raw)
    const entry = counts.get(key)
    if (entry === undefined) counts.set(key, { raw, count: 1 })
    else entry.count++
  }
  let best: { raw: RawScore; count: number } | undefined
  for (const entry of counts.values()) if (best === undefined || entry.count > best.count) best = entry
  return best === undefined ? Number.NaN : inspectNumber(best.raw, rule)
}

/** 1 − C(n−c, k)/C(n, k) (Chen et al. 2021, eq. 1). */
function passAtK(total: number, correct: number, k: number): number {
  if (total < k) return Number.NaN
  let failing = 1
  for (let i = 0; i < k; i++) failing *= Math.max(0, total - correct - i) / (total - i)
  return 1 - failing
}

/** C(c, k)/C(n, k) (Yao et al. 2024, tau-bench). */
function passToTheK(total: number, correct: number, k: number): number {
  if (total < k) return Number.NaN
  let passing = 1
  for (let i = 0; i < k; i++) passing *= Math.max(0, correct - i) / (total - i)
  return passing
}
