import { expect, test } from 'vitest'
import { caveatCodes, makeLogFolder, readFolder } from '../../../test/log-folder.ts'
import { categoryAt, missingReasons, type Observations } from '../../domain/index.ts'

const read = async (text: string, columns: Readonly<Record<string, string>>) =>
  readFolder(makeLogFolder({ 'table.csv': text }), { columns })

/** What each row says: item, scorer, variant, and its score or why there is none. */
function said({ rows, item, scorer, variants, variant, score, missing }: Observations): readonly string[] {
  return Array.from({ length: rows }, (_, row) => {
    const levels = variants[variant.codes[row] ?? 0] ?? {}
    const level = Object.values(levels).join('+')
    const value = missing[row] === 0 ? String(score[row]) : missingReasons[missing[row] ?? 0]
    return `${categoryAt(item, row)} ${categoryAt(scorer, row)}${level === '' ? '' : ` ${level}`} ${value}`
  })
}

async function failure(text: string, columns: Readonly<Record<string, string>>) {
  const { failures } = await read(text, columns)
  return failures[0]
}

test('score.recode and score.range: preferences of 1 to 2 with 0 for a tie become 0 to 1; what lies outside is missing', async () => {
  const text = 'model,item,preference\nm,a,1\nm,b,2.0\nm,c,0\nm,d,\nm,e,3\nm,f,1.25'
  const reading = await read(text, { score: 'preference', 'score.recode': '0:1.5', 'score.range': '1..2' })
  expect(reading.failures).toEqual([])
  expect(said(reading.observations)).toEqual([
    'a preference 0',
    'b preference 1',
    'c preference 0.5',
    'd preference unknown',
    'e preference unknown',
    'f preference 0.25',
  ])
  expect(caveatCodes(reading)).toContain('scores-outside-range')
  expect(reading.runs[0]?.settings.columns).toContain('score.recode=0:1.5,score.range=1..2')
})

test('score.recode alone: words and numbers, several at once, and nothing after the colon for no score', async () => {
  const reading = await read('model,item,score\nm,a,good\nm,b,BAD\nm,c,9\nm,d,0.5', {
    'score.recode': 'good:1|bad:0|9:',
  })
  expect(said(reading.observations)).toEqual(['a score 1', 'b score 0', 'c score unknown', 'd score 0.5'])
})

test('score.range with negative ends: −1..1', async () => {
  const reading = await read('model,item,score\nm,a,-1\nm,b,0\nm,c,0.5', { 'score.range': '-1..1' })
  expect(said(reading.observations)).toEqual(['a score 0', 'b score 0.5', 'c score 0.75'])
})

test('score.recode and score.range that cannot be read, and ranges that hold no score, are errors that say how to write them', async () => {
  const table = 'model,item,score\nm,a,1\nm,b,2'
  expect(await failure(table, { 'score.range': '2..1' })).toMatchObject({ code: 'range-not-readable' })
  expect(await failure(table, { 'score.range': '1-2' })).toMatchObject({ code: 'range-not-readable' })
  expect(await failure(table, { 'score.range': '10..20' })).toMatchObject({ code: 'no-score-in-range' })
  expect(await failure(table, { 'score.recode': '1' })).toMatchObject({ code: 'recode-not-readable' })
  expect(await failure(table, { 'score.recode': '1:high' })).toMatchObject({ code: 'recode-not-readable' })
})

test('successes and trials: a rate and “any” per row; no tries are never run, blanks unknown', async () => {
  const reading = await read('model,problem,n,k\nm,1,100,3\nm,2,100,0\nm,3,0,0\nm,4,,1', {
    successes: 'k',
    trials: 'n',
  })
  expect(said(reading.observations)).toEqual([
    '1 any 1',
    '2 any 0',
    '3 any never-run',
    '4 any unknown',
    '1 rate 0.03',
    '2 rate 0',
    '3 rate never-run',
    '4 rate unknown',
  ])
  expect(caveatCodes(reading)).toEqual(['counts-without-order', 'tries-vary'])
})

test('successes and trials: tries that ended at a success are said to lean high, fixed numbers of tries are not', async () => {
  const row = (item: number, tries: number, hits: number) => `m,${item},${tries},${hits}`
  const stopped = Array.from({ length: 40 }, (_, i) => (i < 10 ? row(i, 1000, 0) : row(i, 10 * (1 + (i % 7)), 1)))
  const head = 'model,problem,n,k'
  const codes = async (rows: readonly string[]) =>
    caveatCodes(await read([head, ...rows].join('\n'), { successes: 'k', trials: 'n' }))
  expect(await codes(stopped)).toContain('tries-stopped-at-success')
  const fixed = Array.from({ length: 40 }, (_, i) => row(i, 1000, i % 5))
  expect(await codes(fixed)).toEqual(['counts-without-order'])
  const unrelated = Array.from({ length: 40 }, (_, i) => row(i, i % 2 ? 1000 : 500, i % 3))
  expect(await codes(unrelated)).toEqual(['counts-without-order', 'tries-vary'])
})

test('successes and trials that are no counts, or come alone, are errors', async () => {
  const table = 'model,problem,n,k\nm,1,100,3\nm,2,100,101'
  expect(await failure(table, { successes: 'k', trials: 'n' })).toMatchObject({ code: 'more-successes-than-tries' })
  expect(await failure('model,problem,n,k\nm,1,10,0.5', { successes: 'k', trials: 'n' })).toMatchObject({
    code: 'count-not-whole',
  })
  expect(await failure(table, { successes: 'k' })).toMatchObject({ code: 'column-lacks-its-partner' })
})

const judgements = [
  'judge,pair,truth,game,decision',
  'j,p1,A>B,1,A>B',
  'j,p1,A>B,2,B>A',
  'j,p2,A>B,1,A>B',
  'j,p2,A>B,2,A>B',
  'j,p3,B>A,1,A=B',
  'j,p3,B>A,2,A>B',
  'j,p4,B>A,1,',
  'j,p4,B>A,2,',
  'j,p5,B>A,1,',
  'j,p5,B>A,2,A>B',
]
const judged = { item: 'pair', truth: 'truth', decision: 'decision', order: 'game', 'order.swapped': '2' }

test('decision, truth and order: right per order, and both orders together; a blank decision is missing, not wrong', async () => {
  const reading = await read(judgements.join('\n'), judged)
  expect(reading.failures).toEqual([])
  expect(said(reading.observations)).toEqual([
    // p1 agrees in both orders, p2 follows the first place, p3 ties once and agrees once, p5 agrees in the only order judged.
    'p1 both-orders 1',
    'p2 both-orders 0',
    'p3 both-orders 1',
    'p4 both-orders unparsed',
    'p5 both-orders 1',
    'p1 correct 1 1',
    'p1 correct 2 1',
    'p2 correct 1 1',
    'p2 correct 2 0',
    'p3 correct 1 0',
    'p3 correct 2 1',
    'p4 correct 1 unparsed',
    'p4 correct 2 unparsed',
    'p5 correct 1 unparsed',
    'p5 correct 2 1',
  ])
  const { observations, runs } = reading
  expect(observations.model.values).toEqual(['j'])
  expect(observations.answer.values).toEqual(['A=B', 'A>B', 'B>A'])
  expect(runs[0]?.settings.answers).toBe('judgements')
})

test('decision, truth and order: shuffled rows give the same observations', async () => {
  const [head = '', ...rows] = judgements
  const shuffled = [head, ...rows.toReversed()].join('\n')
  const [given, turned] = [await read(judgements.join('\n'), judged), await read(shuffled, judged)]
  expect(said(turned.observations)).toEqual(said(given.observations))
})

test('decision without truth, an order that does not occur, and columns that hold no judgements are errors', async () => {
  const table = judgements.join('\n')
  expect(await failure(table, { item: 'pair', decision: 'decision' })).toMatchObject({
    code: 'column-lacks-its-partner',
  })
  expect(await failure(table, { ...judged, 'order.swapped': '3' })).toMatchObject({ code: 'swapped-order-not-found' })
  expect(await failure(table, { ...judged, truth: 'game' })).toMatchObject({ code: 'judgement-not-readable' })
})
