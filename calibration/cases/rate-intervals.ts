/** Coverage of the intervals for one rate. */
import {
  clopperPearson,
  jeffreys,
  type Outcome,
  poissonLogPmf,
  poissonRate,
  wilson,
  zeroEventBound,
} from '../../src/stats/index.ts'
import { type CalibrationRow, defineCalibration } from '../calibration.ts'
import { covers, enumeratedNote, overBinomial } from '../enumerate.ts'

const sizes = [5, 10, 20, 50, 100, 1000]
const rates = [0.001, 0.05, 0.5, 0.999]
/** True rates spread evenly over (0, 1), a little off the values of k/n. */
const everyRate = Array.from({ length: 400 }, (_, i) => (i + 0.5137) / 400.03)

type Method = (k: number, n: number) => Outcome
const exact: Method = (successes, trials) => clopperPearson({ successes, trials, level: 0.95, side: 'two-sided' })
const score: Method = (successes, trials) => wilson({ successes, trials, level: 0.95, side: 'two-sided' })
const credible: Method = (successes, trials) => jeffreys({ successes, trials, level: 0.95 })

function coverage({ n, p, method }: { readonly n: number; readonly p: number; readonly method: Method }): number {
  return overBinomial({ n, p, hit: (k) => covers(method(k, n), p) })
}

/** Coverage at every rate of the grid, each interval computed once. */
function coverageEverywhere(n: number, method: Method): number[] {
  const outcomes = new Map(Array.from({ length: n + 1 }, (_, k) => [k, method(k, n)]))
  return everyRate.map((p) =>
    overBinomial({
      n,
      p,
      hit: (k) => {
        const outcome = outcomes.get(k)
        return outcome !== undefined && covers(outcome, p)
      },
    }),
  )
}

export const clopperPearsonCalibration = defineCalibration({
  name: 'clopper-pearson',
  title: 'Clopper–Pearson, two-sided 95 %, at given rates and at its worst one',
  kind: 'coverage',
  nominal: 0.95,
  verdict: 'at-least',
  note: enumeratedNote,
  run: ({ random }) => [
    ...sizes.flatMap((n) =>
      rates.map((p): CalibrationRow => {
        const rate = coverage({ n, p, method: exact })
        return { setting: `${n} trials, rate ${p}`, rate, repetitions: 'enumerated', seed: random.path }
      }),
    ),
    ...sizes.map((n): CalibrationRow => {
      const rate = Math.min(...coverageEverywhere(n, exact))
      return { setting: `${n} trials, worst of 400 rates`, rate, repetitions: 'enumerated', seed: random.path }
    }),
  ],
})

/** Approximate intervals promise their level on average over rates, and nothing at any one rate. */
export const approximateRateIntervalsCalibration = defineCalibration({
  name: 'approximate-rate-intervals',
  title: 'Wilson and Jeffreys, two-sided 95 %, averaged over all rates',
  kind: 'coverage',
  nominal: 0.95,
  verdict: 'at-least',
  note: `Mean over 400 rates spread evenly over 0 to 1. ${enumeratedNote}`,
  run: ({ random }) =>
    Object.entries({ Wilson: score, Jeffreys: credible }).flatMap(([name, method]) =>
      sizes.map((n): CalibrationRow => {
        const values = coverageEverywhere(n, method)
        const rate = values.reduce((sum, value) => sum + value, 0) / values.length
        return { setting: `${name}, ${n} trials`, rate, repetitions: 'enumerated', seed: random.path }
      }),
    ),
})

export const wilsonFloorCalibration = defineCalibration({
  name: 'wilson-floor',
  title: 'Wilson, two-sided 95 %, at given rates and at its worst one',
  kind: 'coverage',
  nominal: 0.83,
  verdict: 'at-least',
  note: `Near rates of 0 and 1 Wilson covers as little as 83 to 84 %: the reason why guarantees rest on Clopper–Pearson. ${enumeratedNote}`,
  run: ({ random }) => [
    ...sizes.flatMap((n) =>
      rates.map((p): CalibrationRow => {
        const rate = coverage({ n, p, method: score })
        return { setting: `${n} trials, rate ${p}`, rate, repetitions: 'enumerated', seed: random.path }
      }),
    ),
    ...sizes.map((n): CalibrationRow => {
      const rate = Math.min(...coverageEverywhere(n, score))
      return { setting: `${n} trials, worst of 400 rates`, rate, repetitions: 'enumerated', seed: random.path }
    }),
  ],
})

export const rareEventBoundsCalibration = defineCalibration({
  name: 'rare-event-bounds',
  title: 'One-sided 95 % upper bounds on rare events',
  kind: 'coverage',
  nominal: 0.95,
  verdict: 'at-least',
  note: `The bound for no events counts as held when events occur, where it is not used. ${enumeratedNote}`,
  run: ({ random }) => {
    const row = (setting: string, rate: number): CalibrationRow => ({
      setting,
      rate,
      repetitions: 'enumerated',
      seed: random.path,
    })
    const clean = [10, 1000, 29_956].flatMap((n) =>
      [1e-4, 1e-3, 0.05].map((p) => {
        const wrong = covers(zeroEventBound({ n, level: 0.95 }), p) ? 0 : Math.exp(n * Math.log1p(-p))
        return row(`no events in ${n} trials, rate ${p}`, 1 - wrong)
      }),
    )
    const upper = [100, 2000].flatMap((n) =>
      [1e-4, 1e-3, 0.01].map((p) => {
        const bound: Method = (successes, trials) => clopperPearson({ successes, trials, level: 0.95, side: 'upper' })
        return row(`Clopper–Pearson, ${n} trials, rate ${p}`, coverage({ n, p, method: bound }))
      }),
    )
    const garwood = [0.01, 0.5, 3, 40].flatMap((mean) =>
      (['upper', 'two-sided'] as const).map((side) =>
        row(`Garwood, ${side}, ${mean} events expected`, garwoodCoverage(mean, side)),
      ),
    )
    return [...clean, ...upper, ...garwood]
  },
})

function garwoodCoverage(mean: number, side: 'upper' | 'two-sided'): number {
  let covered = 0
  for (let events = 0; events <= mean + 40 * Math.sqrt(mean) + 40; events++) {
    const outcome = poissonRate({ events, exposure: 2, level: 0.95, side })
    if (covers(outcome, mean / 2)) covered += Math.exp(poissonLogPmf({ k: events, mean }))
  }
  return Math.min(1, covered)
}
