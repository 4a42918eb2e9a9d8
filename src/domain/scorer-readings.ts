/**
 * Two readings of one reply by one scorer: what was asked for, and any clear answer. They are one measurement read twice,
 * not two raters, and not two results.
 */
import { type Measure, measuresOf } from './measures.ts'
import type { Observations } from './observations.ts'

const mark = ' (lenient)'

/** The name under which the lenient reading of a scorer stands in a table. */
export function lenientName(scorer: string): string {
  return `${scorer}${mark}`
}

/** The scorer whose lenient reading has this name; undefined where it is none. */
export function strictName(name: string): string | undefined {
  return name.endsWith(mark) ? name.slice(0, -mark.length) : undefined
}

/** Filters of one metric (`exact_match,strict-match` and `exact_match,flexible-extract`) are readings, too. */
export function areReadings(first: string, second: string): boolean {
  if (first === lenientName(second) || second === lenientName(first)) return true
  const [metric, filter] = first.split(',')
  const [otherMetric, otherFilter] = second.split(',')
  return metric === otherMetric && filter !== undefined && otherFilter !== undefined
}

/** Whether the measure is the lenient reading of one that stands beside it. */
function isSecondReading({ task, scorer }: Measure, measures: readonly Measure[]): boolean {
  const strict = strictName(scorer)
  return measures.some((other) => other.task === task && other.scorer === strict)
}

/**
 * The measures that results are about: of a scorer with two readings the strict one. What compares readings, or shows them
 * side by side, uses all of `measuresOf`.
 */
export function leadingMeasures(observations: Observations): readonly Measure[] {
  const measures = measuresOf(observations)
  return measures.filter((measure) => !isSecondReading(measure, measures))
}
