/** The exposure plan in words, a table and a figure. */
import { formatNumber } from '../../domain/index.ts'
import type { PlanDocument, PlanTable } from '../../report/index.ts'
import { poissonCdf } from '../../stats/index.ts'
import { judgeWords } from './describe-rate-plan.ts'
import type { ExposurePlan, ExposureRow } from './exposure-plan.ts'
import { countWords, eventWords, levelWords, rateWords } from './plan-words.ts'
import type { RatePlanInput } from './rate-plan.ts'

/** `unit` is what exposure is counted in, in the plural: `turns`, `hours`. */
export function describeExposurePlan(input: RatePlanInput, plan: ExposurePlan, unit: string): PlanDocument {
  return {
    title: `Plan for the claim "events are rarer than ${rateWords(input.below)} ${unit}" at ${levelWords(input.confidence)} confidence`,
    answer: [chosen(input, plan, unit), ...judgeWords(input, plan), promiseWords(input, plan, unit)],
    tables: [planTable(plan, unit)],
    figures: [passCurves(input, plan)],
    notes: [
      'events come one at a time, independently and at one rate; events of one conversation often do not. Count conversations with any event as trials where they come together.',
      `how many ${unit} are observed is fixed before looking at any event.`,
      ...(input.designEffect === 1
        ? []
        : ['the exposure is inflated by the design effect, which is approximate for events that come together.']),
      ...(plan.judge === undefined
        ? ['every event is seen: no judge error. Give --judge-sensitivity where a judge does the looking.']
        : ['every flag is checked by hand, so that no false alarm counts as an event.']),
    ],
  }
}

function chosen({ expected, passProbability, below }: RatePlanInput, plan: ExposurePlan, unit: string): string {
  const { recommended, rows } = plan
  if (recommended !== undefined)
    return (
      `Observe ${amount(recommended)} ${unit} and allow ${eventWords(recommended.allowed)}: the fewest allowed events with which the claim passes ` +
      `with probability ${levelWords(passProbability)} or more (${passWords(recommended)}) if the true rate is ${rateWords(Math.max(...expected))}.`
    )
  const [clean] = rows
  if (clean === undefined) throw new Error('a plan has at least one row')
  return (
    `The shortest plan is ${amount(clean)} ${unit} without an event. It passes with probability ${passWords(clean)} if the true rate is ` +
    `${rateWords(below / 2)}. Declare the rate you believe true with --expected to get a recommendation.`
  )
}

function promiseWords({ below }: RatePlanInput, { deployment }: ExposurePlan, unit: string): string {
  const { uses, chanceAtClaim, promise, cleanExposure } = deployment
  return (
    `At a rate of ${rateWords(below)} ${unit}, ${countWords(uses)} ${unit} see at least one event with probability ` +
    `${formatNumber(Math.min(chanceAtClaim, 1 - Number.EPSILON), 'rate')}. To promise ${levelWords(promise)} or less over them takes ` +
    `${countWords(Math.ceil(cleanExposure))} ${unit} without an event.`
  )
}

function amount({ exposure }: ExposureRow): string {
  return countWords(Math.ceil(exposure))
}

function passWords({ passProbabilities }: ExposureRow): string {
  return formatNumber(Math.min(...passProbabilities), 'rate')
}

function planTable({ rows, recommended, trueRates }: ExposurePlan, unit: string): PlanTable {
  const known = rows.some(({ allowed }) => allowed === recommended?.allowed)
  const all = recommended === undefined || known ? rows : [...rows, recommended]
  return {
    shownIn: 'terminal-and-page',
    table: {
      title: `Exposure by events allowed, and the probability of passing if the true rate is …`,
      columns: [
        { key: 'allowed', label: 'events allowed', format: 'count' },
        { key: 'exposure', label: unit, format: 'count' },
        ...trueRates.map((rate, at) => ({ key: `pass${at}`, label: rateWords(rate), format: 'rate' as const })),
        ...(recommended === undefined ? [] : [{ key: 'mark', label: 'choice', format: 'text' as const }]),
      ],
      rows: all
        .toSorted((a, b) => a.allowed - b.allowed)
        .map(({ allowed, exposure, passProbabilities }) => ({
          allowed,
          exposure: Math.ceil(exposure),
          ...Object.fromEntries(passProbabilities.map((value, at) => [`pass${at}`, value])),
          mark: allowed === recommended?.allowed ? '<- plan' : '',
        })),
      omittedRows: 0,
    },
  }
}

function passCurves(
  { below, designEffect }: RatePlanInput,
  { rows, recommended }: ExposurePlan,
): PlanDocument['figures'][number] {
  const drawn = new Map(
    [
      ...rows.filter(({ allowed }) => [0, 1, 3, 10].includes(allowed)),
      ...(recommended === undefined ? [] : [recommended]),
    ]
      .toSorted((a, b) => a.allowed - b.allowed)
      .map((row) => [row.allowed, row]),
  )
  const rates = Array.from({ length: 41 }, (_, i) => (below / 100) * 100 ** (i / 40))
  return {
    kind: 'curves',
    title: 'Probability of passing against the true rate',
    description: 'How likely each plan is to support the claim, by the rate that is really there.',
    format: 'rate',
    xAxis: 'true rate',
    yAxis: 'probability of passing',
    xScale: 'log',
    series: [...drawn.values()].map(({ allowed, exposure }) => ({
      label: `${allowed} allowed`,
      points: rates.map((rate) => ({ x: rate, y: poissonCdf({ k: allowed, mean: (rate * exposure) / designEffect }) })),
    })),
  }
}
