import { copyFileSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { caveatCodes, makeLogFolder, readFolder } from '../../test/log-folder.ts'
import { explain, type ObservationRow, type RunRecord } from '../domain/index.ts'
import { AssayError } from '../stats/index.ts'
import { readLogs, type Source } from './index.ts'

const fixtures = join(import.meta.dirname, '../../test/fixtures/logs')
const table = (score: number) => `id,model,score\na,m,${score}\nb,m,0\n`

describe('readLogs', () => {
  test('reads every kind of log in one call, in an order that does not depend on the paths', async () => {
    const paths = ['lm-eval', 'table/formats.tsv', 'inspect/arith.eval']
    const reading = await readFolder(fixtures, { paths })
    const reversed = await readFolder(fixtures, { paths: paths.toReversed() })
    expect(reading.failures).toEqual([])
    expect(new Set(reading.runs.map(({ source }) => source))).toEqual(new Set(['inspect', 'lm-eval', 'table']))
    expect(reversed.runs).toEqual(reading.runs)
    expect(reversed.inputHash).toBe(reading.inputHash)
    expect([...reversed.observations.score]).toEqual([...reading.observations.score])
    expect(reading.runs.map(({ id }) => id)).toEqual(reading.runs.map(({ id }) => id).toSorted())
  })

  test('a file that fails costs only its own rows and is listed with code and fix', async () => {
    const reading = await readFolder(
      makeLogFolder({ 'a.csv': table(1), 'b.csv': 'id,model,score\nx,m,1\ny,m\n', 'c.csv': table(0) }),
    )
    expect(reading.failures).toMatchObject([{ path: 'b.csv', code: 'ragged-row' }])
    expect(reading.failures[0]?.fix.length).toBeGreaterThan(10)
    expect(reading.observations.source.values).toEqual(['a.csv', 'c.csv'])
    expect(reading.observations.rows).toBe(4)
    expect(reading.observations.item.values).toEqual(['a', 'b'])
  })

  test('rows that a source gave before it failed are dropped', async () => {
    const source = makeSource(async (_, { observe }) => {
      observe(makeRow({ item: 'half' }))
      throw new AssayError({ code: 'cut-off', message: 'cut off', values: {}, fix: 'copy it again' })
    })
    const reading = await readWith([source], { 'a.log': 'x' })
    expect(reading.observations.rows).toBe(0)
    expect(reading.failures).toEqual([{ path: 'a.log', code: 'cut-off', message: 'cut off', fix: 'copy it again' }])
  })

  test('a bug in a source is not taken for a bad file', async () => {
    const source = makeSource(() => Promise.reject(new TypeError('undefined is not a function')))
    await expect(readWith([source], { 'a.log': 'x' })).rejects.toThrow(TypeError)
  })

  test('columns named for one table of a folder are not demanded of another; where no table has them, that is an error', async () => {
    const folder = makeLogFolder({
      'rows.csv': 'q,m,right\na,x,1\nb,x,0\n',
      'totals.csv': 'model,win_rate,n_total\nx,0.5,2\n',
    })
    const columns = { item: 'q', model: 'm', score: 'right' }
    const both = await readFolder(folder, { columns })
    expect(both.failures).toEqual([])
    expect(both.skipped).toMatchObject([{ path: 'totals.csv', reason: expect.stringContaining('column') }])
    const named = await readFolder(folder, { columns, paths: ['rows.csv', 'totals.csv'] })
    expect(named.failures).toMatchObject([{ path: 'totals.csv', code: 'column-not-found' }])
    const wrong = await readFolder(folder, { columns: { ...columns, item: 'question' } })
    expect(wrong.failures.map(({ code }) => code)).toEqual(['column-not-found', 'column-not-found'])
  })

  test('a named file that is no log is an error; in a folder it is skipped', async () => {
    const folder = makeLogFolder({ 'notes.txt': 'hello', 'a.csv': table(1) })
    expect((await readFolder(folder, { paths: ['notes.txt'] })).failures).toMatchObject([
      { path: 'notes.txt', code: 'not-an-eval-log' },
    ])
    const whole = await readFolder(folder)
    expect(whole.failures).toEqual([])
    expect(whole.skipped.map(({ path }) => path)).toEqual(['notes.txt'])
  })

  test('logs of harnesses that are not read yet are not mistaken for tables', async () => {
    const reading = await readFolder(
      makeLogFolder({
        'promptfoo.jsonl': '{"cost":0,"gradingResult":{"pass":true,"score":1},"promptIdx":0,"testIdx":0}\n',
        'promptfoo.csv': 'question,[model-a] Q,Status,Score,Named Scores,Grader Reason\nq,a,PASS,1,{},ok\n',
        'promptfoo.json': '{"evalId":"e","results":{"version":3,"prompts":[],"results":[],"stats":{}}}',
        'openai.jsonl': '{"spec":{"eval_name":"x"}}\n{"final_report":{"accuracy":0.5}}\n',
        'helm/stats.json': '[{"name":{"name":"exact_match"},"count":1,"sum":1,"sum_squared":1,"mean":1}]',
        'helm/per_instance_stats.json': '[{"instance_id":"id1","train_trial_index":0,"stats":[]}]',
        'deepeval.json': '{"testCases":[{"name":"a","success":true}],"metricsScores":[]}',
        'package.json': '{"name":"x","version":"1.0.0"}',
      }),
    )
    expect(reading.failures).toEqual([])
    expect(reading.skipped).toHaveLength(8)
  })

  test('a copied file counts once, and the record of the first says so', async () => {
    const reading = await readFolder(makeLogFolder({ 'a.csv': table(1), 'backup/a.csv': table(1) }))
    expect(reading.observations.rows).toBe(2)
    expect(reading.runs).toHaveLength(1)
    expect(reading.runs[0]?.caveats).toMatchObject([
      { code: 'copied-file', values: { path: 'a.csv', copy: 'backup/a.csv' } },
    ])
  })

  test('a run that lies there as .json and .eval counts once', async () => {
    const inspect = join(fixtures, 'inspect')
    const both = await readFolder(inspect, { paths: ['early.eval', 'early.json'] })
    const one = await readFolder(inspect, { paths: ['early.eval'] })
    expect(both.observations.rows).toBe(one.observations.rows)
    expect(both.runs).toHaveLength(one.runs.length)
    expect(caveatCodes(both)).toContain('run-seen-twice')
    const [run] = both.runs
    const note = run?.caveats.find(({ code }) => code === 'run-seen-twice')
    expect(explain(note as NonNullable<typeof note>).text).toContain('early.json')
  })

  test('of a crashed run and its recovered twin the fuller one counts, whatever they are called', async () => {
    const inspect = join(fixtures, 'inspect')
    for (const [full, cut] of [
      ['a.eval', 'b.eval'],
      ['b.eval', 'a.eval'],
    ] as const) {
      const folder = makeLogFolder({
        [full]: readFileSync(join(inspect, 'crashed-recovered.eval')),
        [cut]: readFileSync(join(inspect, 'crashed.eval')),
      })
      const { observations, runs, failures } = await readFolder(folder)
      expect(failures).toEqual([])
      expect(runs.map(({ path, found }) => [path, found.responses])).toEqual([[full, 24]])
      expect(observations.source.values).toEqual([full])
      expect(observations.rows).toBe(runs[0]?.found.rows)
      const note = runs[0]?.caveats.find(({ code }) => code === 'run-seen-twice')
      expect(note).toMatchObject({ severity: 'caution', values: { held: 24, left: 16 } })
    }
  })

  test('an input hash is that of the files’ contents, whatever they are called', async () => {
    const hash = async (files: Record<string, string>) => (await readFolder(makeLogFolder(files))).inputHash
    const first = await hash({ 'a.csv': table(1), 'b.csv': table(0) })
    expect(first).toMatch(/^[0-9a-f]{64}$/)
    expect(await hash({ 'z.csv': table(1), 'c.csv': table(0) })).toBe(first)
    expect(await hash({ 'a.csv': table(1), 'b.csv': table(0).replace('b,m', 'c,m') })).not.toBe(first)
  })

  test('one row written twice counts once; two that disagree are called invalid', async () => {
    const source = makeSource(async (_, { observe, record }) => {
      for (const score of [1, 1, 0]) observe(makeRow({ item: score === 1 ? 'a' : 'b', score }))
      observe(makeRow({ item: 'b', score: 1 }))
      record(makeRun({ id: 'r' }))
    })
    const reading = await readWith([source], { 'a.log': 'x' })
    expect(reading.observations.rows).toBe(2)
    expect(reading.runs[0]?.caveats).toEqual([
      { code: 'repeated-rows', severity: 'invalid', values: { rows: 2, differing: 1 } },
    ])
  })

  test('progress grows to the size of all files and never beyond', async () => {
    const folder = makeLogFolder({ 'a.csv': table(1), 'b.csv': table(0), 'copy.csv': table(0) })
    const seen: { bytes: number; totalBytes: number }[] = []
    const { sources } = await import('./index.ts')
    await readLogs({
      paths: ['.'],
      workingDirectory: folder,
      columns: {},
      signal: new AbortController().signal,
      onProgress: (progress) => seen.push(progress),
      sources,
    })
    const total = 3 * table(1).length
    expect(seen.every(({ bytes, totalBytes }) => totalBytes === total && bytes <= total)).toBe(true)
    expect(seen.map(({ bytes }) => bytes)).toEqual(seen.map(({ bytes }) => bytes).toSorted((a, b) => a - b))
  })

  test('an aborted signal ends the reading with its reason', async () => {
    const controller = new AbortController()
    controller.abort(new Error('enough'))
    const folder = makeLogFolder({ 'a.csv': table(1) })
    await expect(readFolder(folder, { signal: controller.signal })).rejects.toThrow('enough')
  })

  test('nothing to read gives no rows, no runs and the hash of nothing', async () => {
    const reading = await readFolder(makeLogFolder({ 'readme.md': 'x' }))
    expect(reading.observations.rows).toBe(0)
    expect(reading.runs).toEqual([])
    expect(reading.skipped).toEqual([{ path: 'readme.md', reason: 'not a log of a known format' }])
  })

  test('a folder of a thousand small logs is read without running out of handles', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 1000 }, (_, i) => [`${i}.csv`, `id,model,score\na,m${i},1\n`]),
    )
    const reading = await readFolder(makeLogFolder(files))
    expect(reading.runs).toHaveLength(1000)
    expect(reading.observations.model.values).toHaveLength(1000)
  })

  test('copies of an lm-eval folder for another model are two runs, not a copy', async () => {
    const from = join(fixtures, 'lm-eval/generated/fake__model-a')
    const folder = makeLogFolder({})
    const results = 'results_2026-11-23T12-30-56.642285.json'
    const samples = 'samples_fake_gen_2026-11-23T12-30-56.642285.jsonl'
    mkdirSync(join(folder, 'b'))
    copyFileSync(join(from, samples), join(folder, samples))
    copyFileSync(join(from, samples), join(folder, 'b', samples))
    const text = readFileSync(join(from, results), 'utf8')
    const other = makeLogFolder({ [results]: text, [samples]: readFileSync(join(from, samples)) })
    copyFileSync(join(other, results), join(folder, results))
    const { writeFileSync } = await import('node:fs')
    writeFileSync(join(folder, 'b', results), text.replaceAll('fake/model-a', 'fake/model-z'))
    const reading = await readFolder(folder)
    expect(reading.observations.model.values).toEqual(['fake/model-a', 'fake/model-z'])
    expect(reading.observations.rows).toBe(40)
  })
})

function makeSource(read: Source['read']): Source {
  return {
    name: 'made',
    title: 'made logs',
    summary: '',
    references: [],
    sniff: ({ path }) => path.endsWith('.log'),
    group: (files) => files.map((main) => ({ main, companions: [] })),
    read,
  }
}

function makeRow(over: Partial<ObservationRow>): ObservationRow {
  const text = { run: 'r', model: 'm', task: 't', item: 'i', scorer: 's' }
  return { ...text, score: 1, source: 'a.log', sourceRow: 1, ...over }
}

function makeRun(over: Partial<RunRecord>): RunRecord {
  return {
    id: 'r',
    path: 'a.log',
    source: 'made',
    harness: { name: 'made' },
    model: 'm',
    task: 't',
    status: 'unknown',
    expected: {},
    found: { items: 0, replicates: 0, responses: 0, rows: 0, scoredRows: 0 },
    scorers: {},
    settings: {},
    provenance: {},
    reconciliations: [],
    headlines: [],
    caveats: [],
    files: [],
    ...over,
  }
}

function readWith(sources: readonly Source[], files: Record<string, string>) {
  return readLogs({
    paths: ['.'],
    workingDirectory: makeLogFolder(files),
    columns: {},
    signal: new AbortController().signal,
    onProgress: () => undefined,
    sources,
  })
}
