/** Bootstrap of nested data: families of tasks, tasks, runs of a task. */
import type { Random } from '../../random/index.ts'
import { finiteStatistic, sampled } from '../bootstrap-distribution.ts'
import { bootstrapErrorInterval } from '../bootstrap-error-interval.ts'
import { checkCodes, checkDraws, checkFinite, checkLevel } from '../check-inputs.ts'
import { fewClusters } from '../cluster-mean.ts'
import { fail } from '../fail.ts'
import { aboutAHundred, type OnProgress } from '../progress.ts'
import { type Caveat, notEstimable, type Outcome } from '../result.ts'

export interface NestingLevel {
  /** Code of the unit that each row lies in. Units are those of one parent: equal codes in two parents are two units. */
  readonly codes: ArrayLike<number>
  /** `draw` where the units are random in the claim, `keep` where these very units are what the claim is about. */
  readonly units: 'draw' | 'keep'
}

export interface MultilevelBootstrapOptions {
  /** A weighted mean over rows, or a statistic of row numbers, repeats included: weights are the statistic's own. */
  readonly of:
    | { readonly values: ArrayLike<number>; readonly weights: ArrayLike<number> | undefined }
    | { readonly rows: number; readonly statistic: (rows: Int32Array) => number }
  /** From the outermost in. */
  readonly levels: readonly NestingLevel[]
  /** The rows of an innermost unit: runs. */
  readonly rows: 'draw' | 'keep'
  readonly level: number
  readonly draws: number
  readonly random: Random
}

/**
 * At every level as many units as there are, with replacement inside each drawn parent (Davison and Hinkley 1997, §3.8; the
 * hierarchical bootstrap of METR's time horizons); the interval of the whole statistic is `bootstrapErrorInterval`.
 *
 * Weights travel with their rows unchanged and are renormalised by the statistic, not by the bootstrap. `standardError` is the
 * bootstrap's own; the interval makes good that few units understate it, with degrees of freedom from leaving out each unit of
 * the outermost drawn level in turn, apart for every kept parent. Conservative by design where an inner level is drawn: its
 * noise is counted again on top of what the outer level already shows. With 5 units or fewer per parent a caveat says
 * so. May leave the range of a score. Refuses fewer than 2 units at the outermost drawn level, under any parent that is kept,
 * and weights that are not above 0.
 *
 * multilevelBootstrap({ of: { values, weights }, levels: [{ codes: families, units: 'draw' }, { codes: tasks, units: 'draw' }],
 *   rows: 'draw', level: 0.95, draws: 1000, random })
 */
export function multilevelBootstrap(options: MultilevelBootstrapOptions, onProgress?: OnProgress): Outcome {
  const { of, levels, level, draws, random } = options
  checkLevel(level)
  checkDraws(draws, 100)
  const rows = 'values' in of ? of.values.length : of.rows
  for (const { codes } of levels) checkCodes(codes, rows)
  if ('values' in of) checkWeights(of)
  const order = nestedOrder(options, rows)
  const tree = nest({ order, from: 0, to: rows, levels, rows: options.rows })
  const strata = drawnStrata(tree)
  const outermost = strata.reduce((sum, { children }) => sum + children.length, 0)
  const smallest = strata.reduce((least, { children }) => Math.min(least, children.length), outermost)
  if (smallest < 2) return notEstimable('too-few-values', { needed: 2, given: smallest })
  const statistic = 'values' in of ? weightedMean(of) : of.statistic
  const observed = finiteStatistic(statistic(order))
  let sample = new Int32Array(2 * rows)
  const results = new Float64Array(draws)
  const tell = aboutAHundred(draws, onProgress)
  for (let draw = 0; draw < draws; draw++) {
    tell(draw)
    const drawn = { rows: sample, length: 0 }
    collect({ node: tree, random, drawn })
    sample = drawn.rows
    results[draw] = finiteStatistic(statistic(sample.subarray(0, drawn.length)))
  }
  const distribution = sampled(observed, results)
  if (!distribution.varies) return notEstimable('no-variation', { n: outermost, value: observed })
  const { allowances, ...bounds } = bootstrapErrorInterval({
    distribution,
    strata: strata.map((node) => withoutEachUnit({ node, order, statistic })),
    // Of one kept parent among several a unit's mean moves the whole by its share only.
    scores: 'values' in of && strata.length === 1 ? of.values : undefined,
    level,
  })
  return {
    kind: 'estimate',
    value: observed,
    standardError: distribution.standardDeviation,
    ...bounds,
    n: outermost,
    method: 'bootstrap-multilevel-t',
    assumptions: ['clusters-independent', 'mean-approximately-normal'],
    caveats: [...fewClusters(outermost), ...fewInside(tree), ...allowances],
  }
}

interface Node {
  readonly units: 'draw' | 'keep'
  /** Parts of this unit; rows where there are no further levels. */
  readonly children: readonly Node[] | Int32Array
  /** Its rows in the nested order: from … to − 1. */
  readonly from: number
  readonly to: number
}

/** Rows by their codes, outermost first; equal units by value, so that the order rows came in changes nothing. */
function nestedOrder({ of, levels }: MultilevelBootstrapOptions, rows: number): Int32Array {
  return Int32Array.from({ length: rows }, (_, row) => row).sort((a, b) => {
    for (const { codes } of levels) if (codes[a] !== codes[b]) return (codes[a] ?? 0) - (codes[b] ?? 0)
    if (!('values' in of)) return a - b
    return (of.values[a] ?? 0) - (of.values[b] ?? 0) || (of.weights?.[a] ?? 0) - (of.weights?.[b] ?? 0)
  })
}

function nest({
  order,
  from,
  to,
  levels,
  rows,
}: Pick<MultilevelBootstrapOptions, 'levels' | 'rows'> & {
  readonly order: Int32Array
  readonly from: number
  readonly to: number
}): Node {
  const [outer, ...inner] = levels
  if (outer === undefined) return { units: rows, children: order.subarray(from, to), from, to }
  const children: Node[] = []
  for (let start = from; start < to; ) {
    let end = start + 1
    while (end < to && outer.codes[order[end] ?? 0] === outer.codes[order[start] ?? 0]) end++
    children.push(nest({ order, from: start, to: end, levels: inner, rows }))
    start = end
  }
  return { units: outer.units, children, from, to }
}

interface Drawn {
  rows: Int32Array<ArrayBuffer>
  length: number
}

function collect({
  node,
  random,
  drawn,
}: {
  readonly node: Node
  readonly random: Random
  readonly drawn: Drawn
}): void {
  const { units, children } = node
  for (let i = 0; i < children.length; i++) {
    const child = children[units === 'draw' ? random.integer(children.length) : i]
    if (typeof child === 'object') {
      collect({ node: child, random, drawn })
      continue
    }
    if (drawn.length === drawn.rows.length) {
      const larger = new Int32Array(2 * drawn.length)
      larger.set(drawn.rows)
      drawn.rows = larger
    }
    drawn.rows[drawn.length++] = child ?? 0
  }
}

/** The parents whose units are the first to be drawn. */
function drawnStrata(node: Node): readonly Node[] {
  if (node.units === 'draw') return [node]
  return node.children instanceof Int32Array ? [] : node.children.flatMap(drawnStrata)
}

/** The statistic of all rows but those of one unit, unit by unit. */
function withoutEachUnit({
  node,
  order,
  statistic,
}: {
  readonly node: Node
  readonly order: Int32Array
  readonly statistic: (rows: Int32Array) => number
}): Float64Array {
  return Float64Array.from({ length: node.children.length }, (_, at) => {
    const child = node.children[at]
    const [from, to] = typeof child === 'object' ? [child.from, child.to] : [node.from + at, node.from + at + 1]
    const kept = new Int32Array(order.length - (to - from))
    kept.set(order.subarray(0, from))
    kept.set(order.subarray(to), from)
    return finiteStatistic(statistic(kept))
  })
}

/** Inner levels that are drawn from few units per parent. */
function fewInside(tree: Node): readonly Caveat[] {
  const caveats: Caveat[] = []
  let nodes: readonly Node[] = [tree]
  for (let depth = 1; nodes.length > 0; depth++) {
    const children = nodes.reduce((sum, node) => sum + node.children.length, 0)
    const units = children / nodes.length
    if (depth > 1 && nodes[0]?.units === 'draw' && units <= 5) {
      caveats.push({ code: 'few-units-inside', severity: 'caution', values: { depth, units } })
    }
    nodes = nodes.flatMap((node) => (node.children instanceof Int32Array ? [] : node.children))
  }
  return caveats
}

function weightedMean({
  values,
  weights,
}: {
  readonly values: ArrayLike<number>
  readonly weights: ArrayLike<number> | undefined
}): (rows: Int32Array) => number {
  return (rows) => {
    let [sum, total] = [0, 0]
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i] ?? 0
      const weight = weights === undefined ? 1 : (weights[row] ?? 0)
      sum += weight * (values[row] ?? 0)
      total += weight
    }
    return sum / total
  }
}

function checkWeights({
  values,
  weights,
}: {
  values: ArrayLike<number>
  weights: ArrayLike<number> | undefined
}): void {
  checkFinite(values)
  if (weights === undefined) return
  if (weights.length !== values.length) {
    fail('lengths-differ', { values: values.length, weights: weights.length }, 'pass one weight per value')
  }
  for (let row = 0; row < weights.length; row++) {
    const weight = weights[row] ?? Number.NaN
    if (!(weight > 0 && weight < Number.POSITIVE_INFINITY)) {
      fail('weight-not-positive', { row, weight }, 'pass weights above 0; leave rows that do not count out')
    }
  }
}
