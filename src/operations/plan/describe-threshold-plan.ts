/** The threshold plan in words, tables and a figure. */
import { formatNumber } from '../../domain/index.ts'
import type { PlanDocument, PlanTable } from '../../report/index.ts'
import { thresholdPlan } from '../../stats/index.ts'
import { countWords, levelWords, rateWords } from './plan-words.ts'
import type { ThresholdPlanInput, ThresholdPlanOf, ThresholdRow } from './threshold-plan-of.ts'

export function describeThresholdPlan(input: ThresholdPlanInput, plan: ThresholdPlanOf): PlanDocument {
  return {
    title: `Plan for the claim "the rate exceeds ${rateWords(input.above)}" at p ≤ ${levelOf(plan.chosen)}`,
    answer: [neededWords(input, plan), ...atHandWords(input, plan), otherTests(plan)],
    tables: [levelTable(input, plan)],
    figures: [powerCurves(input, plan)],
    notes: [
      'trials are independent draws from the declared distribution of inputs, and their number is fixed before looking.',
      'p-values and power are those of the exact binomial test; approximations are wrong by orders of magnitude in these tails.',
      'errors of the judge, of the model served and of how inputs were drawn are not in this p: below about 1e-3 they decide, so that such a claim takes a second, independent run.',
    ],
  }
}

function levelOf({ alpha, sigma }: Pick<ThresholdRow, 'alpha' | 'sigma'>): string {
  return `${formatNumber(alpha, 'p-value').replace(/^p = /, '')} (${formatNumber(sigma, 'number')} sigma)`
}

function neededWords({ expected, above }: ThresholdPlanInput, { chosen }: ThresholdPlanOf): string {
  const { trials, criticalCount, power } = chosen.needed
  return (
    `Run ${countWords(trials)} trials: ${countWords(criticalCount)} successes or more show a rate above ${rateWords(above)}, and they come ` +
    `with probability ${formatNumber(power, 'rate')} if the true rate is ${rateWords(expected)}.`
  )
}

function atHandWords({ trials, expected, above }: ThresholdPlanInput, { chosen }: ThresholdPlanOf): readonly string[] {
  if (trials === undefined) return []
  const { atHand } = chosen
  if (atHand === undefined)
    return [`${countWords(trials)} trials cannot show it at this level: not even with a success in each of them.`]
  const { criticalCount, certifiableEffect, power, attainedAlpha } = atHand
  return [
    `${countWords(trials)} trials show it from ${countWords(criticalCount)} successes on, ${formatNumber(100 * certifiableEffect, 'number')} points above ${rateWords(above)} ` +
      `(attained p ${formatNumber(attainedAlpha, 'p-value')}); at a true rate of ${rateWords(expected)} with probability ${formatNumber(power, 'rate')}.`,
  ]
}

function otherTests({ chosen }: ThresholdPlanOf): string {
  return (
    `Other tests cannot return so small a p with less: a simulated one takes ${countWords(chosen.draws)} draws, a sign-flip over ` +
    `clusters ${countWords(chosen.clusters)} clusters.`
  )
}

function levelTable({ trials: given, power }: ThresholdPlanInput, { rows, chosen }: ThresholdPlanOf): PlanTable {
  return {
    shownIn: 'terminal-and-page',
    table: {
      title: `Trials for power ${levelWords(power)}, by level${given === undefined ? '' : `, and what ${countWords(given)} trials show`}`,
      columns: [
        { key: 'alpha', label: 'p at most', format: 'p-value' },
        { key: 'sigma', label: 'sigma', format: 'number' },
        { key: 'trials', label: 'trials', format: 'count' },
        { key: 'critical', label: 'successes', format: 'count' },
        { key: 'attained', label: 'attained p', format: 'p-value' },
        ...(given === undefined
          ? []
          : ([
              { key: 'criticalAtHand', label: `of ${countWords(given)}`, format: 'count' },
              { key: 'powerAtHand', label: 'power', format: 'rate' },
            ] as const)),
        { key: 'mark', label: 'choice', format: 'text' },
      ],
      rows: rows.map((row) => ({
        alpha: row.alpha,
        sigma: row.sigma,
        trials: row.needed.trials,
        critical: row.needed.criticalCount,
        attained: row.needed.attainedAlpha,
        criticalAtHand: row.atHand?.criticalCount ?? null,
        powerAtHand: row.atHand?.power ?? 0,
        mark: row === chosen ? '<- plan' : '',
      })),
      omittedRows: 0,
    },
  }
}

function powerCurves(
  { above, expected }: ThresholdPlanInput,
  { rows, chosen }: ThresholdPlanOf,
): PlanDocument['figures'][number] {
  const most = Math.max(...rows.map(({ needed }) => needed.trials))
  const counts = [...new Set(Array.from({ length: 33 }, (_, i) => Math.round((most / 30) * 45 ** (i / 32))))].filter(
    (trials) => trials >= 2,
  )
  const drawn = [
    ...new Set([chosen, ...rows.filter(({ alpha }) => alpha === 0.05 || alpha === 1e-5), ...rows.slice(-1)]),
  ]
  return {
    kind: 'curves',
    title: 'Probability of showing it, against trials',
    description:
      'How likely the exact test is to succeed at the expected rate, by the number of trials and the largest p that counts. Power is a saw-tooth: the plan is where it stays.',
    format: 'rate',
    xAxis: 'trials',
    yAxis: 'probability of success',
    xScale: 'log',
    series: drawn
      .toSorted((a, b) => b.alpha - a.alpha)
      .map(({ alpha }) => ({
        label: `p ≤ ${formatNumber(alpha, 'p-value')}`,
        points: counts.map((trials) => {
          const plan = thresholdPlan({ trials, nullRate: above, trueRate: expected, alpha })
          return { x: trials, y: plan.kind === 'threshold-plan' ? plan.power : 0 }
        }),
      })),
  }
}
