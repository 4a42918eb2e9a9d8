/** Does a judge change its mind when the same pair is shown the other way round? */
import {
  categoryAt,
  cellScores,
  groupRows,
  type Measure,
  type Observations,
  populationMean,
  rowsOf,
} from '../../../domain/index.ts'
import {
  mcnemarExact,
  notEstimable,
  type Outcome,
  type PairedTable,
  type TestOutcome,
  tango,
} from '../../../stats/index.ts'

export interface OrderBias {
  readonly task: string
  readonly judge: string
  readonly factor: string
  readonly levels: readonly [string, string]
  /** Items judged in both orders. */
  readonly items: number
  /** Share of items judged alike in both orders. */
  readonly consistency: Outcome
  /** Among all items, judged for whatever stood first minus for whatever stood second, and the test of neither. */
  readonly lean: Outcome
  readonly test: TestOutcome
  readonly towardsFirst: number
  readonly towardsSecond: number
}

export function orderKey({ task, judge }: Pick<OrderBias, 'task' | 'judge'>): string {
  return `${task}/${judge}/order`
}

/** A factor whose levels are presentations of the same items. */
export function orderFactor(observations: Observations): string | undefined {
  return [...new Set(observations.variants.flatMap((levels) => Object.keys(levels)))]
    .sort()
    .find((factor) => /^(order|position|presentation|swap(ped)?|game)$/i.test(factor))
}

/** Each judge of a task that saw items in the first two orders. */
export function orderBiases(
  observations: Observations,
  {
    measures,
    factor,
    level,
  }: { readonly measures: readonly Measure[]; readonly factor: string; readonly level: number },
): readonly OrderBias[] {
  const seen = new Set<string>()
  return measures.flatMap((measure) =>
    measure.models.flatMap(({ model, rows }): readonly OrderBias[] => {
      // All scorers of a task look at the same decisions.
      const key = `${measure.task}\n${model}`
      if (seen.has(key)) return []
      const found = orderBias(observations, { rows, factor, level })
      if (found === undefined) return []
      seen.add(key)
      return [{ task: measure.task, judge: model, factor, ...found }]
    }),
  )
}

function orderBias(
  observations: Observations,
  { rows, factor, level }: { readonly rows: Int32Array; readonly factor: string; readonly level: number },
): Omit<OrderBias, 'task' | 'judge' | 'factor'> | undefined {
  const cells = cellScores(observations, rows)
  const ordered = Array.from(cells.variants, (code) => observations.variants[code]?.[factor])
  const levels = [...new Set(ordered.filter((name) => name !== undefined))].sort()
  const [first, second] = levels
  if (first === undefined || second === undefined || levels.length !== 2) return undefined
  const decisions = decisionsOf(observations, { rows, factor })
  const alike: number[] = []
  const cluster: number[] = []
  const table = { both: 0, onlyA: 0, onlyB: 0, neither: 0 }
  let directed = true
  for (const [at, item] of cells.items.entries()) {
    const given = decisions.get(`${item}\n${first}`)
    const swapped = decisions.get(`${item}\n${second}`)
    if (given === undefined || swapped === undefined) continue
    alike.push(given === swapped ? 1 : 0)
    cluster.push(cells.cluster[at] ?? at)
    const [side, other] = [sideOf(given), sideOf(swapped)]
    if (side === undefined || other === undefined) directed = false
    else if (side > other) table.onlyA++
    else if (side < other) table.onlyB++
    else table.neither++
  }
  if (alike.length === 0) return undefined
  const score = Float64Array.from(alike)
  const clustered = new Set(cluster).size < cluster.length
  const codes = Int32Array.from(cluster)
  const unknown = notEstimable('decisions-without-side', {})
  return {
    levels: [first, second],
    items: alike.length,
    consistency: populationMean({ score, cluster: dense(codes), clustered }, { scale: 'binary', level }),
    lean: directed ? tango({ ...(table satisfies PairedTable), level }) : unknown,
    test: directed ? mcnemarExact({ ...table, alternative: 'two-sided' }) : unknown,
    towardsFirst: table.onlyA,
    towardsSecond: table.onlyB,
  }
}

/** The decision on each item in each order, in the frame of the first order; undefined where repeats contradict. */
function decisionsOf(
  observations: Observations,
  { rows, factor }: { readonly rows: Int32Array; readonly factor: string },
): ReadonlyMap<string, string> {
  const { item, variant, answer, score, missing } = observations
  const decisions = new Map<string, string>()
  const groups = groupRows(rows, [item.codes, variant.codes])
  for (let group = 0; group < groups.count; group++) {
    const row = rowsOf(groups, group)[0] ?? 0
    const level = observations.variants[variant.codes[row] ?? 0]?.[factor]
    // Without a decision the score itself says whether the judge was of the same opinion.
    const decision = categoryAt(answer, row) ?? (missing[row] === 0 ? String(score[row]) : undefined)
    const key = `${item.codes[row]}\n${level}`
    if (level !== undefined && decision !== undefined && !decisions.has(key)) decisions.set(key, decision)
  }
  return decisions
}

/** 1 for the answer that stood first in the first order, −1 for the other, 0 for a tie. */
function sideOf(decision: string): number | undefined {
  const text = decision.trim().toUpperCase()
  if (/^(A|A>+B|FIRST)$/.test(text)) return 1
  if (/^(B|B>+A|A<+B|SECOND)$/.test(text)) return -1
  return /^(A=+B|B=+A|TIE|C)$/.test(text) ? 0 : undefined
}

function dense(codes: Int32Array): Int32Array {
  const known = new Map<number, number>()
  return codes.map((code) => {
    const number = known.get(code) ?? known.size
    known.set(code, number)
    return number
  })
}
