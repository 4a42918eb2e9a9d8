/** Contrasts where comparisons can tie, rank sets, and the test that abilities explain the comparisons. */
import type { Random } from '../../src/random/index.ts'
import {
  abilityBootstrap,
  abilityContrast,
  abilityFitTest,
  type Battles,
  bootstrapRankSets,
  bradleyTerry,
  countPairs,
  davidson,
  type RankSet,
  rankSets,
  raoKupper,
} from '../../src/stats/index.ts'
import { defineCalibration } from '../calibration.ts'
import { simulatedRow } from '../simulated-scores.ts'
import { covers } from './bounded-mean.ts'

const abilities = [0.9, 0.3, 0, -0.4, -0.8]
const close = [0.3, 0.1, 0, -0.1, -0.3]

type TieLaw = (first: number, second: number) => { readonly win: number; readonly tie: number }

const noTies: TieLaw = (first, second) => ({ win: 1 / (1 + Math.exp(second - first)), tie: 0 })

/** ν = 0.6. */
const davidsonTies: TieLaw = (first, second) => {
  const tie = 0.6 * Math.exp((first + second) / 2)
  const total = Math.exp(first) + Math.exp(second) + tie
  return { win: Math.exp(first) / total, tie: tie / total }
}

/** θ = 1.8. */
const raoKupperTies: TieLaw = (first, second) => {
  const win = 1 / (1 + 1.8 * Math.exp(second - first))
  return { win, tie: 1 - win - 1 / (1 + 1.8 * Math.exp(first - second)) }
}

function drawBattles(
  random: Random,
  { count, truth, law }: { readonly count: number; readonly truth: readonly number[]; readonly law: TieLaw },
): Battles {
  const [first, second, outcome] = [new Int32Array(count), new Int32Array(count), new Float64Array(count)]
  for (let battle = 0; battle < count; battle++) {
    const i = random.integer(truth.length)
    const j = (i + 1 + random.integer(truth.length - 1)) % truth.length
    const { win, tie } = law(truth[i] ?? 0, truth[j] ?? 0)
    const u = random.uniform()
    first[battle] = i
    second[battle] = j
    outcome[battle] = u < win ? 1 : u < win + tie ? 0.5 : 0
  }
  return { models: truth.length, first, second, outcome }
}

export const tieModelCalibration = defineCalibration({
  name: 'tie-models',
  title: 'Contrasts of two models by Davidson and by Rao and Kupper, each on data of its own law, 95 %',
  kind: 'coverage',
  nominal: 0.95,
  verdict: 'nominal',
  note: 'Five models.',
  run: ({ random, repetitions }) =>
    [150, 600].flatMap((count) =>
      (
        [
          ['Davidson', davidson, davidsonTies],
          ['Rao–Kupper', raoKupper, raoKupperTies],
        ] as const
      ).map(([name, fitOf, law]) =>
        simulatedRow({
          setting: `${name}, ${count} battles`,
          random,
          repetitions: Math.max(1, Math.round(repetitions / 2)),
          holds: (stream) => {
            const fit = fitOf(countPairs(drawBattles(stream, { count, truth: abilities, law })))
            return fit.kind === 'ability-fit' && covers(abilityContrast({ fit, first: 1, second: 3, level: 0.95 }), 0.7)
          },
        }),
      ),
    ),
})

/** Ranks from 1, equal abilities sharing every rank they could take. */
function holdsRanks(sets: readonly RankSet[], truth: readonly number[], models: readonly number[]): boolean {
  return models.every((model) => {
    const own = truth[model] ?? 0
    const best = 1 + truth.filter((other) => other > own).length
    const worst = truth.length - truth.filter((other) => other < own).length
    const set = sets[model]
    return set !== undefined && set.best <= best && worst <= set.worst
  })
}

export const rankSetCalibration = defineCalibration({
  name: 'rank-sets',
  title: 'Confidence sets of ranks, 95 %',
  kind: 'coverage',
  nominal: 0.95,
  verdict: 'at-least',
  note: 'Conservative by design: Bonferroni, and the maximum over pairs that a bootstrap of 200 draws finds. Rows of all models hold where every set holds its rank. Rows of items: every model answers every item, and an item is a cluster of its ten comparisons.',
  run: ({ random, repetitions }) =>
    (
      [
        ['well apart', abilities],
        ['close together', close],
        ['all equal', [0, 0, 0, 0, 0]],
      ] as const
    ).flatMap(([name, truth]) => {
      const everyone = [0, 1, 2, 3, 4]
      const row = (setting: string, share: number, holds: (battles: Battles, stream: Random) => boolean) =>
        simulatedRow({
          setting: `${setting}, 300 battles, abilities ${name}`,
          random,
          repetitions: Math.max(1, Math.round(repetitions * share)),
          holds: (stream) => holds(drawBattles(stream, { count: 300, truth, law: noTies }), stream),
        })
      const fitted = (battles: Battles) => bradleyTerry({ ...countPairs(battles), covarianceKind: 'sandwich' })
      return [
        row('one model, its own pairs', 1, (battles) => {
          const fit = fitted(battles)
          return (
            fit.kind === 'ability-fit' && holdsRanks(rankSets({ fit, level: 0.95, family: 'each-model' }), truth, [2])
          )
        }),
        row('all models, all pairs', 1, (battles) => {
          const fit = fitted(battles)
          return (
            fit.kind === 'ability-fit' &&
            holdsRanks(rankSets({ fit, level: 0.95, family: 'all-models' }), truth, everyone)
          )
        }),
        row('all models, bootstrap', 0.25, (battles, stream) => {
          const cluster = Int32Array.from({ length: 300 }, (_, battle) => battle)
          const bootstrap = abilityBootstrap({ battles, cluster, draws: 200, random: stream })
          return (
            bootstrap.kind === 'ability-bootstrap' &&
            holdsRanks(bootstrapRankSets({ bootstrap, level: 0.95 }), truth, everyone)
          )
        }),
        ...[20, 60].map((items) =>
          simulatedRow({
            setting: `all models, bootstrap of ${items} items, abilities ${name}`,
            random,
            repetitions: Math.max(1, Math.round(repetitions * 0.25)),
            holds: (stream) => {
              const { battles, cluster } = drawAnswers(stream, { items, truth })
              const bootstrap = abilityBootstrap({ battles, cluster, draws: 200, random: stream })
              return (
                bootstrap.kind === 'not-estimable' ||
                holdsRanks(bootstrapRankSets({ bootstrap, level: 0.95 }), truth, everyone)
              )
            },
          }),
        ),
      ]
    }),
})

/** Right and wrong answers of all models to the same items, some of them hard for all, as comparisons. */
function drawAnswers(
  random: Random,
  { items, truth }: { readonly items: number; readonly truth: readonly number[] },
): { readonly battles: Battles; readonly cluster: readonly number[] } {
  const pairs = truth.flatMap((_, i) => truth.slice(i + 1).map((__, k) => ({ i, j: i + 1 + k })))
  const all = Array.from({ length: items }, (_, item) => {
    const hard = random.normal()
    const right = truth.map((ability) => (random.uniform() < 1 / (1 + Math.exp(hard - ability)) ? 1 : 0))
    return pairs.map(({ i, j }) => ({ item, i, j, outcome: ((right[i] ?? 0) - (right[j] ?? 0) + 1) / 2 }))
  }).flat()
  return {
    battles: {
      models: truth.length,
      first: all.map(({ i }) => i),
      second: all.map(({ j }) => j),
      outcome: all.map(({ outcome }) => outcome),
    },
    cluster: all.map(({ item }) => item),
  }
}

export const abilityFitCalibration = defineCalibration({
  name: 'ability-fit-test',
  title: 'Likelihood-ratio test of Bradley–Terry where it holds, 5 %',
  kind: 'level',
  nominal: 0.05,
  verdict: 'nominal',
  note: 'Asymptotic in the battles of every pair. Five models, no ties.',
  run: ({ random, repetitions }) =>
    [600, 3000].map((count) =>
      simulatedRow({
        setting: `${count} battles`,
        random,
        repetitions,
        holds: (stream) => {
          const test = abilityFitTest(countPairs(drawBattles(stream, { count, truth: abilities, law: noTies })))
          return test.kind === 'test' && test.pValue <= 0.05
        },
      }),
    ),
})
