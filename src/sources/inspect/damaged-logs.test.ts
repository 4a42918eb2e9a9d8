import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { AssayError } from '../../stats/fail.ts'
import { fixturePath, type LogRead, readFixture, readLogAt } from './fixtures/read-log.ts'
import { evalOf, headerOf, type LogParts, writeArchiveLog, writeJsonLog } from './fixtures/write-log.ts'
import { inspectSource } from './inspect.ts'

const folder = mkdtempSync(join(tmpdir(), 'inspect-'))
afterAll(() => rmSync(folder, { recursive: true }))
let files = 0
const fresh = (ending: string): string => join(folder, `${++files}${ending}`)

/** The log, or the coded error that names the file and a fix. Anything else fails the test. */
async function outcome(path: string): Promise<LogRead | AssayError> {
  try {
    return await readLogAt(path)
  } catch (error) {
    expect(error).toBeInstanceOf(AssayError)
    const coded = error as AssayError
    expect(coded.values.path).toBe(`logs/${path.slice(path.lastIndexOf('/') + 1)}`)
    expect(coded.fix).not.toBe('')
    return coded
  }
}

async function codeOf(path: string): Promise<string> {
  const result = await outcome(path)
  return result instanceof AssayError ? result.code : 'read'
}

test.each(['mcq.eval', 'arith.eval', 'early.eval', 'mcq-chunked.eval'])(
  '%s cut off at each twentieth gives a coded error',
  async (name) => {
    const bytes = readFileSync(fixturePath(name))
    for (let part = 0; part < 20; part++) {
      const path = fresh('.eval')
      writeFileSync(path, bytes.subarray(0, Math.floor((bytes.length * part) / 20)))
      expect(await codeOf(path)).toBe(part === 0 ? 'empty-file' : 'archive-without-directory')
    }
  },
)

test.each(['odd-scores.json', 'early.json'])(
  '%s cut off at each twentieth gives a coded error naming the byte',
  async (name) => {
    const bytes = readFileSync(fixturePath(name))
    for (let part = 1; part < 20; part++) {
      const path = fresh('.json')
      const length = Math.floor((bytes.length * part) / 20)
      writeFileSync(path, bytes.subarray(0, length))
      const result = await outcome(path)
      expect(result).toMatchObject({ code: 'json-cut-off', values: { byte: length } })
    }
  },
)

test('mcq.eval with any 3 bytes changed gives its own scores or a coded error (seed 21)', async () => {
  const bytes = readFileSync(fixturePath('mcq.eval'))
  const truth = (await readFixture('mcq.eval')).rows.map(({ item, score }) => `${item} ${score}`)
  const path = fresh('.eval')
  await fc.assert(
    fc.asyncProperty(changesOf(bytes.length), async (changes) => {
      writeFileSync(path, changed(bytes, changes))
      const result = await outcome(path)
      if (!(result instanceof AssayError))
        expect(result.rows.map(({ item, score }) => `${item} ${score}`)).toEqual(truth)
    }),
    { seed: 21, numRuns: 300 },
  )
})

test('early.json with any 3 bytes changed gives a log or a coded error, never a crash (seed 22)', async () => {
  const bytes = readFileSync(fixturePath('early.json'))
  const path = fresh('.json')
  let errors = 0
  await fc.assert(
    fc.asyncProperty(changesOf(bytes.length), async (changes) => {
      const damaged = changed(bytes, changes)
      writeFileSync(path, damaged)
      if (!inspectSource.sniff({ absolutePath: path, path, bytes: damaged.length, head: damaged })) return
      if ((await outcome(path)) instanceof AssayError) errors++
    }),
    { seed: 22, numRuns: 300 },
  )
  expect(errors).toBeGreaterThan(20)
})

type Changes = readonly (readonly [number, number])[]

function changesOf(length: number) {
  return fc.array(fc.tuple(fc.nat(length - 1), fc.integer({ min: 1, max: 255 })), { minLength: 1, maxLength: 3 })
}

function changed(bytes: Buffer, changes: Changes): Buffer {
  const copy = Buffer.from(bytes)
  for (const [at, change] of changes) copy[at] = (copy[at] ?? 0) ^ change
  return copy
}

const sample = { id: 'a', epoch: 1, scores: { match: { value: 'C' } } }
const deep = `${'['.repeat(600)}${']'.repeat(600)}`
const hostile: readonly (readonly [string, string, LogParts])[] = [
  ['no header', 'inspect-header-malformed', { header: {}, summaries: [sample] }],
  [
    'a header without a model',
    'inspect-header-malformed',
    { header: headerOf({ eval: { task: 'x', created: '' } }), summaries: [] },
  ],
  ['a sample without an id', 'inspect-sample-malformed', { header: headerOf({}), summaries: [{ epoch: 1 }] }],
  ['a sample that is a number', 'inspect-sample-malformed', { header: headerOf({}), summaries: [3] }],
  ['samples nested 600 deep', 'json-nested-too-deep', { header: headerOf({}), summaries: `[${deep}]` }],
  ['a million opening brackets', 'json-nested-too-deep', { header: headerOf({}), summaries: '['.repeat(1_000_000) }],
  ['samples that are no JSON', 'json-malformed', { header: headerOf({}), summaries: '[{"id":1,"epoch":nope}]' }],
  ['samples cut off', 'json-cut-off', { header: headerOf({}), summaries: '[{"id":1}' }],
]

test.each(hostile)('an archive with %s gives %s', async (_, code, parts) => {
  const path = fresh('.eval')
  writeArchiveLog(path, parts)
  expect(await codeOf(path)).toBe(code)
})

test.each(hostile.filter(([name]) => name.startsWith('sample')))(
  'a .json log with %s gives an error of its own',
  async (_, code, parts) => {
    const path = fresh('.json')
    writeJsonLog(path, parts)
    expect(['json-malformed', 'json-cut-off', code]).toContain(await codeOf(path))
  },
)

test('a log whose values are of unexpected kinds is read, with nothing turned into a score', async () => {
  const odd = {
    id: 1,
    epoch: 'first',
    metadata: ['no', 'object'],
    scores: {
      a: 7,
      b: { value: { x: [1], y: {} } },
      c: { value: [] },
      d: { value: {} },
      e: null,
      f: { value: 'x'.repeat(100_000) },
    },
    model_usage: { m: null, n: { input_tokens: 'many' } },
    total_time: 'long',
    retries: 'two',
    error_retries: 3,
    output: { choices: 'none' },
  }
  const path = fresh('.eval')
  const config = { epochs: 'three', limit: {}, epochs_reducer: 'mean' }
  writeArchiveLog(path, {
    header: headerOf({
      version: 'two',
      eval: evalOf({ config, dataset: [], scorers: 'x', metrics: 3 }),
      plan: [],
      results: { scores: [null, 3, { name: 1 }] },
    }),
    summaries: [odd],
  })
  const { rows } = await readLogAt(path)
  expect(Object.fromEntries(rows.map(({ scorer, score }) => [scorer, score]))).toEqual({
    a: 7,
    'b/x': 'not-numeric',
    'b/y': 'not-numeric',
    c: 'not-numeric',
    d: 'not-numeric',
    e: 'not-scored',
    f: 'not-numeric',
  })
  expect(rows[0]).toMatchObject({
    item: '1',
    replicate: 1,
    latencyMs: undefined,
    inputTokens: undefined,
    attributes: {},
  })
})

test('huge numbers are kept apart: an overflowing score is not finite, long ids differ in their last digit', async () => {
  const path = fresh('.json')
  const samples =
    '[{"id":12345678901234567890,"scores":{"s":{"value":1e999}}},{"id":12345678901234567891,"scores":{"s":{"value":9007199254740993}}}]'
  writeJsonLog(path, { header: headerOf({}), summaries: samples })
  const { rows } = await readLogAt(path)
  expect(rows.map(({ item, score }) => [item, score])).toEqual([
    ['12345678901234567890', 'not-finite'],
    ['12345678901234567891', 9_007_199_254_740_992],
  ])
})

test('a log of 3,000 samples with scorers of their own is refused before it multiplies', async () => {
  const path = fresh('.eval')
  const summaries = Array.from({ length: 3000 }, (_, index) => ({ id: index, scores: { [`s${index}`]: { value: 1 } } }))
  writeArchiveLog(path, { header: headerOf({}), summaries })
  expect(await outcome(path)).toMatchObject({
    code: 'inspect-too-many-scores',
    values: { scorers: 3000, samples: 3000 },
  })
})

test('a header of 100,000 figures over 30,000 samples is left unchecked, and that is said', async () => {
  const path = fresh('.json')
  const metrics = Object.fromEntries(
    Array.from({ length: 100_000 }, (_, index) => [`m${index}`, { name: 'accuracy', value: 1 }]),
  )
  const summaries = Array.from({ length: 30_000 }, (_, index) => ({ id: index, scores: { s: { value: 1 } } }))
  writeJsonLog(path, { header: headerOf({ results: { scores: [{ name: 's', metrics }] } }), summaries })
  const { run } = await readLogAt(path)
  expect(run.reconciliations[0]).toMatchObject({ verdict: 'cannot', because: { code: 'figures-too-many' } })
})

test('a folder called .eval and a gzipped archive are refused, a gzipped .json log is read', async () => {
  const directory = fresh('.eval')
  mkdirSync(directory)
  const unit = { main: { absolutePath: directory, path: 'x.eval', bytes: 0, head: Buffer.alloc(0) }, companions: [] }
  const sink = { observe: () => undefined, record: () => undefined, manifest: () => undefined }
  const options = { signal: new AbortController().signal, onProgress: () => undefined, columns: {} }
  await expect(inspectSource.read(unit, sink, options)).rejects.toMatchObject({ code: 'not-a-file' })
  const gzipped = { main: { ...unit.main, path: 'x.eval.gz' }, companions: [] }
  await expect(inspectSource.read(gzipped, sink, options)).rejects.toMatchObject({ code: 'archive-compressed-twice' })
  const path = fresh('.json.gz')
  const text = readFileSync(fixturePath('early.json'))
  writeFileSync(path, gzipSync(text))
  let rows = 0
  const main = { absolutePath: path, path: 'early.json.gz', bytes: 1, head: text.subarray(0, 65_536) }
  expect(inspectSource.sniff(main)).toBe(true)
  await inspectSource.read(
    { main, companions: [] },
    { observe: () => rows++, record: () => undefined, manifest: () => undefined },
    options,
  )
  expect(rows).toBe(1)
})

test('read stops with the reason of the abort, and leaves no file open', async () => {
  for (const name of ['arith.eval', 'odd-scores.json']) {
    const path = fixturePath(name)
    const head = readFileSync(path)
    const abort = new AbortController()
    const options = {
      signal: abort.signal,
      onProgress: () => abort.abort(new Error('stopped by the user')),
      columns: {},
    }
    const unit = {
      main: { absolutePath: path, path: name, bytes: head.length, head: head.subarray(0, 65_536) },
      companions: [],
    }
    const reading = inspectSource.read(
      unit,
      { observe: () => undefined, record: () => undefined, manifest: () => undefined },
      options,
    )
    await expect(reading).rejects.toThrow('stopped by the user')
  }
})
