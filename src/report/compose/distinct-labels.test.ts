import { expect, test } from 'vitest'
import { distinctLabels } from './distinct-labels.ts'

const row = (key: string, label: string, subject: Readonly<Record<string, string>>) => ({ key, label, subject })

test('distinctLabels adds what differs where labels are alike, and leaves the others', () => {
  const labels = distinctLabels([
    row('a', 'm: rate', { model: 'm', measure: 't / s' }),
    row('b', 'm: rate', { model: 'm', measure: 'u / s' }),
    row('c', 'n: rate', { model: 'n', measure: 't / s' }),
    row('d', 'same', { model: 'n' }),
    row('e', 'same', { model: 'n' }),
    row('f', 'some know less', { task: 't', model: 'n' }),
    row('g', 'some know less', { task: 'u' }),
  ])
  expect([...labels.values()]).toEqual([
    'm: rate (t / s)',
    'm: rate (u / s)',
    'n: rate',
    'same',
    'same',
    'some know less (n, t)',
    'some know less (u)',
  ])
})
