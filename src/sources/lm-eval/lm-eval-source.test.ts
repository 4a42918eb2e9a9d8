import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { caveatCodes, makeLogFolder, readFolder } from '../../../test/log-folder.ts'
import { categoryAt, explain, type RunRecord } from '../../domain/index.ts'
import type { LogReading } from '../index.ts'

const fixtures = join(import.meta.dirname, '../../../test/fixtures/logs/lm-eval')

function runOf(reading: LogReading, task: string, model?: string): RunRecord {
  const run = reading.runs.find(
    (candidate) => candidate.task === task && (model ?? candidate.model) === candidate.model,
  )
  if (run === undefined) throw new Error(`no run of ${task}`)
  return run
}

function verdicts(run: RunRecord): readonly string[] {
  return run.reconciliations.map(({ verdict }) => verdict)
}

describe('generated logs of 0.4.13', () => {
  const reading = readFolder(join(fixtures, 'generated'))

  test('fake_gen: 20 rows a model, 10 documents under two filters, and the repeats are said to be unscored', async () => {
    const { observations, failures, skipped } = await reading
    expect({ failures, skipped }).toEqual({ failures: [], skipped: [] })
    const run = runOf(await reading, 'fake_gen', 'fake/model-a')
    expect(run.found).toEqual({ items: 10, replicates: 1, responses: 10, rows: 20, scoredRows: 20 })
    expect(run.expected).toEqual({ items: 10, responses: 10 })
    expect(Object.keys(run.scorers)).toEqual(['exact_match,first', 'exact_match,maj'])
    expect(run.scorers['exact_match,maj']).toEqual({ higherIsBetter: true })
    expect(run.caveats).toContainEqual({
      code: 'repeats-not-scored',
      severity: 'caution',
      values: { task: 'fake_gen', repeats: 4 },
    })
    expect(observations.model.values).toEqual(['fake/model-a', 'fake/model-b'])
    expect(observations.variants).toEqual([{ fewshot: '0' }])
    expect(run.created).toBe('2026-11-23T12:30:52.352Z')
  })

  test('every mean and standard error that the harness printed is reproduced to nine digits', async () => {
    for (const run of (await reading).runs) {
      expect(run.reconciliations).toHaveLength(4)
      expect(verdicts(run), run.id).toEqual(['match', 'match', 'match', 'match'])
    }
    const [mean, error] = runOf(await reading, 'fake_mc', 'fake/model-a').reconciliations
    expect(mean).toMatchObject({ metric: 'fake_mc / acc,none / mean', reported: 5 / 12 })
    // lm_eval 0.4.13.dev0, "acc_stderr,none" of model-a
    expect(error?.recomputed).toBeCloseTo(0.1486470975026408, 12)
  })

  test('ranked choices give the chosen answer, and a shared passage is the cluster of its documents', async () => {
    const { observations } = await reading
    const row = Array.from({ length: observations.rows }, (_, i) => i).find(
      (i) => categoryAt(observations.task, i) === 'fake_mc' && categoryAt(observations.item, i) === '0',
    ) as number
    expect(categoryAt(observations.answer, row)).toBe('choice 1')
    expect(categoryAt(observations.cluster, row)).toBe('p0')
    expect(observations.cluster.values).toEqual(['p0', 'p1', 'p2', 'p3'])
  })

  test('the hash over documents, prompts and targets is recomputed and agrees', async () => {
    for (const run of (await reading).runs) expect(run.provenance.task_hash_check).toBe('equals the hash of the rows')
  })

  test('a swapped pair of lines is told by the task hash, and changes no score', async () => {
    const from = join(fixtures, 'generated/fake__model-a')
    const results = readFileSync(join(from, 'results_2026-11-23T12-30-56.642285.json'))
    const lines = readFileSync(join(from, 'samples_fake_mc_2026-11-23T12-30-56.642285.jsonl'), 'utf8').split('\n')
    const swapped = [lines[1], lines[0], ...lines.slice(2)].join('\n')
    const reread = await readFolder(
      makeLogFolder({
        'fake__model-a/results_2026-11-23T12-30-56.642285.json': results,
        'fake__model-a/samples_fake_mc_2026-11-23T12-30-56.642285.jsonl': swapped,
      }),
    )
    const run = runOf(reread, 'fake_mc')
    expect(run.caveats.map(({ code }) => code)).toContain('task-hash-differs')
    expect(verdicts(run)).toEqual(['match', 'match', 'match', 'match'])
  })
})

describe('the genuine 0.0 ± 0.0', () => {
  const reading = readFolder(join(fixtures, 'genuine-0.4.9'))

  test('the headline of 5000 documents is kept for analyses, with n and that its scores are 0 or 1', async () => {
    const run = runOf(await reading, 'math_perturbed_full')
    expect(run.headlines).toEqual([
      { scorer: 'exact_match,none', metric: 'mean', value: 0, standardError: 0, n: 5000, binary: true },
    ])
    expect(run.model).toBe('RylanSchaeffer/mem_Qwen3-93M_minerva_math_rep_0_sbst_1.0000_epch_1_ot_1')
    expect(caveatCodes(await reading)).toContain('zero-standard-error')
  })

  test('10 of 5000 samples are said to be 10 of 5000: the figures cannot be recomputed, they do not differ', async () => {
    const run = runOf(await reading, 'math_perturbed_full')
    expect(run.expected.responses).toBe(5000)
    expect(run.found.responses).toBe(10)
    expect(verdicts(run)).toEqual(['cannot', 'cannot'])
    const because = run.reconciliations[0]?.because
    expect(because).toMatchObject({ code: 'samples-truncated', values: { found: 10, expected: 5000 } })
    expect(explain(because as NonNullable<typeof because>).text).toContain('10 of the 5,000')
    expect(run.caveats.find(({ code }) => code === 'header-rows-mismatch')?.values).toMatchObject({
      expected: 5000,
      found: 10,
    })
  })

  test('a task without a samples file keeps its headline and has no rows', async () => {
    const run = runOf(await reading, 'math_rephrased_full')
    expect(run.found.rows).toBe(0)
    expect(verdicts(run)).toEqual(['cannot', 'cannot'])
    expect(run.reconciliations[0]?.because?.code).toBe('rows-absent')
    expect(run.headlines[0]).toMatchObject({ value: 0.0004, n: 5000, binary: true })
    expect(run.caveats.map(({ code }) => code)).toContain('only-reported-figures')
  })

  test('level and type of the problems are attributes; question, answer and solution are not', async () => {
    expect([...(await reading).observations.attributes.keys()]).toEqual(['level', 'type'])
  })
})

describe('results before 0.4', () => {
  const reading = readFolder(join(fixtures, 'legacy'))

  test('a standard error is never read as a metric', async () => {
    for (const { headlines, scorers } of (await reading).runs) {
      for (const { scorer } of headlines) expect(scorer).not.toContain('stderr')
      expect(Object.keys(scorers).join()).not.toContain('stderr')
    }
  })

  test('Pythia: 65 tasks, model with its revision, and n solved from the standard errors', async () => {
    const runs = (await reading).runs.filter(({ path }) => path.startsWith('410m'))
    expect(runs).toHaveLength(65)
    expect(new Set(runs.map(({ model }) => model))).toEqual(new Set(['EleutherAI/pythia-v1.1-410m@step143000']))
    const sizes = new Map(runs.map(({ task, headlines }) => [task, headlines[0]?.n]))
    // Sizes of the test sets of ARC challenge and of three MMLU subjects.
    expect(sizes.get('arc_challenge')).toBe(1172)
    expect(sizes.get('hendrycksTest-professional_accounting')).toBe(282)
    expect(sizes.get('hendrycksTest-college_computer_science')).toBe(100)
    expect(sizes.get('hendrycksTest-machine_learning')).toBe(112)
    const perplexity = runs
      .find(({ task }) => task === 'lambada_openai')
      ?.headlines.find(({ scorer }) => scorer === 'ppl')
    expect(perplexity?.n).toBeUndefined()
    expect(perplexity?.binary).toBeUndefined()
    expect(runs.every(({ settings }) => settings.num_fewshot === '5')).toBe(true)
  })

  test('a file that names no model gets a name of its own, and says so', async () => {
    const run = runOf(await reading, 'lambada_openai', 'unnamed (lambada_openai-v2.0-res.json)')
    expect(run.caveats.map(({ code }) => code)).toEqual([
      'model-not-named',
      'zero-standard-error',
      'only-reported-figures',
    ])
    expect(run.headlines[0]).toEqual({ scorer: 'acc', metric: 'mean', value: 0, standardError: 0, binary: true })
    expect(run.taskVersion).toBe('2.0')
  })
})

describe('made logs', () => {
  const sample = (id: number, fields: object, more: object = {}): string =>
    JSON.stringify({
      doc_id: id,
      doc: {},
      target: '',
      resps: [],
      filtered_resps: ['x'],
      filter: 'none',
      ...more,
      ...fields,
    })
  const header = (task: string, metrics: object, more: object = {}): string =>
    JSON.stringify({
      results: { [task]: { alias: task, ...metrics } },
      config: { model_args: 'pretrained=m' },
      ...more,
    })
  const time = '2026-01-01T00-00-00.000000'
  const read = (files: Record<string, string | Uint8Array>) => readFolder(makeLogFolder(files))
  const rowScores = ({ observations }: LogReading) =>
    Array.from({ length: observations.rows }, (_, row) => [
      categoryAt(observations.scorer, row),
      observations.score[row],
      observations.missing[row],
    ])

  test('values that are no numbers are missing, never zero; booleans count as 0 and 1', async () => {
    const reading = await read({
      [`samples_t_${time}.jsonl`]: [
        sample(0, { acc: true, f1: [1, 0] }, { metrics: ['acc', 'f1'] }),
        sample(1, { acc: false, f1: [0, 0] }, { metrics: ['acc', 'f1'] }),
        sample(2, { acc: null, f1: [0, 1] }, { metrics: ['acc', 'f1'] }),
        sample(3, { acc: 'n/a', f1: [0, 1] }, { metrics: ['acc', 'f1'] }),
        sample(4, {}, { metrics: ['acc'] }),
        '{"doc_id": 5, "doc": {}, "filtered_resps": [""], "resps": [], "filter": "none", "metrics": ["acc"], "acc": NaN}',
        '{"doc_id": 6, "doc": {}, "filtered_resps": [""], "resps": [], "filter": "none", "metrics": ["acc"], "acc": -Infinity}',
      ].join('\n'),
    })
    expect(rowScores(reading)).toEqual([
      ['acc,none', 1, 0],
      ['acc,none', 0, 0],
      ['acc,none', Number.NaN, 6],
      ['acc,none', Number.NaN, 7],
      ['acc,none', Number.NaN, 6],
      ['acc,none', Number.NaN, 6],
      ['acc,none', Number.NaN, 8],
    ])
    expect(caveatCodes(reading)).toContain('metric-not-per-document')
    expect(caveatCodes(reading)).toContain('results-file-missing')
  })

  test('a printed figure that the rows do not give differs, by how much', async () => {
    const reading = await read({
      [`results_${time}.json`]: header('t', { 'acc,none': 0.75, 'acc_stderr,none': 'N/A' }),
      [`samples_t_${time}.jsonl`]: [0, 1, 1, 0].map((acc, id) => sample(id, { acc })).join('\n'),
    })
    const [figure, ...rest] = runOf(reading, 't').reconciliations
    expect(rest).toEqual([])
    expect(figure).toMatchObject({ verdict: 'differs', reported: 0.75, recomputed: 0.5 })
    expect(figure?.because).toMatchObject({ code: 'difference-unexplained', values: { difference: -0.25 } })
  })

  test('a figure of unknown aggregation that is not the mean cannot be judged; a perplexity is exp(−mean)', async () => {
    const configs = { t: { metric_list: [{ metric: 'ppl', aggregation: 'perplexity' }] } }
    const reading = await read({
      [`results_${time}.json`]: header(
        't',
        { 'odd,none': 7, 'ppl,none': Math.exp(2), 'ppl_stderr,none': 0.1 },
        { configs },
      ),
      [`samples_t_${time}.jsonl`]: [1, 3].map((value, id) => sample(id, { odd: value, ppl: -value })).join('\n'),
    })
    expect(runOf(reading, 't').reconciliations).toMatchObject([
      { metric: 't / odd,none / value', verdict: 'cannot', because: { code: 'aggregation-unknown' } },
      { metric: 't / ppl,none / perplexity', verdict: 'match' },
      { metric: 't / ppl,none / standard error', verdict: 'cannot', because: { code: 'standard-error-bootstrapped' } },
    ])
  })

  test('a standard error of 0 strictly inside (0, 1) is impossible, unless the rows are all that fraction', async () => {
    const half = { 'acc,none': 0.5, 'acc_stderr,none': 0 }
    const alone = await read({ [`results_${time}.json`]: header('t', half) })
    expect(caveatCodes(alone)).toContain('impossible-standard-error')
    const constant = await read({
      [`results_${time}.json`]: header('t', half),
      [`samples_t_${time}.jsonl`]: [0, 1].map((id) => sample(id, { acc: 0.5 })).join('\n'),
    })
    expect(caveatCodes(constant)).not.toContain('impossible-standard-error')
    const tooLarge = header(
      't',
      { 'acc,none': 0.5, 'acc_stderr,none': 0.3 },
      { 'n-samples': { t: { effective: 100 } } },
    )
    expect(caveatCodes(await read({ [`results_${time}.json`]: tooLarge }))).toContain('impossible-standard-error')
  })

  test('a group is recomputed from the rows of its tasks, weighted by size, with the pooled standard error', async () => {
    // lm_eval.api.metrics: aggregate_subtask_metrics([1/4, 1], [4, 2]) = 0.5 and pooled_sample_stderr of 0.25 and 0
    const error = Math.sqrt((3 * 4 * 0.25 ** 2) / (6 - 2) / 6)
    const reading = await read({
      [`results_${time}.json`]: JSON.stringify({
        results: {
          all: { alias: 'all', 'acc,none': 0.5, 'acc_stderr,none': error },
          a: { alias: ' - a', 'acc,none': 0.25, 'acc_stderr,none': 0.25 },
          b: { alias: ' - b', 'acc,none': 1, 'acc_stderr,none': 0 },
        },
        group_subtasks: { all: ['a', 'b'] },
        config: { model_args: { pretrained: 'm', revision: 'v2' } },
      }),
      [`samples_a_${time}.jsonl`]: [1, 0, 0, 0].map((acc, id) => sample(id, { acc })).join('\n'),
      [`samples_b_${time}.jsonl`]: [1, 1].map((acc, id) => sample(id, { acc })).join('\n'),
    })
    expect(runOf(reading, 'all').reconciliations.map(({ metric, verdict }) => [metric, verdict])).toEqual([
      ['all / acc,none / mean over tasks', 'match'],
      ['all / acc,none / pooled standard error', 'match'],
    ])
    expect(runOf(reading, 'a').model).toBe('m@v2')
    expect(reading.observations.rows).toBe(6)
  })

  test('one damaged samples file costs its own task only; a single one is an error with line and fix', async () => {
    const results = JSON.stringify({
      results: { a: { 'acc,none': 1 }, b: { 'acc,none': 1 } },
      config: { model_args: 'pretrained=m' },
    })
    const good = sample(0, { acc: 1 })
    const half = await read({
      [`results_${time}.json`]: results,
      [`samples_a_${time}.jsonl`]: `${good}\n{"doc_id": 1, "acc"\n${good}\n`,
      [`samples_b_${time}.jsonl`]: good,
    })
    expect(half.failures).toEqual([])
    expect(half.observations.task.values).toEqual(['b'])
    const [caveat] = runOf(half, 'a').caveats
    expect(caveat).toMatchObject({ code: 'samples-unreadable', severity: 'invalid' })
    expect(String(caveat?.values.reason)).toContain('line = 2')
    const none = await read({
      [`results_${time}.json`]: results,
      [`samples_a_${time}.jsonl`]: `${good}\n{"doc_id": 1, "acc"\n${good}\n`,
    })
    expect(none.observations.rows).toBe(0)
    expect(none.failures).toMatchObject([{ code: 'json-malformed', path: `results_${time}.json` }])
  })

  test('a last line that was cut off is left out and named', async () => {
    const reading = await read({ [`samples_t_${time}.jsonl`]: `${sample(0, { acc: 1 })}\n{"doc_id": 1, "doc": {"q` })
    expect(reading.observations.rows).toBe(1)
    expect(caveatCodes(reading)).toContain('torn-last-line')
  })

  test('the same document id with another document is another item, within and between files', async () => {
    const reading = await read({
      [`m__a/samples_t_${time}.jsonl`]: [0, 1]
        .map((id) => sample(id, { acc: 1, doc_hash: `${id}aaaaaaaaa` }))
        .join('\n'),
      [`m__b/samples_t_${time}.jsonl`]: [0, 1]
        .map((id) => sample(id, { acc: 0, doc_hash: `${id * 7}aaaaaaaaa` }))
        .join('\n'),
    })
    expect(reading.observations.item.values).toEqual(['0', '1', '1 (7aaaaaaa)'])
    expect(caveatCodes(reading)).toContain('item-ids-reused')
  })

  test('rows without a filter get it in the order of the results file, and the figures show that it is right', async () => {
    const plain = (id: number, acc: number) =>
      JSON.stringify({ doc_id: id, doc: {}, resps: [], filtered_resps: [''], acc })
    const reading = await read({
      [`results_${time}.json`]: header('t', { 'acc,loose': 1, 'acc,strict': 0.5 }),
      [`samples_t_${time}.jsonl`]: [plain(0, 1), plain(1, 1), plain(0, 1), plain(1, 0)].join('\n'),
    })
    expect(reading.observations.scorer.values).toEqual(['acc,loose', 'acc,strict'])
    expect(verdicts(runOf(reading, 't'))).toEqual(['match', 'match'])
    expect(caveatCodes(reading)).toContain('filter-inferred')
  })

  test('few-shot count, system prompt and chat template are levels of the variant, only where they are given', async () => {
    const make = (more: object) => header('t', { 'acc,none': 1 }, more)
    const line = sample(0, { acc: 1 })
    const reading = await read({
      [`a/results_${time}.json`]: make({
        'n-shot': { t: 5 },
        system_instruction_sha: 'abcdef0123',
        chat_template_sha: 'x',
      }),
      [`a/samples_t_${time}.jsonl`]: line,
      [`b/results_${time}.json`]: make({}),
      [`b/samples_t_${time}.jsonl`]: line.replace('"acc":1', '"acc":0'),
    })
    expect(reading.observations.variants).toEqual([
      {},
      { fewshot: '5', 'system-prompt': 'abcdef01', 'chat-template': 'applied' },
    ])
  })

  test('gzipped results and samples, and one indented array as 0.4.1 wrote it, read the same', async () => {
    const lines = [1, 0].map((acc, id) => sample(id, { acc }))
    const results = header('my-task', { 'acc,none': 0.5 })
    const packed = await read({
      [`results_${time}.json.gz`]: gzipSync(results),
      [`samples_my_task_${time}.jsonl.gz`]: gzipSync(lines.join('\n')),
    })
    const array = await read({
      'results.json': results,
      'some_model_my-task.jsonl': JSON.stringify(
        lines.map((line) => JSON.parse(line)),
        null,
        2,
      ),
    })
    for (const reading of [packed, array]) {
      expect(reading.failures).toEqual([])
      expect(verdicts(runOf(reading, 'my-task'))).toEqual(['match'])
      expect(reading.observations.rows).toBe(2)
    }
  })

  test('samples of a task that the results do not name are read all the same', async () => {
    const reading = await read({
      [`results_${time}.json`]: header('t', { 'acc,none': 1 }),
      [`samples_other_${time}.jsonl`]: sample(0, { acc: 1 }),
    })
    expect(reading.observations.task.values).toEqual(['other'])
    expect(reading.runs.map(({ task }) => task)).toEqual(['other', 't'])
  })
})
