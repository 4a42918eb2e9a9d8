import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { caveatCodes, makeLogFolder, readFolder } from '../../../test/log-folder.ts'
import { categoryAt, explain, missingReasons, type Observations } from '../../domain/index.ts'
import type { LogReading } from '../index.ts'

const fixtures = join(import.meta.dirname, '../../../test/fixtures/logs/table')
const read = (name: string, content: string | Uint8Array, columns: Record<string, string> = {}): Promise<LogReading> =>
  readFolder(makeLogFolder({ [name]: content }), { columns })
const csv = (content: string, columns: Record<string, string> = {}): Promise<LogReading> =>
  read('t.csv', content, columns)
const failure = async (reading: Promise<LogReading>) => (await reading).failures[0]

/** Each row as `item model scorer replicate score-or-reason`. */
function rows(observations: Observations): readonly string[] {
  return Array.from({ length: observations.rows }, (_, row) =>
    [
      categoryAt(observations.item, row),
      categoryAt(observations.model, row),
      categoryAt(observations.scorer, row),
      observations.replicate[row],
      observations.missing[row] === 0 ? observations.score[row] : missingReasons[observations.missing[row] as number],
    ].join(' '),
  )
}

describe('real tables', () => {
  test('GPQA Diamond reads by its column names: 198 items × 5 epochs × 2 models, all scored', async () => {
    const { observations, runs, failures } = await readFolder(fixtures, { paths: ['gpqa_diamond_scores.csv'] })
    expect(failures).toEqual([])
    expect(observations.rows).toBe(1980)
    expect(observations.item.values).toHaveLength(198)
    expect(observations.model.values).toEqual(['openai/gpt-5-nano-2025-08-07', 'openai/gpt-5.4-mini-2026-03-17'])
    expect(new Set(observations.replicate)).toEqual(new Set([1, 2, 3, 4, 5]))
    expect(observations.missing.every((reason) => reason === 0)).toBe(true)
    expect(runs.map(({ found }) => found)).toEqual(
      Array(2).fill({ items: 198, replicates: 5, responses: 990, rows: 990, scoredRows: 990 }),
    )
    // means 0.6757576 and 0.6171717
    const mean = (model: number) => {
      const scores = observations.score.filter((_, row) => observations.model.codes[row] === model)
      return scores.reduce((sum, score) => sum + score, 0) / scores.length
    }
    expect([mean(0), mean(1)].sort()).toEqual([expect.closeTo(0.6171717, 7), expect.closeTo(0.6757576, 7)])
  })

  test('tau-bench trials: refused with the mapping that then reads 50 items × 4 trials', async () => {
    const paths = ['tau-airline-trials.csv']
    const [refused] = (await readFolder(fixtures, { paths })).failures
    expect(refused).toMatchObject({ code: 'columns-ambiguous' })
    expect(refused?.fix).toBe('for example: --columns item=task,task=-,score=reward')
    const { observations } = await readFolder(fixtures, {
      paths,
      columns: { item: 'task', task: '=airline', score: 'reward', model: '=gpt-4o' },
    })
    expect(observations.rows).toBe(200)
    expect(observations.model.values).toEqual(['gpt-4o'])
    expect(observations.task.values).toEqual(['airline'])
    expect(Math.max(...observations.replicate)).toBe(4)
  })

  test('TSV with CRLF and JSONL with null and NaN hold the same observations', async () => {
    const tsv = await readFolder(fixtures, { paths: ['formats.tsv'] })
    const jsonl = await readFolder(fixtures, { paths: ['formats.jsonl'] })
    expect(tsv.observations.variants).toEqual([{ format: 'lettered' }, { format: 'numbered' }])
    expect(tsv.observations.cluster.values).toEqual(['p0', 'p1', 'p2', 'p3'])
    expect([...tsv.observations.attributes.keys()]).toEqual(['category'])
    const summary = ({ observations }: LogReading) => [
      observations.rows,
      [...observations.score],
      [...observations.missing].map((reason) => reason > 0),
      [...observations.replicate],
      observations.latencyMs.reduce((sum, value) => sum + value, 0).toFixed(6),
    ]
    expect(summary(jsonl)).toEqual(summary(tsv))
  })

  test('a JSON array: nested fields, ids beyond 2^53 kept apart, a failed call is missing under both scorers', async () => {
    const { observations, runs } = await readFolder(fixtures, {
      paths: ['nested.json'],
      columns: { score: 'scores.exact|scores.judge' },
    })
    expect(observations.item.values).toHaveLength(10)
    expect(observations.item.values[0]).toBe('9007199254740993')
    expect(rows(observations).filter((row) => row.endsWith('provider-error'))).toEqual([
      '9007199254740997 kestrel-2 scores.exact 1 provider-error',
      '9007199254740997 kestrel-2 scores.judge 1 provider-error',
    ])
    const beside = runs[0]?.caveats.find(({ code }) => code === 'scores-beside-errors')
    expect(beside?.values).toEqual({ path: 'nested.json', rows: 1 })
  })

  test('a wide table: one column per model, an empty cell is missing', async () => {
    const { observations } = await readFolder(fixtures, {
      paths: ['wide.csv.gz'],
      columns: { item: 'question', model: 'columns:*' },
    })
    expect(observations.model.values).toEqual(['alpha', 'beta', 'gamma'])
    expect(rows(observations)).toContain('3 gamma score 1 unknown')
    expect(observations.rows).toBe(24)
  })
})

describe('what a cell means', () => {
  test('words for right and wrong are 1 and 0; anything else is missing for its reason, never 0', async () => {
    const words =
      'true,FALSE,yes,No,correct,Incorrect,pass,failed,0.25,85%,,NA,null,NaN,inf,timeout,refusal,HTTP 500,maybe'
    const { observations, runs } = await csv(
      `id,score\n${words
        .split(',')
        .map((word, i) => `${i},${word}`)
        .join('\n')}`,
    )
    const byItem = new Map(rows(observations).map((row) => [Number(row.split(' ')[0]), row.split(' ').at(-1)]))
    expect([...byItem.keys()].sort((a, b) => a - b).map((item) => byItem.get(item))).toEqual([
      ...['1', '0', '1', '0', '1', '0', '1', '0', '0.25', '85'],
      ...[
        'unknown',
        'unknown',
        'unknown',
        'not-scored',
        'not-finite',
        'limit',
        'refusal',
        'provider-error',
        'not-numeric',
      ],
    ])
    expect(runs[0]?.settings.scale).toBe('percent')
    expect(runs[0]?.caveats.map(({ code }) => code)).toContain('unreadable-scores')
  })

  test('C and I are grades, and N beside them is no answer; N beside Y is no', async () => {
    expect(rows((await csv('id,score\na,C\nb,I\nc,N\nd,P')).observations)).toEqual([
      'a t score 1 1',
      'b t score 1 0',
      'c t score 1 unparsed',
      'd t score 1 not-numeric',
    ])
    expect(rows((await csv('id,score\na,Y\nb,N')).observations)).toEqual(['a t score 1 1', 'b t score 1 0'])
  })

  test('a column of errors makes scores missing, a column of measured errors does not', async () => {
    const errors = await csv('id,model,score,error\na,m,0,HTTP 503\nb,m,1,\nc,m,,content filter\nd,m,0,None')
    expect(rows(errors.observations)).toEqual([
      'a m score 1 provider-error',
      'b m score 1 1',
      'c m score 1 refusal',
      'd m score 1 0',
    ])
    expect(caveatCodes(errors)).toContain('scores-beside-errors')
    const kept = await csv('id,model,score,error\na,m,0,HTTP 503\nb,m,1,', { missing: '-' })
    expect(rows(kept.observations)).toEqual(['a m score 1 0', 'b m score 1 1'])
    const distances = await csv('id,model,score,error\na,m,0,0.5\nb,m,1,0.25')
    expect(rows(distances.observations)).toEqual(['a m score 1 0', 'b m score 1 1'])
  })

  test('tokens, cost and latency are read, and unknown where they are empty or negative', async () => {
    const { observations } = await csv('id,score,input_tokens,cost,latency_ms\na,1,12,0.5,\nb,1,-3,x,7')
    expect([...observations.inputTokens]).toEqual([12, Number.NaN])
    expect([...observations.cost]).toEqual([0.5, Number.NaN])
    expect([...observations.latencyMs]).toEqual([Number.NaN, 7])
  })

  test('a column of text where scores should be is refused with examples', async () => {
    expect(await failure(csv('id,score\na,good\nb,bad'))).toMatchObject({ code: 'score-not-numeric' })
  })
})

describe('which rows are repeats', () => {
  const repeated = 'item,model,score\nq,m,1\nq,m,0\nq,m,0\nr,m,1\n'

  test('rows without a number are numbered by what they say, whatever their order, and the report is told', async () => {
    const reading = await csv(repeated)
    expect(caveatCodes(reading)).toEqual(['replicates-inferred'])
    expect(new Set(rows(reading.observations).map((row) => row.split(' ')[3]))).toEqual(new Set(['1', '2', '3']))
    const shuffled = await csv('item,model,score\nr,m,1\nq,m,0\nq,m,1\nq,m,0\n')
    expect(rows(shuffled.observations)).toEqual(rows(reading.observations))
  })

  test('inferred numbers do not follow the score: the first repeats are no worse than the last', async () => {
    const lines = Array.from({ length: 400 }, (_, i) => `q${i},m,1\nq${i},m,0`).join('\n')
    const { observations } = await csv(`item,model,score\n${lines}`)
    const first = observations.score.filter((_, row) => observations.replicate[row] === 1)
    // Fair coins: 400 draws lie within 4.5 standard deviations of 200.
    expect(Math.abs(first.reduce((sum, score) => sum + score, 0) - 200)).toBeLessThan(45)
  })

  test('rows that an unmapped column tells apart are refused with the mappings that it could be', async () => {
    const refused = await failure(csv('item,model,score,attack\nq,m,1,a\nq,m,0,b\nr,m,1,a\nr,m,1,b'))
    expect(refused?.code).toBe('rows-repeat-without-a-reason')
    expect(refused?.fix).toContain('technique=attack')
    const mapped = await csv('item,model,score,attack\nq,m,1,a\nq,m,0,b\nr,m,1,a\nr,m,1,b', { technique: 'attack' })
    expect(mapped.observations.technique.values).toEqual(['a', 'b'])
  })

  test('two rows of one numbered repeat that disagree are refused; the same row twice counts once', async () => {
    const contradiction = await failure(csv('item,model,epoch,score\nq,m,1,1\nq,m,1,0'))
    expect(contradiction).toMatchObject({ code: 'rows-contradict' })
    expect(contradiction?.message).toContain('row = 1, other = 2')
    const twice = await csv('item,model,epoch,score\nq,m,1,1\nq,m,1,1\nq,m,2,1')
    expect(twice.observations.rows).toBe(2)
    const repeat = twice.runs[0]?.caveats.find(({ code }) => code === 'repeated-rows')
    expect(repeat?.values).toEqual({ rows: 1, differing: 0 })
  })

  test('repeats numbered from 0, by seed or by name become 1, 2, 3', async () => {
    const numbers = async (column: string, values: readonly string[]) => [
      ...(await csv(`item,score,${column}\n${values.map((value) => `q,1,${value}`).join('\n')}`)).observations
        .replicate,
    ]
    expect(await numbers('trial', ['0', '1', '2'])).toEqual([1, 2, 3])
    expect(await numbers('epoch', ['1', '3'])).toEqual([1, 3])
    expect(await numbers('seed', ['99991', '123456'])).toEqual([1, 2])
    expect(await numbers('replicate', ['b', 'a'])).toEqual([1, 2])
  })
})

describe('what the columns are', () => {
  test('a literal, two joined columns, several scores and no task', async () => {
    const { observations } = await csv('set,n,acc,f1\na,1,1,0.5\nb,1,0,0.25', {
      item: 'set+n',
      score: 'acc|f1',
      model: '=gpt',
      task: '-',
    })
    expect(rows(observations)).toEqual(['a/1 gpt acc 1 1', 'b/1 gpt acc 1 0', 'a/1 gpt f1 1 0.5', 'b/1 gpt f1 1 0.25'])
  })

  test('item=#row makes every row an item of its own, numbered by what it says', async () => {
    const one = await csv('score,grader\n7,human\n6,human\n7,human', { item: '#row' })
    const other = await csv('score,grader\n6,human\n7,human\n7,human', { item: '#row' })
    expect(one.observations.item.values).toEqual(['row 1', 'row 2', 'row 3'])
    expect(rows(other.observations)).toEqual(rows(one.observations))
    expect(one.observations.scorer.values).toEqual(['human'])
    expect(await failure(csv('score,grader\n7,human'))).toMatchObject({ code: 'no-item-column' })
  })

  test('a factor must vary within an item; a prompt that is the item is none', async () => {
    const asked = await csv(
      'id,model,prompt,score\na,m,What is a?,1\nb,m,What is b?,0\na,n,What is a?,1\nb,n,What is b?,0',
    )
    expect(asked.observations.variants).toEqual([{}])
    const varied = await csv('id,model,prompt,score\na,m,plain,1\na,m,polite,0\nb,m,plain,0\nb,m,polite,1')
    expect(varied.observations.variants).toEqual([{ prompt: 'plain' }, { prompt: 'polite' }])
  })

  test('attributes are few-valued, the same in all rows of an item, and say nothing of the outcome', async () => {
    const lines = Array.from({ length: 12 }, (_, i) =>
      ['m', 'n']
        .map((model) => `q${i},${model},${i % 2},${'xyz'[i % 3]},${model}${i},long ${i},${i % 2},one`)
        .join('\n'),
    )
    const { observations, runs } = await csv(
      `id,model,score,topic,differs,note,predicted_label,constant\n${lines.join('\n')}`,
    )
    expect([...observations.attributes.keys()]).toEqual(['topic'])
    const unused = runs[0]?.caveats.find(({ code }) => code === 'columns-not-used')
    expect(unused?.values.columns).toBe('differs, note, predicted_label, constant')
  })

  test('a long table with a metric column has a scorer per metric', async () => {
    const { observations } = await csv('item,model,metric,value\na,m,exact,1\na,m,f1,0.5')
    expect(rows(observations)).toEqual(['a m exact 1 1', 'a m f1 1 0.5'])
  })

  test('columns that could be two things, that are missing, or keys that do not exist are named', async () => {
    expect(await failure(csv('item_id,question_id,score\na,b,1'))).toMatchObject({
      code: 'columns-ambiguous',
      fix: 'for example: --columns item=item_id,cluster=question_id,score=score',
    })
    expect(await failure(csv('id,score,correct\na,1,1'))).toMatchObject({
      code: 'columns-ambiguous',
      fix: "for example: --columns 'item=id,score=score|correct'",
    })
    expect(await failure(csv('id,score\na,1', { score: 'acc' }))).toMatchObject({
      code: 'column-not-found',
      fix: 'name one of the columns: id, score',
    })
    expect(await failure(csv('id,score\na,1', { colour: 'id' }))).toMatchObject({ code: 'unknown-column-key' })
    expect(await failure(csv('a,b\nx,y'))).toMatchObject({ code: 'columns-not-recognised' })
    expect(await failure(csv('1,0.5\n2,0.25'))).toMatchObject({ code: 'no-header-row' })
  })

  test('tables of totals and of counts are refused as what they are', async () => {
    const results = 'model,task,accuracy,stderr\na,mmlu,0.5,0.01\nb,mmlu,0.6,0.01'
    expect(await failure(csv(results))).toMatchObject({ code: 'table-of-results' })
    expect(await failure(csv('model,mmlu,gsm8k\na,0.5,0.1\nb,0.6,0.2'))).toMatchObject({ code: 'table-of-results' })
    const counts = 'model,problem,n_samples,n_correct\na,1,100,3\na,2,100,0'
    expect(await failure(csv(counts))).toMatchObject({ code: 'table-of-counts' })
  })

  test('a table without a model is named after its file, and every code it gives has words', async () => {
    const reading = await csv('id,score\na,1\nb,0')
    expect(reading.observations.model.values).toEqual(['t'])
    for (const { caveats } of reading.runs) for (const caveat of caveats) expect(explain(caveat).text).not.toBe('')
    expect(caveatCodes(reading)).toEqual(['model-not-named'])
  })
})

describe('damaged and hostile tables', () => {
  test('a row with too many or too few fields is an error with its line', async () => {
    expect(await failure(csv('id,score\na,1\nb,0,9\nc,1'))).toMatchObject({ code: 'ragged-row' })
    expect((await failure(csv('id,score\na,1\nb,0,9\nc,1')))?.message).toContain('line = 3')
    expect((await failure(csv('id,note,score\na,"two\nlines",1\nb,0')))?.message).toContain('line = 4')
  })

  test('quotes that never close, or stand where none may, are errors', async () => {
    expect(await failure(csv('id,score\na,"1\nb,0'))).toMatchObject({ code: 'malformed-table' })
    expect(await failure(csv('id,score\na,1"2"\n'))).toMatchObject({ code: 'malformed-table' })
  })

  test('a byte-order mark, CRLF, quoted delimiters and quoted quotes are read', async () => {
    const { observations } = await csv('\uFEFFid,model,score\r\n"a,1",m,1\r\n"say ""b""",m,0\r\n')
    expect(observations.item.values).toEqual(['a,1', 'say "b"'])
  })

  test('semicolons and bars are found as delimiters', async () => {
    expect((await csv('id;score\na;1')).observations.rows).toBe(1)
    expect((await csv('id|score\na|1')).observations.rows).toBe(1)
  })

  test('Latin-1, UTF-16 and NUL bytes are refused with their line, also at the border of two chunks', async () => {
    const latin = Buffer.from('id,score\na,1\ncaf\xe9,0\n', 'latin1')
    expect(await failure(read('t.csv', latin))).toMatchObject({ code: 'not-utf8' })
    expect((await failure(read('t.csv', latin)))?.message).toContain('line = 3')
    expect(await failure(read('t.csv', Buffer.from('\uFEFFid,score\na,1', 'utf16le')))).toMatchObject({
      code: 'not-utf8',
    })
    expect(await failure(csv('id,score\na,1\n\0,0'))).toMatchObject({ code: 'not-utf8' })
    const filler = 'x'.repeat((1 << 20) - 'id,score\n'.length - 1)
    const whole = await csv(`id,score\n${filler}é,1\nb,0\n`)
    expect(whole.failures).toEqual([])
    expect(whole.observations.rows).toBe(2)
  })

  test('two columns of one name, no rows and no columns are refused; unnamed columns are passed over', async () => {
    expect(await failure(csv('id,score,score\na,1,1'))).toMatchObject({ code: 'duplicate-column' })
    expect(await failure(csv('id,score\n'))).toMatchObject({ code: 'empty-table' })
    expect(await failure(csv('\n\n'))).toMatchObject({ code: 'empty-table' })
    expect((await csv(',id,score,,\n0,a,1,,\n')).observations.rows).toBe(1)
  })

  test('damaged JSON lines and arrays, and rows that are no objects, are errors with their place', async () => {
    expect((await failure(read('t.jsonl', '{"id":1,"score":1}\n{"id":2,\n')))?.message).toContain('line 2')
    expect(await failure(read('t.jsonl', '{"id":1,"score":1}\n[1]\n'))).toMatchObject({ code: 'not-a-table-row' })
    expect(await failure(read('t.json', '[{"id":1,"score":1},{"id":2'))).toMatchObject({ code: 'json-cut-off' })
    expect((await failure(read('t.json', '[{"id":1,"score":1},{"id":2,}]')))?.message).toContain('element 2')
  })

  test('damaged gzip is an error; a table that unfolds a thousandfold is read in bounded memory', async () => {
    const packed = gzipSync('id,score\na,1\nb,0\n'.padEnd(5000, '\n'))
    expect(await failure(read('t.csv.gz', packed.subarray(0, packed.length - 12)))).toMatchObject({
      code: 'damaged-compression',
    })
    const bomb = gzipSync(`id,score\na,"${' '.repeat(40_000_000)}"\n`)
    expect(bomb.length).toBeLessThan(60_000)
    expect(await failure(read('t.csv.gz', bomb))).toMatchObject({ code: 'row-too-long' })
  })

  test('a −1 and a 2 among 0 and 1 are said to be stray, and a scale of three marks is not', async () => {
    const marks = (values: readonly number[]) =>
      csv(`id,score\n${values.map((value, i) => `q${i},${value}`).join('\n')}`)
    const yesNo = Array.from({ length: 98 }, (_, i) => i % 2)
    const stray = await marks([...yesNo, -1, 2])
    const found = stray.runs.flatMap(({ caveats }) => caveats).find(({ code }) => code === 'stray-scores')
    expect(found?.values).toEqual({ column: 'score', rows: 2, known: 100, example: '-1, 2' })
    expect(stray.observations.score.filter((score) => score < 0 || score > 1)).toHaveLength(2)
    for (const plain of [yesNo, [...yesNo, 0.5], [...yesNo, ...yesNo.map((value) => 2 * value)]])
      expect(caveatCodes(await marks(plain))).not.toContain('stray-scores')
  })

  test('a JSON object of five thousand keys, and rows without an item, are met calmly', async () => {
    const many = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`k${i}`, i]))
    expect(await failure(read('t.jsonl', JSON.stringify({ id: 1, score: 1, ...many })))).toMatchObject({
      code: 'too-many-columns',
    })
    const total = await csv('id,model,score\na,m,1\nb,m,0\n,m,0.5')
    expect(total.observations.rows).toBe(2)
    expect(caveatCodes(total)).toEqual(['rows-without-item'])
  })

  test('names from Object.prototype are plain names', async () => {
    const { observations } = await csv('id,model,score,format\n__proto__,constructor,1,toString\nb,constructor,0,x')
    expect(observations.item.values).toEqual(['__proto__', 'b'])
    expect(observations.model.values).toEqual(['constructor'])
  })
})

test('the order of the rows changes no observation: 60 shuffles of a table with repeats, clusters and errors', async () => {
  const text = readFileSync(join(fixtures, 'formats.tsv'), 'utf8')
  const [header = '', ...lines] = text.trimEnd().split('\r\n')
  const withoutEpoch = (line: string) => line.split('\t').toSpliced(3, 1).join('\t')
  for (const edit of [(line: string) => line, withoutEpoch]) {
    const make = (order: readonly string[]) => read('formats.tsv', [edit(header), ...order.map(edit)].join('\n'))
    const content = ({ observations }: LogReading) => {
      const { sourceRow: _, attributes, ...rest } = observations
      return { ...rest, attributes: [...attributes] }
    }
    const reference = await make(lines)
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(lines, { minLength: lines.length }), async (order) => {
        const shuffled = await make(order)
        expect(content(shuffled)).toEqual(content(reference))
        const withoutFiles = ({ runs }: LogReading) => runs.map(({ files: _, ...run }) => run)
        expect(withoutFiles(shuffled)).toEqual(withoutFiles(reference))
      }),
      { numRuns: 30, seed: 11 },
    )
  }
})
