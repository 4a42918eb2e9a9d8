import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { categoryAt, missingReasons } from '../../domain/index.ts'
import { readLogs, sources } from '../index.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'assay-eee-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

async function read() {
  return readLogs({
    paths: ['.'],
    workingDirectory: root,
    columns: {},
    sources,
    signal: new AbortController().signal,
    onProgress: () => undefined,
  })
}

const result = {
  evaluation_result_id: 'bench/acc',
  evaluation_name: 'bench',
  metric_config: { metric_id: 'accuracy', metric_kind: 'accuracy', lower_is_better: false },
  score_details: { score: 0.5, uncertainty: { num_samples: 4 } },
}
const aggregate = {
  schema_version: '0.3.0',
  evaluation_id: 'bench/org_model/1750000000',
  retrieved_timestamp: '1750000000',
  source_metadata: { source_type: 'evaluation_run', source_organization_name: 'org', evaluator_relationship: 'other' },
  eval_library: { name: 'lm_eval', version: '0.4' },
  model_info: { name: 'org/model', id: 'org/model' },
  evaluation_results: [result],
  detailed_evaluation_results: { format: 'jsonl', file_path: 'a_samples.jsonl', total_rows: 4 },
}

function line(item: string, score: number, more: Readonly<Record<string, unknown>> = {}) {
  return {
    schema_version: '0.3.0',
    evaluation_id: aggregate.evaluation_id,
    model_id: 'org/model',
    evaluation_name: 'bench',
    evaluation_result_id: 'bench/acc',
    sample_id: item,
    interaction_type: 'single_turn',
    input: { raw: 'q', reference: ['a'] },
    output: { raw: ['a'] },
    answer_attribution: [],
    evaluation: { score, is_correct: score === 1 },
    metadata: { subject: item < 'c' ? 'one' : 'two' },
    ...more,
  }
}

function write(lines: readonly unknown[], record: unknown = aggregate): void {
  writeFileSync(join(root, 'a.json'), JSON.stringify(record, undefined, 1))
  writeFileSync(join(root, 'a_samples.jsonl'), lines.map((each) => `${JSON.stringify(each)}\n`).join(''))
}

test('everyEvalEverSource reads an aggregate with its lines as one run and recomputes its mean', async () => {
  write([line('a', 1), line('b', 0), line('c', 1), line('d', 0)])
  const { observations, runs, failures } = await read()
  expect(failures).toEqual([])
  expect(observations.rows).toBe(4)
  expect(observations.attributes.get('subject')?.values).toEqual(['one', 'two'])
  expect(runs).toHaveLength(1)
  expect(runs[0]).toMatchObject({ model: 'org/model', task: 'bench', harness: { name: 'lm_eval', version: '0.4' } })
  expect(runs[0]?.reconciliations).toMatchObject([{ verdict: 'match', reported: 0.5, recomputed: 0.5 }])
  expect(categoryAt(observations.scorer, 0)).toBe('accuracy')
})

test('everyEvalEverSource says where the stated mean is another one, and where lines are missing', async () => {
  write([line('a', 1), line('b', 1), line('c', 1), line('d', 0)])
  expect((await read()).runs[0]?.reconciliations).toMatchObject([{ verdict: 'differs', recomputed: 0.75 }])
  write([line('a', 1), line('b', 1)])
  const { runs } = await read()
  expect(runs[0]?.reconciliations).toMatchObject([{ verdict: 'cannot', because: { code: 'rows-incomplete' } }])
  expect(runs[0]?.caveats.map(({ code }) => code)).toContain('header-rows-mismatch')
})

test('everyEvalEverSource takes no error for a wrong answer, and lines of one item for repeats in any order', async () => {
  const lines = [line('a', 0, { error: 'timeout' }), line('b', 1), line('b', 0), line('d', 0)]
  write(lines)
  const { observations, runs } = await read()
  expect(missingReasons[observations.missing[0] ?? 0]).toBe('provider-error')
  expect([...observations.replicate]).toEqual([1, 1, 2, 1])
  expect(runs[0]?.caveats.map(({ code }) => code)).toContain('replicates-inferred')
  write(lines.toReversed())
  expect([...(await read()).observations.score]).toEqual([...observations.score])
})

test('everyEvalEverSource reads figures without lines, and lines without figures', async () => {
  writeFileSync(join(root, 'a.json'), JSON.stringify({ ...aggregate, detailed_evaluation_results: undefined }))
  const { runs, failures } = await read()
  expect(failures).toEqual([])
  expect(runs[0]?.headlines).toMatchObject([{ scorer: 'accuracy', value: 0.5, n: 4 }])
  rmSync(join(root, 'a.json'))
  writeFileSync(join(root, 'b_samples.jsonl'), `${JSON.stringify(line('a', 1))}\n`)
  expect((await read()).observations.rows).toBe(1)
})

test('everyEvalEverSource refuses a damaged line and names it', async () => {
  write([line('a', 1), { ...line('b', 1), sample_id: undefined }])
  expect((await read()).failures[0]).toMatchObject({
    code: 'json-malformed',
    message: expect.stringContaining('line 2'),
  })
  writeFileSync(join(root, 'a_samples.jsonl'), `${JSON.stringify(line('a', 1))}\n{"schema_version": "0.3`)
  expect((await read()).failures[0]).toMatchObject({
    code: 'json-malformed',
    message: expect.stringContaining('line 2'),
  })
})

test('everyEvalEverSource reads lines as converters write them: null for what is absent, no result named, no aggregate', async () => {
  const absent = { formatted: null, error: null, metadata: null, messages: null }
  const converted = (item: string, score: number) => ({
    ...line(item, score),
    schema_version: '0.2.1',
    evaluation_result_id: null,
    output: { raw: [' D'], reasoning_trace: [] },
    evaluation: { score, is_correct: score === 1, num_turns: null, tool_calls_count: null },
    token_usage: { input_tokens: 333, output_tokens: 1, total_tokens: 334, reasoning_tokens: null },
    performance: { latency_ms: null, generation_time_ms: 680.4 },
    ...absent,
  })
  writeFileSync(
    join(root, 'None_samples.jsonl'),
    [converted('a', 1), converted('b', 0)].map((each) => `${JSON.stringify(each)}\n`).join(''),
  )
  const { observations, runs, failures } = await read()
  expect(failures).toEqual([])
  expect([...observations.score]).toEqual([1, 0])
  expect([...observations.inputTokens]).toEqual([333, 333])
  expect([...observations.latencyMs]).toEqual([Number.NaN, Number.NaN])
  expect(categoryAt(observations.scorer, 0)).toBe('score')
  expect(runs[0]).toMatchObject({ model: 'org/model', task: 'bench', found: { items: 2, responses: 2 } })
})

test('everyEvalEverSource reads lines of agents, which have messages in place of an output, and scores per metric', async () => {
  const metrics = ['accuracy', 'f1'].map((metric) => ({
    ...result,
    evaluation_result_id: `bench/${metric}`,
    metric_config: { metric_id: metric, metric_kind: 'mean', lower_is_better: false },
  }))
  const agentic = (item: string, metric: string, score: number) =>
    line(item, score, {
      evaluation_result_id: `bench/${metric}`,
      interaction_type: 'agentic',
      output: null,
      messages: [{ turn_idx: 0, role: 'assistant', content: 'done' }],
      evaluation: { score, is_correct: score === 1, num_turns: 4, tool_calls_count: 2 },
    })
  write(
    ['a', 'b'].flatMap((item) => [agentic(item, 'accuracy', item === 'a' ? 1 : 0), agentic(item, 'f1', 0.5)]),
    { ...aggregate, evaluation_results: metrics },
  )
  const { observations, runs, failures } = await read()
  expect(failures).toEqual([])
  expect(observations.scorer.values).toEqual(['accuracy', 'f1'])
  expect(runs[0]?.reconciliations.map(({ verdict }) => verdict)).toEqual(['match', 'match'])
  expect(runs[0]?.found).toMatchObject({ items: 2, responses: 2, rows: 4 })
  expect(runs[0]?.caveats.map(({ code }) => code)).toEqual([])
})

test('everyEvalEverSource reads a record of 0.2.0, which names no library', async () => {
  const { eval_library: _, detailed_evaluation_results: __, ...older } = aggregate
  writeFileSync(join(root, 'a.json'), JSON.stringify({ ...older, schema_version: '0.2.0' }))
  const { runs, failures, skipped } = await read()
  expect([failures, skipped]).toEqual([[], []])
  expect(runs[0]).toMatchObject({ model: 'org/model', harness: { name: 'unknown' } })
  expect(runs[0]?.headlines).toMatchObject([{ value: 0.5 }])
})
