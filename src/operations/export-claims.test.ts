import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import { documentHash } from '../domain/index.ts'
import { claimVerdicts } from '../methods/analyses/claim-verdicts.ts'
import { openRandom } from '../random/index.ts'
import type { LogReading } from '../sources/index.ts'
import { type ExportFormat, exportFormats } from '../store/export/write-export.ts'
import { exportRun } from './export.ts'
import { readWhole } from './fixtures/read-whole.ts'
import { runCopies } from './fixtures/run-copies.ts'
import { testContext } from './fixtures/small-run.ts'
import { variedRun } from './fixtures/varied-run.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'assay-claims-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const copies = runCopies((folder, options: Omit<Parameters<typeof variedRun>[0], 'root'>) =>
  variedRun({ root: folder, ...options }),
)
afterAll(copies.remove)

const read = (path: string) => readWhole({ root, path })
const exported = (format: ExportFormat, out: string = format) =>
  exportRun.run({ folder: 'run', format, out }, testContext(root))

/** All that the page says of the claims: sentences, evidence, problems, tables of verdicts, deviations and costs. */
function saidOfClaims({ observations, runs }: LogReading): string {
  const result = claimVerdicts.analyze({ observations, runs, parameters: {}, random: openRandom('same') })
  return JSON.stringify(result, undefined, 1)
}

const codesOf = ({ runs }: LogReading) => runs.flatMap(({ caveats }) => caveats.map(({ code }) => code))

const decision = { ifSupported: 'a', ifRefuted: 'b', ifInconclusive: 'c' }
const claim = {
  kind: 'capability',
  quantifier: 'mean',
  scorer: 'multiple-choice',
  model: 'm',
  population: 'items-like-these',
  direction: 'above',
  threshold: 0.3,
  decision,
}
const registered = {
  hash: 'a'.repeat(64),
  time: '2026-01-01T00:00:00.000Z',
  signed: true,
  key: '0123456789abcdef',
  deviations: [{ path: 'claims/0/threshold', registered: '0.8', executed: '0.3' }],
}
const one = { techniques: [{ use: 'zero-shot' }], factors: [], replicates: 1 }

/** Verdicts of every kind, under every rule and end. */
const runs: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'a finished run with a comparison and a worst case': {
    techniques: [{ use: 'zero-shot' }],
    factors: [{ use: 'option-order', with: {} }],
    claims: [
      { ...claim, id: 'adds' },
      { ...claim, id: 'better', kind: 'comparison', baseline: 'm-2', threshold: -0.2 },
      { ...claim, id: 'worst', quantifier: 'bounded-worst-case', reading: 'lenient', threshold: 0.05 },
      { ...claim, id: 'once', quantifier: 'existence', threshold: 0.5 },
    ],
  },
  'a run that its budget ended': { claims: [{ ...claim, id: 'adds' }], budget: { calls: 301 } },
  'a sequential run that ended when decided': {
    ...one,
    stopping: { rule: 'anytime', every: 1 },
    claims: [{ ...claim, id: 'adds', threshold: 0.05 }],
  },
  'a search for the ends': {
    ...one,
    factors: [{ use: 'format', with: { formats: 6 } }],
    roles: { fit: 0, select: 0.5 },
    design: { use: 'thompson', with: { settings: 6, batch: 4, budget: 16 } },
    claims: [{ ...claim, id: 'once', quantifier: 'existence', threshold: 0.5 }],
  },
}

test.each(Object.entries(runs))(
  '%s comes back from each export with its claims, verdicts and bill',
  async (_, changes) => {
    await copies.copyTo(root, { changes, registered })
    const own = await read('run')
    expect(own.runs[0]?.study?.verdicts.length).toBeGreaterThan(0)
    for (const format of exportFormats) {
      await exported(format)
      const back = await read(format)
      expect(saidOfClaims(back), format).toBe(saidOfClaims(own))
      for (const code of codesOf(own)) expect(codesOf(back), `${format} ${code}`).toContain(code)
    }
  },
)

const small = { ...one, factors: [{ use: 'option-order', with: {} }], claims: [{ ...claim, id: 'adds' }] }

/** Changes the text of a file of an export. */
function edit(path: string, change: (text: string) => string): void {
  const before = readFileSync(join(root, path), 'utf8')
  const after = change(before)
  expect(after).not.toBe(before)
  writeFileSync(join(root, path), after)
}

const logs = () => readdirSync(join(root, 'inspect-json'))
/** Whether a log has the manifest in it: one of them does. */
const carries = (name: string) => readFileSync(join(root, 'inspect-json', name), 'utf8').includes('assay_run')

test('a protocol that was edited inside an export is not believed, and no claim is judged', async () => {
  await copies.copyTo(root, { changes: small })
  await exported('csv')
  await exported('inspect-json')
  const carrier = logs().find(carries)
  edit('csv/responses.assay.json', (text) => text.replaceAll('"threshold":0.3', '"threshold":0.1'))
  edit(`inspect-json/${carrier}`, (text) => text.replaceAll('threshold\\":0.3', 'threshold\\":0.1'))
  for (const format of ['csv', 'inspect-json']) {
    const back = await read(format)
    expect(codesOf(back), format).toContain('manifest-changed')
    expect(back.runs.flatMap(({ study }) => study ?? [])).toEqual([])
    expect(saidOfClaims(back)).toContain('claims-not-with-export')
    expect(back.observations.rows).toBe(16 * 2 * 4 * 2)
  }
  // Whoever makes the outer hash anew still needs the protocol to have its own.
  edit('csv/responses.assay.json', (text) => {
    const { hash: _, ...content } = JSON.parse(text)
    return JSON.stringify({ format: content.format, hash: documentHash(content), ...content })
  })
  expect(codesOf(await read('csv'))).toContain('manifest-changed')
})

test('rows that were edited, and a part of an export, give no verdict and say so', async () => {
  await copies.copyTo(root, { changes: small })
  await exported('csv')
  await exported('inspect-json')
  const [other = '', another = ''] = logs().filter((name) => !carries(name))
  rmSync(join(root, 'inspect-json', another))
  edit('csv/responses.csv', (text) => text.replace(/(multiple-choice),0,/, '$1,1,'))
  for (const [path, code] of [
    ['csv', 'export-changed'],
    ['inspect-json', 'export-incomplete'],
    [`inspect-json/${logs().find(carries)}`, 'export-incomplete'],
    [`inspect-json/${other}`, 'export-without-manifest'],
  ] as const) {
    const back = await read(path)
    expect(codesOf(back), path).toContain(code)
    expect(back.runs.flatMap(({ study }) => study ?? [])).toEqual([])
  }
})

test('a CSV that is named without its folder finds its claims beside it', async () => {
  await copies.copyTo(root, { changes: small })
  await exported('csv')
  expect(saidOfClaims(await read('csv/responses.csv'))).toBe(saidOfClaims(await read('run')))
  rmSync(join(root, 'csv/responses.assay.json'))
  expect(codesOf(await read('csv'))).toContain('export-without-manifest')
})

test('a run and all its exports in one folder count once, with one verdict', async () => {
  await copies.copyTo(root, { changes: small })
  const own = await read('run')
  for (const format of exportFormats) await exported(format, `out/${format}`)
  const exports = await read('out')
  expect(exports.observations.rows).toBe(own.observations.rows)
  expect(saidOfClaims(exports)).toBe(saidOfClaims(own))
  const all = await read('.')
  expect(all.observations.rows).toBe(own.observations.rows)
  expect(all.runs.map(({ source }) => source)).toEqual(['assay-run', 'assay-run'])
  expect(saidOfClaims(all)).toBe(saidOfClaims(own))
  expect(codesOf(all)).toContain('run-seen-twice')
})

test('a run that was exported while it went on and once it was done is judged as it was when done', async () => {
  await copies.copyTo(root, { changes: small })
  const own = await read('run')
  const journal = readFileSync(join(root, 'run/journal-0001.jsonl'), 'utf8').split('\n')
  mkdirSync(join(root, 'killed'))
  copyFileSync(join(root, 'run/protocol.json'), join(root, 'killed/protocol.json'))
  writeFileSync(join(root, 'killed/journal-0001.jsonl'), `${journal.slice(0, journal.length / 2).join('\n')}\n`)
  for (const [format, out] of [
    ['csv', 'early'],
    ['parquet', 'zz-early'],
  ] as const)
    await exportRun.run({ folder: 'killed', format, out: `both/${out}` }, testContext(root))
  expect(saidOfClaims(await read('both'))).toBe(saidOfClaims(await read('killed')))
  expect(codesOf(await read('both'))).toContain('run-cut-off')
  await exported('inspect-eval', 'both/late')
  expect(saidOfClaims(await read('both'))).toBe(saidOfClaims(own))
})
