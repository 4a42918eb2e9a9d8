/**
 * Times one statistic: `node benchmarks/work/run-statistic.ts NAME`. `firstMs` is the first call in this process, in which
 * Node still compiles; `elapsedMs` is the median of the calls after it, as in a report that asks for many. A wrong result
 * throws.
 */
import { openRandom } from '../../src/random/index.ts'
import * as stats from '../../src/stats/index.ts'
import { battles, clusteredRows, countPairs, crossedResponses, itemResponses, itemScores } from './statistics-data.ts'

interface Work {
  /** What is timed. */
  readonly run: () => unknown
  /** Numbers that the result must hold, with how far they may be off. */
  readonly check: (result: unknown) => readonly (readonly [found: number, expected: number, tolerance: number])[]
  /** Calls after the first. */
  readonly more: number
}

const random = openRandom('benchmark')
const level = 0.95

const works: Readonly<Record<string, () => Work>> = {
  'bootstrap-percentile-graded': () => bootstrap(itemScores().graded, stats.bootstrapPercentile, 0.0021),
  'bootstrap-bca-graded': () => bootstrap(itemScores().graded, stats.bootstrapBca, 0.0021),
  'bootstrap-percentile-binary': () => bootstrap(itemScores().a, stats.bootstrapPercentile, 0.00374),
  'bootstrap-bca-binary': () => bootstrap(itemScores().a, stats.bootstrapBca, 0.00374),
  'bootstrap-percentile-quarters': () => bootstrap(quarters(itemScores().graded), stats.bootstrapPercentile, 0.00226),
  'bootstrap-bca-quarters': () => bootstrap(quarters(itemScores().graded), stats.bootstrapBca, 0.00226),
  'permutation-binary': () => {
    const { a, b } = itemScores()
    const differences = a.map((value, i) => value - (b[i] ?? 0))
    // SciPy 1.17.1 binomtest(2202, 2202 + 2079, 0.5).pvalue.
    return permutation(differences, 0.06222395582881642, 1e-13)
  },
  'permutation-quarters': () => {
    const { a, graded } = itemScores()
    const differences = quarters(graded).map((value, i) => value - Math.round(2 * (a[i] ?? 0) + 0.6) / 4)
    return permutation(differences, Number.NaN, 1)
  },
  'permutation-real': () => {
    const { graded } = itemScores()
    const noise = openRandom('noise')
    return permutation(
      graded.map(() => noise.normal()),
      Number.NaN,
      1,
    )
  },
  'cluster-cr2': () => {
    const { values, clusters } = clusteredRows()
    return {
      run: () => stats.clusterMean({ values, clusters, correction: 'cr2', level }),
      // R 4.2.2 clubSandwich vcovCR(type = 'CR2') on the same rows agrees to 12 digits with these closed forms.
      check: (result) => [[standardErrorOf(result), 0.003762199680988091, 1e-14]],
      more: 10,
    }
  },
  generalizability: () => {
    const { scores, items, prompts, models } = crossedResponses()
    const values = new Float64Array(scores.length)
    // Object by object, item by item, condition by condition.
    for (let row = 0; row < scores.length; row++) {
      const model = row % models
      const prompt = Math.floor(row / models) % prompts
      const item = Math.floor(row / (models * prompts))
      values[(model * items + item) * prompts + prompt] = scores[row] ?? 0
    }
    return {
      run: () => stats.generalizability({ values, objects: models, items, conditions: prompts, runsPerCell: 1, level }),
      check: () => [],
      more: 10,
    }
  },
  'item-response-2pl': () => {
    const data = itemResponses()
    return {
      run: () => stats.itemResponseModel({ ...data, model: '2pl' }),
      check: (result) => [[memberOf(result, 'logLikelihood'), -54_118.42655, 0.01]],
      more: 4,
    }
  },
  'clopper-pearson-million': () => {
    const { k, n } = countPairs()
    return {
      run: () => {
        const lower = new Float64Array(n.length)
        const upper = new Float64Array(n.length)
        for (let i = 0; i < n.length; i++) {
          const interval = stats.clopperPearson({
            successes: k[i] ?? 0,
            trials: n[i] ?? 0,
            level,
            side: 'two-sided',
          })
          if (interval.kind !== 'estimate') throw new Error('no interval')
          lower[i] = interval.interval.lower
          upper[i] = interval.interval.upper
        }
        return [stats.exactSum(lower), stats.exactSum(upper)]
      },
      // SciPy 1.17.1 scipy.stats.beta.ppf, summed by numpy.nansum.
      check: (result) => {
        const [lower = Number.NaN, upper = Number.NaN] = result as number[]
        return [
          [lower, 219_592.6377712326, 1e-7],
          [upper, 288_894.5214694328, 1e-7],
        ]
      },
      more: 1,
    }
  },
  'bradley-terry-fit': () => {
    const counts = stats.countPairs(battles())
    return {
      run: () => stats.bradleyTerry({ ...counts, covarianceKind: 'sandwich' }),
      check: (result) => [[memberOf(result, 'logLikelihood'), -60_821.95244710889, 1e-4]],
      more: 10,
    }
  },
  'bradley-terry-bootstrap': () => {
    const data = battles()
    const cluster = Int32Array.from({ length: data.first.length }, (_, i) => i)
    return {
      run: () => stats.abilityBootstrap({ battles: data, cluster, draws: 1_000, random: random.split('battles') }),
      check: (result) => [[memberOf(result, 'drawCount'), 1_000, 0]],
      more: 1,
    }
  },
  'crossed-logit': () => {
    const { logit } = crossedResponses()
    return {
      run: () => stats.crossedLogit(logit),
      // R 4.2.2 lme4 1.1-31 glmer(y ~ model + (1|item) + (1|prompt) + (1|item:model), family = binomial): -27362.00.
      check: (result) => [[memberOf(result, 'logLikelihood'), -27_362, 0.01]],
      more: 1,
    }
  },
}

function bootstrap(values: Float64Array, method: typeof stats.bootstrapBca, error: number): Work {
  const stream = random.split('bootstrap')
  return {
    run: () => method({ of: { values }, draws: 10_000, random: stream, level }),
    check: (result) => [[standardErrorOf(result), error, error / 20]],
    more: 4,
  }
}

function permutation(differences: Float64Array, p: number, tolerance: number): Work {
  const stream = random.split('signs')
  return {
    run: () =>
      stats.signFlipTest({
        differences,
        clusters: undefined,
        alternative: 'two-sided',
        draws: 10_000,
        random: stream,
      }),
    check: (result) => (Number.isNaN(p) ? [] : [[memberOf(result, 'pValue'), p, tolerance]]),
    more: 4,
  }
}

/** Scores in quarters, as a grader with five marks gives them. */
function quarters(values: Float64Array): Float64Array {
  return values.map((value) => Math.round(4 * value) / 4)
}

function memberOf(result: unknown, name: string): number {
  const value = (result as Record<string, unknown>)[name]
  return typeof value === 'number' ? value : Number.NaN
}

function standardErrorOf(result: unknown): number {
  return memberOf(result, 'standardError')
}

const name = process.argv[2] ?? ''
const make = works[name]
if (make === undefined) throw new Error(`no statistic is named "${name}"; there are ${Object.keys(works).join(', ')}`)
const work = make()
const times: number[] = []
let firstProcessorMs = Number.NaN
let result: unknown
for (let call = 0; call <= work.more; call++) {
  const used = process.threadCpuUsage()
  const started = performance.now()
  result = work.run()
  times.push(performance.now() - started)
  const { user, system } = process.threadCpuUsage(used)
  if (call === 0) firstProcessorMs = (user + system) / 1e3
}
for (const [found, expected, tolerance] of work.check(result)) {
  if (!(Math.abs(found - expected) <= tolerance)) throw new Error(`${name}: ${found} instead of ${expected}`)
}
const [firstMs = Number.NaN, ...later] = times
later.sort((a, b) => a - b)
const elapsedMs = later[later.length >> 1] ?? firstMs
console.log(JSON.stringify({ elapsedMs, firstMs, firstProcessorMs, method: (result as { method?: string }).method }))
