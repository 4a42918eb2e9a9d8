/** One call of each kind of statistic, as plain numbers: run in Node and in a browser, they must agree. */
import type * as Stats from '../../src/stats/index.ts'

/** Takes the module as an argument, so that the same text runs wherever the module was loaded. */
export function statsBattery(stats: typeof Stats): Record<string, unknown> {
  const random = stats.openRandom('battery')
  const real = Array.from({ length: 400 }, () => random.normal())
  const other = real.map((value) => value + 0.2 * random.normal() + 0.05)
  const binary = real.map((value) => (value > 0.3 ? 1 : 0))
  const clusters = real.map((_, i) => i % 23)
  const draws = { draws: 2_000, level: 0.95 }
  const battles = {
    models: 6,
    first: real.map((_, i) => i % 6),
    second: real.map((_, i) => ((i % 6) + 1 + (i % 5)) % 6),
    outcome: real.map((value) => (value > 0.8 ? 0.5 : value > -0.2 ? 1 : 0)),
  }
  const responses = Float64Array.from({ length: 60 * 8 }, (_, k) =>
    random.normal() + ((k % 8) - 4) / 4 < Math.floor(k / 8) / 30 - 1 ? 1 : 0,
  )
  return {
    wilson: stats.wilson({ successes: 7, trials: 90, level: 0.95, side: 'two-sided' }),
    clopperPearson: stats.clopperPearson({ successes: 3, trials: 1e6, level: 0.99999, side: 'upper' }),
    binomialTail: stats.binomialLogUpperTail({ k: 900, n: 1000, p: 0.5 }),
    normalQuantile: stats.normalUpperQuantile(1e-12),
    incompleteGamma: stats.incompleteGammaUpper({ a: 1000, x: 1100 }),
    cleanTrials: stats.cleanTrialsNeeded({ rate: 1e-4, level: 0.99, allowed: 3 }),
    rareRate: stats.rareRateTrials({
      failures: 2,
      rateBelow: 1e-4,
      errorRate: 0.05,
      mixture: stats.defaultRareRateMixture(1e-4),
    }),
    mcnemarPower: stats.mcnemarPower({ pairs: 500, onlyA: 0.0225, onlyB: 0.0025, alpha: 0.05, method: 'exact' }),
    clusterMean: stats.clusterMean({ values: real, clusters, correction: 'cr2', level: 0.95 }),
    bootstrapReal: stats.bootstrapBca({ of: { values: real }, random: random.split('bca'), ...draws }),
    bootstrapBinary: stats.bootstrapPercentile({ of: { values: binary }, random: random.split('exact'), ...draws }),
    signFlip: stats.signFlipTest({
      differences: real.map((value, i) => value - (other[i] ?? 0)),
      clusters: undefined,
      alternative: 'two-sided',
      draws: 999,
      random: random.split('signs'),
    }),
    tango: stats.tango({ both: 30, onlyA: 12, onlyB: 4, neither: 14, level: 0.95 }),
    bradleyTerry: stats.bradleyTerry({ ...stats.countPairs(battles), covarianceKind: 'sandwich' }),
    itemResponse: stats.itemResponseModel({
      responses,
      persons: 60,
      items: 8,
      counts: new Float64Array(60).fill(1),
      model: '1pl',
    }),
    crossedLogit: stats.crossedLogit({
      successes: binary.map((value, i) => ((i % 23) % 3 === 0 ? 1 - value : value)),
      trials: new Float64Array(400).fill(1),
      design: new Float64Array(400).fill(1),
      columns: 1,
      factors: [{ name: 'item', levelOf: clusters, levels: 23 }],
      units: { unitOf: clusters, units: 23 },
    }),
    refusal: stats.wilson({ successes: 0, trials: 0, level: 0.95, side: 'two-sided' }),
  }
}

/** Every number of a result by its path, so that two results can be compared number by number across a page boundary. */
export function numbersOf(value: unknown, path = ''): Record<string, number | string> {
  if (typeof value === 'number') return { [path]: Number.isFinite(value) ? value : String(value) }
  if (typeof value === 'string' || typeof value === 'boolean') return { [path]: String(value) }
  if (typeof value !== 'object' || value === null) return {}
  return Object.assign({}, ...Object.entries(value).map(([key, member]) => numbersOf(member, `${path}/${key}`)))
}
