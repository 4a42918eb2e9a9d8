/** The comparison plan in words, tables and a figure. */
import { formatNumber, type Table } from '../../domain/index.ts'
import type { PlanDocument, PlanTable } from '../../report/index.ts'
import { type ComparePlan, type ComparePlanInput, marginPower, type Scenario } from '../../runner/compare-plan.ts'
import { openMcNemarPower } from '../../stats/mcnemar-power.ts'
import { countWords, levelWords } from './plan-words.ts'

export function describeComparePlan(input: ComparePlanInput, plan: ComparePlan): PlanDocument {
  const assumed = assumedOf(plan)
  return {
    title: titleOf(input),
    answer: [
      ...neededWords(input, assumed),
      ...reachedWords(input, assumed),
      agreementWords(plan, assumed),
      ...unpairedWords(plan, assumed),
      ...marginWords(input, plan),
    ],
    tables: [...scenarioTable(input, plan), ...marginTable(input, plan), ...repeatTable(plan)],
    figures: [
      ...(input.difference === 0 ? [] : [powerCurves(input, plan)]),
      ...(plan.margins.length === 0 ? [] : [marginCurves(input, plan)]),
    ],
    notes: notes(input, plan),
  }
}

function assumedOf({ scenarios }: ComparePlan): Scenario {
  const assumed = scenarios.find(({ name }) => name === 'assumed')
  if (assumed === undefined) throw new Error('a comparison plan always has an assumed agreement')
  return assumed
}

function titleOf({ accuracy, difference, margin, power, alpha }: ComparePlanInput): string {
  const points = formatNumber(Math.abs(difference), 'points').replace('+', '')
  const what =
    difference === 0
      ? `to show that two systems differ by less than ${formatNumber(margin ?? 0, 'points').replace('+', '')}`
      : `to find a difference of ${points}${accuracy === undefined ? '' : ` from ${formatNumber(accuracy, 'rate')}`}`
  return `Plan ${what} on shared yes/no items: power ${levelWords(power)}, error rate ${levelWords(alpha)}`
}

function neededWords({ designEffect }: ComparePlanInput, { needed }: Scenario): readonly string[] {
  if (needed === undefined) return []
  const inflated = designEffect === 1 ? '' : `, a design effect of ${formatNumber(designEffect, 'number')} included`
  return [
    `Use ${countWords(needed.exact)} items, each answered by both systems, for the exact McNemar test (${countWords(needed.midP)} for its mid-p form)${inflated}.`,
  ]
}

function reachedWords({ items, difference }: ComparePlanInput, { atItems }: Scenario): readonly string[] {
  if (atItems === undefined) return []
  const { power, typeS, typeM } = atItems
  const errors =
    typeM === undefined || typeS === undefined
      ? 'No result can be significant there.'
      : `A significant result there exaggerates the difference ${formatNumber(typeM, 'ratio')}-fold on average and has the wrong sign with probability ${formatNumber(typeS, 'rate')}.`
  const points = formatNumber(Math.abs(difference), 'points').replace('+', '')
  return [
    items === undefined
      ? errors
      : `With ${countWords(items)} items a true difference of ${points} is found with probability ${formatNumber(power, 'rate')}. ${errors}`,
  ]
}

function agreementWords({ agreementFrom }: ComparePlan, { agreement }: Scenario): string {
  const share = formatNumber(agreement, 'rate')
  return agreementFrom === 'given'
    ? `The two are taken to agree on ${share} of the items, as given.`
    : `No agreement was given: ${share} is what the regression of Card et al. (2020) over GLUE submissions expects of classifiers this accurate. A pilot's own agreement is better; the table shows the two extremes.`
}

function unpairedWords({ unpairedPerArm }: ComparePlan, { needed }: Scenario): readonly string[] {
  if (unpairedPerArm === undefined || needed === undefined) return []
  return [
    `With items of its own for each system it would take ${countWords(unpairedPerArm)} per system, ${formatNumber(unpairedPerArm / needed.exact, 'ratio')} times as many.`,
  ]
}

function marginWords(
  { margin, difference, items: atHand }: ComparePlanInput,
  { margins }: ComparePlan,
): readonly string[] {
  if (margin === undefined) return []
  const points = formatNumber(margin, 'points').replace('+', '')
  const truth = difference === 0 ? 'none' : formatNumber(difference, 'points')
  if (margins.length === 0)
    return [`A true difference of ${truth} leaves no room inside a margin of ${points}: it cannot be shown.`]
  return margins.map(({ claim, items, powerAtItems }) => {
    const now =
      atHand === undefined || powerAtItems === undefined
        ? ''
        : `, and ${countWords(atHand)} show it with probability ${formatNumber(powerAtItems, 'rate')}`
    return claim === 'equivalence'
      ? `To show that the two differ by less than ${points} either way (true difference ${truth}): ${countWords(items)} items${now}.`
      : `To show that the new system is not worse by ${points} or more (true difference ${truth}): ${countWords(items)} items${now}.`
  })
}

function scenarioTable({ items, difference }: ComparePlanInput, { scenarios }: ComparePlan): readonly PlanTable[] {
  if (difference === 0) return []
  const table: Table = {
    title:
      items === undefined
        ? 'Items needed, by how often the two agree'
        : `Items needed, and what ${countWords(items)} items show, by how often the two agree`,
    columns: [
      { key: 'name', label: 'scenario', format: 'text' },
      { key: 'agreement', label: 'agree', format: 'rate' },
      { key: 'closedForm', label: 'closed form', format: 'count' },
      { key: 'exact', label: 'exact test', format: 'count' },
      { key: 'midP', label: 'mid-p test', format: 'count' },
      { key: 'power', label: 'power', format: 'rate' },
      { key: 'typeS', label: 'wrong sign', format: 'p-value' },
      { key: 'typeM', label: 'exagge- ration', format: 'ratio' },
    ],
    rows: scenarios.map(({ name, agreement, needed, atItems }) => ({
      name,
      agreement,
      closedForm: needed?.closedForm ?? null,
      exact: needed?.exact ?? null,
      midP: needed?.midP ?? null,
      power: atItems?.power ?? null,
      typeS: atItems?.typeS ?? null,
      typeM: atItems?.typeM ?? null,
    })),
    omittedRows: 0,
  }
  return [{ shownIn: 'terminal-and-page', table }]
}

function marginTable({ margin }: ComparePlanInput, { margins }: ComparePlan): readonly PlanTable[] {
  if (margin === undefined) return []
  return [
    {
      shownIn: 'page',
      table: {
        title: `Items to show a difference within ${formatNumber(margin, 'points').replace('+', '')}`,
        columns: [
          { key: 'claim', label: 'claim', format: 'text' },
          { key: 'items', label: 'items', format: 'count' },
        ],
        rows: margins.map(({ claim, items }) => ({ claim, items })),
        omittedRows: 0,
      },
    },
  ]
}

function repeatTable({ repeats }: ComparePlan): readonly PlanTable[] {
  if (repeats.length === 0) return []
  return [
    {
      shownIn: 'terminal-and-page',
      table: {
        title: 'Items if each is answered several times by both systems and averaged',
        columns: [
          { key: 'repeats', label: 'responses per item', format: 'count' },
          { key: 'items', label: 'items', format: 'count' },
          { key: 'responsesPerSystem', label: 'responses per system', format: 'count' },
        ],
        rows: repeats.map((row) => ({ ...row })),
        omittedRows: 0,
      },
    },
  ]
}

/** Exact power from a tenth of the needed items to twice as many. */
function powerCurves(input: ComparePlanInput, { scenarios }: ComparePlan): PlanDocument['figures'][number] {
  const largest = Math.max(...scenarios.map(({ needed }) => needed?.exact ?? 1), input.items ?? 1)
  const smallest = Math.max(
    10,
    Math.min(...scenarios.map(({ needed }) => needed?.exact ?? 1), input.items ?? largest) / 4,
  )
  const steps = 24
  const counts = [
    ...new Set(
      Array.from({ length: steps + 1 }, (_, i) => Math.round(smallest * ((1.5 * largest) / smallest) ** (i / steps))),
    ),
  ]
  return {
    kind: 'curves',
    title: 'Power of the exact McNemar test against items',
    description:
      'Probability of a significant result in the right direction, by the number of items that both systems answer. The more often the two agree, the fewer items it takes.',
    format: 'rate',
    xAxis: 'items',
    yAxis: 'power',
    xScale: 'log',
    series: scenarios.map(({ name, agreement, onlyNew, onlyOld }) => {
      const powerOf = openMcNemarPower({ onlyA: onlyNew, onlyB: onlyOld, alpha: input.alpha, method: 'exact' })
      return {
        label: `${name === 'assumed' ? 'assumed: ' : ''}agree ${formatNumber(agreement, 'rate')}`,
        points: counts.map((items) => ({
          x: items,
          y: powerOf(Math.max(1, Math.floor(items / input.designEffect))),
        })),
      }
    }),
  }
}

/** From a tenth of the fewest items to twice the most. */
function marginCurves(input: ComparePlanInput, plan: ComparePlan): PlanDocument['figures'][number] {
  const { margin = 0, difference, alpha, designEffect } = input
  const { agreement } = assumedOf(plan)
  const sizes = plan.margins.map(({ items }) => items)
  const from = Math.max(10, Math.min(...sizes) / 10)
  const to = 2 * Math.max(...sizes)
  const counts = [...new Set(Array.from({ length: 33 }, (_, i) => Math.round(from * (to / from) ** (i / 32))))]
  const variance = designEffect * (1 - agreement - difference * difference)
  return {
    kind: 'curves',
    title: `Probability of showing a difference within ${formatNumber(margin, 'points').replace('+', '')}, against items`,
    description:
      'How likely a comparison is to show that the two systems are equivalent within the margin, or that the new one is not worse by the margin, by the number of shared items.',
    format: 'rate',
    xAxis: 'items',
    yAxis: 'probability of showing it',
    xScale: 'log',
    series: plan.margins.map(({ claim }) => ({
      label: claim,
      points: counts.map((items) => ({
        x: items,
        y: marginPower({ claim, margin, difference, alpha, standardError: Math.sqrt(variance / items) }),
      })),
    })),
  }
}

function notes(
  { designEffect, margin, power, difference }: ComparePlanInput,
  { repeats }: ComparePlan,
): readonly string[] {
  return [
    `${designEffect === 1 ? 'items are independent' : 'clusters of items are independent'}, and both systems answer the same ones once.`,
    ...(difference === 0
      ? []
      : [`needed items are where the exact power, a saw-tooth, stays at ${levelWords(power)} or more.`]),
    ...(designEffect === 1
      ? []
      : [
          'the design effect is that of the differences between the systems, not of their scores; it makes the sizes approximate.',
        ]),
    ...(margin === undefined
      ? []
      : ['sizes for a margin are by the normal approximation, each one-sided test at the error rate above.']),
    ...(repeats.length === 0
      ? []
      : ['sizes with several responses per item are by the normal approximation (Miller 2024, section 5).']),
  ]
}
