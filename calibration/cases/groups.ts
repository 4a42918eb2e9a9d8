/** Groups of different items, references, subgroups, envelopes and concordance. */
import type { Random } from '../../src/random/index.ts'
import {
  bestOfListed,
  differenceFromReferences,
  kendallW,
  meanScoreTest,
  scoreEnvelope,
  subgroupIntervals,
  unpairedDifference,
} from '../../src/stats/index.ts'
import { defineCalibration } from '../calibration.ts'
import { clusteredRates, equalSizes, mildSizes, simulatedRow, steepSizes } from '../simulated-scores.ts'
import { covers } from './bounded-mean.ts'

const range = { lower: 0, upper: 1 }

const binary = (random: Random, n: number, rate: number) =>
  Float64Array.from({ length: n }, () => (random.uniform() < rate ? 1 : 0))

export const unpairedDifferenceCalibration = defineCalibration({
  name: 'unpaired-difference',
  title: 'Difference of means of two samples that share no items, Welch’s t with CR2, 95 %',
  kind: 'coverage',
  nominal: 0.95,
  verdict: 'at-least',
  note: 'Normal scores. Independent 0/1 scores get `newcombe-difference`.',
  run: ({ random, repetitions }) =>
    [
      { first: 10, second: 40, deviation: 3 },
      { first: 40, second: 10, deviation: 3 },
      { first: 5, second: 5, deviation: 1 },
    ].map(({ first, second, deviation }) =>
      simulatedRow({
        setting: `${first} and ${second} normal scores, the first ${deviation} times as spread`,
        random,
        repetitions,
        holds: (stream) => {
          const sample = (n: number, scale: number) => ({
            values: Float64Array.from({ length: n }, () => scale * stream.normal()),
            clusters: undefined,
          })
          const { difference } = unpairedDifference({
            first: sample(first, deviation),
            second: sample(second, 1),
            correction: 'cr2',
            reference: 't',
            level: 0.95,
          })
          return covers(difference, 0)
        },
      }),
    ),
})

export const unpairedClustersCalibration = defineCalibration({
  name: 'unpaired-difference-clusters',
  title: 'Difference of mean 0/1 scores of two clustered samples that share no items, Welch’s t, 95 %',
  kind: 'coverage',
  nominal: 0.95,
  verdict: 'at-least',
  note: 'CR2 scaled, and its degrees of freedom taken, under the estimated correlation inside clusters (Imbens and Kolesár). Plain CR2 covers 93.3 % at correlation 0.3 and 92.4 % at 0.6 with 12 and 30 clusters of 2 to 20 rows.',
  run: ({ random, repetitions }) =>
    (
      [
        {
          first: mildSizes(12),
          second: mildSizes(30),
          rates: [0.5, 0.7],
          correlation: 0,
          name: '12 and 30 clusters of 2 to 20',
        },
        {
          first: mildSizes(12),
          second: mildSizes(30),
          rates: [0.5, 0.7],
          correlation: 0.3,
          name: '12 and 30 clusters of 2 to 20',
        },
        {
          first: mildSizes(12),
          second: mildSizes(30),
          rates: [0.5, 0.7],
          correlation: 0.6,
          name: '12 and 30 clusters of 2 to 20',
        },
        {
          first: steepSizes(20),
          second: equalSizes(15, 6),
          rates: [0.3, 0.3],
          correlation: 0.3,
          name: '20 clusters of 2 to 40 and 15 of 6',
        },
        {
          first: equalSizes(12, 6),
          second: equalSizes(15, 6),
          rates: [0.5, 0.3],
          correlation: 0.6,
          name: '12 and 15 clusters of 6',
        },
      ] as const
    ).map(({ name, first, second, rates: [a, b], correlation }) =>
      simulatedRow({
        setting: `${name} rows, rates ${a} and ${b}, correlation ${correlation}`,
        random,
        repetitions,
        holds: (stream) => {
          const { difference } = unpairedDifference({
            first: clusteredRates(stream, { sizes: first, rate: a, correlation }),
            second: clusteredRates(stream, { sizes: second, rate: b, correlation }),
            correction: 'exchangeable',
            reference: 't',
            level: 0.95,
          })
          return covers(difference, a - b)
        },
      }),
    ),
})

export const meanScoreCalibration = defineCalibration({
  name: 'mean-score-test',
  title: 'Mean score test of groups within strata, and Kendall’s W, at 5 %',
  kind: 'level',
  nominal: 0.05,
  verdict: 'at-most',
  note: 'Rates differ between strata, not between groups. The permutation test (99 draws) is exact; the χ² forms are asymptotic and conservative with few units.',
  run: ({ random, repetitions }) => [
    ...(
      [
        { per: 2, strata: 10, rates: [0.05, 0.5, 0.95] },
        { per: 10, strata: 3, rates: [0.05, 0.2, 0.9] },
        { per: 40, strata: 1, rates: [0.5] },
      ] as const
    ).flatMap(({ per, strata, rates }) =>
      (['chi-squared', 'permutation'] as const).map((reference) =>
        simulatedRow({
          setting: `${reference}, 3 groups of ${per} in each of ${strata} strata, rates ${rates.join(', ')}`,
          random,
          repetitions,
          holds: (stream) => {
            const n = 3 * per * strata
            const stratum = Int32Array.from({ length: n }, (_, i) => Math.floor(i / (3 * per)))
            const values = Float64Array.from(stratum, (s) =>
              stream.uniform() < (rates[s % rates.length] ?? 0) ? 1 : 0,
            )
            const test = meanScoreTest({
              values,
              groups: Int32Array.from({ length: n }, (_, i) => i % 3),
              groupCount: 3,
              strata: stratum,
              reference: reference === 'chi-squared' ? reference : { random: stream, draws: 99 },
            })
            return test.kind === 'test' && test.pValue <= 0.05
          },
        }),
      ),
    ),
    ...[
      { judges: 10, objects: 10 },
      { judges: 20, objects: 8 },
    ].map(({ judges, objects }) =>
      simulatedRow({
        setting: `Kendall’s W, ${judges} judges, ${objects} objects of four grades`,
        random,
        repetitions,
        holds: (stream) => {
          const values = Float64Array.from({ length: judges * objects }, () => stream.integer(4))
          const found = kendallW({ values, objects })
          return found.kind === 'concordance' && found.test.kind === 'test' && found.test.pValue <= 0.05
        },
      }),
    ),
  ],
})

export const referenceDifferenceCalibration = defineCalibration({
  name: 'difference-from-references',
  title: 'Excess of one column over columns drawn like it, 95 %',
  kind: 'coverage',
  nominal: 0.95,
  verdict: 'at-least',
  note: 'Conservative by design: the wider of two errors. The column is one more of its references, so the true excess is 0.',
  run: ({ random, repetitions }) =>
    [
      { references: 2, rows: 100, spread: 0.5 },
      { references: 5, rows: 40, spread: 0.5 },
      { references: 5, rows: 200, spread: 0 },
      { references: 20, rows: 100, spread: 0.2 },
    ].map(({ references, rows, spread }) =>
      simulatedRow({
        setting: `${references} references, ${rows} rows, columns spread by ${spread} of a row`,
        random,
        repetitions,
        holds: (stream) => {
          const columns = references + 1
          const shift = Array.from({ length: columns }, () => spread * stream.normal())
          const values = new Float64Array(rows * columns)
          for (let row = 0; row < rows; row++) {
            const own = stream.normal()
            for (let column = 0; column < columns; column++)
              values[row * columns + column] = own + (shift[column] ?? 0) + stream.normal()
          }
          return covers(differenceFromReferences({ values, columns, clusters: undefined, level: 0.95 }), 0)
        },
      }),
    ),
})

export const groupIntervalCalibration = defineCalibration({
  name: 'groups-and-envelopes',
  title: 'Subgroups together, the best of listed variants, and envelopes of runs, 95 %',
  kind: 'coverage',
  nominal: 0.95,
  verdict: 'at-least',
  note: 'Conservative by design: Bonferroni over groups and variants, and intervals for means of bounded scores.',
  run: ({ random, repetitions }) => [
    simulatedRow({
      setting: '6 subgroups of 10 to 60 items, rates 0.05 to 0.95, all hold',
      random,
      repetitions,
      holds: (stream) => {
        const rates = [0.05, 0.2, 0.5, 0.7, 0.9, 0.95]
        const groups = rates.map((rate, g) => ({ values: binary(stream, 10 * (g + 1), rate), clusters: undefined }))
        return subgroupIntervals({ groups, range, level: 0.95 }).every((outcome, g) => covers(outcome, rates[g] ?? 0))
      },
    }),
    ...[0.001, 0.2].map((rate) =>
      simulatedRow({
        setting: `best of 20 variants of 50 trials, all at ${rate}`,
        random,
        repetitions,
        holds: (stream) => {
          const variants = Array.from({ length: 20 }, () => ({
            successes: binary(stream, 50, rate).reduce((sum, value) => sum + value, 0),
            trials: 50,
          }))
          const bound = bestOfListed({ variants, level: 0.95 })
          return bound.kind === 'estimate' && bound.interval.lower <= rate
        },
      }),
    ),
    ...(['best', 'worst'] as const).map((end) =>
      simulatedRow({
        setting: `${end} of 3 runs of 30 items, half of them at 0.9 and half at 0.3`,
        random,
        repetitions,
        holds: (stream) => {
          const rates = Array.from({ length: 30 }, () => (stream.integer(2) === 0 ? 0.9 : 0.3))
          const items = rates.flatMap((_, item) => [item, item, item])
          const values = items.map((item) => (stream.uniform() < (rates[item] ?? 0) ? 1 : 0))
          const envelope = scoreEnvelope({ values, items, clusters: undefined, range, level: 0.95 })
          const truth = end === 'best' ? 1 - (0.1 ** 3 + 0.7 ** 3) / 2 : (0.9 ** 3 + 0.3 ** 3) / 2
          return covers(envelope[end], truth)
        },
      }),
    ),
  ],
})
