/** Pairwise comparisons, as a list of battles or as counts. */
import { checkWhole } from '../check-inputs.ts'
import { fail } from '../fail.ts'

/** One entry per battle, parallel arrays. */
export interface Battles {
  /** Number of models; they are numbered from 0. */
  readonly models: number
  readonly first: ArrayLike<number>
  readonly second: ArrayLike<number>
  /** 1: the first model won, 0: the second did, ½: a tie. */
  readonly outcome: ArrayLike<number>
}

/** Counts, models × models, row-major. */
export interface PairCounts {
  readonly models: number
  /** Times the row model beat the column model. */
  readonly wins: Float64Array
  /** Times the two tied, symmetric. */
  readonly ties: Float64Array
}

/** Their table of pairs has to fit in memory. */
const mostModels = 10_000

/** Refuses battles of a model with itself and outcomes other than 1, 0 and ½. */
export function checkBattles({ models, first, second, outcome }: Battles): void {
  if (first.length !== second.length || first.length !== outcome.length) {
    fail(
      'unequal-lengths',
      { first: first.length, second: second.length, outcome: outcome.length },
      'pass one first model, second model and outcome per battle',
    )
  }
  checkWhole({ models }, { least: 1, most: mostModels })
  for (let battle = 0; battle < first.length; battle++) {
    const i = first[battle] ?? -1
    const j = second[battle] ?? -1
    // Whole numbers of 0 or more are what this shift leaves as it is.
    if (i >>> 0 !== i || j >>> 0 !== j || i >= models || j >= models || i === j) {
      fail(
        'battle-not-valid',
        { battle: battle + 1, first: i, second: j, models },
        'pass two different models, numbered from 0',
      )
    }
    const result = outcome[battle]
    if (result !== 1 && result !== 0 && result !== 0.5) {
      fail(
        'outcome-not-valid',
        { battle: battle + 1, outcome: result ?? Number.NaN },
        'pass 1, 0 or 0.5; leave out battles without a judgement',
      )
    }
  }
}

/** Counts the battles of each pair, checked first. */
export function countPairs(battles: Battles): PairCounts {
  checkBattles(battles)
  const { models, first, second, outcome } = battles
  const wins = new Float64Array(models * models)
  const ties = new Float64Array(models * models)
  for (let battle = 0; battle < first.length; battle++) {
    const i = first[battle] ?? 0
    const j = second[battle] ?? 0
    const result = outcome[battle]
    if (result === 1) wins[i * models + j] = (wins[i * models + j] ?? 0) + 1
    else if (result === 0) wins[j * models + i] = (wins[j * models + i] ?? 0) + 1
    else {
      ties[i * models + j] = (ties[i * models + j] ?? 0) + 1
      ties[j * models + i] = (ties[j * models + i] ?? 0) + 1
    }
  }
  return { models, wins, ties }
}

/** Refuses counts of the wrong size, negative or not finite, and models compared with themselves. */
export function checkPairCounts({ models, wins, ties }: PairCounts): void {
  if (!Number.isInteger(models) || models < 1 || wins.length !== models * models || ties.length !== models * models) {
    fail('matrix-not-square', { entries: wins.length, size: models }, 'pass models × models wins and ties')
  }
  for (let i = 0; i < models; i++) {
    for (let j = 0; j < models; j++) {
      const count = wins[i * models + j] ?? Number.NaN
      const tied = ties[i * models + j] ?? Number.NaN
      if (!(count >= 0 && tied >= 0 && count + tied < Number.POSITIVE_INFINITY) || (i === j && count + tied !== 0)) {
        fail(
          'count-not-valid',
          { row: i, column: j, wins: count, ties: tied },
          'pass counts of 0 or more, 0 on the diagonal',
        )
      }
      if (tied !== ties[j * models + i]) {
        fail('ties-not-symmetric', { row: i, column: j }, 'pass the same number of ties for both orders of a pair')
      }
    }
  }
}

/** Counts in which a tie is half a win for each. */
export function halfWins({ models, wins, ties }: PairCounts): Float64Array {
  const counts = new Float64Array(models * models)
  for (let k = 0; k < counts.length; k++) counts[k] = (wins[k] ?? 0) + (ties[k] ?? 0) / 2
  return counts
}
