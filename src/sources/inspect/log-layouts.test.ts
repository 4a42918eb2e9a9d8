import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { type LogRead, readLogAt } from './fixtures/read-log.ts'
import { evalOf, headerOf, type LogParts, writeArchiveLog, writeJsonLog } from './fixtures/write-log.ts'

const folder = mkdtempSync(join(tmpdir(), 'inspect-layouts-'))
afterAll(() => rmSync(folder, { recursive: true }))
let files = 0

function archive(parts: LogParts): Promise<LogRead> {
  const path = join(folder, `${++files}.eval`)
  writeArchiveLog(path, parts)
  return readLogAt(path)
}

function json(parts: LogParts): Promise<LogRead> {
  const path = join(folder, `${++files}.json`)
  writeJsonLog(path, parts)
  return readLogAt(path)
}

const scored = (id: string | number, value: unknown, more: object = {}) => ({
  id,
  epoch: 1,
  scores: { match: { value } },
  ...more,
})
const scores = ({ rows }: LogRead) => rows.map(({ item, score }) => [item, score])
const results = (more: object) => ({
  total_samples: 2,
  scores: [{ name: 'match', scorer: 'match', metrics: { accuracy: { name: 'accuracy', value: 0.5 } }, ...more }],
})

test('journal summaries are read in the order of their numbers, and the last record of a sample wins', async () => {
  const parts = Array.from({ length: 12 }, (_, index): [string, unknown] => [
    `_journal/summaries/${12 - index}.json`,
    [scored('same', index === 0 ? 'C' : 'I'), scored(`only-${12 - index}`, 'I')],
  ])
  const { rows, run } = await archive({ header: headerOf({ status: 'started' }), members: parts })
  expect(rows.find(({ item }) => item === 'same')?.score).toBe(1)
  expect(rows).toHaveLength(13)
  expect(run.caveats.find(({ code }) => code === 'repeated-samples')?.values.count).toBe(11)
})

test('samples without a summary are read from their members, monolith before chunks', async () => {
  const log = await archive({
    header: headerOf({}),
    summaries: [scored('a', 'C')],
    members: [
      ['samples/a_epoch_1.json', scored('a', 'I')],
      ['samples/b/c_epoch_1.json', scored('b/c', 'P', { messages: [1, 2], events: [{ big: 'x'.repeat(9000) }] })],
      ['samples/d_epoch_2/sample.json', { ...scored('d', 'C'), epoch: 2 }],
      ['samples/d_epoch_2/metadata.json', { family: 'f1' }],
      ['samples/d_epoch_2/messages/0.json', []],
      ['samples/b/c_epoch_1/sample.json', scored('b/c', 'I')],
    ],
  })
  expect(scores(log)).toEqual([
    ['a', 1],
    ['b/c', 0.5],
    ['d', 1],
  ])
  expect(log.rows[2]).toMatchObject({ replicate: 2, cluster: 'f1' })
})

test('summaries without scores are completed from the samples when the header says there are scores', async () => {
  const bare = { id: 'a', epoch: 1 }
  const full: [string, unknown][] = [['samples/a_epoch_1.json', scored('a', 'C', { metadata: { family: 'f' } })]]
  expect(
    scores(await archive({ header: headerOf({ results: results({}) }), summaries: [bare], members: full })),
  ).toEqual([['a', 1]])
})

test('an unscored value without a reason is looked up: a content filter is a refusal', async () => {
  const filtered = scored('a', Number.NaN, { output: { choices: [{ stop_reason: 'content_filter' }] } })
  const nan = (value: unknown) => JSON.stringify(value).replaceAll(':null', ':NaN')
  const log = await archive({
    header: headerOf({}),
    summaries: nan([scored('a', null), scored('b', null)]),
    members: [
      ['samples/a_epoch_1.json', nan(filtered)],
      ['samples/b_epoch_1.json', nan(scored('b', null, { limit: { type: 'token', limit: 5 } }))],
    ],
  })
  expect(scores(log)).toEqual([
    ['a', 'refusal'],
    ['b', 'limit'],
  ])
})

test('a cluster that a summary left out for its length comes from the sample', async () => {
  const removed = { metadata: { passage: 'Key removed from summary (> 1k)' } }
  const metrics = [{ name: 'stderr', options: { cluster: 'passage' } }]
  const log = await archive({
    header: headerOf({ eval: evalOf({ scorers: [{ name: 'match', metrics }], dataset: { samples: 1 } }) }),
    summaries: [scored('a', 'C', removed)],
    members: [['samples/a_epoch_1.json', scored('a', 'C', { metadata: { passage: 'p 1' } })]],
  })
  expect(log.rows[0]?.cluster).toBe('p 1')
  expect(log.run.provenance.clusterKey).toBe('passage')
  expect(log.run.caveats).toEqual([])
})

test('a cluster that a summary left out, in an archive without the sample, is absent and said', async () => {
  const removed = { metadata: { family: 'Key removed from summary (> 1k)' } }
  const log = await archive({ header: headerOf({}), summaries: [scored('a', 'C', removed), scored('b', 'C')] })
  expect(log.rows.map(({ cluster, attributes }) => [cluster, attributes])).toEqual([
    [undefined, {}],
    [undefined, {}],
  ])
  expect(log.run.caveats.map(({ code, values }) => [code, values.count])).toEqual([['grouping-values-left-out', 1]])
})

test('invalidated samples have no score, the others keep theirs', async () => {
  const log = await archive({
    header: headerOf({ invalidated: true, log_updates: [{}, {}] }),
    summaries: [scored('a', 'C'), scored('b', 'C')],
    members: [
      ['samples/a_epoch_1.json', scored('a', 'C', { invalidation: { author: 'x', reason: 'wrong key' } })],
      ['samples/b_epoch_1.json', scored('b', 'C')],
    ],
  })
  expect(scores(log)).toEqual([
    ['a', 'not-scored'],
    ['b', 1],
  ])
  expect(log.run.caveats.map(({ code, values }) => [code, values.count])).toEqual([
    ['edited-log', 2],
    ['invalidated-samples', 1],
  ])
})

test('a score edited after the run is said, and excuses a header that is older', async () => {
  const history = [{ value: 'C', provenance: { author: 'x' } }, { value: 'I' }]
  const log = await json({
    header: headerOf({ results: results({}) }),
    summaries: [scored('a', 'I', { scores: { match: { value: 'I', history } } }), scored('b', 'I')],
  })
  expect(log.run.caveats.map(({ code }) => code)).toEqual(['edited-scores'])
  expect(log.run.reconciliations[0]).toMatchObject({
    reported: 0.5,
    recomputed: 0,
    verdict: 'differs',
    because: { code: 'scores-edited' },
  })
})

test('a figure that nothing explains differs, and says by how much', async () => {
  const log = await json({
    header: headerOf({ results: results({}) }),
    summaries: [scored('a', 'I'), scored('b', 'I')],
  })
  expect(log.run.reconciliations[0]).toMatchObject({
    verdict: 'differs',
    because: { code: 'difference-unexplained', values: { difference: 0.5 } },
  })
})

test('early layout: one nameless score, one scorer in the results, metrics beside it', async () => {
  const single = (id: number, value: string) => ({ id, epoch: 1, score: { value, answer: ' two\n words ' } })
  const header = headerOf({
    version: 1,
    results: {
      total_samples: 2,
      scorer: { name: 'includes', params: {} },
      metrics: { accuracy: { name: 'accuracy', value: 0.5 } },
    },
  })
  const log = await json({ header, summaries: [single(1, 'C'), single(2, 'I')] })
  expect(log.rows.map(({ scorer, score, answer }) => [scorer, score, answer])).toEqual([
    ['includes', 1, 'two words'],
    ['includes', 0, 'two words'],
  ])
  expect(log.run.reconciliations).toMatchObject([{ metric: 'task / includes / accuracy', verdict: 'match' }])
})

test('a .json log that lists its samples before its header reads like one in the order of Inspect', async () => {
  const header = headerOf({ results: results({}) })
  const samples = [scored('a', 'C', { metadata: { family: 'f1' } }), scored('b', 'I', { metadata: { family: 'f2' } })]
  const plain = await json({ header, summaries: samples })
  const path = join(folder, 'samples-first.json')
  writeFileSync(
    path,
    JSON.stringify({ eval: header.eval, zeta: 1 }).replace(
      '{"eval"',
      () => `{"samples":${JSON.stringify(samples)},"eval"`,
    ),
  )
  const first = await readLogAt(path)
  expect(first.rows.map(({ cluster, score }) => [cluster, score])).toEqual([
    ['f1', 1],
    ['f2', 0],
  ])
  expect(first.rows.map(({ source: _, ...row }) => row)).toEqual(
    plain.rows.map(({ source: _, ...row }) => ({ ...row, technique: undefined })),
  )
})

test.each([
  [1, []],
  [4, []],
  [undefined, []],
  [9, ['unknown-log-version']],
])('a log of schema version %s is read; only an unknown one is remarked on', async (version, codes) => {
  const log = await json({ header: headerOf({ version }), summaries: [scored('a', 'C'), scored('b', 'C')] })
  expect(log.rows).toHaveLength(2)
  expect(log.run.caveats.map(({ code }) => code)).toEqual(codes)
})

test('a composite score given as NaN is missing under each of its names', async () => {
  const log = await json({
    header: headerOf({}),
    summaries:
      '[{"id":"a","scores":{"r":{"value":{"x":1,"y":0}}}},{"id":"b","scores":{"r":{"value":NaN,"reason":"grader_failed"}}},{"id":"c","scores":{"r":{"value":{"x":1}}}}]',
  })
  expect(log.rows.map(({ item, scorer, score }) => `${item} ${scorer} ${score}`)).toEqual([
    'a r/x 1',
    'a r/y 0',
    'b r/x grader-failed',
    'b r/y grader-failed',
    'c r/x 1',
    'c r/y not-scored',
  ])
})

test('null inside a composite is 0 to Inspect of today and unscored to older ones: a match under either is a match', async () => {
  const summaries = [scored('a', { x: null }), scored('b', { x: 1 })]
  const entry = (value: number) =>
    headerOf({
      results: {
        total_samples: 2,
        scores: [{ name: 'x', scorer: 'match', metrics: { mean: { name: 'mean', value } } }],
      },
    })
  for (const value of [0.5, 1]) {
    const log = await json({ header: entry(value), summaries })
    expect(log.run.reconciliations[0]).toMatchObject({ recomputed: value, verdict: 'match' })
    expect(scores(log)).toEqual([
      ['a', 'not-scored'],
      ['b', 1],
    ])
  }
})

test('tokens add up over models with cached input, cost and time; unknown ones stay unknown', async () => {
  const usage = {
    a: { input_tokens: 10, input_tokens_cache_read: 5, output_tokens: 7, total_cost: 0.25 },
    b: { input_tokens: 1, output_tokens: 2 },
  }
  const log = await json({
    header: headerOf({}),
    summaries: [scored('a', 'C', { model_usage: usage, total_time: 1.5 }), scored('b', 'C', { model_usage: {} })],
  })
  expect(log.rows[0]).toMatchObject({ inputTokens: 16, outputTokens: 9, cost: 0.25, latencyMs: 1500 })
  expect(log.rows[1]).toMatchObject({
    inputTokens: undefined,
    outputTokens: undefined,
    cost: undefined,
    latencyMs: undefined,
  })
})

test('arguments passed to a task are levels; secrets and long answers are held back', async () => {
  const log = await json({
    header: headerOf({
      eval: evalOf({
        eval_id: undefined,
        task_args: { shots: 5, cot: true, subjects: ['a', 'b'] },
        task_args_passed: { shots: 5, subjects: ['a', 'b'], deep: { x: 1 } },
        model_args: { api_key: 'sk-123' },
      }),
    }),
    summaries: [scored('a', 'C', { scores: { match: { value: 'C', answer: 'x'.repeat(1000) } } })],
  })
  expect(log.rows[0]?.levels).toEqual({ shots: '5', subjects: '["a","b"]' })
  expect(log.run.settings).toMatchObject({ 'task.cot': 'true', 'task.deep': '{"x":1}', 'model.api_key': 'withheld' })
  expect(log.rows[0]?.answer).toBe(`${'x'.repeat(160)}…`)
  expect(log.run.id).toMatch(/^logs\/\d+\.json#provider\/model$/)
})
