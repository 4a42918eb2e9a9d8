/** Is missing related to how hard an item is, and do models differ in how often they go unscored? */
import { type CellTable, type Measure, type ModelCells, pairMissing, testPaired } from '../../../domain/index.ts'
import type { Random } from '../../../random/index.ts'
import { meanScoreTest, type TestOutcome } from '../../../stats/index.ts'

export interface DifficultyTest {
  readonly measure: Measure
  readonly model: string
  /** Mean score, by other models (or by the other repeats), of items with and without a missing score. */
  readonly withMissing: number
  readonly without: number
  readonly test: TestOutcome
}

interface DifficultyOptions extends TestOptions {
  readonly draws: number
  /** Largest χ² p-value that is looked into by permutation. */
  readonly suspicious: number
}

interface TestOptions {
  readonly measure: Measure
  readonly random: Random
}

/**
 * Mean score elsewhere of units with a missing score against that of complete units, by permutation. "Elsewhere" is what
 * other models scored on the same items; with one model only, its own repeats that were scored. Units are items, or
 * clusters of them.
 */
export function difficultyTests(
  table: CellTable,
  { measure, random, draws, suspicious }: DifficultyOptions,
): readonly DifficultyTest[] {
  const models = table.models.map((cells) => itemMeans(table, cells))
  const sums = new Float64Array(table.items.length)
  const counts = new Int32Array(table.items.length)
  for (const { mean } of models) {
    for (let item = 0; item < sums.length; item++) {
      const own = mean[item] ?? Number.NaN
      if (Number.isNaN(own)) continue
      sums[item] = (sums[item] ?? 0) + own
      counts[item] = (counts[item] ?? 0) + 1
    }
  }
  const others = models.length > 1
  return table.models.flatMap(({ model, cluster }, index): readonly DifficultyTest[] => {
    const own = models[index]
    if (own === undefined) return []
    const elsewhere = sums.map((sum, item) => {
      const mean = own.mean[item] ?? Number.NaN
      const left = others && !Number.isNaN(mean) ? 1 : 0
      // Not asked of this model, or scored by nobody else: no unit of this comparison.
      return own.asked[item] === 0 ? Number.NaN : (sum - (left === 1 ? mean : 0)) / ((counts[item] ?? 0) - left)
    })
    const { values, groups } = unitsOf({ elsewhere, missing: own.missing, cluster })
    const incomplete = groups.reduce((sum, group) => sum + group, 0)
    // With fewer on either side no arrangement of them could be remarkable.
    if (Math.min(incomplete, groups.length - incomplete) < 3) return []
    const sample = { values, groups, groupCount: 2, strata: new Int32Array(values.length) }
    return [
      {
        measure,
        model,
        withMissing: meanOf(values, (i) => groups[i] === 1),
        without: meanOf(values, (i) => groups[i] === 0),
        test: screenedTest(sample, { random: random.split(measure.key).split(model), draws, suspicious }),
      },
    ]
  })
}

/**
 * χ² for all; where it suspects something and the sample is small, the permutation test has the last word. What χ² does
 * not suspect cannot become significant after Holm, so nothing is gained by permuting it.
 */
function screenedTest(
  sample: Omit<Parameters<typeof meanScoreTest>[0], 'reference'>,
  { random, draws, suspicious }: Omit<DifficultyOptions, 'measure'>,
): TestOutcome {
  const screen = meanScoreTest({ ...sample, reference: 'chi-squared' })
  if (screen.kind === 'not-estimable' || screen.pValue > suspicious || sample.values.length > 500) return screen
  return meanScoreTest({ ...sample, reference: { random, draws } })
}

interface ItemMeans {
  /** Mean of scored cells per item; NaN where nothing was scored. */
  readonly mean: Float64Array
  readonly asked: Int32Array
  readonly missing: Int32Array
}

function itemMeans(table: CellTable, { score, scored, missing }: ModelCells): ItemMeans {
  const items = table.items.length
  const result = { mean: new Float64Array(items), asked: new Int32Array(items), missing: new Int32Array(items) }
  const cells = new Int32Array(items)
  for (let cell = 0; cell < score.length; cell++) {
    const item = table.itemOf[cell] ?? 0
    const count = scored[cell] ?? 0
    result.asked[item] = (result.asked[item] ?? 0) + count + (missing[cell] ?? 0)
    result.missing[item] = (result.missing[item] ?? 0) + (missing[cell] ?? 0)
    if (count === 0) continue
    result.mean[item] = (result.mean[item] ?? 0) + (score[cell] ?? 0)
    cells[item] = (cells[item] ?? 0) + 1
  }
  for (let item = 0; item < items; item++) result.mean[item] = (result.mean[item] ?? 0) / (cells[item] ?? 0)
  return result
}

interface UnitParts {
  readonly elsewhere: Float64Array
  readonly missing: Int32Array
  readonly cluster: Int32Array
}

/** Items whose difficulty is known, averaged over the clusters they share; group 1 where any score is missing. */
function unitsOf({ elsewhere, missing, cluster }: UnitParts): {
  readonly values: Float64Array
  readonly groups: Int32Array
} {
  const named = new Map<number, number>()
  const sums = new Float64Array(elsewhere.length)
  const counts = new Int32Array(elsewhere.length)
  const groups = new Int32Array(elsewhere.length)
  let units = 0
  for (let item = 0; item < elsewhere.length; item++) {
    const value = elsewhere[item] ?? Number.NaN
    if (!Number.isFinite(value)) continue
    const name = cluster[item] ?? -1
    const unit = (name < 0 ? undefined : named.get(name)) ?? units++
    if (name >= 0) named.set(name, unit)
    sums[unit] = (sums[unit] ?? 0) + value
    counts[unit] = (counts[unit] ?? 0) + 1
    if ((missing[item] ?? 0) > 0) groups[unit] = 1
  }
  return { values: sums.slice(0, units).map((sum, unit) => sum / (counts[unit] ?? 1)), groups: groups.slice(0, units) }
}

export interface DifferentialTest {
  readonly measure: Measure
  readonly first: string
  readonly second: string
  readonly firstShare: number
  readonly secondShare: number
  readonly test: TestOutcome
}

/** Share of missing scores of every pair of models on the items that both were asked. */
export function differentialTests(table: CellTable, { measure, random }: TestOptions): readonly DifferentialTest[] {
  const lacking = new Set(table.models.filter(({ missing }) => missing.some((count) => count > 0)))
  return table.models.flatMap((first, i) =>
    table.models.slice(i + 1).flatMap((second): readonly DifferentialTest[] => {
      if (!lacking.has(first) && !lacking.has(second)) return []
      const shared = pairMissing(table, first, second)
      const [firstShare, secondShare] = [meanOf(shared.first, () => true), meanOf(shared.second, () => true)]
      if (shared.items.length < 2 || firstShare + secondShare === 0) return []
      const stream = random.split(measure.key).split(first.model).split(second.model)
      const test = testPaired(shared, { scale: shared.single ? 'binary' : 'unit', level: 0.95, random: stream })
      return [{ measure, first: first.model, second: second.model, firstShare, secondShare, test }]
    }),
  )
}

function meanOf(values: Float64Array, keep: (index: number) => boolean): number {
  let [sum, count] = [0, 0]
  for (let i = 0; i < values.length; i++) {
    if (!keep(i)) continue
    sum += values[i] ?? 0
    count++
  }
  return sum / count
}
