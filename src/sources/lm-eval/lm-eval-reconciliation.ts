/** Recomputes the figures of a results file from the samples beside it, and says of each whether it holds. */
import type { Headline, Reconciliation } from '../../domain/index.ts'
import type { Caveat } from '../../stats/index.ts'
import { type JsonRecord, recordOf, textOf } from '../files/json-access.ts'
import { binarySize } from './binary-size.ts'
import type { ReportedMetric, TaskResults } from './lm-eval-results.ts'
import type { MetricSummary } from './metric-summary.ts'

export interface MetricCheck {
  readonly path: string
  readonly reported: ReportedMetric
  /** Undefined where there are no samples, or none with this metric. */
  readonly summary: MetricSummary | undefined
  readonly because: Caveat | undefined
}

export interface Reconciled {
  readonly reconciliations: readonly Reconciliation[]
  readonly headline: Headline | undefined
  readonly caveats: readonly Caveat[]
}

/** Metrics that the harness scores as 0 or 1 for each document, whatever the task. */
const binaryMetrics = /^(acc|acc_norm|acc_bytes|acc_mutual_info|exact_match|em|mc1|pass@1|prompt_level_\w+_acc)$/

export function reconcileMetric(results: TaskResults, check: MetricCheck): Reconciled {
  const { reported, summary } = check
  const aggregation = aggregationOf(results.config, reported.metric)
  const name = `${results.task} / ${reported.scorer}`
  const because = check.because ?? reasonAgainst({ check, aggregation, results })
  const found = because === undefined && summary !== undefined ? aggregated(summary, aggregation) : undefined
  const value = compare({ metric: `${name} / ${aggregation ?? 'value'}`, said: reported.value, found, because })
  const reconciliations = [
    // Not every aggregation is written down; where it is not, another figure than the mean is no contradiction.
    aggregation === undefined && value.verdict === 'differs' ? unknownAggregation(value, reported.scorer) : value,
  ]
  if (reported.standardError !== undefined) {
    const bootstrapped = aggregation !== undefined && aggregation !== 'mean' && aggregation !== 'nanmean'
    const against = bootstrapped ? caveat('standard-error-bootstrapped', { metric: reported.scorer }) : because
    const error = compare({
      metric: `${name} / standard error`,
      said: reported.standardError,
      found: against === undefined ? summary?.standardError : undefined,
      because: against,
    })
    const unclear = aggregation === undefined && error.verdict === 'differs'
    reconciliations.push(unclear ? unknownAggregation(error, reported.scorer) : error)
  }
  const headline = headlineOf(results, { ...check, aggregation })
  const caveats = standardErrorCaveats(results, { path: check.path, headline, summary })
  return { reconciliations, headline, caveats: [...caveats, ...sizeCaveats(results, headline)] }
}

function aggregated(summary: MetricSummary, aggregation: string | undefined): number {
  return aggregation === 'perplexity' ? Math.exp(-summary.mean) : summary.mean
}

function unknownAggregation(reconciliation: Reconciliation, metric: string): Reconciliation {
  return { ...reconciliation, verdict: 'cannot', because: caveat('aggregation-unknown', { metric }) }
}

/** How the harness makes the figure of the rows' values; undefined where the file does not say. */
function aggregationOf(config: JsonRecord | undefined, metric: string): string | undefined {
  const list = config?.metric_list
  if (!Array.isArray(list)) return binaryMetrics.test(metric) ? 'mean' : undefined
  const entry = list.map(recordOf).find((candidate) => candidate?.metric === metric)
  const written = textOf(entry?.aggregation)
  if (written === undefined) return binaryMetrics.test(metric) ? 'mean' : undefined
  return /^\w+$/.test(written) ? written : undefined
}

interface ReasonOptions {
  readonly check: MetricCheck
  readonly aggregation: string | undefined
  readonly results: TaskResults
}

/** Why the figure cannot be recomputed, or undefined where it can. */
function reasonAgainst({ check: { reported, summary }, aggregation, results }: ReasonOptions): Caveat | undefined {
  const { scorer } = reported
  if (summary === undefined || summary.rows === 0) return caveat('metric-not-in-rows', { metric: scorer })
  if (results.documents !== undefined && summary.rows < results.documents)
    return caveat('samples-truncated', { metric: scorer, found: summary.rows, expected: results.documents })
  if (summary.scored < summary.rows)
    return caveat('metric-not-numeric', { metric: scorer, rows: summary.rows - summary.scored })
  if (aggregation === undefined || ['mean', 'nanmean', 'perplexity'].includes(aggregation)) return undefined
  return caveat('metric-not-a-mean', { metric: scorer, aggregation })
}

interface Comparison {
  readonly metric: string
  readonly said: number | undefined
  readonly found: number | undefined
  readonly because: Caveat | undefined
}

/** Python and JavaScript add in another order: nine digits are equal, the last few need not be. */
const tolerance = 1e-9

function compare({ metric, said, found, because }: Comparison): Reconciliation {
  const recomputed = found === undefined || Number.isNaN(found) ? undefined : found
  if (said === undefined || recomputed === undefined) {
    const reason = because ?? caveat('reported-not-finite', { metric })
    return { metric, reported: said, recomputed, verdict: 'cannot', because: reason }
  }
  if (Math.abs(said - recomputed) <= tolerance * Math.max(1, Math.abs(said)))
    return { metric, reported: said, recomputed, verdict: 'match' }
  const unexplained = caveat('difference-unexplained', { difference: recomputed - said })
  return { metric, reported: said, recomputed, verdict: 'differs', because: unexplained }
}

interface HeadlineOptions {
  readonly reported: ReportedMetric
  readonly summary: MetricSummary | undefined
  readonly aggregation: string | undefined
}

function headlineOf(results: TaskResults, { reported, summary, aggregation }: HeadlineOptions): Headline | undefined {
  const { value, standardError, metric, scorer } = reported
  if (value === undefined) return undefined
  const proven = standardError === undefined ? undefined : binarySize(value, standardError)
  const isMean = aggregation === 'mean' || aggregation === undefined
  // A group's figure is pooled over tasks of unequal size: the formula for one sample does not apply.
  const n = results.documents ?? (results.subtasks.length === 0 && isMean ? proven : undefined)
  const atBoundary = (value === 0 || value === 1) && binaryMetrics.test(metric)
  const binary =
    isMean && (atBoundary || (n !== undefined && proven === n) || (summary?.binary === true && summary.scored === n))
  return {
    scorer,
    metric: aggregation ?? metric,
    value,
    ...(standardError === undefined ? {} : { standardError }),
    ...(n === undefined ? {} : { n }),
    ...(binary ? { binary } : {}),
  }
}

/** The number of documents was not written down but solved from the standard error. */
function sizeCaveats(results: TaskResults, headline: Headline | undefined): readonly Caveat[] {
  if (results.documents !== undefined || headline?.n === undefined) return []
  const values = { metric: `${results.task} / ${headline.scorer}`, n: headline.n }
  return [caveat('size-from-standard-error', values)]
}

interface StandardErrorOptions {
  readonly path: string
  readonly headline: Headline | undefined
  readonly summary: MetricSummary | undefined
}

function standardErrorCaveats(
  results: TaskResults,
  { path, headline, summary }: StandardErrorOptions,
): readonly Caveat[] {
  if (headline?.standardError === undefined) return []
  const { value, standardError, scorer, n } = headline
  const values = { path, metric: `${results.task} / ${scorer}`, value, standardError }
  const name = scorer.split(',')[0] ?? scorer
  if (standardError === 0) {
    // Rows that are all the same fraction do have a standard error of 0; nothing else inside (0, 1) does.
    if (value > 0 && value < 1 && summary?.constant !== true)
      return [caveat('impossible-standard-error', values, 'caution')]
    if ((value === 0 || value === 1) && binaryMetrics.test(name))
      return [caveat('zero-standard-error', values, 'caution')]
    return []
  }
  // No scores between 0 and 1 spread more than zeros and ones do.
  const most = n === undefined || n < 2 ? undefined : Math.sqrt((value * (1 - value)) / (n - 1))
  const tooLarge = most !== undefined && binaryMetrics.test(name) && standardError > most * (1 + 1e-6)
  return tooLarge && results.subtasks.length === 0 ? [caveat('impossible-standard-error', values, 'caution')] : []
}

function caveat(code: string, values: Caveat['values'], severity: Caveat['severity'] = 'note'): Caveat {
  return { code, severity, values }
}
