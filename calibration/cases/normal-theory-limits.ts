/** Variance components, g, Φ and intraclass correlations of 0/1 scores. */
import type { Random } from '../../src/random/index.ts'
import { oneWayIcc } from '../../src/stats/index.ts'
import { answeredRow } from '../answered-row.ts'
import { type CalibrationRow, defineCalibration } from '../calibration.ts'
import { runsOf } from '../simulated-reruns.ts'
import { binaryStudyRows } from './generalizability.ts'

export const normalTheoryLimitsCalibration = defineCalibration({
  name: 'normal-theory-limits',
  title: 'Intervals of variance components, g, Φ and ICC on 0/1 scores, two-sided 95 %',
  kind: 'coverage',
  nominal: 0.95,
  verdict: 'at-least',
  note:
    'Limits for normal scores are too short for 0/1 scores: χ² limits of the residual cover 0.5 at a rate of 0.05, F limits of an intraclass correlation as little, its jackknife alone 0.83 to 0.88. The residual of a G-study takes ' +
    'the hull of χ² limits and of limits over items, an intraclass correlation that of F and of two jackknives, one with z² unseen items (conservative by design). Samples in which the rarer outcome shows on ' +
    'fewer than 8 items are refused and not counted.',
  run: ({ random, repetitions }) => rowsOf({ random, repetitions: Math.ceil(repetitions / 2) }),
})

function rowsOf(options: { readonly random: Random; readonly repetitions: number }): readonly CalibrationRow[] {
  return [
    ...binaryStudyRows(options),
    ...[
      { items: 40, rate: 0.05, correlation: 0.3 },
      { items: 100, rate: 0.05, correlation: 0.3 },
      { items: 100, rate: 0.05, correlation: 0.05 },
      { items: 400, rate: 0.02, correlation: 0.6 },
      { items: 40, rate: 0.95, correlation: 0.3 },
      { items: 6000, rate: 0.001, correlation: 0.5 },
      { items: 6000, rate: 0.999, correlation: 0.5 },
    ].map(({ items, rate, correlation }) =>
      answeredRow({
        ...options,
        repetitions: Math.ceil(items > 1000 ? options.repetitions / 4 : options.repetitions),
        setting: `ICC(1,1), ${items} items, 4 runs of 0 or 1, rate ${rate}, truth ${correlation}`,
        truth: correlation,
        answer: (stream) => {
          const { values, items: codes } = runsOf(stream, { items, runs: 4, rate, correlation })
          return oneWayIcc({ values, items: codes, level: 0.95 })
        },
      }),
    ),
  ]
}
