/** Coverage of the intervals for a difference of two rates, and levels of the tests of it. */
import {
  type BinomialTestOptions,
  binomialPmf,
  binomialTest,
  bonettPrice,
  mcnemarExact,
  mcnemarMidP,
  newcombeDifference,
  newcombePaired,
  type Outcome,
  type PairedTable,
  tango,
} from '../../src/stats/index.ts'
import { type CalibrationRow, defineCalibration } from '../calibration.ts'
import { covers, enumeratedNote, overBinomial, overDiscordant } from '../enumerate.ts'

const pairSizes = [15, 20, 30, 50, 100]
/** P(only A passes), P(only B passes): from hardly any differing items to one-sided dominance. */
const truths: readonly (readonly [number, number])[] = [
  [0.001, 0.001],
  [0.02, 0.02],
  [0.05, 0.02],
  [0.1, 0.1],
  [0.2, 0.1],
  [0.3, 0.3],
  [0.4, 0.05],
  [0.6, 0.02],
  [0.8, 0],
]
const pairedMethods = { Tango: tango, Newcombe: newcombePaired, 'Bonett–Price': bonettPrice }

export const pairedIntervalsCalibration = defineCalibration({
  name: 'paired-rate-intervals',
  title: 'Intervals for the difference of two rates on the same items, two-sided 95 %, averaged over nine truths',
  kind: 'coverage',
  nominal: 0.95,
  verdict: 'at-least',
  note: `Items on which the systems agree are half passed, half failed. ${enumeratedNote}`,
  run: ({ random }) =>
    pairedRows(({ name, n, values }) => ({
      setting: `${name}, ${n} pairs`,
      rate: values.reduce((sum, value) => sum + value, 0) / values.length,
      repetitions: 'enumerated',
      seed: random.path,
    })),
})

export const pairedIntervalsFloorCalibration = defineCalibration({
  name: 'paired-rate-intervals-floor',
  title: 'Intervals for the difference of two rates on the same items, two-sided 95 %, at the worst of nine truths',
  kind: 'coverage',
  nominal: 0.93,
  verdict: 'at-least',
  note: `Score intervals promise 95 % on average; this is how far below they fall. ${enumeratedNote}`,
  run: ({ random }) =>
    pairedRows(({ name, n, values }) => ({
      setting: `${name}, ${n} pairs`,
      rate: Math.min(...values),
      repetitions: 'enumerated',
      seed: random.path,
    })),
})

function pairedRows(
  row: (cell: { readonly name: string; readonly n: number; readonly values: readonly number[] }) => CalibrationRow,
): CalibrationRow[] {
  return Object.entries(pairedMethods).flatMap(([name, method]) =>
    pairSizes.map((n) =>
      row({ name, n, values: truths.map(([onlyA, onlyB]) => pairedCoverage({ method, n, onlyA, onlyB })) }),
    ),
  )
}

export function pairedCoverage({
  method,
  n,
  onlyA,
  onlyB,
}: {
  readonly method: (table: PairedTable & { readonly level: number }) => Outcome
  readonly n: number
  readonly onlyA: number
  readonly onlyB: number
}): number {
  return overDiscordant({
    n,
    onlyA,
    onlyB,
    hit: (b, c) => {
      const both = Math.floor((n - b - c) / 2)
      return covers(method({ both, onlyA: b, onlyB: c, neither: n - b - c - both, level: 0.95 }), onlyA - onlyB)
    },
  })
}

export const independentDifferenceCalibration = defineCalibration({
  name: 'newcombe-difference',
  title: 'Newcombe’s interval for two independent rates, two-sided 95 %, averaged over 36 pairs of rates',
  kind: 'coverage',
  nominal: 0.95,
  verdict: 'at-least',
  note: enumeratedNote,
  run: ({ random }) => {
    const rates = [0.001, 0.05, 0.2, 0.5, 0.9, 0.999]
    return (
      [
        [10, 10],
        [10, 40],
        [30, 20],
        [80, 50],
      ] as const
    ).map(([sizeA, sizeB]): CalibrationRow => {
      const values = rates.flatMap((a) => rates.map((b) => independentCoverage({ sizeA, sizeB, a, b })))
      return {
        setting: `${sizeA} against ${sizeB} trials`,
        rate: values.reduce((sum, value) => sum + value, 0) / values.length,
        repetitions: 'enumerated',
        seed: random.path,
      }
    })
  },
})

function independentCoverage({
  sizeA,
  sizeB,
  a,
  b,
}: {
  readonly sizeA: number
  readonly sizeB: number
  readonly a: number
  readonly b: number
}): number {
  let total = 0
  for (let k = 0; k <= sizeA; k++) {
    const weight = binomialPmf({ k, n: sizeA, p: a })
    if (weight < 1e-12) continue
    total +=
      weight *
      overBinomial({
        n: sizeB,
        p: b,
        hit: (j) =>
          covers(
            newcombeDifference({
              a: { successes: k, trials: sizeA },
              b: { successes: j, trials: sizeB },
              level: 0.95,
            }),
            a - b,
          ),
      })
  }
  return Math.min(1, total)
}

export const exactRateTestsCalibration = defineCalibration({
  name: 'exact-rate-tests',
  title: 'McNemar’s tests and the binomial test at 5 % where the null is true',
  kind: 'level',
  nominal: 0.05,
  verdict: 'at-most',
  note: `The exact tests are conservative by construction; mid-p comes closer to 5 %. ${enumeratedNote}`,
  run: ({ random }) => {
    const row = (setting: string, rate: number): CalibrationRow => ({
      setting,
      rate,
      repetitions: 'enumerated',
      seed: random.path,
    })
    const mcnemar = Object.entries({ 'McNemar exact': mcnemarExact, 'McNemar mid-p': mcnemarMidP }).flatMap(
      ([name, method]) =>
        [15, 50, 150].flatMap((n) =>
          [0.005, 0.05, 0.25].map((p) => {
            const hit = (onlyA: number, onlyB: number) =>
              method({ onlyA, onlyB, alternative: 'two-sided' }).pValue <= 0.05
            return row(`${name}, ${n} pairs, ${2 * p} differ`, overDiscordant({ n, onlyA: p, onlyB: p, hit }))
          }),
        ),
    )
    const binomial = (['two-sided', 'greater'] as const).flatMap((alternative) =>
      [10, 50, 1000].flatMap((n) =>
        [0.001, 0.05, 0.5, 0.999].map((p) =>
          row(`binomial ${alternative}, ${n} trials, rate ${p}`, binomialLevel({ n, p, alternative })),
        ),
      ),
    )
    return [...mcnemar, ...binomial]
  },
})

function binomialLevel({
  n,
  p,
  alternative,
}: {
  readonly n: number
  readonly p: number
  readonly alternative: BinomialTestOptions['alternative']
}): number {
  return overBinomial({
    n,
    p,
    hit: (successes) => {
      const outcome = binomialTest({ successes, trials: n, nullRate: p, alternative })
      return outcome.kind === 'test' && outcome.pValue <= 0.05
    },
  })
}
