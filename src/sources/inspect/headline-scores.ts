/** Inspect's own figures as a log lists them, in the layout of any version. */
import { type JsonRecord, recordOf, textOf } from '../files/json-access.ts'
import type { InspectHeader } from './header.ts'
import { type HeadlineMetric, unqualifiedName } from './headline-metrics.ts'

export interface HeadlineScore {
  /** Scorer whose values the figures summarise. */
  readonly root: string
  /** `match`, or `rubric/tone` for one part of a composite value. */
  readonly name: string
  /** As the log names it; undefined where the log leaves it to the default, the mean. */
  readonly reducer: string | undefined
  readonly metrics: readonly ReportedMetric[]
}

export interface ReportedMetric {
  readonly metric: HeadlineMetric
  /** `stderr(cluster=passage)`, `ci lower(level=0.9)`. */
  readonly label: string
  /** What the log states: a number, or a text such as `NaN`. */
  readonly reported: unknown
}

/** Early logs hold one `scorer` with `metrics` beside it; later ones a list of `scores`, one per scorer and reducer. */
export function headlineScores(header: InspectHeader): readonly HeadlineScore[] {
  const { results } = header
  const scores = results?.scores
  const single = recordOf(results?.scorer)
  const list: readonly unknown[] = Array.isArray(scores)
    ? scores
    : single === undefined
      ? []
      : [{ ...single, metrics: results?.metrics ?? single.metrics }]
  return list.flatMap((entry) => {
    const score = recordOf(entry)
    const part = textOf(score?.name)
    const root = textOf(score?.scorer) ?? part
    if (score === undefined || part === undefined || root === undefined) return []
    return {
      root,
      name: part === root ? root : `${root}/${part}`,
      reducer: textOf(score.reducer),
      metrics: reportedMetrics(recordOf(score.metrics) ?? {}),
    }
  })
}

function reportedMetrics(metrics: JsonRecord): readonly ReportedMetric[] {
  return Object.keys(metrics).flatMap((key) => {
    const entry = recordOf(metrics[key])
    if (entry === undefined) return []
    const name = unqualifiedName(textOf(entry.name) ?? key)
    const group = textOf(entry.group)
    const params = recordOf(entry.params) ?? recordOf(entry.options) ?? {}
    const given = Object.keys(params)
      .filter((param) => param !== 'to_float')
      .map((param) => `${param}=${shown(params[param])}`)
      .join(', ')
    const title = group === undefined ? name : `${unqualifiedName(group)} ${name}`
    return {
      metric: { name, group: group === undefined ? undefined : unqualifiedName(group), params },
      label: given === '' ? title : `${title}(${given})`,
      reported: entry.value,
    }
  })
}

function shown(value: unknown): string {
  const name = textOf(recordOf(value)?.name)
  if (name !== undefined) return unqualifiedName(name)
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value)
}
