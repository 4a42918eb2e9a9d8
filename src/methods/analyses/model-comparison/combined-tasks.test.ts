import { expect, test } from 'vitest'
import type { ObservationRow } from '../../../domain/index.ts'
import { openRandom } from '../../../random/index.ts'
import { cauchyCombination } from '../../../stats/index.ts'
import { analyze, testOf } from '../fixtures/analyze.ts'
import { observe } from '../fixtures/observe.ts'
import { modelComparison } from '../model-comparison.ts'
import { combinedEvidence } from './combined-tasks.ts'

type Row = Partial<ObservationRow>

/** Items that only a passes, that only b passes, and ten that both do. */
function task(name: string, { onlyA, onlyB, items = name }: { onlyA: number; onlyB: number; items?: string }): Row[] {
  return Array.from({ length: onlyA + onlyB + 10 }, (_, i): Row[] => [
    { task: name, item: `${items} ${i}`, model: 'a', score: i < onlyA || i >= onlyA + onlyB ? 1 : 0 },
    { task: name, item: `${items} ${i}`, model: 'b', score: i >= onlyA ? 1 : 0 },
  ]).flat()
}

const analysed = (rows: readonly Row[]) => analyze(modelComparison, { observations: observe(rows) })
const aBetter = 'all tasks/s/a − b/better-somewhere'
const bBetter = 'all tasks/s/b − a/better-somewhere'

test('model-comparison of 8 : 1 and 6 : 2 on two tasks: Fisher’s q (1 − ln q), q the product of 10/512 and 37/256, twice by Holm', () => {
  const result = analysed([...task('x', { onlyA: 8, onlyB: 1 }), ...task('y', { onlyA: 6, onlyB: 2 })])
  // χ² on 4 degrees of freedom has the upper tail q (1 − ln q).
  const fisher = (q: number) => q * (1 - Math.log(q))
  const better = testOf(result, aBetter)
  expect(better.pValue).toBeCloseTo(2 * fisher((10 / 512) * (37 / 256)), 12)
  expect(better).toMatchObject({ method: 'fisher-combination-holm', n: 2 })
  expect(testOf(result, bBetter).pValue).toBeCloseTo(fisher((511 / 512) * (247 / 256)), 12)
  expect(result.statements.at(-1)?.code).toBe('better-on-some-task')
})

test('model-comparison of two tasks on the same items: twice their harmonic mean p, valid under dependence', () => {
  const result = analysed([
    ...task('x', { onlyA: 8, onlyB: 1, items: 'i' }),
    ...task('y', { onlyA: 6, onlyB: 2, items: 'i' }),
  ])
  const mean = 2 / (512 / 10 + 256 / 37)
  expect(testOf(result, aBetter)).toMatchObject({ method: 'harmonic-mean-p-holm' })
  expect(testOf(result, aBetter).pValue).toBeCloseTo(4 * mean, 12)
})

test('model-comparison says where each model is better on some task, where none is, and how many of many pairs', () => {
  const last = (rows: readonly Row[]) => analysed(rows).statements.at(-1)
  const split = [...task('x', { onlyA: 14, onlyB: 0 }), ...task('y', { onlyA: 0, onlyB: 14 })]
  expect(last(split)?.code).toBe('each-better-on-some-task')
  expect(last([...task('x', { onlyA: 2, onlyB: 2 }), ...task('y', { onlyA: 1, onlyB: 3 })])?.code).toBe('no-task-tells')
  const third = split.filter(({ model }) => model === 'a').map((row) => ({ ...row, model: 'c' }))
  expect(analysed([...split, ...third]).statements[1]).toMatchObject({
    code: 'tasks-combined',
    values: { pairs: 3, differ: 2, both: 2 },
  })
  expect(analysed(task('x', { onlyA: 8, onlyB: 1 })).evidence.some(({ key }) => key.startsWith('all tasks'))).toBe(
    false,
  )
})

test('model-comparison of models that are equal on four tasks says so of some task in at most 5 % of 300 samples (seeds 0–299)', () => {
  let wrong = 0
  for (let seed = 0; seed < 300; seed++) {
    const random = openRandom(seed).split('equal')
    const rows = ['w', 'x', 'y', 'z'].flatMap((name) =>
      Array.from({ length: 30 }, (_, i): Row[] => {
        const graded = name === 'z'
        const draw = () => (graded ? Math.round(8 * random.uniform()) / 8 : random.uniform() < 0.6 ? 1 : 0)
        return [
          { task: name, item: `${name} ${i}`, model: 'a', score: draw() },
          { task: name, item: `${name} ${i}`, model: 'b', score: draw() },
        ]
      }).flat(),
    )
    const result = analysed(rows)
    if (Math.min(testOf(result, aBetter).pValue, testOf(result, bBetter).pValue) <= 0.05) wrong++
  }
  // Binomial(300, .05) exceeds 28 with probability 4e-4.
  expect(wrong).toBeLessThanOrEqual(28)
})

test('combinedEvidence keeps what the combination says of itself beside the note of Holm', () => {
  const caveat = { code: 'combination-valid-in-tail-only', severity: 'caution', values: { tests: 2 } } as const
  const combination = cauchyCombination({ pValues: [0.01, 0.02] })
  if (combination.kind !== 'test') throw new Error('two p-values combine')
  const [better] = combinedEvidence({
    ...{ scorer: 's', first: 'a', second: 'b', tasks: 2, comparisons: 2 },
    ...{ firstBetter: combination, secondBetter: combination, firstAdjusted: 0.03, secondAdjusted: 0.03 },
  })
  expect(better?.outcome).toMatchObject({
    method: 'cauchy-combination-holm',
    caveats: [caveat, { code: 'adjusted-for-comparisons' }],
  })
})
