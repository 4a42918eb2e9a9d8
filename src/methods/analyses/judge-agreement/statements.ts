/** The sentences and problems of `judge-agreement`, most important first. */
import { formatLevel, formatNumber, type Statement, type TestedFamily, testedFamily } from '../../../domain/index.ts'
import type { Caveat } from '../../../stats/index.ts'
import { type OrderBias, orderKey } from './order-bias.ts'
import type { PanelAgreement } from './panel-agreement.ts'

interface Options {
  readonly level: number
  readonly rely: number
  readonly tentative: number
  readonly consistent: number
  readonly sentences: number
}

interface Found {
  readonly agreements: readonly PanelAgreement[]
  readonly orders: readonly OrderBias[]
}

export function statementsOf(
  { agreements, orders, asModels }: Found & { readonly asModels: boolean },
  options: Options,
): readonly Statement[] {
  const ranked = agreements.toSorted((a, b) => lowerOf(a) - lowerOf(b))
  const skewed = agreements.filter((agreement) => prevalence(agreement) > 0.8)
  return [
    ...orders
      .toSorted((a, b) => consistencyOf(a) - consistencyOf(b))
      .slice(0, options.sentences)
      .map((order) => orderStatement(order, options)),
    ...ranked.slice(0, options.sentences).map((agreement) => agreementStatement(agreement, options)),
    ...(ranked.length > options.sentences
      ? [{ code: 'more-panels-in-table', values: { panels: ranked.length - options.sentences } }]
      : []),
    ...(skewed.length > 0
      ? [{ code: 'kappa-under-prevalence', values: { panels: skewed.length, all: agreements.length } }]
      : []),
    ...(agreements.some(({ panel }) => panel.several > 0)
      ? [
          {
            code: 'one-response-per-item-rated',
            values: { items: agreements.reduce((sum, { panel }) => sum + panel.several, 0) },
          },
        ]
      : []),
    ...(asModels && orders.length === 0 ? [{ code: 'needs-both-orders', values: {} }] : []),
  ]
}

export function orderFamily(orders: readonly OrderBias[], level: number): TestedFamily {
  return testedFamily({
    family: 'pull of judges towards what stands first',
    alpha: 1 - level,
    procedure: 'confirm',
    hypotheses: orders.map((order) => ({ key: `${orderKey(order)}/test`, test: order.test })),
  })
}

export function problemsOf({ agreements, orders }: Found, options: Options): readonly Caveat[] {
  const { adjusted, survives } = orderFamily(orders, options.level)
  const judges = adjusted.filter((p) => p !== undefined).length
  return [
    ...agreements
      .filter(({ panel, alpha }) => panel.namedJudges && alpha.kind === 'estimate')
      .filter((agreement) => lowerOf(agreement) < options.tentative)
      .map(({ panel, alpha }): Caveat => {
        const { lower, upper } = alpha.kind === 'estimate' ? alpha.interval : { lower: 0, upper: 0 }
        const values = {
          subject: named(panel),
          raters: panel.raters.length,
          lower,
          upper,
          level: formatLevel(options.level),
          needed: options.tentative,
        }
        return { code: 'judges-do-not-agree', severity: 'caution', values, subject: named(panel) }
      }),
    ...orders.flatMap((order, at): readonly Caveat[] => {
      const p = adjusted[at]
      if (p === undefined || survives[at] !== true) return []
      const { task, judge, towardsFirst, towardsSecond, items } = order
      const values = { task, judge, towardsFirst, towardsSecond, items, p, judges }
      return [{ code: 'order-sways-judge', severity: 'caution', values, subject: `${task} / ${judge}` }]
    }),
    ...agreements
      .filter(({ panel }) => panel.clustered)
      .map(
        ({ panel }): Caveat => ({
          code: 'agreement-ignores-clusters',
          severity: 'caution',
          values: { subject: named(panel) },
          subject: named(panel),
        }),
      ),
  ]
}

function orderStatement(order: OrderBias, { level, consistent }: Options): Statement {
  const { task, judge, items, consistency, towardsFirst, towardsSecond, test } = order
  if (consistency.kind !== 'estimate') return { code: 'needs-both-orders', values: {} }
  const { lower, upper } = consistency.interval
  return {
    code: upper < consistent ? 'judge-inconsistent-between-orders' : 'judge-between-orders',
    values: {
      task,
      judge,
      items,
      consistency: consistency.value,
      lower,
      upper,
      level: formatLevel(level),
      expected: consistent,
      towardsFirst,
      towardsSecond,
      p: test.kind === 'test' ? formatNumber(test.pValue, 'p-value') : 'not testable',
    },
  }
}

function agreementStatement(agreement: PanelAgreement, { level, rely, tentative }: Options): Statement {
  const { panel, alpha, gwet } = agreement
  const values = { subject: named(panel), raters: panel.raters.length, units: panel.ratings.units, scale: panel.kind }
  if (alpha.kind !== 'estimate') {
    const other = gwet.kind === 'estimate' ? formatNumber(gwet.value, 'number') : 'not estimable'
    return { code: 'agreement-without-alpha', values: { ...values, gwet: other } }
  }
  const { lower, upper } = alpha.interval
  return {
    code: lower >= rely ? 'judges-agree' : lower >= tentative ? 'judges-agree-tentatively' : 'judges-disagree',
    values: { ...values, alpha: alpha.value, lower, upper, level: formatLevel(level), rely, tentative },
  }
}

export function named({ task, model }: PanelAgreement['panel']): string {
  return model === undefined ? task : `${task} / ${model}`
}

function consistencyOf({ consistency }: OrderBias): number {
  return consistency.kind === 'estimate' ? consistency.value : 1
}

function lowerOf({ alpha }: PanelAgreement): number {
  return alpha.kind === 'estimate' ? alpha.interval.lower : Number.POSITIVE_INFINITY
}

/** Largest prevalence index of a pair: near 1, kappa is low however good the raters are. */
export function prevalence({ pairs }: PanelAgreement): number {
  return Math.max(0, ...pairs.map(({ plain }) => (plain.kind === 'kappa' ? (plain.prevalenceIndex ?? 0) : 0)))
}
