/** The rate plan in words, tables and a figure. */
import { formatNumber } from '../../domain/index.ts'
import type { PlanDocument, PlanTable } from '../../report/index.ts'
import { passProbability } from '../../stats/index.ts'
import { allowedTable, passCurves, passWords } from './describe-allowed-events.ts'
import { countWords, eventWords, levelWords, rateWords } from './plan-words.ts'
import type { RatePlan, RatePlanInput } from './rate-plan.ts'

export function describeRatePlan(input: RatePlanInput, plan: RatePlan): PlanDocument {
  return {
    title: `Plan for the claim "the rate is below ${rateWords(input.below)}" at ${levelWords(input.confidence)} confidence`,
    answer: [chosen(input, plan), ...judgeWords(input, plan), ...clusterWords(input, plan), promiseWords(plan, input)],
    tables: [planTable(input, plan), priorTable(input, plan), predictionTable(input, plan)],
    figures: [
      passCurves(plan, {
        below: input.below,
        description:
          'How likely each plan is to support the claim, by the rate that is really there. A plan that allows no event fails often ' +
          'even where the claim is true by a factor of ten.',
        passes: ({ allowed, trials }, trueRate) =>
          passProbability({ trials: Math.floor(trials / input.designEffect), allowed, trueRate }),
      }),
    ],
    notes: notes(input, plan),
  }
}

function chosen({ expected, passProbability: power, below }: RatePlanInput, { rows, recommended }: RatePlan): string {
  if (recommended !== undefined) {
    const worst = Math.max(...expected)
    return (
      `Run ${countWords(recommended.trials)} trials and allow ${eventWords(recommended.allowed)}: the fewest allowed events with which ` +
      `the claim passes with probability ${levelWords(power)} or more (${passWords(recommended)}) if the true rate is ${rateWords(worst)}.`
    )
  }
  const [clean] = rows
  if (clean === undefined) throw new Error('a plan has at least one row')
  return (
    `The shortest plan is ${countWords(clean.trials)} trials without an event. It is no plan to choose blindly: it passes with probability ` +
    `${passWords(clean)} if the true rate is ${rateWords(below / 2)}. Declare the rate you believe true with --expected to get a recommendation.`
  )
}

export function judgeWords({ below }: RatePlanInput, { judge }: Pick<RatePlan, 'judge'>): readonly string[] {
  if (judge === undefined) return []
  return [
    `The judge flagged ${countWords(judge.count)} of ${countWords(judge.of)} known events: its sensitivity is at least ` +
      `${formatNumber(judge.lowerBound, 'rate')}, so flags must be shown to be rarer than ${formatNumber(judge.flagRate, 'rate')} ` +
      `for events to be rarer than ${rateWords(below)}. Half of the error rate is spent on each of the two.`,
  ]
}

function clusterWords({ designEffect, below }: RatePlanInput, { cleanClusters }: RatePlan): readonly string[] {
  if (designEffect === 1) return []
  return [
    `Trials are inflated by a design effect of ${formatNumber(designEffect, 'number')}, which is approximate. Exact instead: ` +
      `${countWords(cleanClusters)} clusters without an event show that fewer than ${rateWords(below)} clusters hold any.`,
  ]
}

function promiseWords({ deployment, judge }: RatePlan, { below, designEffect }: RatePlanInput): string {
  const counted = [...(judge === undefined ? [] : ['this judge']), ...(designEffect === 1 ? [] : ['the design effect'])]
  const { uses, chanceAtClaim, promise, cleanTrials } = deployment
  return (
    `At a rate of ${rateWords(below)} per use, ${countWords(uses)} uses see at least one event with probability ${formatNumber(Math.min(chanceAtClaim, 1 - Number.EPSILON), 'rate')}. ` +
    `To promise ${levelWords(promise)} or less over them takes ${countWords(cleanTrials)} clean trials` +
    `${counted.length === 0 ? '' : ` with ${counted.join(' and ')}`}.`
  )
}

function planTable({ designEffect }: RatePlanInput, plan: RatePlan): PlanTable {
  return allowedTable(plan, {
    title: 'Trials by events allowed, and the probability of passing if the true rate is …',
    columns: [
      { key: 'trials', label: 'trials (fixed)', format: 'count' },
      ...(designEffect === 1 ? [{ key: 'anytime', label: 'trials (anytime valid)', format: 'count' as const }] : []),
    ],
    cellsOf: ({ trials, anytimeTrials }) => ({ trials, anytime: anytimeTrials ?? null }),
  })
}

function priorTable({ below, confidence, designEffect }: RatePlanInput, { priors, judge }: RatePlan): PlanTable {
  const ideal = [
    ...(judge === undefined ? [] : ['a judge that misses nothing']),
    ...(designEffect === 1 ? [] : ['independent trials']),
  ]
  const unlike = ideal.length === 0 ? '' : `, for ${ideal.join(' and ')}, unlike the plan above`
  return {
    shownIn: 'terminal-and-page',
    table: {
      title: `Clean trials after which a posterior puts ${levelWords(confidence)} below ${rateWords(below)}, by prior${unlike}`,
      columns: [
        { key: 'prior', label: 'prior', format: 'text' },
        { key: 'cleanTrials', label: 'clean trials', format: 'count' },
      ],
      rows: priors.map(({ prior, a, b, cleanTrials }) => ({
        prior: `${prior}, Beta(${formatNumber(a, 'number')}, ${formatNumber(b, 'number')})`,
        cleanTrials,
      })),
      omittedRows: 0,
    },
  }
}

function predictionTable({ uses }: RatePlanInput, { priors }: RatePlan): PlanTable {
  return {
    shownIn: 'page',
    table: {
      title: `What each prior then predicts: no event in ${countWords(uses)} uses`,
      columns: [
        { key: 'prior', label: 'prior', format: 'text' },
        { key: 'noEvent', label: 'probability', format: 'rate' },
      ],
      rows: priors.map(({ prior, noEvent }) => ({ prior, noEvent })),
      omittedRows: 0,
    },
  }
}

function notes({ designEffect }: RatePlanInput, { judge }: RatePlan): readonly string[] {
  return [
    `${designEffect === 1 ? 'trials are independent draws' : 'clusters are independent draws'} from the declared distribution of inputs; the claim says nothing of other inputs.`,
    ...(judge === undefined
      ? ['every event is seen: no judge error. Give --judge-sensitivity where a judge does the looking.']
      : [
          'every flag is checked by hand, so that no false alarm counts as an event.',
          'the known events resemble those that may occur; the judge is no blinder to the latter.',
          'pass probabilities are as if the judge saw every event: the true ones are no lower.',
        ]),
    'the fixed plan is looked at once, after its last trial; the anytime-valid one (half the weight on rate 0, half on a quarter of the claim) may be looked at after every trial.',
    'a plan without allowed events may also stop at the first event: it has failed.',
    'posteriors are for independent trials and a perfect judge, and are worth what their prior is worth.',
  ]
}
