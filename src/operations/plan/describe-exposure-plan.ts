/** The exposure plan in words, a table and a figure. */
import { formatNumber } from '../../domain/index.ts'
import type { PlanDocument, PlanTable } from '../../report/index.ts'
import { poissonCdf } from '../../stats/index.ts'
import { allowedTable, passCurves, passWords } from './describe-allowed-events.ts'
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
    figures: [
      passCurves(plan, {
        below: input.below,
        description: 'How likely each plan is to support the claim, by the rate that is really there.',
        passes: ({ allowed, exposure }, rate) =>
          poissonCdf({ k: allowed, mean: (rate * exposure) / input.designEffect }),
      }),
    ],
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

function planTable(plan: ExposurePlan, unit: string): PlanTable {
  return allowedTable(plan, {
    title: 'Exposure by events allowed, and the probability of passing if the true rate is …',
    columns: [{ key: 'exposure', label: unit, format: 'count' }],
    cellsOf: ({ exposure }) => ({ exposure: Math.ceil(exposure) }),
  })
}
