import { expect, test } from 'vitest'
import { blindItem, startRender } from '../../domain/index.ts'
import { openRandom } from '../../random/index.ts'
import { fewShot } from './few-shot.ts'

const pool = Array.from({ length: 12 }, (_, n) => ({ itemId: `f${n}`, input: `${n}?`, answer: String(n) }))
const parameters = fewShot.parameters.parse({ sizes: [0, 2, 4], sets: 2, orders: 2 })

function shown(level: string, { id = 'q', exemplarPool = pool, seed = 'r', study = 's' } = {}): readonly string[] {
  const item = blindItem({ id, input: '?', target: [''], attributes: {} })
  const given = { item, instruction: '', system: undefined, answerMode: 'generative', decoding: {} } as const
  const state = startRender({ ...given, exemplarPool })
  return fewShot
    .apply({ state, item, level, parameters, random: openRandom(seed), sharedRandom: openRandom(study) })
    .exemplars.map(({ itemId }) => itemId)
}

test('few-shot has one level without examples and sets × orders for every other size', () => {
  expect(fewShot.levels(parameters, openRandom(1))).toHaveLength(1 + 4 + 4)
  expect(fewShot.levels(fewShot.parameters.parse({ sizes: [1], orders: 3 }), openRandom(1))).toEqual([
    '1 set-1 order-1',
  ])
})

test('few-shot shows the same examples to all items, whatever the order of the pool and the stream of the cell', () => {
  const first = shown('4 set-1 order-1')
  expect(first).toHaveLength(4)
  expect(shown('4 set-1 order-1', { id: 'other', seed: 's', exemplarPool: pool.toReversed() })).toEqual(first)
  expect(shown('4 set-2 order-1')).not.toEqual(first)
  expect(shown('4 set-1 order-1', { study: 't' })).not.toEqual(first)
  expect(shown('0')).toEqual([])
})

test('smaller draws begin larger ones, and another order shows the same examples', () => {
  expect(shown('4 set-1 order-1').slice(0, 2)).toEqual(shown('2 set-1 order-1'))
  expect(shown('4 set-1 order-2').toSorted()).toEqual(shown('4 set-1 order-1').toSorted())
})

test('few-shot never shows the item itself and refuses more examples than there are', () => {
  const all = fewShot.levels(fewShot.parameters.parse({ sizes: [11] }), openRandom(1))[0] ?? ''
  expect(shown(all, { id: 'f3' })).not.toContain('f3')
  expect(() => shown('12 set-1 order-1', { id: 'f3' })).toThrow('too few exemplars')
})
