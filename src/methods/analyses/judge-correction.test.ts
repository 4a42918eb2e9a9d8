import { expect, test } from 'vitest'
import type { ObservationRow } from '../../domain/index.ts'
import { openRandom } from '../../random/index.ts'
import { minstdUniforms } from '../../stats/fixtures/minstd.ts'
import { analyze, codesOf, estimateOf } from './fixtures/analyze.ts'
import { observe } from './fixtures/observe.ts'
import { judgeCorrection } from './judge-correction.ts'

type Row = Partial<ObservationRow>

interface Sample {
  readonly items: number
  readonly labelled: number
  readonly seed: number
  readonly rate?: number
  readonly sensitivity?: number
  readonly specificity?: number
}

function sample({ items, labelled, seed, rate = 0.6, sensitivity = 0.95, specificity = 0.65 }: Sample): Row[] {
  const random = openRandom(seed).split('labels')
  return Array.from({ length: items }, (_, item): Row[] => {
    const truth = random.uniform() < rate ? 1 : 0
    const flagged = random.uniform() < (truth === 1 ? sensitivity : 1 - specificity) ? 1 : 0
    return [
      { scorer: 'judge', item: `${item}`, score: flagged },
      ...(item < labelled ? [{ scorer: 'human', item: `${item}`, score: truth }] : []),
    ]
  }).flat()
}

const key = 't/judge/m'

// ppi_py 1.0 at commit bd90caa, ppi_mean_ci(lam=None) on judge20k: gold u < .62 (seed 701), judge u < .95 or u < .35 (seed 702).
test('judge-correction of judge20k with 1000 labels: PPI++ .6162370810 as ppi_py, labels alone .621, judge alone .718', () => {
  const [gold, judge] = [minstdUniforms(701, 20_000), minstdUniforms(702, 20_000)]
  const rows = Array.from({ length: 20_000 }, (_, item): Row[] => {
    const truth = (gold[item] ?? 1) < 0.62
    const score = (judge[item] ?? 1) < (truth ? 0.95 : 0.35) ? 1 : 0
    return [
      { scorer: 'judge', item: `${item}`, score },
      ...(item < 1000 ? [{ scorer: 'human', item: `${item}`, score: truth ? 1 : 0 }] : []),
    ]
  }).flat()
  const result = analyze(judgeCorrection, { observations: observe(rows) })
  expect(estimateOf(result, `${key}/human-only`).value).toBeCloseTo(0.621, 12)
  expect(estimateOf(result, `${key}/judge-only`).value).toBeCloseTo(0.718, 12)
  const corrected = estimateOf(result, `${key}/corrected`)
  expect(corrected.value).toBeCloseTo(0.6162370810429385, 9)
  // ppi_py prints the normal interval [.5926356, .6398386]; ours adds 3.84 labels at chance to the 1,000.
  const margin = 1.959964 * (corrected.standardError ?? Number.NaN)
  expect(corrected.value - margin).toBeCloseTo(0.5926356, 7)
  expect(corrected.value + margin).toBeCloseTo(0.6398386, 7)
  expect(Math.abs(corrected.interval.lower - 0.5926356)).toBeLessThan(0.001)
  expect(Math.abs(corrected.interval.upper - 0.6398386)).toBeLessThan(0.001)
  expect(result.problems.map(({ code }) => code)).toEqual(['judge-score-outside-corrected'])
  expect(codesOf(result)[0]).toBe('judge-corrected')
})

test('judge-correction covers the planted rate .6 in 93–97 % of 600 samples of 300 items with 60 labels', {
  timeout: 30_000,
}, () => {
  let [ppi, gladen, judge] = [0, 0, 0]
  for (let seed = 0; seed < 600; seed++) {
    const result = analyze(judgeCorrection, { observations: observe(sample({ items: 300, labelled: 60, seed })) })
    const covers = (name: string) => {
      const { lower, upper } = estimateOf(result, `${key}/${name}`).interval
      return lower <= 0.6 && 0.6 <= upper ? 1 : 0
    }
    ppi += covers('corrected')
    gladen += covers('rogan-gladen')
    judge += covers('judge-only')
  }
  expect(Math.abs(ppi / 600 - 0.95)).toBeLessThan(0.035) // 4 standard errors at 600
  expect(gladen / 600).toBeGreaterThan(0.915)
  expect(judge / 600).toBeLessThan(0.2)
})

test('judge-correction of an uninformative judge refuses Rogan–Gladen and falls back to the labels', () => {
  const result = analyze(judgeCorrection, {
    observations: observe(sample({ items: 400, labelled: 100, seed: 2, sensitivity: 0.5, specificity: 0.5 })),
  })
  expect(result.evidence.find((each) => each.key === `${key}/rogan-gladen`)?.outcome).toMatchObject({
    because: { code: 'judge-uninformative' },
  })
  const width = (name: string) => {
    const { lower, upper } = estimateOf(result, `${key}/${name}`).interval
    return upper - lower
  }
  expect(width('corrected')).toBeLessThan(1.1 * width('human-only'))
})

test('judge-correction finds labels that were picked where the judge was sure', () => {
  const rows = sample({ items: 400, labelled: 400, seed: 3 })
  const flagged = new Set(rows.flatMap(({ scorer, item, score }) => (scorer === 'judge' && score === 1 ? [item] : [])))
  const picked = rows.filter(({ scorer, item }) => scorer === 'judge' || (flagged.has(item) && Number(item) < 150))
  const result = analyze(judgeCorrection, { observations: observe(picked) })
  expect(result.problems.map(({ code }) => code)).toContain('labelled-unlike-the-rest')
})

test('judge-correction takes labels from an attribute, and from the scorer that the caller names', () => {
  const rows = sample({ items: 200, labelled: 80, seed: 4 })
  const truths = new Map(rows.flatMap(({ scorer, item, score }) => (scorer === 'human' ? [[item, score]] : [])))
  const byAttribute = rows
    .filter(({ scorer }) => scorer === 'judge')
    .map((row) => (truths.has(row.item) ? { ...row, attributes: { human_label: `${truths.get(row.item)}` } } : row))
  const renamed = rows.map((row) => (row.scorer === 'human' ? { ...row, scorer: 'reviewer' } : row))
  const expected = estimateOf(analyze(judgeCorrection, { observations: observe(rows) }), `${key}/corrected`)
  for (const [given, parameters] of [
    [byAttribute, {}],
    [renamed, { labels: 'reviewer' }],
  ] as const) {
    const result = analyze(judgeCorrection, { observations: observe(given), parameters })
    expect(estimateOf(result, `${key}/corrected`)).toEqual(expected)
  }
  expect(analyze(judgeCorrection, { observations: observe(renamed) }).status).toBe('cannot-say')
})

test('judge-correction of 70 unlabelled passes in 100 and 30 labels, 6 of 20 passes wrong: PPI .70 − .20 = .50', () => {
  // Labels: 20 judged 1, of which 14 are right; 10 judged 0, all right. Mean error −6/30; 70 of 100 unlabelled judged 1.
  const labelled = Array.from({ length: 30 }, (_, i) => ({ judged: i < 20 ? 1 : 0, truth: i < 14 ? 1 : 0 }))
  const rows = [
    ...labelled.flatMap(({ judged, truth }, i): Row[] => [
      { scorer: 'judge', item: `l${i}`, score: judged },
      { scorer: 'human', item: `l${i}`, score: truth },
    ]),
    ...Array.from({ length: 100 }, (_, i): Row => ({ scorer: 'judge', item: `u${i}`, score: i < 70 ? 1 : 0 })),
  ]
  const untuned = estimateOf(analyze(judgeCorrection, { observations: observe(rows) }), `${key}/untuned`)
  expect(untuned.value).toBeCloseTo(0.5, 12)
  // .7 · .3 / 100 + .2 · .8 / 30, population variances as in ppi_py.
  expect(untuned.standardError).toBeCloseTo(Math.sqrt(0.21 / 100 + 0.16 / 30), 12)
  expect(untuned.method).toBe('prediction-powered')
})

test('judge-correction says how to name labels that it does not recognise, and which names there are', () => {
  const rows = sample({ items: 200, labelled: 80, seed: 4 })
  const renamed = observe(rows.map((row) => (row.scorer === 'human' ? { ...row, scorer: 'reviewer' } : row)))
  const said = (parameters: Record<string, unknown>) =>
    analyze(judgeCorrection, { observations: renamed, parameters }).statements[0]
  expect(said({})).toMatchObject({ code: 'labels-not-named', values: { candidates: '“judge”, “reviewer”' } })
  expect(said({ labels: 'revewer' })).toMatchObject({ code: 'labels-not-found', values: { name: 'revewer' } })
  expect(said({ labels: 'reviewer', judge: 'reviewer' })?.code).toBe('labels-beside-no-judge')
  expect(said({ labels: 'reviewer', judge: 'judge' })?.code).toBe('judge-corrected')
  const attribute = rows.flatMap((row) =>
    row.scorer === 'judge' ? [{ ...row, attributes: { checked: Number(row.item) % 2 === 0 ? 'yes' : 'no' } }] : [],
  )
  expect(codesOf(analyze(judgeCorrection, { observations: observe(attribute) }))).toEqual(['labels-not-named'])
})

test('judge-correction weighs strata by their size, not by their labels', () => {
  // 300 items of one kind, all right; 100 of another, half right; a perfect judge; labels half and half.
  const rows = Array.from({ length: 400 }, (_, item): Row[] => {
    const hard = item >= 300
    const score = hard ? item % 2 : 1
    const share = { item: `${item}`, score, attributes: { stratum: hard ? 'hard' : 'easy' } }
    const labelled = hard ? item < 340 : item < 40
    return [{ ...share, scorer: 'judge' }, ...(labelled ? [{ ...share, scorer: 'human' }] : [])]
  }).flat()
  const corrected = estimateOf(analyze(judgeCorrection, { observations: observe(rows) }), `${key}/corrected`)
  expect(corrected.value).toBeCloseTo(0.875, 12)
  expect(corrected.method).toContain('stratified')
})

test('judge-correction refuses clusters, says so where all is labelled, and cannot say without labels or rows', () => {
  const rows = sample({ items: 60, labelled: 30, seed: 5 })
  const clustered = analyze(judgeCorrection, {
    observations: observe(rows.map((row) => ({ ...row, cluster: `${Number(row.item) % 10}` }))),
  })
  expect(clustered.evidence.every(({ outcome }) => outcome.kind === 'not-estimable')).toBe(true)
  expect(clustered.problems.map(({ code }) => code)).toContain('labels-in-clusters-refused')
  const all = analyze(judgeCorrection, { observations: observe(sample({ items: 40, labelled: 40, seed: 6 })) })
  expect(codesOf(all)[0]).toBe('all-labelled')
  expect(
    codesOf(analyze(judgeCorrection, { observations: observe(sample({ items: 9, labelled: 0, seed: 7 })) })),
  ).toEqual(['needs-human-labels'])
  expect(analyze(judgeCorrection, { observations: observe([]) }).status).toBe('cannot-say')
  const one = analyze(judgeCorrection, { observations: observe(sample({ items: 3, labelled: 1, seed: 8 })) })
  expect(one.evidence.find((each) => each.key === `${key}/corrected`)?.outcome.kind).toBe('not-estimable')
})

test('judge-correction does not depend on the order of rows, and a repeated item counts once', () => {
  const rows = sample({ items: 120, labelled: 50, seed: 9 }).flatMap((row) =>
    [1, 2].map((replicate) => ({ ...row, replicate })),
  )
  const result = analyze(judgeCorrection, { observations: observe(rows) })
  expect(estimateOf(result, `${key}/judge-only`).n).toBe(120)
  expect(analyze(judgeCorrection, { observations: observe(rows.toReversed()) })).toEqual(result)
})
