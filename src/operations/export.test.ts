import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parquetReadObjects } from 'hyparquet'
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import { categoryAt, missingReasons, type Observations, variantLabel } from '../domain/index.ts'
import { headlineEstimates } from '../methods/analyses/headline-estimates.ts'
import { openRandom } from '../random/index.ts'
import { failure, fakeModel } from '../runner/fixtures/fake-model.ts'
import { fakePlugIns } from '../runner/fixtures/fake-plug-ins.ts'
import { smallProtocol } from '../runner/fixtures/small-protocol.ts'
import type { ExportFormat } from '../store/export/write-export.ts'
import { exportWith } from './export.ts'
import { readWhole } from './fixtures/read-whole.ts'
import { runCopies } from './fixtures/run-copies.ts'
import { runInto, testContext } from './fixtures/small-run.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'assay-export-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

/** Two models, two settings, two techniques, repeats, clusters, failures and unreadable answers. */
async function makeMixedRun(folder: string): Promise<void> {
  const protocol = smallProtocol({
    items: 24,
    clusterSize: 3,
    claim: { quantifier: 'mean' },
    with: {
      stopping: { rule: 'fixed' },
      models: [
        { id: 'm', endpoint: 'fake:m', price: { inputPerMillion: 1, outputPerMillion: 2 } },
        { id: 'other', endpoint: 'fake:other' },
      ],
      factors: [{ use: 'tone' }],
      techniques: [{ use: 'zero-shot' }, { use: 'thrice' }],
      replicates: 2,
    },
  })
  const usage = { inputTokens: 12, outputTokens: 1 }
  const m = fakeModel({
    ability: 0.7,
    usage,
    fail: ({ cell }) => (cell.itemId.endsWith('7') ? failure('server-error', 500) : undefined),
  })
  const other = fakeModel({
    ability: 0.5,
    usage,
    fail: ({ cell }) =>
      cell.itemId.endsWith('5')
        ? {
            kind: 'response',
            response: { text: '?', finish: 'stop', usage, latencyMs: 3, attempts: 1 },
          }
        : undefined,
  })
  await runInto({ root: folder, folder: 'run', protocol, models: { 'fake:m': m, 'fake:other': other } })
}

const copies = runCopies((folder, _options: 'mixed') => makeMixedRun(folder))
afterAll(copies.remove)

const mixedRun = () => copies.copyTo(root, 'mixed')

const read = (path: string) => readWhole({ root, path: path })

/** Every row without the names of run and file, sorted. */
function rowsOf(observations: Observations): readonly string[] {
  return Array.from({ length: observations.rows }, (_, row) =>
    JSON.stringify([
      ...(['model', 'task', 'item', 'cluster', 'technique', 'scorer', 'answer'] as const).map(
        (column) => categoryAt(observations[column], row) ?? null,
      ),
      variantLabel(observations.variants[observations.variant.codes[row] ?? 0] ?? {}),
      observations.replicate[row],
      missingReasons[observations.missing[row] ?? 0],
      observations.missing[row] === 0 ? observations.score[row] : null,
      observations.inputTokens[row],
      observations.outputTokens[row],
      observations.cost[row],
    ]),
  ).sort()
}

async function exported(format: ExportFormat) {
  return exportWith({ folder: 'run', format, out: format }, testContext(root), fakePlugIns)
}

test('assay export to Inspect and back gives the same rows and the same estimates', async () => {
  await mixedRun()
  const own = await read('run')
  const estimate = ({ observations, runs }: Awaited<ReturnType<typeof read>>) =>
    headlineEstimates
      .analyze({ observations, runs, parameters: headlineEstimates.parameters.parse({}), random: openRandom(1) })
      .evidence.map(({ key, outcome }) => ({ key, outcome }))
  expect(own.observations.rows).toBe(24 * 2 * 2 * 2 * 2 * 2)
  for (const format of ['inspect-json', 'inspect-eval'] as const) {
    await exported(format)
    const back = await read(format)
    expect(rowsOf(back.observations)).toEqual(rowsOf(own.observations))
    expect(estimate(back)).toEqual(estimate(own))
    // The figures that the export claims are those that its rows give.
    for (const run of back.runs) for (const { verdict } of run.reconciliations) expect(verdict).not.toBe('differs')
  }
})

test('assay export to CSV and Parquet keeps unknown scores empty, and both hold the same rows', async () => {
  await mixedRun()
  await exported('csv')
  await exported('parquet')
  const bytes = readFileSync(join(root, 'parquet/responses.parquet'))
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)
  const rows = await parquetReadObjects({ file })
  const lines = readFileSync(join(root, 'csv/responses.csv'), 'utf8').trimEnd().split('\r\n')
  expect(lines).toHaveLength(rows.length + 1)
  const failed = rows.filter(({ missing }) => missing === 'provider-error')
  expect(failed.length).toBeGreaterThan(0)
  for (const row of failed) expect(row.score ?? null).toBeNull()
  expect(rows.filter(({ score }) => score === 1).length).toBe(
    lines.slice(1).filter((line) => line.split(',')[8] === '1').length,
  )
})

interface EveryEvalEverResult {
  readonly metric_config: { readonly metric_id: string }
  readonly score_details: { readonly details: { readonly unscored_responses: string }; readonly uncertainty: unknown }
}

test('assay export to Every Eval Ever leaves unscored responses out of its lines and counts them', async () => {
  await mixedRun()
  await exported('every-eval-ever')
  const folder = join(root, 'every-eval-ever/data/numbers/assay/other')
  const [aggregateName, samplesName] = readdirSync(folder).sort((a, b) => a.length - b.length)
  const aggregate = JSON.parse(readFileSync(join(folder, aggregateName ?? ''), 'utf8'))
  const lines = readFileSync(join(folder, samplesName ?? ''), 'utf8')
    .trimEnd()
    .split('\n')
  expect(aggregate.detailed_evaluation_results.total_rows).toBe(lines.length)
  // Python 3: hashlib.sha256(json.dumps({"raw": …, "reference": ["yes"]}, sort_keys=True, separators=(",", ":")).encode())
  const sampled = lines.map((line) => JSON.parse(line)).find(({ sample_id }) => sample_id === 'item-00001')
  expect(sampled.input).toMatchObject({ raw: 'Is 1 a number?', reference: ['yes'] })
  expect(sampled.sample_hash).toBe('5ead0d23adedd858da28793d91af619c7357eacc391cc4ee6785f0dc83006808')
  const results: readonly EveryEvalEverResult[] = aggregate.evaluation_results
  // Two settings, two techniques, two readings, none pooled.
  expect(results).toHaveLength(8)
  const unscored = (reading: RegExp) =>
    results
      .filter(({ metric_config }) => reading.test(metric_config.metric_id))
      .map(({ score_details }) => score_details.details.unscored_responses)
  expect(unscored(/^exact$/)).toEqual(['4', '4', '4', '4'])
  expect(unscored(/lenient/)).toEqual(['0', '0', '0', '0'])
  expect(results[0]?.score_details.uncertainty).toMatchObject({ confidence_interval: { confidence_level: 0.95 } })
})

test('assay export twice writes the same bytes', async () => {
  await mixedRun()
  const bytes = async (format: ExportFormat) => {
    await exported(format)
    return readdirSync(join(root, format)).map((name) => readFileSync(join(root, format, name)).toString('base64'))
  }
  for (const format of ['inspect-eval', 'parquet'] as const) expect(await bytes(format)).toEqual(await bytes(format))
})

test.skipIf(!existsSync('/dev/full'))(
  'assay export to a full disk says what to do and leaves no part of a file',
  async () => {
    await mixedRun()
    mkdirSync(join(root, 'csv'))
    symlinkSync('/dev/full', join(root, 'csv/responses.csv.part'))
    await expect(exported('csv')).rejects.toMatchObject({
      code: 'disk-full',
      values: { path: 'csv' },
      fix: 'free some space, then export again, or choose another folder with --out',
    })
    expect(readdirSync(join(root, 'csv'))).toEqual([])
  },
)
