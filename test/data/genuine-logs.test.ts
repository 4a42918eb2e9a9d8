import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readLogs, readRecordings, sources } from '../../src/sources/index.ts'
import { repositoryRoot } from '../source-files.ts'

/** Logs that other harnesses wrote, where a folder of them lies beside the repository. */
const folder = join(repositoryRoot, '..', 'shared', 'logs')
const testOnLogs = test.skipIf(!existsSync(folder))

const signal = new AbortController().signal

function read(path: string) {
  return readLogs({
    paths: [path],
    workingDirectory: folder,
    columns: {},
    sources,
    signal,
    onProgress: () => undefined,
  })
}

testOnLogs('every-eval-ever: records of 0.2 and 0.3 and converted samples are read, with their figures', async () => {
  const { runs, observations, failures } = await read('every-eval-ever')
  expect(failures).toEqual([])
  const figures = runs.map(({ model, headlines }) => [model, headlines.length, headlines[0]?.value])
  expect(figures).toContainEqual(['LLaMA-Pro-8B-Instruct', 6, 0.4486])
  expect(figures).toContainEqual(['Yi-1.5-34B-Chat', 15, 0.5229])
  expect(observations.rows).toBe(1)
  expect(runs.find(({ model }) => model === 'demo-org/demo-model')?.reconciliations).toMatchObject([
    { reported: 0.75, recomputed: 1, verdict: 'differs' },
  ])
})

testOnLogs.each([
  ['scout/2025-09-23T08-09-58-04-00_popularity_DN2wbX2ZvACsBpjwptzBRo.eval', 100, 'No'],
  ['inspect-ai/from-every-eval-ever/data_pubmedqa_gpt4o_mini.json', 2, 'ANSWER: A'],
  ['lm-evaluation-harness/samples_math_perturbed_full_2026-01-21T03-44-18.458309.jsonl', 10, ' 1. The graph of $y='],
  ['lm-evaluation-harness/generated-0.4.13.dev0', 104, '0'],
  ['every-eval-ever/skill_reference_conversion', 1, 'The answer is 4.'],
])('%s holds %i answers to replay', async (path, count, beginning) => {
  const answers = await readRecordings({ path, workingDirectory: folder, signal })
  expect(answers.length).toBe(count)
  const outcome = answers[0]?.outcome
  expect(outcome?.kind === 'response' && outcome.response.text.startsWith(beginning)).toBe(true)
})

testOnLogs.each([
  ['every-eval-ever/98ea850e-7019-4728-a558-8b1819ec47c2.json', 'Every Eval Ever'],
  ['inspect-ai/test_eval_set', 'Inspect AI'],
  ['lm-evaluation-harness/legacy-res', 'lm-evaluation-harness'],
  ['golden/gpqa_diamond_scores.csv', 'a table of responses'],
])('%s holds no answers, and its refusal names its format', async (path, format) => {
  await expect(readRecordings({ path, workingDirectory: folder, signal })).rejects.toMatchObject({
    code: 'recording-without-answers',
    values: { format },
  })
})
