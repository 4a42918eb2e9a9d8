/** Variances of a pilot: from logs, or from the report that was made of them. */
import { z } from 'zod'
import { type Measure, measuresOf, type Observations, type ScoreScale } from '../../domain/index.ts'
import { measureDesigns } from '../../methods/analyses/detectable-effect/measure-designs.ts'
import { readLogs, sources } from '../../sources/index.ts'
import { fail } from '../../stats/index.ts'
import { readJsonFile } from '../../store/read-json-file.ts'
import type { Complaint, OperationContext } from '../operation.ts'
import type { DifferenceComponents } from './mde-input.ts'

export interface PilotDesign {
  readonly measure: string
  /** `a − b`, or the one system's name. */
  readonly name: string
  readonly items: number
  /** Whether repeats told the noise of answering apart from differences between items. */
  readonly split: boolean
  /** Whether items came in clusters; their effect is then in the variance between items. */
  readonly clustered: boolean
  readonly scale: ScoreScale
  readonly components: DifferenceComponents
  readonly complaints: readonly Complaint[]
}

export interface PilotOptions {
  readonly from: readonly string[]
  /** At most two; empty where the pilot has no more. */
  readonly models: readonly string[]
  /** `task / scorer`; undefined where the pilot has only one. */
  readonly measure: string | undefined
  readonly columns: Readonly<Record<string, string>>
  readonly alpha: number
  readonly power: number
  readonly context: OperationContext
}

export async function pilotDesign(options: PilotOptions): Promise<PilotDesign> {
  const [only, ...others] = options.from
  if (only !== undefined && others.length === 0 && /(^|[/\\])report\.json$/.test(only)) {
    return designOfReport(
      await readJsonFile({ path: only, workingDirectory: options.context.workingDirectory }),
      options,
    )
  }
  return designOfLogs(options)
}

async function designOfLogs(options: PilotOptions): Promise<PilotDesign> {
  const { from, columns, alpha, power, context } = options
  const { observations, failures } = await readLogs({
    paths: from,
    workingDirectory: context.workingDirectory,
    columns,
    sources,
    signal: context.signal,
    onProgress: ({ bytes, totalBytes, path }) =>
      context.progress({ step: `reading ${path}`, done: bytes, total: totalBytes, unit: 'bytes' }),
  })
  const measure = chosenMeasure(measuresOf(observations), options)
  const [found] = measureDesigns(observations, { measure, level: 1 - alpha, power })
  if (found === undefined)
    return fail('no-pilot-found', { paths: from.join(', ') }, 'pass logs of the systems to compare')
  if (found.design === undefined) {
    return fail(
      'pilot-without-variation',
      { measure: measure.key, items: found.items },
      'pass logs in which scores differ, or --item-variance',
    )
  }
  const { itemVariance, responseVarianceA, responseVarianceB } = found.design
  return {
    measure: measure.key,
    name: found.name,
    items: found.items,
    split: found.split,
    clustered: isClustered(observations, measure),
    scale: measure.scale,
    components: {
      item: itemVariance,
      responseA: responseVarianceA,
      responseB: responseVarianceB,
      variant: 0,
      interaction: 0,
      systems: found.models.length === 1 ? 1 : 2,
    },
    complaints: failures.map(({ message, fix }) => ({ message, fix })),
  }
}

function isClustered(observations: Observations, { rows }: Measure): boolean {
  return rows.some((row) => (observations.cluster.codes[row] ?? -1) >= 0)
}

/** One measure and at most two systems: a plan is for one comparison. */
function chosenMeasure(all: readonly Measure[], { measure: wanted, models: names, from }: PilotOptions): Measure {
  if (all.length === 0) fail('no-pilot-found', { paths: from.join(', ') }, 'pass logs with scores')
  const fitting = wanted === undefined ? all : all.filter(({ key }) => key === wanted)
  const [measure, ...more] = fitting
  const keys = all.map(({ key }) => key)
  if (measure === undefined)
    return fail('no-such-measure', { measure: wanted ?? '' }, `pass one of: ${keys.join('; ')}`)
  if (more.length > 0)
    return fail('several-measures', { measures: all.length }, `choose one with --measure: ${keys.join('; ')}`)
  const models = names.length === 0 ? measure.models : measure.models.filter(({ model }) => names.includes(model))
  const there = measure.models.map(({ model }) => model).join('; ')
  if (models.length < names.length)
    return fail('no-such-model', { models: names.join(', ') }, `pass one or two of: ${there}`)
  if (models.length > 2) return fail('several-models', { models: models.length }, `choose two with --models: ${there}`)
  return { ...measure, models }
}

const cell = z.looseObject({
  model: z.string(),
  task: z.string(),
  scorer: z.string(),
  items: z.number(),
  variants: z.number(),
  techniques: z.number(),
  replicates: z.number(),
  rows: z.number(),
})

const analysis = z.looseObject({
  name: z.string(),
  evidence: z.array(z.looseObject({ key: z.string(), format: z.string() })),
  tables: z.array(z.looseObject({ rows: z.array(z.record(z.string(), z.unknown())) })),
})

/** As much of a report as a plan needs. */
const reportParts = z.looseObject({
  observations: z.looseObject({ cells: z.array(cell), clusters: z.number() }),
  sections: z.array(z.looseObject({ analyses: z.array(analysis) })),
})

const designRow = z.looseObject({
  measure: z.string(),
  name: z.string(),
  items: z.number(),
  itemVariance: z.number(),
  responseVariance: z.number().nullable(),
})

/** The report's table of designs holds variances as run; they are those of single responses where every item was repeated alike. */
function designOfReport(given: unknown, { measure, models }: PilotOptions): PilotDesign {
  const parsed = reportParts.safeParse(given)
  if (!parsed.success)
    return fail('not-a-report', {}, 'pass report.json as assay report wrote it, or the logs themselves')
  const { sections, observations } = parsed.data
  const analyses = sections.flatMap((section) => section.analyses).filter(({ name }) => name === 'detectable-effect')
  const rows = analyses
    .flatMap(({ tables }) => tables.flatMap((table) => table.rows))
    .flatMap((row) => {
      const design = designRow.safeParse(row)
      return design.success ? [design.data] : []
    })
    .filter(
      (row) =>
        (measure === undefined || row.measure === measure) &&
        models.every((model) => row.name.split(' − ').includes(model)),
    )
  const [row, ...more] = rows
  if (row === undefined)
    return fail('no-pilot-found', { paths: 'report.json' }, 'the report has no such comparison: pass the logs')
  if (more.length > 0) {
    return fail(
      'several-comparisons',
      { comparisons: rows.length },
      `choose one with --measure and --models: ${rows.map((each) => `${each.measure}: ${each.name}`).join('; ')}`,
    )
  }
  const names = row.name.split(' − ')
  const cells = observations.cells.filter(
    (cell) => `${cell.task} / ${cell.scorer}` === row.measure && names.includes(cell.model),
  )
  const repeats = new Set(cells.map(({ replicates }) => replicates))
  const balanced = cells.every(
    (cell) => cell.rows === cell.items * cell.variants * Math.max(1, cell.techniques) * cell.replicates,
  )
  const [count] = repeats
  if (row.responseVariance !== null && (repeats.size !== 1 || !balanced || count === undefined)) {
    return fail(
      'repeats-not-balanced',
      { measure: row.measure },
      'items were not all repeated alike: pass the logs, which hold every response',
    )
  }
  const total = row.responseVariance === null ? 0 : row.responseVariance * (count ?? 1)
  const systems = names.length === 1 ? 1 : 2
  return {
    measure: row.measure,
    name: row.name,
    items: row.items,
    split: row.responseVariance !== null,
    clustered: observations.clusters > 0,
    scale: analyses.some(({ evidence }) =>
      evidence.some(
        ({ key, format }) => key === `${row.measure}/${row.name}/detectable-effect` && format === 'difference',
      ),
    )
      ? 'unbounded'
      : 'unit',
    components: {
      item: row.itemVariance,
      responseA: total / systems,
      responseB: systems === 1 ? 0 : total / 2,
      variant: 0,
      interaction: 0,
      systems,
    },
    complaints: [],
  }
}
