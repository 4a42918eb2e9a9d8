import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { explain, messageCodes, type ObservationRow } from '../../domain/index.ts'
import { fixturePath, logFileAt, readFixture, tally } from './fixtures/read-log.ts'
import { inspectSource } from './inspect.ts'

const whole = [
  'arith.eval',
  'cancelled.json',
  'crashed-recovered.eval',
  'crashed.eval',
  'early.eval',
  'early.json',
  'fewer-than-promised.eval',
  'header-only.json',
  'limits.eval',
  'match-of-ten.eval',
  'mcq-chunked.eval',
  'mcq-rewritten-sample.eval',
  'mcq-several-frames.eval',
  'mcq.eval',
  'mcq.json',
  'minimal.eval',
  'numbers.eval',
  'odd-scores.eval',
  'odd-scores.json',
  'reasons.eval',
  'reducers.eval',
  'rubric.eval',
  'unscored-sample.json',
  'unscored.eval',
]

test.each(whole)('inspectSource reads %s: every figure of Inspect is reproduced or excused', async (name) => {
  const { rows, run } = await readFixture(name)
  expect(run.found.rows).toBe(rows.length)
  expect(run.files).toMatchObject([{ path: `logs/${name}`, bytes: logFileAt(fixturePath(name)).bytes }])
  for (const { metric, verdict, because } of run.reconciliations) {
    const excused = name === 'mcq-rewritten-sample.eval' ? 'differs' : 'match'
    expect([metric, because === undefined ? verdict : because.code]).toEqual([
      metric,
      verdict === 'cannot'
        ? expect.stringMatching(/^(metric-is-random|rows-incomplete|rows-absent|no-scored-items|headline-not-finite)$/)
        : verdict === 'differs'
          ? 'rows-rewritten'
          : excused,
    ])
  }
  for (const coded of [...run.caveats, ...run.reconciliations.flatMap(({ because }) => because ?? [])]) {
    expect(messageCodes).toContain(coded.code)
    expect(explain(coded).text).not.toBe('')
  }
})

test('reducers.eval: all 126 figures of seven reducers that are not random match Inspect 0.3.285', async () => {
  const { run } = await readFixture('reducers.eval')
  const verdicts = run.reconciliations.map(({ verdict }) => verdict)
  expect(run.reconciliations).toHaveLength(7 * 21)
  expect(verdicts.filter((verdict) => verdict === 'match')).toHaveLength(7 * 18)
  expect(run.reconciliations.filter(({ verdict }) => verdict === 'cannot').map(({ because }) => because?.code)).toEqual(
    Array.from({ length: 21 }, () => 'metric-is-random'),
  )
  const clustered = run.reconciliations.find(
    ({ metric }) => metric === 'reducers / replay / mean-reduced stderr(cluster=family)',
  )
  expect(clustered?.recomputed).toBeCloseTo(0.1529880707579473, 14)
})

test('fewer-than-promised.eval: the header says 790, the file holds 15, and both are said', async () => {
  const { rows, run } = await readFixture('fewer-than-promised.eval')
  expect(run.expected).toEqual({ items: 79, replicates: 10, responses: 790 })
  expect(run.found).toEqual({ items: 15, replicates: 1, responses: 15, rows: 15, scoredRows: 15 })
  expect(rows).toHaveLength(15)
  const [caveat] = run.caveats
  expect(caveat?.code).toBe('header-rows-mismatch')
  expect(explain(caveat!).text).toBe(
    'The header of logs/fewer-than-promised.eval promises 790 responses; the file holds 15.',
  )
  expect(run.reconciliations.map(({ verdict, because }) => [verdict, because?.values])).toEqual([
    ['cannot', { expected: 790, found: 15 }],
    ['cannot', { expected: 790, found: 15 }],
  ])
})

test('crashed.eval: 16 of 24 responses of a run that never finished; its recovered twin has 24, 7 of them errors', async () => {
  const crashed = await readFixture('crashed.eval')
  expect(crashed.run.status).toBe('started')
  expect(crashed.run.found.responses).toBe(16)
  expect(crashed.run.expected.responses).toBe(24)
  expect(crashed.run.reconciliations).toEqual([])
  expect(crashed.run.caveats.map(({ code }) => code)).toEqual(['unfinished-log', 'header-rows-mismatch'])
  const recovered = await readFixture('crashed-recovered.eval')
  expect(recovered.run.status).toBe('error')
  expect(tally(recovered.rows)).toEqual({ match: { scored: 17, 'provider-error': 7 } })
  expect(recovered.run.id).toBe(crashed.run.id)
})

test('mcq-rewritten-sample.eval: the last record of sample 3 counts, and the older figures are said to differ', async () => {
  const { rows, run } = await readFixture('mcq-rewritten-sample.eval')
  const before = await readFixture('mcq.eval')
  expect(before.rows.find(({ item }) => item === '3')?.score).toBe(1)
  expect(rows.find(({ item }) => item === '3')?.score).toBe(0)
  expect(rows.filter(({ item }) => item !== '3').map(({ score }) => score)).toEqual(
    before.rows.filter(({ item }) => item !== '3').map(({ score }) => score),
  )
  expect(run.provenance.tags).toBe('edited-in-place')
  expect(run.caveats).toMatchObject([{ code: 'rewritten-samples', values: { count: 1, changed: 1 } }])
  expect(run.reconciliations[0]).toMatchObject({ reported: 0.375, recomputed: 0.25, verdict: 'differs' })
})

const content = ({ run: _, source: __, ...row }: ObservationRow) => row

test.each([
  ['mcq-several-frames.eval', 'mcq.eval'],
  ['mcq-chunked.eval', 'mcq.eval'],
])('%s gives the same rows as its twin %s', async (name, twin) => {
  const rows = (await readFixture(name)).rows.map(content)
  expect(rows).toHaveLength(8)
  expect(rows).toEqual((await readFixture(twin)).rows.map(content))
})

test.each([
  ['mcq.json', 'mcq.eval', 8],
  ['odd-scores.json', 'odd-scores.eval', 32],
  ['early.json', 'early.eval', 1],
])('%s gives the same observations as %s', async (name, twin, count) => {
  // Two runs of one task: everything but what the clock and the log's age decide.
  const comparable = ({
    latencyMs: _,
    sourceRow: __,
    inputTokens: ___,
    outputTokens: ____,
    ...row
  }: ReturnType<typeof content>) => row
  const inOrder = (rows: readonly ObservationRow[]) =>
    rows
      .map(content)
      .map(comparable)
      .sort((a, b) => `${a.scorer} ${a.item}`.localeCompare(`${b.scorer} ${b.item}`))
  const rows = inOrder((await readFixture(name)).rows)
  expect(rows).toHaveLength(count)
  expect(rows).toEqual(inOrder((await readFixture(twin)).rows))
})

test.each(['odd-scores.eval', 'odd-scores.json'])('%s: nothing is turned into 0', async (name) => {
  const { rows, run } = await readFixture(name)
  expect(tally(rows)).toEqual({
    'dict_scorer/flag': { scored: 7, 'provider-error': 1 },
    'dict_scorer/harmless': { scored: 6, 'not-scored': 1, 'provider-error': 1 },
    'dict_scorer/helpful': { scored: 7, 'provider-error': 1 },
    letters: { scored: 6, 'not-scored': 1, 'provider-error': 1 },
  })
  expect(run.reconciliations.map(({ verdict }) => verdict)).toEqual(Array.from({ length: 8 }, () => 'match'))
  expect(run.caveats.map(({ code, values }) => [code, values.count])).toEqual([
    ['retried-samples', 1],
    ['no-answer-scored-as-zero', 2],
  ])
  expect(rows.find(({ item, scorer }) => item === 'arith-000' && scorer === 'letters')?.answer).toBe('é☃😀')
})

test('rubric.eval: texts and nulls that Inspect counts as 0 are missing in the rows and said', async () => {
  const { rows, run } = await readFixture('rubric.eval')
  const scores = (scorer: string) => rows.filter((row) => row.scorer === scorer).map(({ score }) => score)
  expect(scores('rubric/note')).toEqual(['not-numeric', 'not-scored', 1, 'not-scored', 'not-numeric'])
  expect(scores('rubric/length')).toEqual([3, 4.5, 'not-scored', 'not-scored', 'not-finite'])
  expect(scores('rubric/text')).toEqual([-1, 100, 0.5, 'not-scored', 7])
  expect(scores('rubric/tone')).toEqual([1, 0, 0.5, 'not-scored', 0])
  expect(scores('pair/2')).toEqual([0.5, 0.5, 0.5, 0.5, 0.5])
  expect(run.caveats).toMatchObject([{ code: 'values-counted-as-zero', values: { scorer: 'rubric/note', count: 3 } }])
})

test('reasons.eval: each reason for a missing score is kept apart, for two scorers of one name', async () => {
  const { rows, run } = await readFixture('reasons.eval')
  const expected = [1, 'refusal', 'unparsed', 'grader-failed', 'provider-error', 0]
  for (const scorer of ['judged', 'judged1']) {
    const own = rows.filter((row) => row.scorer === scorer)
    expect(own.toSorted((a, b) => a.item.localeCompare(b.item)).map(({ score }) => score)).toEqual(expected)
    expect(new Set(own.map(({ technique }) => technique))).toEqual(new Set(['chain-of-thought']))
  }
  expect(run.scorers).toEqual({ judged: {}, judged1: {} })
})

test('limits.eval: an id beyond 2^53 and one with a slash stay what they are', async () => {
  const { rows } = await readFixture('limits.eval')
  expect(rows.map(({ item, cluster, score }) => [item, cluster, score])).toEqual([
    ['a/b é', undefined, 1],
    ['9007199254740993', '9007199254740993', 'refusal'],
  ])
})

test('unscored.eval: a log without a scorer has its responses, all without a score', async () => {
  const { rows, run } = await readFixture('unscored.eval')
  expect(tally(rows)).toEqual({ 'no scorer': { 'not-scored': 3 } })
  expect(run.caveats.map(({ code }) => code)).toEqual(['log-without-scorer'])
})

test('unscored-sample.json: the scorer that results name has a row without a score', async () => {
  const { rows, run } = await readFixture('unscored-sample.json')
  expect(tally(rows)).toEqual({ includes: { 'not-scored': 1 } })
  expect(rows[0]?.levels).toEqual({ foo: 'bar' })
  expect(run.reconciliations.map(({ because }) => because?.code)).toEqual(['no-scored-items', 'no-scored-items'])
})

test('header-only.json: a log without samples is a run without rows, not an error', async () => {
  const { rows, run } = await readFixture('header-only.json')
  expect(rows).toEqual([])
  expect(run.status).toBe('finished')
  expect(run.caveats.map(({ code }) => code)).toEqual(['header-rows-mismatch', 'log-without-samples'])
  expect(run.headlines).toEqual([
    { scorer: 'match', metric: 'accuracy', value: 0, standardError: 0, n: 1, binary: undefined },
  ])
})

test('arith.eval: clusters, repeats, settings and provenance come from the log', async () => {
  const { rows, run } = await readFixture('arith.eval')
  expect(rows).toHaveLength(60)
  expect(new Set(rows.map(({ cluster }) => cluster))).toEqual(new Set(['p0', 'p1', 'p2', 'p3', 'p4']))
  expect(new Set(rows.map(({ replicate }) => replicate))).toEqual(new Set([1, 2, 3]))
  expect(rows[0]).toMatchObject({ technique: 'direct', latencyMs: 1078, inputTokens: undefined, attributes: {} })
  expect(run.provenance).toMatchObject({
    clusterKey: 'passage',
    dataset: 'arith',
    evalId: 'V44is2Rks84ybKW9HgitgA',
    'package.inspect_ai': '0.3.260',
  })
  expect(run.settings).toMatchObject({
    epochs: '3',
    epochs_reducer: '["mean","pass_at_2","mode"]',
    fail_on_error: 'true',
    solver: 'system_message > generate',
  })
  expect(run.harness).toEqual({ name: 'inspect_ai', version: '0.3.260' })
})

const bytes = (text: string) => ({ absolutePath: '', path: 'some.json', bytes: text.length, head: Buffer.from(text) })
const header = readFileSync(fixturePath('header-only.json'), 'utf8')

test.each([
  ['a list of logs by path', `{"logs/a.eval": ${header}}`],
  ['a list of logs', `[${header}]`],
  ['a description of an eval set', '{"eval_set_id":"x","tasks":[{"name":"a","task_id":"b","model":"c"}]}'],
  ['results of lm-eval', '{"results":{"task":{"acc,none":0.5}},"configs":{},"eval_time":1}'],
  ['an eval of another kind', '{"eval":{"name":"x"},"version":2}'],
  ['an eval that is a text', '{"eval":"task run_id"}'],
  ['an empty file', ''],
  ['a table', 'item,score\n1,2\n'],
  ['binary data', '\u0000\u0001PK'],
])('sniff(file) is false for %s', (_, text) => {
  expect(inspectSource.sniff(bytes(text))).toBe(false)
})

test('sniff(file) goes by content for .json and by name for .eval', () => {
  expect(inspectSource.sniff(bytes(header))).toBe(true)
  expect(inspectSource.sniff(bytes(`\uFEFF \n${header}`))).toBe(true)
  expect(inspectSource.sniff({ ...bytes('anything'), path: 'a/b.eval' })).toBe(true)
  const archive = readFileSync(fixturePath('minimal.eval'))
  expect(inspectSource.sniff({ absolutePath: '', path: 'renamed.zip', bytes: archive.length, head: archive })).toBe(
    true,
  )
})
