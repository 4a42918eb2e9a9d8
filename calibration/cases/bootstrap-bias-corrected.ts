import { openRandom, type Random } from '../../src/random/index.ts'
import { bootstrapBiasCorrected } from '../../src/stats/bootstrap-bias-corrected.ts'
import { type CalibrationRow, defineCalibration } from '../calibration.ts'

interface Setting {
  readonly setting: string
  readonly clusters: number
  /** Rows of cluster g. */
  readonly size: (cluster: number) => number
  readonly candidates: number
  /** Value of one candidate on one unit; `shared` is common to the cluster. */
  readonly value: (random: Random, shared: number) => number
}

const settings: readonly Setting[] = [
  { setting: '40 units, 3 equal candidates', clusters: 40, size: () => 1, candidates: 3, value: (r) => r.normal() },
  { setting: '100 units, 10 equal candidates', clusters: 100, size: () => 1, candidates: 10, value: (r) => r.normal() },
  {
    setting: '30 clusters of 1 to 6 units, 5 equal candidates',
    clusters: 30,
    size: (cluster) => 1 + (cluster % 6),
    candidates: 5,
    value: (r, shared) => shared + r.normal(),
  },
  {
    setting: '150 units, 4 equal candidates that differ from the baseline in 1 of 20 units',
    clusters: 150,
    size: () => 1,
    candidates: 4,
    value: (r) => (r.uniform() < 0.05 ? (r.uniform() < 0.5 ? 1 : -1) : 0),
  },
]

/** Candidates are equally good, so whichever is chosen is truly worth 0: the sharpest test of the winner's curse. */
export const bootstrapBiasCorrectedCalibration = defineCalibration({
  name: 'bootstrap-bias-corrected',
  title: 'Value of the best of several candidates, re-estimated out of the bag',
  kind: 'coverage',
  nominal: 0.95,
  verdict: 'at-least',
  note: 'All candidates are equal, so the naive interval of the observed best covers far less than 95 %.',
  run({ random, repetitions }) {
    return settings.map((setting): CalibrationRow => {
      const stream = random.split(setting.setting)
      let covered = 0
      for (let repetition = 0; repetition < repetitions; repetition++) {
        const sample = draw(stream.split(repetition), setting)
        const outcome = bootstrapBiasCorrected({
          ...sample,
          level: 0.95,
          draws: 200,
          random: openRandom(`${stream.path}/${repetition}/draws`),
        })
        if (outcome.kind === 'estimate' && outcome.interval.lower <= 0 && outcome.interval.upper >= 0) covered++
      }
      return { setting: setting.setting, rate: covered / repetitions, repetitions, seed: stream.path }
    })
  },
})

function draw(random: Random, { clusters, size, candidates, value }: Setting) {
  const values: number[] = []
  const cluster: number[] = []
  for (let g = 0; g < clusters; g++) {
    const shared = Array.from({ length: candidates }, () => random.normal())
    for (let unit = 0; unit < size(g); unit++) {
      for (const common of shared) values.push(value(random, common))
      cluster.push(g)
    }
  }
  return { values: Float64Array.from(values), candidates, cluster: Int32Array.from(cluster), clusters }
}
