/** Agreement between the repeats of one model on one measure. */
import {
  itemScores,
  type Measure,
  type ModelRows,
  type Observations,
  populationMean,
  repeatScores,
  scoreRange,
} from '../../../domain/index.ts'
import {
  type DesignEffect,
  designEffect,
  fixedItemsMean,
  flipRate,
  intraclassCorrelation,
  meanPassAtK,
  type NoiseDecomposition,
  noiseDecomposition,
  type Outcome,
  oneWayIcc,
  type ScoreEnvelope,
  scoreEnvelope,
  unanimousShare,
  withinItemVariance,
} from '../../../stats/index.ts'

export interface Agreement {
  readonly measure: Measure
  readonly model: string
  /** Cells (item, variant and technique) with a score, and those with at least two. */
  readonly cells: number
  readonly repeatedCells: number
  readonly items: number
  readonly responses: number
  readonly mostRepeats: number
  readonly noise: NoiseDecomposition
  readonly within: Outcome
  readonly icc: Outcome
  /** Absolute agreement of whole runs, where every cell was scored once in each of the same runs. */
  readonly runIcc?: Outcome | undefined
  readonly flip: Outcome
  readonly unanimous: Outcome
  readonly envelope?: ScoreEnvelope | undefined
  readonly passes: readonly { readonly k: number; readonly any: Outcome; readonly all: Outcome }[]
  readonly designEffect?: DesignEffect | undefined
  readonly population: Outcome
  readonly fixedItems: Outcome
}

interface Which {
  readonly measure: Measure
  readonly model: ModelRows
  readonly level: number
}

/** `undefined` where no cell was scored twice. */
export function agreementOf(observations: Observations, { measure, model, level }: Which): Agreement | undefined {
  const repeats = repeatScores(observations, model.rows)
  if (repeats.repeatedCells === 0) return undefined
  const { values, starts, mostRepeats } = repeats
  const cells = repeats.itemOf.length
  const items = perRow(starts, (cell) => cell)
  const clusterOfRow = perRow(starts, (cell) => repeats.cluster[cell] ?? 0)
  // Two variants of one item, and two items of one passage, are no independent cells.
  const clusters = repeats.clusters < cells ? clusterOfRow : undefined
  const runs = { values, items, clusters, level }
  const range = scoreRange(measure.scale)
  const noise = noiseDecomposition({ values, items })
  if (noise.kind === 'not-estimable') return undefined
  const effect = designEffect({ values, clusters: clusterOfRow, correction: 'cr1' })
  return {
    measure,
    model: model.model,
    cells,
    repeatedCells: repeats.repeatedCells,
    items: repeats.items,
    responses: values.length,
    mostRepeats,
    noise,
    within: withinItemVariance({ ...runs, range }),
    icc: oneWayIcc({ values, items, level }),
    runIcc: repeats.sameRuns
      ? intraclassCorrelation({ values, columns: mostRepeats, form: '(A,1)', level })
      : undefined,
    flip: flipRate(runs),
    unanimous: unanimousShare(runs),
    envelope: range === undefined ? undefined : scoreEnvelope({ ...runs, range }),
    passes: measure.scale === 'binary' ? passesOf(repeats, level) : [],
    designEffect: effect.kind === 'design-effect' ? effect : undefined,
    population: populationMean(itemScores(observations, model.rows), { scale: measure.scale, level }),
    fixedItems: fixedItemsMean(repeats, { level, range }),
  }
}

/** pass@k and pass^k for k = 1, 2, 3, 4, 8 … and the number of repeats that most cells have. */
function passesOf(repeats: ReturnType<typeof repeatScores>, level: number): Agreement['passes'] {
  const { starts, values, clusters, cluster } = repeats
  const cells = repeats.itemOf.length
  const attempts = new Int32Array(cells)
  const successes = new Int32Array(cells)
  for (let cell = 0; cell < cells; cell++) {
    const runs = values.subarray(starts[cell], starts[cell + 1])
    attempts[cell] = runs.length
    successes[cell] = runs.reduce((sum, value) => sum + value, 0)
  }
  const typical = attempts.toSorted()[cells >> 1] ?? 1
  const counts = [...sizesUpTo(typical), typical]
  return [...new Set(counts)].map((k) => {
    const shared = { attempts, successes, clusters: clusters < cells ? cluster : undefined, k, level }
    return {
      k,
      any: meanPassAtK({ ...shared, estimand: { name: 'pass@k' } }),
      all: meanPassAtK({ ...shared, estimand: { name: 'pass^k' } }),
    }
  })
}

/** Benchmarks print every k up to 4; beyond, each doubling tells enough. */
function sizesUpTo(most: number): readonly number[] {
  const counts: number[] = []
  for (let k = 1; k <= most; k = k < 4 ? k + 1 : 2 * k) counts.push(k)
  return counts
}

function perRow(starts: Int32Array, of: (cell: number) => number): Int32Array {
  const result = new Int32Array(starts.at(-1) ?? 0)
  for (let cell = 0; cell + 1 < starts.length; cell++) result.fill(of(cell), starts[cell], starts[cell + 1])
  return result
}
