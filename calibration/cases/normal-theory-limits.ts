/** Where intervals that assume normal scores fall short on 0/1 scores, measured. */
import type { Random } from '../../src/random/index.ts'
import { oneWayIcc } from '../../src/stats/index.ts'
import { answeredRow } from '../answered-row.ts'
import { type CalibrationRow, defineCalibration } from '../calibration.ts'
import { binaryStudyRows } from './generalizability.ts'
import { runsOf } from './repeats.ts'

export const normalTheoryLimitsCalibration = defineCalibration({
  name: 'normal-theory-limits',
  title: 'Where intervals of variance components, g, Φ and ICC fall short of 95 % on 0/1 scores',
  kind: 'coverage',
  nominal: 0.4,
  verdict: 'at-least',
  note:
    'Liberal where it says so: intervals are labelled 95 %, promised here at 40 %. The residual of a G-study of 0/1 scores is a variance p(1 − p) that errs like the rate, not ' +
    'like χ²; the other components, g and Φ hold. An intraclass correlation is liberal while few items show the rarer outcome. Samples with fewer than 8 such items are refused and not counted.',
  run: ({ random, repetitions }) => rowsOf({ random, repetitions: Math.ceil(repetitions / 4) }),
})

function rowsOf(options: { readonly random: Random; readonly repetitions: number }): readonly CalibrationRow[] {
  return [
    ...binaryStudyRows(options),
    ...[
      { items: 40, rate: 0.05, correlation: 0.3 },
      { items: 100, rate: 0.05, correlation: 0.3 },
      { items: 6000, rate: 0.001, correlation: 0.5 },
      { items: 6000, rate: 0.999, correlation: 0.5 },
    ].map(({ items, rate, correlation }) =>
      answeredRow({
        ...options,
        repetitions: Math.ceil(items > 1000 ? options.repetitions / 2 : options.repetitions),
        setting: `ICC(1,1), ${items} items, 4 runs of 0 or 1, rate ${rate}`,
        truth: correlation,
        answer: (stream) => {
          const { values, items: codes } = runsOf(stream, { items, runs: 4, rate, correlation })
          return oneWayIcc({ values, items: codes, level: 0.95 })
        },
      }),
    ),
  ]
}
