import { expect, test } from 'vitest'
import { nodeRefusal } from './node-refusal.ts'

test('nodeRefusal(version) lets Node 24 and newer run', () => {
  for (const version of ['24.0.0', '24.21.0', '26.10.0', '100.0.0']) expect(nodeRefusal(version)).toBeUndefined()
})

test('nodeRefusal(version) says in one line what is needed, what was found and the fix', () => {
  for (const version of ['20.19.2', '22.23.1', '8.17.0']) {
    const words = nodeRefusal(version) ?? ''
    expect(words).toContain('needs Node 24')
    expect(words).toContain(version)
    expect(words).toContain('Fix:')
    expect(words).not.toContain('\n')
  }
})

test('nodeRefusal(version) refuses a version it cannot read', () => {
  expect(nodeRefusal('unknown')).toContain('unknown')
})
