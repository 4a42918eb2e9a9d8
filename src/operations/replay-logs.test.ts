import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { repositoryRoot } from '../../test/source-files.ts'
import { categoryAt } from '../domain/index.ts'
import { exportRun } from './export.ts'
import { readWhole } from './fixtures/read-whole.ts'
import { testContext } from './fixtures/small-run.ts'
import { variedRun } from './fixtures/varied-run.ts'
import { run } from './run.ts'

const logs = join(repositoryRoot, 'test/fixtures/logs')

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'assay-replay-logs-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

interface Asked {
  readonly endpoint: string
  readonly items: readonly object[]
  readonly options?: object
  readonly more?: object
}

/** Runs a protocol whose only model replays a log; the strict scores, by scorer and item. */
async function replayed({ endpoint, items, options = {}, more }: Asked) {
  const protocol = {
    version: 1,
    title: 'replayed',
    construct: { definition: 'd' },
    envelope: { normalUse: 'n' },
    models: [{ id: 'm', endpoint, options }],
    items: { inline: items },
    scorers: [{ use: 'exact-match' }],
    claims: [
      {
        ...{ id: 'c', kind: 'capability', quantifier: 'mean', model: 'm', population: 'these-items' },
        ...{ scorer: 'exact-match', direction: 'above', threshold: 0.5 },
        decision: { ifSupported: 'a', ifRefuted: 'b', ifInconclusive: 'c' },
      },
    ],
    stopping: { rule: 'fixed' },
    ...more,
  }
  writeFileSync(join(root, 'p.json'), JSON.stringify(protocol))
  rmSync(join(root, 'out'), { recursive: true, force: true })
  const done = await run.run(run.input.parse({ protocol: 'p.json', out: 'out' }), testContext(root))
  const { observations } = await readWhole({ root, path: 'out' })
  const scores = new Map<string, number>()
  for (let row = 0; row < observations.rows; row++) {
    const place = ['scorer', 'item'].map((column) => categoryAt(observations[column as 'scorer' | 'item'], row))
    scores.set(`${place.join(' ')} ${observations.replicate[row]}`, observations.score[row] ?? Number.NaN)
  }
  return { failed: done.executed.outcome.failed, scores }
}

interface Sample {
  readonly doc_id: number
  readonly target: string
  readonly filter: string
  readonly doc: { readonly q: string; readonly choices: readonly string[]; readonly gold: number }
  readonly acc: number
  readonly acc_norm: number
  readonly resps: readonly (readonly string[])[]
}

const harness = join(logs, 'lm-eval/generated/fake__model-a')

function samplesOf(task: string): readonly Sample[] {
  const name = readdirSync(harness).find((each) => each.startsWith(`samples_${task}`)) ?? ''
  return readFileSync(join(harness, name), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
}

test('replay of lm-evaluation-harness weighs its choices again to the accuracies that it printed, normalised or not', async () => {
  const samples = samplesOf('fake_mc')
  const items = samples.map(({ doc_id, doc }) => ({
    id: String(doc_id),
    input: doc.q,
    options: doc.choices,
    target: doc.gold,
  }))
  const scorers = ['none', 'character', 'token'].map((normalisation) => ({
    use: 'likelihood',
    with: { normalisation },
  }))
  const { scores, failed } = await replayed({
    endpoint: `replay:${harness}`,
    options: { task: 'fake_mc' },
    items,
    more: { answer: 'likelihood', scorers, claims: [claim('likelihood')] },
  })
  expect(failed).toEqual([])
  expect(samples.length).toBe(12)
  for (const { doc_id, acc, acc_norm } of samples) {
    expect(scores.get(`likelihood ${doc_id} 1`)).toBe(acc)
    expect(scores.get(`likelihood #2 ${doc_id} 1`)).toBe(acc_norm)
    // The harness writes no number of tokens: nothing is divided by what is not known.
    expect(scores.get(`likelihood #3 ${doc_id} 1`)).toBeNaN()
  }
})

const claim = (scorer: string) => ({
  ...{ id: 'c', kind: 'capability', quantifier: 'mean', model: 'm', population: 'these-items' },
  ...{ scorer, direction: 'above', threshold: 0.5 },
  decision: { ifSupported: 'a', ifRefuted: 'b', ifInconclusive: 'c' },
})

test('replay of lm-evaluation-harness gives each repeat of a generation by itself, and asks which task is meant', async () => {
  const samples = samplesOf('fake_gen').filter(({ filter }, _, all) => filter === all[0]?.filter)
  const items = samples.map(({ doc_id, target }) => ({ id: String(doc_id), input: 'q', target }))
  const repeats = samples[0]?.resps[0]?.length ?? 0
  expect(repeats).toBe(4)
  const asked = { endpoint: `replay:${harness}`, items, more: { replicates: repeats } }
  await expect(replayed(asked)).rejects.toMatchObject({
    code: 'replay-task-ambiguous',
    values: { tasks: 'fake_gen, fake_mc' },
  })
  await expect(replayed({ ...asked, options: { task: 'other' } })).rejects.toMatchObject({
    code: 'replay-task-unknown',
  })
  const { scores } = await replayed({ ...asked, options: { task: 'fake_gen' } })
  for (const { doc_id, resps, target } of samples)
    for (const [index, text] of (resps[0] ?? []).entries())
      expect(scores.get(`exact-match ${doc_id} ${index + 1}`)).toBe(text === target ? 1 : 0)
})

test.each([
  ['inspect/mcq.eval', 'Inspect AI archive'],
  ['inspect/mcq.json', 'Inspect AI JSON'],
])('replay of %s (%s) gives what was answered', async (path) => {
  const items = ['0', '1', '2', '3', '4', '5', '6', '7'].map((id) => ({ id, input: 'q', target: 'ANSWER: D' }))
  const { scores, failed } = await replayed({ endpoint: `replay:${join(logs, path)}`, items })
  expect(failed).toEqual([])
  expect([...scores.values()].filter((score) => score === 1).length).toBeGreaterThan(0)
})

test.each([
  ['inspect/header-only.json', 'Inspect AI', 'samples'],
  ['lm-eval/legacy', 'lm-evaluation-harness', '--log_samples'],
  ['table/gpqa_diamond_scores.csv', 'a table of responses', 'column of replies'],
])('replay of %s, which holds scores alone, is refused with what its format lacks', async (path, format, words) => {
  const asked = replayed({ endpoint: `replay:${join(logs, path)}`, items: [{ id: '1', input: 'q', target: 'a' }] })
  await expect(asked).rejects.toMatchObject({
    code: 'recording-without-answers',
    values: { format },
    fix: expect.stringContaining(words),
  })
})

test('replay of a file of no known format says which formats are read', async () => {
  writeFileSync(join(root, 'notes.json'), '{"a": 1}')
  await expect(
    replayed({ endpoint: 'replay:notes.json', items: [{ id: '1', input: 'q', target: 'a' }] }),
  ).rejects.toMatchObject({ code: 'recording-of-unknown-format' })
})

test('an Inspect export replays every call of a technique with several, to the same scores', async () => {
  await variedRun({
    root,
    changes: { techniques: [{ use: 'self-consistency', with: { samples: 3 } }], factors: [], replicates: 1 },
  })
  const scoresOf = async (path: string) => [...(await readWhole({ root, path })).observations.score]
  const own = await scoresOf('run')
  expect(new Set(own).size).toBeGreaterThan(1)
  const protocol = JSON.parse(readFileSync(join(root, 'run/protocol.json'), 'utf8'))
  for (const format of ['inspect-eval', 'inspect-json'] as const) {
    await exportRun.run({ folder: 'run', format, out: format }, testContext(root))
    const models = ['m', 'm-2'].map((id) => ({ id, endpoint: `replay:${format}#${id}` }))
    writeFileSync(join(root, `${format}.protocol.json`), JSON.stringify({ ...protocol, models }))
    const given = run.input.parse({ protocol: `${format}.protocol.json`, out: `${format}-again` })
    await run.run(given, testContext(root))
    expect(await scoresOf(`${format}-again`), format).toEqual(own)
  }
})
