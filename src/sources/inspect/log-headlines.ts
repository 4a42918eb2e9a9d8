/** The log's own means, for readers of logs that do not hold all rows behind them. */
import type { RunRecord } from '../../domain/index.ts'
import { numberOf, recordOf } from '../files/json-access.ts'
import type { InspectHeader } from './header.ts'
import { type HeadlineScore, headlineScores } from './headline-scores.ts'

type Headline = RunRecord['headlines'][number]

/** Accuracy and mean of each scorer under the default reduction, with the plain standard error beside them. */
export function logHeadlines(header: InspectHeader): readonly Headline[] {
  const { results } = header
  const entries = Array.isArray(results?.scores) ? results.scores : []
  return headlineScores(header).flatMap((score, index) => {
    if (score.reducer !== undefined && score.reducer !== 'mean') return []
    const standardError = figure(score, 'stderr')
    const scored = numberOf(recordOf(entries[index])?.scored_samples) ?? numberOf(results?.completed_samples)
    // With repeats the figure averages items, and responses of one item are not independent.
    const repeated = (numberOf(recordOf(header.eval.config)?.epochs) ?? 1) > 1
    const n = repeated ? undefined : scored
    return ['accuracy', 'mean'].flatMap((metric): readonly Headline[] => {
      const value = figure(score, metric)
      if (value === undefined) return []
      return [{ scorer: score.name, metric, value, standardError, n, binary: isBinary({ value, standardError, n }) }]
    })
  })
}

function figure({ metrics }: HeadlineScore, name: string): number | undefined {
  const found = metrics.find(({ metric }) => {
    return metric.name === name && metric.group === undefined && metric.params.cluster === undefined
  })
  return numberOf(found?.reported)
}

/** Scores between 0 and 1 reach the variance p(1 − p) only if each is 0 or 1 (Bhatia and Davis 2000). */
function isBinary({ value, standardError, n }: Pick<Headline, 'value' | 'standardError' | 'n'>): true | undefined {
  if (standardError === undefined || n === undefined || n < 2 || value < 0 || value > 1) return undefined
  return Math.abs(standardError ** 2 - (value * (1 - value)) / (n - 1)) <= 1e-12 ? true : undefined
}
