/** The sentences of `technique-gap`, most important first. */
import { differenceFormat, formatInterval, formatLevel, formatNumber, type Statement } from '../../../domain/index.ts'
import type { ModelGaps, TechniqueGap } from './model-gaps.ts'

interface StatementOptions {
  readonly level: number
  readonly sentences: number
}

export function statementsOf(
  found: readonly ModelGaps[],
  { level, sentences }: StatementOptions,
): readonly Statement[] {
  const shown = found.toSorted((a, b) => largest(b) - largest(a)).slice(0, sentences)
  const left = found.length - shown.length
  return [
    ...shown.flatMap((gaps) => words(gaps, level)),
    ...(left > 0 ? [{ code: 'more-gaps-in-table', values: { left } }] : []),
    // What a gap does not license is said every time: it is the sentence most often read into one.
    { code: 'gap-is-no-upper-bound', values: {} },
  ]
}

function words(found: ModelGaps, level: number): readonly Statement[] {
  const { measure, model, baseline, gaps, best } = found
  const format = differenceFormat(measure.scale)
  const decided = gaps.filter(({ adjusted }) => adjusted !== undefined && adjusted <= 1 - level)
  const names = { measure: measure.key, model, baseline }
  const leading = gaps.toSorted((a, b) => gainOf(b) - gainOf(a))[0]
  const single = gaps.length === 1 || best === undefined ? leading : undefined
  const sentences: Statement[] = []
  if (single !== undefined && single.gap.kind === 'estimate') {
    const values = {
      ...names,
      technique: single.technique,
      gap: formatNumber(single.gap.value, format),
      interval: formatInterval(single.gap, format) ?? '',
      level: formatLevel(level),
      items: single.shared.items.length,
    }
    sentences.push({ code: decided.includes(single) ? 'technique-changes-score' : 'technique-gap-open', values })
  }
  if (best !== undefined) sentences.push(bestWords(found, { level, best }))
  if (leading?.tokensPerPoint !== undefined && decided.includes(leading)) {
    const values = { measure: measure.key, model, technique: leading.technique, tokens: leading.tokensPerPoint }
    sentences.push({ code: 'technique-cost', values })
  }
  return sentences
}

interface BestWords {
  readonly level: number
  readonly best: NonNullable<ModelGaps['best']>
}

function bestWords({ measure, model, baseline, gaps }: ModelGaps, { level, best }: BestWords): Statement {
  const format = differenceFormat(measure.scale)
  const { corrected, naive, technique } = best
  const values = {
    measure: measure.key,
    model,
    baseline,
    techniques: gaps.length + 1,
    technique,
    naive: formatNumber(naive, format),
  }
  if (corrected.kind === 'not-estimable') return { code: 'best-technique-uncorrected', values }
  return {
    code: 'best-technique',
    values: {
      ...values,
      corrected: formatNumber(corrected.value, format),
      interval: formatInterval(corrected, format) ?? '',
      level: formatLevel(level),
    },
  }
}

function gainOf({ gap }: TechniqueGap): number {
  return gap.kind === 'estimate' ? gap.value : Number.NEGATIVE_INFINITY
}

function largest({ gaps }: ModelGaps): number {
  return Math.max(...gaps.map((gap) => Math.abs(gap.gap.kind === 'estimate' ? gap.gap.value : 0)))
}
