import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import { analyses } from '../methods/analyses/index.ts'
import { openRandom } from '../random/index.ts'
import { readRecordings } from '../sources/index.ts'
import { exportFormats } from '../store/export/write-export.ts'
import { exportRun } from './export.ts'
import { readWhole } from './fixtures/read-whole.ts'
import { runCopies } from './fixtures/run-copies.ts'
import { testContext } from './fixtures/small-run.ts'
import { variedRun as run } from './fixtures/varied-run.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'assay-import-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

type Changes = Readonly<Record<string, unknown>>
const copies = runCopies((folder, changes: Changes) => run({ root: folder, changes }))
afterAll(copies.remove)

const variedRun = (changes: Changes = {}) => copies.copyTo(root, changes)

const read = (path: string) => readWhole({ root, path: path })

/** Equal rows give equal draws, however few. */
const settings = { draws: 200 }

function evidenceOf({ observations, runs }: Awaited<ReturnType<typeof read>>) {
  return analyses
    .filter(({ name }) => name !== 'header-reconciliation')
    .flatMap((analysis) => {
      const { name, parameters, analyze } = analysis
      const random = openRandom('same').split(name)
      const { evidence } = analyze({ observations, runs, parameters: parameters.parse(settings), random })
      return evidence.map(({ key, outcome }) => `${name} ${key} ${JSON.stringify(outcome)}`)
    })
}

/** NaN, which Inspect writes for no score, is null here. */
function logOf(name: string) {
  return JSON.parse(readFileSync(join(root, 'logs', name), 'utf8').replaceAll(/:NaN\b/g, ':null'))
}

const stopped = { budget: { calls: 301 } }
/** One response of each item, so that whatever a table says of responses might be taken for attributes of items. */
const plain = {
  models: [{ id: 'm', endpoint: 'simulated:steady', options: { accuracy: 0.7, refusals: { rate: 0.3 } } }],
  ...{ factors: [], techniques: [{ use: 'zero-shot' }], replicates: 1 },
}

test.each([
  ['finished', {}],
  ['stopped by its budget', stopped],
  ['plain, with refusals', plain],
])('a run that was %s gives the same evidence as each of its exports', async (_, changes) => {
  await variedRun(changes)
  const own = evidenceOf(await read('run'))
  expect(own.length).toBeGreaterThan(20)
  for (const format of exportFormats) {
    await exportRun.run({ folder: 'run', format, out: format }, testContext(root))
    expect(evidenceOf(await read(format)), format).toEqual(own)
  }
})

test('assay export gives an Inspect log the prompts as sent, and a target that a rescoring agrees with', async () => {
  await variedRun()
  await exportRun.run({ folder: 'run', format: 'inspect-json', out: 'logs' }, testContext(root))
  let right = 0
  for (const name of readdirSync(join(root, 'logs'))) {
    const log = logOf(name)
    for (const { messages, choices, target, output, scores } of log.samples) {
      const said = output.choices[0].message.content
      const prompt = messages.at(-2).content
      expect(messages.at(-1).content).toBe(said)
      for (const choice of choices) expect(prompt).toContain(choice)
      // The order in the prompt is that of the choices.
      const places = choices.map((choice: string) => prompt.lastIndexOf(choice))
      expect(places).toEqual(places.toSorted((a: number, b: number) => a - b))
      const { value: score, explanation } = scores['multiple-choice']
      if (score === null) continue
      expect(score).toBe(explanation === `shown as ${target}` ? 1 : 0)
      if (log.eval.metadata.assay_technique === 'zero-shot') expect(score).toBe(said === target ? 1 : 0)
      right += score
    }
  }
  expect(right).toBeGreaterThan(100)
})

test('assay export says that a run its budget ended is cancelled, with what was planned and what was asked', async () => {
  await variedRun(stopped)
  await exportRun.run({ folder: 'run', format: 'inspect-json', out: 'logs' }, testContext(root))
  let asked = 0
  for (const name of readdirSync(join(root, 'logs'))) {
    const { status, results, eval: evaluation, samples } = logOf(name)
    expect(status).toBe('cancelled')
    expect(evaluation.dataset.samples).toBe(16)
    expect(results).toMatchObject({ total_samples: 32, completed_samples: samples.length })
    asked += samples.length
  }
  expect(asked).toBeLessThan(301)
})

test('a run and each of its exports replay the same answers', async () => {
  await variedRun({ techniques: [{ use: 'zero-shot' }], replicates: 1 })
  const answersOf = async (path: string) => {
    const answers = await readRecordings({ path, workingDirectory: root, signal: new AbortController().signal })
    return answers
      .map(({ itemId, model, levels, technique, replicate, outcome }) =>
        JSON.stringify([
          ...[itemId, model, Object.entries(levels).sort(), technique, replicate],
          outcome.kind === 'response' ? [outcome.response.text, outcome.response.finish] : outcome.failure.cause,
        ]),
      )
      .sort()
  }
  // Of settings with one and the same prompt the journal holds one call; a replay finds it by its place.
  const own = new Set(await answersOf('run'))
  for (const format of exportFormats) {
    await exportRun.run({ folder: 'run', format, out: format }, testContext(root))
    const answers = await answersOf(format)
    expect(answers.length, format).toBe(16 * 2 * 4 * 4)
    const told = new Set(answers)
    expect(
      [...own].filter((answer) => !told.has(answer)),
      format,
    ).toEqual([])
  }
})

test('assay export leaves out prompts that do not have the hash of what was sent', async () => {
  await variedRun()
  const path = join(root, 'run/protocol.json')
  const changed = readFileSync(path, 'utf8').replaceAll('What is', 'What was')
  rmSync(path)
  appendFileSync(path, changed)
  const { json } = await exportRun.run({ folder: 'run', format: 'inspect-json', out: 'logs' }, testContext(root))
  const { cells, promptsUnknown } = JSON.parse(json)
  expect(promptsUnknown).toBe(cells)
})
