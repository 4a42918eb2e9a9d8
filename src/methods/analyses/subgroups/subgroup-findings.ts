/** Which groups stand out, judged over all attributes, models and measures at once. */
import { type Statement, type TestedFamily, testedFamily } from '../../../domain/index.ts'
import type { Caveat } from '../../../stats/index.ts'
import { attributeKey, type ComparedAttribute } from './show-subgroups.ts'

export interface FindingOptions {
  readonly level: number
  readonly leftOut: ReadonlySet<string>
  readonly tooSmall: ReadonlySet<string>
}

/** A group whose simultaneous interval excludes the overall score, of an attribute whose test survives Holm. */
interface Outlier {
  readonly compared: ComparedAttribute
  readonly level: string
  readonly value: number
  readonly lower: number
  readonly upper: number
  readonly n: number
  readonly gap: number
}

const mostProblems = 5

export function subgroupFindings(
  compared: readonly ComparedAttribute[],
  options: FindingOptions,
): {
  readonly statements: readonly Statement[]
  readonly problems: readonly Caveat[]
  readonly ledgers: TestedFamily['ledgers']
} {
  const { ledgers, survives } = heterogeneityFamily(compared, options.level)
  const outliers = compared.filter((_, i) => survives[i]).flatMap(outliersOf)
  // Of two equal distances the lower score comes first; rounding must not decide which that is.
  outliers.sort((a, b) => apartness(b) - apartness(a) || a.value - b.value)
  const [worst] = outliers
  const attributes = new Set(compared.map(({ attribute }) => attribute.name)).size
  const groups = compared.reduce((sum, { attribute }) => sum + attribute.levels.length, 0)
  const statements: Statement[] =
    worst === undefined
      ? [{ code: 'no-subgroup-stands-out', values: { attributes, groups, widest: widest(compared) } }]
      : [
          {
            code: codeOf('subgroups-differ', worst),
            values: { ...valuesOf(worst), attributes, groups, outliers: outliers.length },
          },
        ]
  if (options.leftOut.size > 0) statements.push(list('attributes-left-out', options.leftOut))
  if (options.tooSmall.size > 0) statements.push(list('attributes-too-small', options.tooSmall))
  return { statements, problems: problemsOf(outliers), ledgers }
}

/** Holm over every heterogeneity test of the report: the chance of one false alarm among them is at most 1 − level. */
function heterogeneityFamily(compared: readonly ComparedAttribute[], level: number): TestedFamily {
  return testedFamily({
    family: 'differences between subgroups',
    alpha: 1 - level,
    procedure: 'confirm',
    hypotheses: compared.map((each) => ({ key: attributeKey(each), test: each.heterogeneity })),
  })
}

function outliersOf(compared: ComparedAttribute): readonly Outlier[] {
  return compared.attribute.levels.flatMap((level, group) => {
    const outcome = compared.groups[group]
    if (outcome?.kind !== 'estimate') return []
    const { lower, upper } = outcome.interval
    if (lower <= compared.overall && upper >= compared.overall) return []
    const { value, n } = outcome
    return [{ compared, level, value, lower, upper, n, gap: value - compared.overall }]
  })
}

/** The worst group of each attribute and measure, with how many more there are: at most five problems. */
function problemsOf(outliers: readonly Outlier[]): readonly Caveat[] {
  const byAttribute = Map.groupBy(outliers, ({ compared }) =>
    JSON.stringify([compared.measure.key, compared.attribute.name]),
  )
  return [...byAttribute.values()].slice(0, mostProblems).flatMap((group) => {
    const [worst] = group
    if (worst === undefined) return []
    const { compared, level } = worst
    return [
      {
        code: codeOf('subgroup-gap', worst),
        severity: 'caution' as const,
        values: { ...valuesOf(worst), hits: group.length },
        subject: `${compared.measure.key}, ${compared.model}, ${compared.attribute.name} = ${level}`,
      },
    ]
  })
}

/** Rates and other scores are written differently, so each has words of its own. */
function codeOf(code: string, { compared }: Outlier): string {
  return compared.measure.scale === 'unbounded' ? `${code}-in-score` : code
}

function valuesOf({ compared, level, value, lower, upper, n }: Outlier) {
  const { measure, model, attribute, overall } = compared
  return {
    task: measure.task,
    scorer: measure.scorer,
    model,
    attribute: attribute.name,
    level,
    value,
    lower,
    upper,
    overall,
    units: n,
  }
}

/** Half the widest simultaneous interval: what a group could differ by unseen. */
function widest(compared: readonly ComparedAttribute[]): number {
  let most = 0
  for (const { groups } of compared) {
    for (const outcome of groups) {
      if (outcome.kind !== 'estimate') continue
      const half = (outcome.interval.upper - outcome.interval.lower) / 2
      if (Number.isFinite(half)) most = Math.max(most, half)
    }
  }
  return most
}

function apartness({ gap }: Outlier): number {
  return Math.round(Math.abs(gap) * 1e9)
}

function list(code: string, names: ReadonlySet<string>): Statement {
  return { code, values: { count: names.size, names: [...names].sort().slice(0, 8).join(', ') } }
}
