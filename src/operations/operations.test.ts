import { expect, test } from 'vitest'
import { operations } from './index.ts'

test('every listed operation loads and says of itself what the list says', async () => {
  expect(operations.length).toBeGreaterThanOrEqual(2)
  for (const { name, summary, load } of operations) {
    const operation = await load()
    expect({ name: operation.name, summary: operation.summary }).toEqual({ name, summary })
    expect(operation.examples.length).toBeGreaterThanOrEqual(1)
    for (const line of operation.examples) expect(line).toMatch(new RegExp(`^assay ${name}\\b`))
    for (const [field, schema] of Object.entries(operation.input.shape)) {
      expect(schema.description, `${name}.${field} has help`).toBeTruthy()
    }
  }
})
