import { expect, test } from 'vitest'
import { ObservationsBuilder } from '../../src/domain/index.ts'
import { headlineEstimates } from '../../src/methods/analyses/headline-estimates.ts'
import { openRandom } from '../../src/random/index.ts'
import { clusterMean, type Estimate } from '../../src/stats/index.ts'

/**
 * Simulated by NumPy (seed 1, 4,000 repetitions) on 30 clusters × 10 items, logit p = 0.8 + sd · N(0, 1), t intervals; the last
 * row reproduces what evaluatellm prints: 95.1 % at width .191 against 74.5 % at .112.
 */
const published = [
  { sd: 0.6, robust: 0.943, naive: 0.872, width: 0.1393 },
  { sd: 1.2, robust: 0.945, naive: 0.73, width: 0.1909 },
]

interface Limits {
  readonly lower: number
  readonly upper: number
}

/** What t alone would give. */
function tLimits({ interval, caveats }: Estimate): Limits {
  const { lower, upper } = caveats.find(({ code }) => code === 'interval-allows-for-skewness')?.values ?? interval
  return { lower: Number(lower), upper: Number(upper) }
}

test.each(published)(
  'clusterMean of 30 clusters with sd $sd covers as published, $robust, rows alone $naive, and the report no less',
  { timeout: 60_000 },
  ({ sd, robust, naive, width }) => {
    const random = openRandom(1).split('clusters').split(sd)
    // The mean of the logistic of 0.8 + sd · N(0, 1), by 20,001 points of the normal law.
    let [truth, weight] = [0, 0]
    for (let z = -6; z <= 6; z += 6e-4) {
      const density = Math.exp((-z * z) / 2)
      truth += density / (1 + Math.exp(-0.8 - sd * z))
      weight += density
    }
    truth /= weight
    const repetitions = 600
    let [covered, coveredAllowing, coveredNaive, coveredByReport, widths] = [0, 0, 0, 0, 0]
    for (let repetition = 0; repetition < repetitions; repetition++) {
      const builder = new ObservationsBuilder()
      const values: number[] = []
      for (let cluster = 0; cluster < 30; cluster++) {
        const chance = 1 / (1 + Math.exp(-0.8 - sd * random.normal()))
        for (let item = 0; item < 10; item++) {
          const score = random.uniform() < chance ? 1 : 0
          values.push(score)
          builder.add({
            run: 'r',
            model: 'm',
            task: 't',
            item: `${cluster}.${item}`,
            cluster: `${cluster}`,
            scorer: 's',
            score,
            source: 'simulated',
            sourceRow: 1,
          })
        }
      }
      const { evidence } = headlineEstimates.analyze({
        observations: builder.finish(),
        runs: [],
        parameters: headlineEstimates.parameters.parse({}),
        random: openRandom(repetition),
      })
      const interval = (end: string) => {
        const outcome = evidence.find(({ key }) => key.endsWith(end))?.outcome
        if (outcome?.kind !== 'estimate') throw new Error(end)
        return outcome.interval
      }
      const clusters = values.map((_, item) => Math.floor(item / 10))
      const clustered = clusterMean({ values, clusters, correction: 'cr1', level: 0.95 })
      if (clustered.kind !== 'estimate') throw new Error('no estimate')
      const covers = ({ lower, upper }: Limits) => (lower <= truth && truth <= upper ? 1 : 0)
      const plain = tLimits(clustered)
      covered += covers(plain)
      coveredAllowing += covers(clustered.interval)
      coveredNaive += covers(interval('/naive-rows'))
      coveredByReport += covers(interval('/population'))
      widths += plain.upper - plain.lower
    }
    // 4 standard errors of ours at 600 and of theirs at 4,000 together.
    const tolerance = (rate: number) => 4 * Math.sqrt(rate * (1 - rate) * (1 / repetitions + 1 / 4000))
    expect(Math.abs(covered / repetitions - robust)).toBeLessThan(tolerance(robust))
    expect(Math.abs(coveredNaive / repetitions - naive)).toBeLessThan(tolerance(naive))
    // Where clusters are skewed our own interval is wider than t; the report's keeps inside [0, 1] and leans to the safe side.
    expect(coveredAllowing).toBeGreaterThanOrEqual(covered)
    expect(coveredByReport / repetitions).toBeGreaterThan(robust - tolerance(robust))
    expect(Math.abs(widths / repetitions / width - 1)).toBeLessThan(0.03)
  },
)
