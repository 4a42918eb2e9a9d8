import { comparePaired, type PairedScores } from '../../src/domain/index.ts'
import type { Random } from '../../src/random/index.ts'
import { type ThompsonState, thompsonNext, thompsonRecord } from '../../src/stats/thompson-ends.ts'
import { type CalibrationRow, defineCalibration } from '../calibration.ts'

interface Setting {
  readonly setting: string
  /** Rates of the settings of the pool, on the scale of the logit. */
  readonly logits: readonly number[]
  /** Standard deviation of the items on that scale: it makes answers under two settings alike. */
  readonly items: number
  /** Items of cluster g, which share half of their difficulty. */
  readonly size: (cluster: number) => number
}

const even = (count: number, logit: number): readonly number[] => new Array<number>(count).fill(logit)
const spaced = (count: number, logit: number, step: number): readonly number[] =>
  Array.from({ length: count }, (_, index) => logit + step * (index - (count - 1) / 2))

const settings: readonly Setting[] = [
  { setting: '20 equal settings, rate 0.5', logits: even(20, 0), items: 1, size: () => 1 },
  { setting: '20 equal settings, rate 0.95', logits: even(20, 3.4), items: 1, size: () => 1 },
  {
    setting: '20 equal settings, clusters of 1 to 6 items',
    logits: even(20, 0.5),
    items: 1.5,
    size: (g) => 1 + (g % 6),
  },
  { setting: '12 settings, rates 0.38 to 0.62', logits: spaced(12, 0, 0.1), items: 1, size: () => 1 },
  { setting: '2 equal settings, rate 0.7', logits: even(2, 1), items: 1, size: () => 1 },
]

const searchedItems = 100
const reportedItems = 100
const batch = 10
const budget = 600

/**
 * The ends are chosen on some items and compared on others: the lower limit of their difference must not lie above the
 * spread of the pool, which is 0 where all settings are equal.
 */
export const searchSpreadCalibration = defineCalibration({
  name: 'search-spread',
  title: 'Spread of the settings of a search, bounded from below on items it did not use',
  kind: 'coverage',
  nominal: 0.975,
  verdict: 'at-least',
  note: 'Covered: the spread of all settings is at least the lower limit of the 95 % interval of best minus worst setting found.',
  run({ random, repetitions }) {
    return settings.map((setting): CalibrationRow => {
      const stream = random.split(setting.setting)
      const truth = poolSpread(setting)
      let covered = 0
      for (let repetition = 0; repetition < repetitions; repetition++) {
        const draws = stream.split(repetition)
        const world = drawItems(setting, { random: draws.split('items'), count: searchedItems + reportedItems })
        const ends = search(setting, { world, random: draws })
        const { difference } = comparePaired(fresh(setting, { world, ends, random: draws.split('fresh') }), {
          scale: 'binary',
          level: 0.95,
          random: draws.split('test'),
        })
        if (difference.kind !== 'estimate' || difference.interval.lower <= truth + 1e-12) covered++
      }
      return { setting: setting.setting, rate: covered / repetitions, repetitions, seed: stream.path }
    })
  },
})

interface DrawnItem {
  readonly difficulty: number
  readonly cluster: number
}

function drawItems(
  { items, size }: Setting,
  { random, count }: { readonly random: Random; readonly count: number },
): readonly DrawnItem[] {
  const drawn: DrawnItem[] = []
  for (let cluster = 0; drawn.length < count; cluster++) {
    const members = size(cluster)
    const shared = random.normal()
    const own = Math.sqrt(members > 1 ? 0.5 : 1)
    for (let member = 0; member < members && drawn.length < count; member++)
      drawn.push({ cluster, difficulty: items * (own * random.normal() + (members > 1 ? Math.SQRT1_2 * shared : 0)) })
  }
  return drawn
}

function answer(logit: number, { difficulty }: DrawnItem, random: Random): number {
  return random.uniform() < 1 / (1 + Math.exp(difficulty - logit)) ? 1 : 0
}

interface Ends {
  readonly highest: number
  readonly lowest: number
}

function search(
  { logits }: Setting,
  { world, random }: { readonly world: readonly DrawnItem[]; readonly random: Random },
): Ends {
  const options = { items: searchedItems, batch, budget }
  const answers = random.split('answers')
  const ask = (arm: number, from: number, to: number) => ({
    asked: to - from,
    trials: to - from,
    successes: world.slice(from, to).reduce((sum, item) => sum + answer(logits[arm] ?? 0, item, answers), 0),
  })
  const none = { asked: 0, trials: 0, successes: 0 }
  let state: ThompsonState = {
    step: 0,
    counts: logits.map((_, arm) => (arm === 0 ? ask(0, 0, searchedItems) : none)),
  }
  for (;;) {
    const step = thompsonNext(options, state, random.split('search'))
    if (step.kind === 'found') return step
    const from = state.counts[step.arm]?.asked ?? 0
    const to = Math.min(from + batch, searchedItems)
    state = thompsonRecord(options, state, { arm: step.arm, ...ask(step.arm, from, to) })
  }
}

/** Both ends on the items that the search did not use. */
function fresh(
  { logits }: Setting,
  { world, ends, random }: { readonly world: readonly DrawnItem[]; readonly ends: Ends; readonly random: Random },
): PairedScores {
  const reported = world.slice(searchedItems)
  const codes = [...new Set(reported.map(({ cluster }) => cluster))]
  const score = (arm: number): Float64Array =>
    Float64Array.from(reported, (item) => answer(logits[arm] ?? 0, item, random))
  return {
    items: Int32Array.from(reported, (_, index) => index),
    first: score(ends.highest),
    second: score(ends.lowest),
    cluster: Int32Array.from(reported, ({ cluster }) => codes.indexOf(cluster)),
    clusters: codes.length,
    clustered: codes.length < reported.length,
    single: true,
    onlyFirst: 0,
    onlySecond: 0,
  }
}

/** Mean rate of the best setting minus that of the worst, over the population of items (trapezoidal over the normal). */
function poolSpread({ logits, items }: Setting): number {
  const rate = (logit: number): number => {
    let [sum, weight] = [0, 0]
    for (let z = -6; z <= 6; z += 0.01) {
      const density = Math.exp((-z * z) / 2)
      sum += density / (1 + Math.exp(items * z - logit))
      weight += density
    }
    return sum / weight
  }
  return rate(Math.max(...logits)) - rate(Math.min(...logits))
}
