/**
 * Corrected item-rest correlation: does an item go with the rest of the test, or against it?
 *
 * Pearson's r between the responses to an item and each row's mean over all other items it answered (Henrysson 1963,
 * Psychometrika 28: the item itself is left out, or every item correlates with the total a little). An item that good rows
 * miss and bad rows solve has a wrong key, or measures something else. Test of r ≥ 0 against r < 0 by Student's t on n − 2
 * degrees of freedom; interval by Fisher's z.
 */
import { checkFinite, checkLevel, checkWhole } from '../check-inputs.ts'
import { normalUpperQuantile } from '../distributions/normal.ts'
import { studentTCdf } from '../distributions/student-t.ts'
import { fail } from '../fail.ts'
import { type NotEstimable, notEstimable, type Outcome, type TestOutcome } from '../result.ts'

export interface ItemRestOptions {
  /** rows × items, row-major; NaN where an item was not answered. */
  readonly responses: Float64Array
  readonly rows: number
  readonly items: number
  readonly level: number
}

export interface ItemRest {
  /** Mean response of the rows that answered; `undefined` where none did. */
  readonly difficulty: number | undefined
  readonly answered: number
  readonly correlation: Outcome
  /** One-sided: small where the item goes against the rest. */
  readonly against: TestOutcome
}

/**
 * One entry per item. Not estimable with fewer than 4 rows that answered it and others, or where either does not vary.
 *
 * itemRestCorrelations({ responses: Float64Array.of(1,1,1,1, 1,1,1,0, 1,1,0,0, 1,0,0,0, 0,0,0,0, 1,1,1,0), rows: 6, items: 4, level: 0.95 })[0].correlation.value // => 0.53936…
 */
export function itemRestCorrelations({ responses, rows, items, level }: ItemRestOptions): readonly ItemRest[] {
  checkLevel(level)
  if (responses.length !== rows * items)
    fail('matrix-not-rectangular', { entries: responses.length, rows, items }, 'pass rows × items responses')
  checkWhole({ rows, items }, { least: 0 })
  checkFinite(responses.filter((response) => !Number.isNaN(response)))
  const sums = new Float64Array(rows)
  const counts = new Int32Array(rows)
  for (let k = 0; k < responses.length; k++) {
    const value = responses[k] ?? Number.NaN
    if (Number.isNaN(value)) continue
    const row = Math.floor(k / items)
    sums[row] = (sums[row] ?? 0) + value
    counts[row] = (counts[row] ?? 0) + 1
  }
  return Array.from({ length: items }, (_, item) => {
    const own: number[] = []
    const rest: number[] = []
    let [total, answered] = [0, 0]
    for (let row = 0; row < rows; row++) {
      const value = responses[row * items + item] ?? Number.NaN
      if (Number.isNaN(value)) continue
      total += value
      answered++
      const others = (counts[row] ?? 0) - 1
      if (others < 1) continue
      own.push(value)
      rest.push(((sums[row] ?? 0) - value) / others)
    }
    return { difficulty: answered === 0 ? undefined : total / answered, answered, ...associate({ own, rest, level }) }
  })
}

function associate({
  own,
  rest,
  level,
}: {
  readonly own: readonly number[]
  readonly rest: readonly number[]
  readonly level: number
}): Pick<ItemRest, 'correlation' | 'against'> {
  const n = own.length
  const refuse = (because: NotEstimable) => ({ correlation: because, against: because })
  if (n < 4) return refuse(notEstimable('too-few-values', { needed: 4, given: n }))
  const r = correlation(own, rest)
  if (r === undefined) return refuse(notEstimable('no-variation', { n, value: own[0] ?? 0 }))
  const z = Math.atanh(Math.min(1 - 1e-12, Math.max(-1 + 1e-12, r)))
  const margin = normalUpperQuantile((1 - level) / 2) / Math.sqrt(n - 3)
  const statistic = Math.abs(r) === 1 ? r * Number.MAX_VALUE : r * Math.sqrt((n - 2) / (1 - r * r))
  return {
    correlation: {
      kind: 'estimate',
      value: r,
      interval: {
        lower: Math.tanh(z - margin),
        upper: Math.tanh(z + margin),
        level,
        kind: 'confidence',
        side: 'two-sided',
      },
      n,
      method: 'item-rest-correlation-fisher-z',
      assumptions: ['independent-rows'],
      caveats: [],
    },
    against: {
      kind: 'test',
      statistic,
      pValue: studentTCdf(statistic, n - 2),
      alternative: 'less',
      nullValue: 0,
      degreesOfFreedom: n - 2,
      n,
      method: 'item-rest-correlation-t',
      assumptions: ['independent-rows'],
      caveats: [],
    },
  }
}

/** Undefined where one of the two does not vary. */
function correlation(a: readonly number[], b: readonly number[]): number | undefined {
  const n = a.length
  const meanA = a.reduce((sum, x) => sum + x, 0) / n
  const meanB = b.reduce((sum, x) => sum + x, 0) / n
  let [aa, bb, ab] = [0, 0, 0]
  for (let i = 0; i < n; i++) {
    const [x, y] = [(a[i] ?? 0) - meanA, (b[i] ?? 0) - meanB]
    aa += x * x
    bb += y * y
    ab += x * y
  }
  return aa <= 1e-24 * n || bb <= 1e-24 * n ? undefined : Math.max(-1, Math.min(1, ab / Math.sqrt(aa * bb)))
}
