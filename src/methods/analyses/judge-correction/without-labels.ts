/** Why no label was found beside a judge, and what to say so that one is. */
import { type Measure, measuresByTask, type Observations, type Statement } from '../../../domain/index.ts'
import { isLabel, scoreOfWord } from './labelled-scores.ts'

interface Given {
  readonly measures: readonly Measure[]
  readonly labels: string | undefined
  readonly judge: string | undefined
}

const mostNamed = 6

export function withoutLabels(observations: Observations, { measures, labels, judge }: Given): Statement {
  const known = [...new Set([...observations.scorer.values, ...observations.attributes.keys()])]
  const unknown = [labels, judge].find((name) => name !== undefined && !known.includes(name))
  if (unknown !== undefined) return { code: 'labels-not-found', values: { name: unknown, known: listed(known) } }
  const named = known.find((name) => isLabel(name, labels))
  if (named !== undefined) return { code: 'labels-beside-no-judge', values: { labels: named } }
  const candidates = candidatesOf(observations, measures)
  return candidates.length === 0
    ? { code: 'needs-human-labels', values: { scorers: observations.scorer.values.length } }
    : { code: 'labels-not-named', values: { candidates: listed(candidates), example: candidates[0] ?? '' } }
}

/** Scorers that share a task with another, and attributes of score words: any of them may hold labels. */
function candidatesOf(observations: Observations, measures: readonly Measure[]): readonly string[] {
  const bounded = measuresByTask(measures.filter(({ scale }) => scale !== 'unbounded'))
  const beside = bounded.flatMap(({ measures: scorers }) =>
    scorers.length > 1 ? scorers.map(({ scorer }) => scorer) : [],
  )
  const attributes = [...observations.attributes].flatMap(([name, { values }]) =>
    values.length > 1 && values.every((word) => !Number.isNaN(scoreOfWord(word))) ? [name] : [],
  )
  return bounded.length === 0 ? [] : [...new Set([...beside, ...attributes])]
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, mostNamed).map((name) => `“${name}”`)
  return names.length > mostNamed ? `${shown.join(', ')} and ${names.length - mostNamed} more` : shown.join(', ')
}
