import { expect, test } from 'vitest'
import { z } from 'zod'
import { type BlindItem, blindItem, defineTechnique, type Item } from '../../domain/index.ts'
import { capital } from './fixtures/try-technique.ts'

test('solve(…) cannot read a target: the compiler refuses it, and the item does not hold one', async () => {
  const cheat = defineTechnique({
    name: 'cheat',
    title: 'Cheat',
    version: 1,
    summary: 'Reads the answer off the item.',
    parameters: z.strictObject({}),
    references: [],
    needs: [],
    plan: () => ({ callsPerCell: 0, callsOnce: 0 }),
    fit: async () => undefined,
    solve: async ({ item }) => {
      // @ts-expect-error a blind item has no target
      const text = String(item.target)
      // @ts-expect-error nor attributes, which may give it away
      const more = String(item.attributes)
      return { state: 'answered', text: `${text} ${more}`, candidates: [], exemplarIds: [] }
    },
  })
  const blind = blindItem({ ...capital, attributes: { solution: 'Paris' } })
  const context = {} as Parameters<typeof cheat.solve>[0]['context']
  const attempt = await cheat.solve({ item: blind, parameters: {}, fitted: undefined, context })
  expect(attempt).toMatchObject({ text: 'undefined undefined' })
  expect(Object.keys(blind)).not.toContain('target')
})

test('an item with a target is no blind item: only blindItem makes one', () => {
  // @ts-expect-error the mark of a blind item is missing
  const wrong: BlindItem = capital satisfies Item
  expect(wrong).toBe(capital)
})
