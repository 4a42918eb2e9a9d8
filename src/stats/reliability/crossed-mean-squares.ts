/** Analysis of variance of a complete crossed table of two or three facets, with or without repeated runs. */
import { exactSum } from '../special/exact-sum.ts'

export interface CrossedTable {
  /** Object by object, item by item, condition by condition, run by run. NaN where a cell is missing. */
  readonly values: ArrayLike<number>
  readonly objects: number
  readonly items: number
  /** 1: the design is objects × items. */
  readonly conditions: number
  readonly runsPerCell: number
}

export type CrossedEffect =
  | 'object'
  | 'item'
  | 'condition'
  | 'object-item'
  | 'object-condition'
  | 'item-condition'
  | 'residual'
  | 'rerun'

export interface MeanSquare {
  readonly effect: CrossedEffect
  /** Facets whose levels it is about; the residual is about all of them. */
  readonly facets: readonly ('object' | 'item' | 'condition')[]
  /** Of cell means; of single runs for `rerun`. */
  readonly meanSquare: number
  readonly degreesOfFreedom: number
}

/**
 * Mean squares of every effect, from the means of every margin; sums are exact, so that the order of levels changes no
 * bit. Complete tables only, with 2 or more objects and items.
 */
export function crossedMeanSquares({
  values,
  objects,
  items,
  conditions,
  runsPerCell,
}: CrossedTable & { readonly values: Float64Array }): {
  readonly meanSquares: readonly MeanSquare[]
  readonly grandMean: number
  /** Sum of squares of the last effect (residual, or rerun where there are reruns), item by item. */
  readonly lastByItem: Float64Array
  /** Squared deviation of each item's mean. */
  readonly itemSquares: Float64Array
} {
  const { cells, within, squaresWithin } = cellMeans(values, runsPerCell)
  const [p, i, o] = [objects, items, conditions]
  const at = (object: number, item: number, condition: number): number =>
    cells[(object * i + item) * o + condition] ?? 0
  const ofObjectItem = margin({ size: p * i, count: o, value: (k, c) => at(Math.floor(k / i), k % i, c) })
  const ofObjectCondition = margin({ size: p * o, count: i, value: (k, c) => at(Math.floor(k / o), c, k % o) })
  const ofItemCondition = margin({ size: i * o, count: p, value: (k, c) => at(c, Math.floor(k / o), k % o) })
  const ofObject = margin({ size: p, count: i * o, value: (k, c) => cells[k * i * o + c] ?? 0 })
  const ofItem = margin({ size: i, count: p * o, value: (k, c) => at(Math.floor(c / o), k, c % o) })
  const ofCondition = margin({ size: o, count: p * i, value: (k, c) => cells[c * o + k] ?? 0 })
  const grandMean = exactSum(cells) / cells.length
  const main = (means: Float64Array, each: number): number =>
    (each * squares(means.length, (k) => (means[k] ?? 0) - grandMean)) / (means.length - 1)
  const pair = (means: Float64Array, first: Float64Array, second: Float64Array): number => {
    const b = second.length
    const sum = squares(
      means.length,
      (k) => (means[k] ?? 0) - (first[Math.floor(k / b)] ?? 0) - (second[k % b] ?? 0) + grandMean,
    )
    return ((cells.length / means.length) * sum) / ((first.length - 1) * (b - 1))
  }
  const object: MeanSquare = {
    effect: 'object',
    facets: ['object'],
    meanSquare: main(ofObject, i * o),
    degreesOfFreedom: p - 1,
  }
  const item: MeanSquare = {
    effect: 'item',
    facets: ['item'],
    meanSquare: main(ofItem, p * o),
    degreesOfFreedom: i - 1,
  }
  const itemSquares = squared(i, (k) => (ofItem[k] ?? 0) - grandMean)
  const rerun: readonly MeanSquare[] =
    runsPerCell > 1
      ? [{ effect: 'rerun', facets: [], meanSquare: within, degreesOfFreedom: cells.length * (runsPerCell - 1) }]
      : []
  const byItem = (parts: Float64Array, perItem: number): Float64Array => {
    const sums = new Float64Array(i)
    for (let k = 0; k < parts.length; k++) {
      const level = Math.floor(k / perItem) % i
      sums[level] = (sums[level] ?? 0) + (parts[k] ?? 0)
    }
    return sums
  }
  if (o === 1) {
    const residual: MeanSquare = {
      effect: 'residual',
      facets: ['object', 'item'],
      meanSquare: pair(ofObjectItem, ofObject, ofItem),
      degreesOfFreedom: (p - 1) * (i - 1),
    }
    const parts = squared(
      cells.length,
      (k) => (cells[k] ?? 0) - (ofObject[Math.floor(k / i)] ?? 0) - (ofItem[k % i] ?? 0) + grandMean,
    )
    const lastByItem = runsPerCell > 1 ? byItem(squaresWithin, runsPerCell) : byItem(parts, 1)
    return { meanSquares: [object, item, residual, ...rerun], grandMean, lastByItem, itemSquares }
  }
  const threeWay = squared(cells.length, (k) => {
    const [a, b, c] = [Math.floor(k / (i * o)), Math.floor(k / o) % i, k % o]
    const pairs =
      (ofObjectItem[a * i + b] ?? 0) + (ofObjectCondition[a * o + c] ?? 0) + (ofItemCondition[b * o + c] ?? 0)
    return (cells[k] ?? 0) - pairs + (ofObject[a] ?? 0) + (ofItem[b] ?? 0) + (ofCondition[c] ?? 0) - grandMean
  })
  const all = ['object', 'item', 'condition'] as const
  return {
    meanSquares: [
      object,
      item,
      { effect: 'condition', facets: ['condition'], meanSquare: main(ofCondition, p * i), degreesOfFreedom: o - 1 },
      {
        effect: 'object-item',
        facets: ['object', 'item'],
        meanSquare: pair(ofObjectItem, ofObject, ofItem),
        degreesOfFreedom: (p - 1) * (i - 1),
      },
      {
        effect: 'object-condition',
        facets: ['object', 'condition'],
        meanSquare: pair(ofObjectCondition, ofObject, ofCondition),
        degreesOfFreedom: (p - 1) * (o - 1),
      },
      {
        effect: 'item-condition',
        facets: ['item', 'condition'],
        meanSquare: pair(ofItemCondition, ofItem, ofCondition),
        degreesOfFreedom: (i - 1) * (o - 1),
      },
      {
        effect: 'residual',
        facets: all,
        meanSquare: exactSum(threeWay) / ((p - 1) * (i - 1) * (o - 1)),
        degreesOfFreedom: (p - 1) * (i - 1) * (o - 1),
      },
      ...rerun,
    ],
    grandMean,
    itemSquares,
    lastByItem: runsPerCell > 1 ? byItem(squaresWithin, o * runsPerCell) : byItem(threeWay, o),
  }
}

/** Means of cells, and the variance of one run about its cell mean. */
function cellMeans(values: Float64Array, runs: number) {
  if (runs === 1) return { cells: values, within: 0, squaresWithin: new Float64Array(0) }
  const cells = new Float64Array(values.length / runs)
  for (let cell = 0; cell < cells.length; cell++) {
    cells[cell] = exactSum(values.subarray(cell * runs, (cell + 1) * runs)) / runs
  }
  const squaresWithin = squared(values.length, (k) => (values[k] ?? 0) - (cells[Math.floor(k / runs)] ?? 0))
  return { cells, within: exactSum(squaresWithin) / (cells.length * (runs - 1)), squaresWithin }
}

function margin({
  size,
  count,
  value,
}: {
  readonly size: number
  readonly count: number
  readonly value: (level: number, inside: number) => number
}): Float64Array {
  const means = new Float64Array(size)
  const buffer = new Float64Array(count)
  for (let level = 0; level < size; level++) {
    for (let inside = 0; inside < count; inside++) buffer[inside] = value(level, inside)
    means[level] = exactSum(buffer) / count
  }
  return means
}

function squares(count: number, deviation: (k: number) => number): number {
  return exactSum(squared(count, deviation))
}

function squared(count: number, deviation: (k: number) => number): Float64Array {
  const all = new Float64Array(count)
  for (let k = 0; k < count; k++) all[k] = deviation(k) ** 2
  return all
}
