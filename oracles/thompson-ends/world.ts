/** 320 settings with accuracies N(0.65, 0.05), 1,000 items, 40,000 answers in batches of 20: the scale of FormatSpread. */
import { openRandom, type Random } from '../../src/random/index.ts'
import { type ThompsonState, thompsonNext, thompsonRecord } from '../../src/stats/thompson-ends.ts'

const options = { items: 1000, batch: 20, budget: 40_000 }
const arms = 320

/** Share of the true spread, taken over all items, that the pair found by the search misses. */
export function searchMiss(seed: number): number {
  const random = openRandom(`thompson-${seed}`)
  const right = syntheticArms(random)
  return miss(right, search(right, random.split('search')))
}

/** The same where the budget is spread evenly over all settings. */
export function evenMiss(seed: number): number {
  const all = syntheticArms(openRandom(`thompson-${seed}`))
  const right = all.map((counts) => counts[options.budget / arms] ?? 0)
  return miss(all, { highest: right.indexOf(Math.max(...right)), lowest: right.indexOf(Math.min(...right)) })
}

/** Right answers of each arm on the first n items, n = 0 … items. */
function syntheticArms(random: Random): readonly Uint16Array[] {
  const draws = random.split('items')
  return Array.from({ length: arms }, () => {
    const rate = 0.65 + 0.05 * random.normal()
    const right = new Uint16Array(options.items + 1)
    for (let item = 0; item < options.items; item++)
      right[item + 1] = (right[item] ?? 0) + (draws.uniform() < rate ? 1 : 0)
    return right
  })
}

interface Ends {
  readonly highest: number
  readonly lowest: number
}

function search(right: readonly Uint16Array[], random: Random): Ends {
  const after = (arm: number, items: number): number => right[arm]?.[items] ?? 0
  let state: ThompsonState = {
    step: 0,
    counts: right.map((_, arm) =>
      arm === 0
        ? { asked: options.items, trials: options.items, successes: after(0, options.items) }
        : { asked: 0, trials: 0, successes: 0 },
    ),
  }
  for (;;) {
    const step = thompsonNext(options, state, random)
    if (step.kind === 'found') return step
    const before = state.counts[step.arm]?.asked ?? 0
    const asked = Math.min(options.batch, options.items - before)
    const successes = after(step.arm, before + asked) - after(step.arm, before)
    state = thompsonRecord(options, state, { arm: step.arm, asked, trials: asked, successes })
  }
}

function miss(right: readonly Uint16Array[], { highest, lowest }: Ends): number {
  const rates = right.map((counts) => (counts[options.items] ?? 0) / options.items)
  return Math.max(...rates) - Math.min(...rates) - ((rates[highest] ?? 0) - (rates[lowest] ?? 0))
}
