/** Where the next calls help most, given a design that has already been run. */
import { fail } from '../fail.ts'
import { firstCount } from '../special/first-count.ts'
import {
  checkComponents,
  checkMost,
  checkSize,
  crossedVariance,
  type DesignSize,
  type NoiseComponents,
  type PlannedDesign,
} from './allocation.ts'

export interface NextCallsOptions {
  readonly components: NoiseComponents
  /** What has been run. */
  readonly current: DesignSize
  /** Model and judge calls together that may still be made. */
  readonly calls: number
  /** The largest design that is possible. */
  readonly most: DesignSize
}

export interface Extension extends Omit<PlannedDesign, 'cost'> {
  /** What is added to; `all` is the best design of any shape that contains the current one. */
  readonly direction: 'items' | 'variants' | 'runs' | 'judges' | 'all'
  readonly calls: number
  /** Share of the current variance that goes away. */
  readonly varianceRemoved: number
}

/**
 * Ways to spend the calls, best first: all on new items, on new variants, on more runs, on more judges, or on the best mix.
 *
 * A design of n_i × n_v × n_r answers judged by n_j judges is n_i n_v n_r (1 + n_j) calls with judges, n_i n_v n_r without. Only
 * whole steps that keep the design crossed are taken; a direction in which no step is affordable or possible is left
 * out. Variance components are estimates: with wide intervals, spend a quarter of the budget and plan again.
 *
 * nextCalls({ components, current: { items: 200, variants: 1, runs: 1, judges: 1 }, calls: 1000, most })[0].direction
 */
export function nextCalls({ components, current, calls, most }: NextCallsOptions): readonly Extension[] {
  checkSize(current)
  checkMost(most)
  checkComponents(components)
  if (!Number.isInteger(calls) || calls < 1) fail('not-a-count', { calls }, 'pass a whole number of calls')
  const judged = components.judging !== undefined
  const used = (size: DesignSize): number =>
    size.items * size.variants * size.runs * (judged ? 1 + size.judges : 1) - answered(current, judged)
  const before = crossedVariance(components, current)
  const extension = (direction: Extension['direction'], size: DesignSize): Extension => {
    const variance = crossedVariance(components, size)
    return {
      ...size,
      direction,
      calls: used(size),
      variance,
      standardError: Math.sqrt(variance),
      varianceRemoved: before > 0 ? 1 - variance / before : 0,
    }
  }
  const directions = (['items', 'variants', 'runs', 'judges'] as const).filter((name) => judged || name !== 'judges')
  const single = directions.flatMap((name) => {
    const size = farthest({ current, name, most: most[name], affordable: (each) => used(each) <= calls })
    return size[name] > current[name] ? [extension(name, size)] : []
  })
  const mixes = mixedSizes({ current, most, judged, affordable: (each) => used(each) <= calls })
  const mixed = mixes.map((size) => extension('all', size)).sort(byVariance)[0]
  const all = mixed === undefined || mixed.calls === 0 ? single : [...single, mixed]
  return all.sort(byVariance)
}

function answered({ items, variants, runs, judges }: DesignSize, judged: boolean): number {
  return items * variants * runs * (judged ? 1 + judges : 1)
}

/** Fewer calls first among equally good ones. */
function byVariance(a: Extension, b: Extension): number {
  return a.variance - b.variance || a.calls - b.calls
}

interface Farthest {
  readonly current: DesignSize
  readonly name: keyof DesignSize
  readonly most: number
  readonly affordable: (size: DesignSize) => boolean
}

/** The current design with one facet as large as calls and stock allow: cost grows with size, so bisection finds it. */
function farthest({ current, name, most, affordable }: Farthest): DesignSize {
  const fails = current[name]
  const beyond = firstCount({
    fails,
    holds: Math.max(fails, most) + 1,
    condition: (size) => !affordable({ ...current, [name]: size }),
  })
  return { ...current, [name]: beyond - 1 }
}

/** Every affordable number of variants, runs and judges, with as many items as then remain. */
function mixedSizes({
  current,
  most,
  judged,
  affordable,
}: Pick<Farthest, 'current' | 'affordable'> & { readonly most: DesignSize; readonly judged: boolean }): DesignSize[] {
  const sizes: DesignSize[] = []
  for (let judges = current.judges; judges <= Math.max(current.judges, judged ? most.judges : 1); judges++) {
    for (let variants = current.variants; variants <= Math.max(current.variants, most.variants); variants++) {
      for (let runs = current.runs; runs <= Math.max(current.runs, most.runs); runs++) {
        const size = { ...current, variants, runs, judges }
        if (!affordable(size)) break
        sizes.push(farthest({ current: size, name: 'items', most: most.items, affordable }))
      }
    }
  }
  return sizes
}
