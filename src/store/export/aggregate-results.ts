/** The results of an aggregate record: a mean with its interval for each technique, setting, scorer and reading. */
import { variantLabel } from '../../domain/index.ts'
import { boundedMeanInterval, type Outcome } from '../../stats/index.ts'
import type { AskedRun } from '../read-run.ts'
import type { InstanceRow } from './instance-rows.ts'

export function aggregateResults({ run, rows }: { readonly run: AskedRun; readonly rows: readonly InstanceRow[] }) {
  const { study, time } = run.start
  const groups = Map.groupBy(rows, ({ result }) => result.id)
  return [...groups.values()].flatMap((members) => {
    const [first] = members
    if (first === undefined) return []
    const { result, range } = first
    const outcome = meanOf(members, range)
    if (outcome.kind !== 'estimate') return []
    const unscored = members.filter(({ reading }) => typeof reading.score !== 'number').length
    return [
      {
        evaluation_result_id: result.id,
        evaluation_name: result.name,
        source_data: { dataset_name: study.title, source_type: 'other' },
        evaluation_timestamp: time,
        metric_config: {
          metric_id: result.scorer,
          metric_kind: 'mean',
          lower_is_better: false,
          score_type: 'continuous',
          min_score: range.lower,
          max_score: range.upper,
        },
        score_details: {
          score: outcome.value,
          details: {
            technique: result.technique,
            setting: variantLabel(result.levels),
            responses: String(members.length),
            unscored_responses: String(unscored),
          },
          uncertainty: {
            ...(outcome.standardError === undefined
              ? {}
              : { standard_error: { value: outcome.standardError, method: outcome.method } }),
            confidence_interval: {
              lower: outcome.interval.lower,
              upper: outcome.interval.upper,
              confidence_level: outcome.interval.level,
              method: outcome.method,
            },
            num_samples: outcome.n,
          },
        },
      },
    ]
  })
}

/** Mean over the scored responses with its interval by cluster, or by item where there are repeats. */
function meanOf(members: readonly InstanceRow[], range: { readonly lower: number; readonly upper: number }): Outcome {
  const values: number[] = []
  const clusters: number[] = []
  const codes = new Map<string, number>()
  for (const { reading, cluster } of members) {
    if (typeof reading.score !== 'number') continue
    const code = codes.get(cluster) ?? codes.size
    codes.set(cluster, code)
    values.push(reading.score)
    clusters.push(code)
  }
  return boundedMeanInterval({ values, clusters: Int32Array.from(clusters), range, level: 0.95 })
}
