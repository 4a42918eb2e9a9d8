/** Coverage of Bradley–Terry contrasts, with and without clusters of battles, and the level of the cyclic-flow test. */
import { openRandom, type Random } from '../../src/random/index.ts'
import { type Battles, countPairs } from '../../src/stats/ranking/battles.ts'
import { abilityContrast, bradleyTerry } from '../../src/stats/ranking/bradley-terry.ts'
import { clusteredAbilities } from '../../src/stats/ranking/clustered-abilities.ts'
import { cyclicFlow } from '../../src/stats/ranking/transitivity.ts'
import { defineCalibration } from '../calibration.ts'

const abilities = [1.2, 0.4, 0.1, -0.5, -1.2]

export const bradleyTerryCalibration = defineCalibration({
  name: 'bradley-terry-contrast',
  title: 'Bradley–Terry contrast of two models, 600 battles of 5 models',
  kind: 'coverage',
  nominal: 0.95,
  verdict: 'nominal',
  note: 'Clusters are prompts with a shared preference; their sizes are 1 to 9. The clustered sandwich is the one-step jackknife over clusters, with t.',
  run: ({ random, repetitions }) =>
    (['single battles, sandwich', 'unequal clusters, clustered sandwich'] as const).map((setting) => {
      const stream = random.split(setting)
      const clustered = setting !== 'single battles, sandwich'
      let covered = 0
      for (let repetition = 0; repetition < repetitions; repetition++) {
        const { battles, cluster } = drawBattles({ stream, count: 600, sharedPreference: clustered ? 0.3 : 0 })
        const fit = clustered
          ? clusteredAbilities({ battles, cluster })
          : bradleyTerry({ ...countPairs(battles), covarianceKind: 'sandwich' })
        if (fit.kind === 'not-estimable') continue
        const contrast = abilityContrast({ fit, first: 1, second: 3, level: 0.95 })
        if (contrast.kind === 'estimate' && contrast.interval.lower <= 0.9 && 0.9 <= contrast.interval.upper) covered++
      }
      return { setting, rate: covered / repetitions, repetitions, seed: stream.path }
    }),
})

export const cyclicFlowCalibration = defineCalibration({
  name: 'cyclic-flow',
  title: 'Cyclic-flow test where Bradley–Terry holds, 99 simulated nulls',
  kind: 'level',
  nominal: 0.05,
  verdict: 'nominal',
  run: ({ random, repetitions }) => {
    const stream = random.split('transitive')
    let rejected = 0
    for (let repetition = 0; repetition < repetitions; repetition++) {
      const { battles } = drawBattles({ stream, count: 500, sharedPreference: 0 })
      const flow = cyclicFlow({
        counts: countPairs(battles),
        draws: 99,
        random: openRandom(`${stream.path} ${repetition}`),
      })
      if (flow.kind === 'cyclic-flow' && flow.pValue <= 0.05) rejected++
    }
    return [{ setting: '5 models, 500 battles', rate: rejected / repetitions, repetitions, seed: stream.path }]
  },
})

/** With a shared preference, each cluster repeats one outcome of its pair with that probability instead of drawing anew. */
function drawBattles({
  stream,
  count,
  sharedPreference,
}: {
  stream: Random
  count: number
  sharedPreference: number
}): {
  battles: Battles
  cluster: Int32Array
} {
  const first = new Int32Array(count)
  const second = new Int32Array(count)
  const outcome = new Float64Array(count)
  const cluster = new Int32Array(count)
  let code = -1
  let left = 0
  let pair = { i: 0, j: 1, shared: 1 }
  for (let battle = 0; battle < count; battle++) {
    if (left === 0) {
      code++
      left = sharedPreference === 0 ? 1 : 1 + stream.integer(9)
      const i = stream.integer(5)
      const j = (i + 1 + stream.integer(4)) % 5
      pair = { i, j, shared: drawOutcome({ stream, i, j }) }
    }
    left--
    first[battle] = pair.i
    second[battle] = pair.j
    outcome[battle] = stream.uniform() < sharedPreference ? pair.shared : drawOutcome({ stream, i: pair.i, j: pair.j })
    cluster[battle] = code
  }
  return { battles: { models: 5, first, second, outcome }, cluster }
}

function drawOutcome({ stream, i, j }: { stream: Random; i: number; j: number }): number {
  return stream.uniform() < 1 / (1 + Math.exp((abilities[j] ?? 0) - (abilities[i] ?? 0))) ? 1 : 0
}
