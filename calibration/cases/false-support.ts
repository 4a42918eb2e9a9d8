/** How often runs that stop when their claim is decided support a false one: by the runner's own rule, and exactly. */
import { countedPower } from '../../src/domain/claim-power.ts'
import { openTracks } from '../../src/domain/claim-tracks.ts'
import { claimOf, studyOf } from '../../src/domain/fixtures/study-of.ts'
import type { Random } from '../../src/random/index.ts'
import { defineCalibration } from '../calibration.ts'
import { simulatedRow } from '../simulated-scores.ts'
import { coin, follow, type Rule } from './sequential-runs.ts'

interface FalseClaim {
  readonly threshold: number
  readonly looks: number
  readonly rule: Rule
  readonly claim?: Readonly<Record<string, unknown>>
  readonly words: string
}

const thresholds: readonly (readonly [threshold: number, looks: number])[] = [
  [0.001, 1_000],
  [0.01, 1_000],
  [0.05, 1_000],
  [0.5, 1_000],
  [0.9, 1_000],
  [0.95, 1_000],
  [0.99, 1_000],
  [0.999, 5_000],
]

const falseClaims: readonly FalseClaim[] = [
  ...thresholds.map(([threshold, looks]): FalseClaim => ({ threshold, looks, rule: 'anytime', words: 'default' })),
  ...[0.05, 0.5, 0.9, 0.95].flatMap((threshold): readonly FalseClaim[] => {
    const alternative = threshold + (threshold < 0.9 ? 0.1 : 0.04)
    const claim = { alternative }
    return [
      { threshold, looks: 1_000, rule: 'anytime', claim, words: `default with alternative ${alternative.toFixed(2)}` },
      { threshold, looks: 1_000, rule: 'sprt', claim, words: `ratio test against ${alternative.toFixed(2)}` },
    ]
  }),
  ...[0.05, 0.5, 0.95].map(
    (threshold): FalseClaim => ({
      threshold,
      looks: 1_000,
      rule: 'anytime',
      claim: { quantifier: 'mean' },
      words: 'bets on a mean',
    }),
  ),
  ...[0.05, 0.5, 0.95].map(
    (threshold): FalseClaim => ({
      threshold,
      looks: 400,
      rule: 'anytime',
      claim: { population: 'these-items' },
      words: 'bets on exactly these items',
    }),
  ),
]

export const falseSupportCalibration = defineCalibration({
  name: 'sequential-false-support',
  title:
    'Runs that support "the rate is above the threshold" where it is the threshold, looked at after every response, 5 %',
  kind: 'level',
  nominal: 0.05,
  verdict: 'at-most',
  note: 'At most as many looks as stated; a threshold of .999 is the claim that failures are rarer than 1 in 1,000. What is above 5 % here is chance of the simulation: `sequential-false-support-exact` has the rates themselves.',
  run: ({ random, repetitions }) =>
    falseClaims.map(({ threshold, looks, rule, claim = {}, words }) => {
      const study = studyOf({ items: looks, claims: [claimOf({ threshold, ...claim })], rule })
      const score = claim.population === 'these-items' ? shuffled : coin
      return simulatedRow({
        setting: settingOf({ threshold, looks, words }),
        random,
        repetitions: Math.max(1, Math.round(repetitions / 2)),
        holds: (stream) => follow(study, score(stream, threshold, looks)).decision === 'supported',
      })
    }),
})

function settingOf({ threshold, words, looks }: Pick<FalseClaim, 'threshold' | 'words' | 'looks'>): string {
  return `threshold ${threshold}, ${words}, ${looks.toLocaleString('en')} looks`
}

const grid = Array.from({ length: 199 }, (_, index) => (index + 1) / 200)

export const exactFalseSupportCalibration = defineCalibration({
  name: 'sequential-false-support-exact',
  title:
    'Runs that support "the rate is above the threshold" where it is the threshold, looked at after every response, exactly',
  kind: 'level',
  nominal: 0.05,
  verdict: 'at-most',
  note: 'The law of the number of successes, carried from response to response, with what reaches the bound of the claim taken out: no simulation, no tolerance. Runs that a refutation would have stopped before are counted too, so that the rates are upper bounds. Claims that bet on means have no such law: theirs are simulated above.',
  run: ({ random }) => {
    const row = (setting: string, rate: number) => ({
      setting,
      rate,
      repetitions: 'enumerated' as const,
      seed: random.path,
    })
    const counted = falseClaims.filter(
      ({ claim = {} }) => claim.quantifier === undefined && claim.population === undefined,
    )
    const worst = (rule: Rule, distance: number | undefined): number =>
      Math.max(
        ...grid
          .filter((threshold) => threshold + (distance ?? 0) < 1)
          .map((threshold) =>
            supportProbability({
              threshold,
              looks: 1_000,
              rule,
              ...(distance === undefined ? {} : { claim: { alternative: threshold + distance } }),
            }),
          ),
      )
    return [
      ...counted.map((each) => row(settingOf(each), supportProbability(each))),
      row('worst of 199 thresholds 0.005 to 0.995, default, 1,000 looks', worst('anytime', undefined)),
      row(
        'worst of 191 thresholds 0.005 to 0.955, default with an alternative .04 above, 1,000 looks',
        worst('anytime', 0.04),
      ),
      row('worst of 191 thresholds 0.005 to 0.955, ratio test against .04 above, 1,000 looks', worst('sprt', 0.04)),
    ]
  },
})

/** P(the claim is ever supported) at its threshold, by the plan that the runner follows it with. */
function supportProbability({ threshold, looks, rule, claim = {} }: Omit<FalseClaim, 'words'>): number {
  const study = studyOf({ items: looks, claims: [claimOf({ threshold, ...claim })], rule })
  const [opened] = openTracks(study)
  const plan = opened?.track?.weighing?.plan
  const power = plan === undefined ? undefined : countedPower({ plan, units: looks, errorRate: plan.alpha })
  if (power === undefined) throw new Error(`the claim at ${threshold} is not a matter of counts`)
  return power(threshold)
}

/** A list with exactly this share of ones, in random order. */
function shuffled(random: Random, share: number, items: number): (index: number) => number {
  const scores = Float64Array.from({ length: items }, (_, index) => (index < Math.round(share * items) ? 1 : 0))
  random.shuffle(scores)
  return (index) => scores[index] ?? 0
}
