import { globSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { demoFiles } from '../scripts/demo/demo-files.ts'
import { demo, type ReportDocument } from '../src/index.ts'
import { repositoryRoot } from './source-files.ts'

const folder = `${repositoryRoot}examples/demo/`

test('examples/demo is what scripts/make-demo.ts writes, byte for byte, and under 3 MB', () => {
  const files = demoFiles()
  const committed = globSync('**/*', { cwd: folder }).filter((name) => statSync(folder + name).isFile())
  expect(committed.toSorted()).toEqual([...files.keys(), 'README.md'].toSorted())
  for (const [name, bytes] of files) expect(readFileSync(folder + name).equals(bytes), name).toBe(true)
  expect([...files.values()].reduce((sum, { length }) => sum + length, 0)).toBeLessThan(3_000_000)
})

let document: ReportDocument
/** Everything the report says: `code: sentence`, problems first. */
let said: readonly string[]

beforeAll(async () => {
  const out = mkdtempSync(join(tmpdir(), 'assay-demo-'))
  try {
    const host = { now: () => 0, time: () => '', processId: 1, isAlive: () => false, secret: () => undefined }
    const context = { signal: new AbortController().signal, workingDirectory: out, progress: () => {}, host }
    const result = await demo.run({ out }, context)
    expect({ exitCode: result.exitCode, complaints: result.complaints }).toEqual({ exitCode: 0, complaints: [] })
    if (result.document === undefined) throw new Error('the demo gave no document')
    document = result.document
    said = [
      ...document.problems,
      ...document.sections.flatMap(({ analyses }) => analyses.flatMap((each) => each.statements)),
    ].map(({ code, text }) => `${code}: ${text}`)
  } finally {
    rmSync(out, { recursive: true, force: true })
  }
}, 60_000)

const planted: readonly (readonly [fault: string, code: string, ...words: string[]])[] = [
  [
    'the header promises samples that the file does not hold',
    'header-rows-mismatch',
    'hazard-triage_northwind.eval',
    '320',
    '296',
  ],
  [
    'the accuracy in the header is not that of the rows',
    'headline-differs',
    'hazard-triage_kestrel.eval',
    '0.688',
    '0.648',
  ],
  ['a rare behaviour at 0.0 ± 0.0', 'zero-standard-error', 'secret_disclosure'],
  ['the rare behaviour may be as high as half a percent', 'no-event-observed', '0 of 600', '0.50 %'],
  ['kestrel has seen the published items', 'twin-gap-suspicious', 'kestrel/small-1', 'science-facts'],
  ['kestrel depends on the format', 'variant-sensitive', 'kestrel/small-1', 'reading'],
  ['answers that could not be read', 'unparsed-responses', 'hazard-triage'],
  ['unread answers only for one model', 'unreadable-by-model', 'reading'],
  ['refusals', 'refusals', 'hazard-triage'],
  ['provider errors and other missing scores', 'many-missing', 'kestrel/small-1 on hazard-triage', 'provider error'],
  ['missing scores hit one model more', 'differential-missingness', 'hazard-triage'],
  ['chain-of-thought lifts northwind', 'technique-changes-score', 'northwind/large-2', 'word-problems'],
  ['for kestrel chain-of-thought shows nothing', 'technique-gap-open', 'kestrel/small-1', 'word-problems'],
  ['northwind is better at reading, by a paired comparison', 'pair-better', 'northwind/large-2 is better', 'reading'],
  ['pairing finds what an unpaired test would miss', 'unpaired-would-miss'],
]

test.each(planted)('the report finds: %s', (_fault, code, ...words) => {
  const found = said.filter((each) => each.startsWith(`${code}: `))
  expect(found.filter((each) => words.every((word) => each.includes(word)))).not.toEqual([])
})

test('the report accuses nobody of what was not planted', () => {
  const accused = (code: string, model: string) =>
    said.filter(
      (each) =>
        each.startsWith(`${code}: ${model}`) || (each.startsWith(`${code}: `) && each.includes(`score of ${model}`)),
    )
  expect(accused('variant-sensitive', 'northwind/large-2')).toEqual([])
  expect(accused('twin-gap-suspicious', 'northwind/large-2')).toEqual([])
  expect(said.filter((each) => each.startsWith('technique-changes-score: ') && each.includes('kestrel'))).toEqual([])
})

test('every question has an answer or says what is missing, and no analysis failed', () => {
  expect(document.sections).toHaveLength(6)
  for (const { question, status, analyses } of document.sections) {
    expect(analyses.length, question).toBeGreaterThanOrEqual(1)
    expect(status, question).not.toBe('cannot-say')
  }
  expect(said.filter((each) => each.startsWith('analysis-failed'))).toEqual([])
})

test('the demo report has every test that decides in a family, and its Holm p-values are those of the ledger', () => {
  const { families } = document.ledger
  expect(families.map(({ family }) => family)).toContain('pairs of models on hazard-triage / triage')
  const analyses = document.sections.flatMap((section) => section.analyses)
  const adjusted = analyses.flatMap(({ name, evidence }) =>
    evidence.flatMap(({ key, outcome }) =>
      key.endsWith('/holm') && outcome.kind === 'test' ? [{ name, key, p: outcome.pValue }] : [],
    ),
  )
  expect(adjusted.length).toBeGreaterThan(3)
  for (const { name, key, p } of adjusted) {
    const listed = families
      .filter(({ analysis }) => analysis === name)
      .flatMap(({ hypotheses }) => hypotheses.filter((each) => each.key === key.replace(/holm$/, 'test')))
    expect(
      listed.map((each) => each.adjusted),
      key,
    ).toEqual([p])
  }
})
