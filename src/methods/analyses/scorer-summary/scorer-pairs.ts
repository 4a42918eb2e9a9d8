/** Two scorers over the same responses: where they disagree, at least one of them is not measuring what it says. */
import { areReadings, clustersOf, groupRows, type Measure, type Observations } from '../../../domain/index.ts'

export interface ScorerPair {
  readonly task: string
  readonly model: string
  /** The scorer taken as the stricter reading: by its name where that says so, else the first in order of names. */
  readonly strict: string
  readonly lenient: string
  /** `reading`: one metric read in two ways, so that a gap is the instrument's. `scorers`: two metrics. */
  readonly kind: 'reading' | 'scorers'
  /** Responses that both scored, and how many of them both gave the same score. */
  readonly shared: number
  readonly equal: number
  /** Responses that only one of the two scored. */
  readonly onlyStrict: number
  readonly onlyLenient: number
  /** Codes of the items with a response that both scored; the arrays below are parallel to it. */
  readonly items: Int32Array
  /** Per item, over responses both scored: share with equal scores, and mean of lenient minus strict. */
  readonly agreement: Float64Array
  readonly gap: Float64Array
  readonly clusters: Int32Array | undefined
}

/** All pairs of scorers of one task that are comparable: filters of one metric, and scorers that only give 0 or 1. */
export function comparableMeasures(measures: readonly Measure[]): readonly (readonly [Measure, Measure])[] {
  const pairs: (readonly [Measure, Measure])[] = []
  for (const [index, first] of measures.entries()) {
    for (const second of measures.slice(index + 1)) {
      if (first.task !== second.task) continue
      if (pairKind(first, second) === undefined) continue
      pairs.push(strictness(second.scorer) > strictness(first.scorer) ? [second, first] : [first, second])
    }
  }
  return pairs
}

/** Compares two scorers on each model that both scored. */
export function scorerPairs(observations: Observations, strict: Measure, lenient: Measure): readonly ScorerPair[] {
  return strict.models.flatMap(({ model, rows }) => {
    const other = lenient.models.find((candidate) => candidate.model === model)
    if (other === undefined) return []
    const kind = pairKind(strict, lenient) ?? 'scorers'
    const names = { task: strict.task, model, strict: strict.scorer, lenient: lenient.scorer, kind }
    return [{ ...names, ...compare(observations, rows, other.rows) }]
  })
}

function pairKind(first: Measure, second: Measure): ScorerPair['kind'] | undefined {
  if (first.scale === 'unbounded' || second.scale === 'unbounded') return undefined
  if (areReadings(first.scorer, second.scorer)) return 'reading'
  return first.scale === 'binary' && second.scale === 'binary' ? 'scorers' : undefined
}

function strictness(scorer: string): number {
  if (/strict|exact/i.test(scorer.split(',').at(-1) ?? '')) return 1
  return /flexible|lenient|loose|relaxed|include|contain/i.test(scorer) ? -1 : 0
}

function compare(observations: Observations, strict: Int32Array, lenient: Int32Array) {
  const { item, score, missing } = observations
  const sharedRows = new Int32Array(strict.length)
  const partner = new Int32Array(strict.length)
  let [shared, equal, onlyStrict, onlyLenient] = [0, 0, 0, 0]
  // Rows of one scorer are in canonical order, so one walk over both meets equal responses together.
  for (let i = 0, j = 0; i < strict.length && j < lenient.length; ) {
    const [a, b] = [strict[i] ?? 0, lenient[j] ?? 0]
    const order = compareResponses(observations, a, b)
    if (order <= 0) i++
    if (order >= 0) j++
    if (order !== 0) continue
    const [hasA, hasB] = [missing[a] === 0, missing[b] === 0]
    if (hasA && hasB) {
      sharedRows[shared] = a
      partner[shared] = b
      shared++
      if (score[a] === score[b]) equal++
    } else if (hasA) onlyStrict++
    else if (hasB) onlyLenient++
  }
  const byItem = groupRows(sharedRows.slice(0, shared), [item.codes])
  const agreement = new Float64Array(byItem.count)
  const gap = new Float64Array(byItem.count)
  for (let i = 0; i < shared; i++) {
    const [a, b, group] = [sharedRows[i] ?? 0, partner[i] ?? 0, byItem.groupOf[i] ?? 0]
    if (score[a] === score[b]) agreement[group] = (agreement[group] ?? 0) + 1
    gap[group] = (gap[group] ?? 0) + (score[b] ?? 0) - (score[a] ?? 0)
  }
  for (let group = 0; group < byItem.count; group++) {
    const size = (byItem.starts[group + 1] ?? 0) - (byItem.starts[group] ?? 0)
    agreement[group] = (agreement[group] ?? 0) / size
    // Sums of fractions may pass the end of their range by a rounding error.
    gap[group] = Math.max(-1, Math.min(1, (gap[group] ?? 0) / size))
  }
  const clusters = clustersOf(observations, byItem)
  return {
    shared,
    equal,
    onlyStrict,
    onlyLenient,
    items: byItem.first.map((row) => item.codes[row] ?? 0),
    agreement,
    gap,
    clusters: clusters.count < byItem.count ? clusters.codes : undefined,
  }
}

function compareResponses({ run, item, variant, technique, replicate }: Observations, a: number, b: number): number {
  for (const { codes } of [run, item, variant, technique]) {
    const difference = (codes[a] ?? 0) - (codes[b] ?? 0)
    if (difference !== 0) return difference
  }
  return (replicate[a] ?? 0) - (replicate[b] ?? 0)
}
