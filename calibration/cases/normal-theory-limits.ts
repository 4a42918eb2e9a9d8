/** Where intervals that assume normal scores fall short on 0/1 scores, measured. */
import type { Random } from '../../src/random/index.ts'
import { oneWayIcc } from '../../src/stats/index.ts'
import { answeredRow } from '../answered-row.ts'
import { type CalibrationRow, defineCalibration } from '../calibration.ts'
import { binaryStudyRows } from './generalizability.ts'
import { runsOf } from './repeats.ts'

export const normalTheoryLimitsCalibration = defineCalibration({
  name: 'normal-theory-limits',
  title: 'Intervals of variance components, g, Φ and ICC on 0/1 scores, and where they fall short of 95 %',
  kind: 'coverage',
  nominal: 0.8,
  verdict: 'at-least',
  note:
    'Liberal where it says so: intervals are labelled 95 %, promised here at 80 %. An intraclass correlation falls short while few items show the rarer outcome and items ' +
    'hardly differ; samples with fewer than 8 such items are refused and not counted. The residual of a G-study takes the wider of χ² limits and of limits over items: ' +
    'χ² alone covers 0.5 at a rate of 0.05.',
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
