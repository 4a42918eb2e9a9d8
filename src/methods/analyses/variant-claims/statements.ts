/** The sentences of `variant-claims`: what is licensed first, then what is not. */
import { formatLevel, formatNumber, type Statement } from '../../../domain/index.ts'
import type { VariantClaims } from './claim-variants.ts'

interface Options {
  readonly level: number
  readonly share: number
  readonly drawn: 'listed' | 'at-random'
  readonly floor?: number | undefined
  readonly sentences: number
}

export function statementsOf(claims: readonly VariantClaims[], options: Options): readonly Statement[] {
  const done = claims.filter(({ clustered }) => !clustered)
  const shown = done.slice(0, options.sentences)
  return [
    ...shown.flatMap((each) => everyStatement(each, options)),
    ...shown.flatMap((each) => selectedStatement(each, options)),
    ...(done.length > shown.length
      ? [{ code: 'more-variant-claims-in-table', values: { models: done.length - shown.length } }]
      : []),
    ...(shown[0] === undefined ? [] : [mostStatement(shown[0], options)]),
    ...shown.flatMap((each) => floorStatement(each, options)),
    ...(claims.length > done.length
      ? [{ code: 'variant-claims-in-clusters', values: { models: claims.length - done.length } }]
      : []),
    ...(done.some(({ repeated }) => repeated) ? [{ code: 'first-repeat-only', values: {} }] : []),
    { code: 'worst-case-not-licensed', values: {} },
  ]
}

function everyStatement(claims: VariantClaims, { level }: Options): readonly Statement[] {
  const { measure, model, labels, items, everyAtLeast, everyAtMost, weakest, someAtMost } = claims
  if (everyAtLeast.kind !== 'estimate' || everyAtMost.kind !== 'estimate' || someAtMost.kind !== 'estimate') return []
  return [
    {
      code: 'every-listed-variant',
      values: {
        measure: measure.key,
        model,
        variants: labels.length,
        items,
        lower: everyAtLeast.interval.lower,
        upper: everyAtMost.interval.upper,
        weakest: weakest ?? '',
        seen: everyAtLeast.value,
        some: someAtMost.interval.upper,
        level: formatLevel(level),
      },
    },
  ]
}

function selectedStatement(
  { measure, model, labels, selected, lead }: VariantClaims,
  { level }: Options,
): readonly Statement[] {
  if (selected.kind === 'not-estimable' || selected.reestimate.kind !== 'estimate') return []
  const { value, interval } = selected.reestimate
  return [
    {
      code: 'best-variant-reestimated',
      values: {
        measure: measure.key,
        model,
        variant: labels[selected.selected] ?? '',
        variants: labels.length,
        chosen: selected.whereChosen,
        fresh: value,
        lower: interval.lower,
        upper: interval.upper,
        lead: formatNumber(lead, 'number'),
        level: formatLevel(level),
      },
    },
  ]
}

function mostStatement(
  { measure, model, mostAtLeast, labels }: VariantClaims,
  { share, drawn, level }: Options,
): Statement {
  const values = { measure: measure.key, model, variants: labels.length, share, level: formatLevel(level) }
  if (mostAtLeast.kind === 'not-estimable') {
    const needed = mostAtLeast.because.values.needed
    return { code: 'most-variants-need', values: { ...values, needed: typeof needed === 'number' ? needed : 0 } }
  }
  return {
    code: drawn === 'at-random' ? 'most-variants' : 'most-variants-if-random',
    values: { ...values, lower: mostAtLeast.interval.lower },
  }
}

function floorStatement(
  { measure, model, belowFloor, labels }: VariantClaims,
  { drawn, floor, level }: Options,
): readonly Statement[] {
  if (floor === undefined || belowFloor?.kind !== 'estimate') return []
  return [
    {
      code: drawn === 'at-random' ? 'bad-variants' : 'bad-variants-if-random',
      values: {
        measure: measure.key,
        model,
        variants: labels.length,
        floor,
        upper: belowFloor.interval.upper,
        level: formatLevel(level),
      },
    },
  ]
}
