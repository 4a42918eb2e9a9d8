import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { protocolSchemaText } from './protocol-schema-text.ts'

test('docs/protocol.schema.json is what protocolSchemaText() gives; node scripts/write-protocol-schema.ts renews it', () => {
  const published = readFileSync(new URL('../../docs/protocol.schema.json', import.meta.url), 'utf8')
  expect(published).toBe(protocolSchemaText())
  expect(JSON.parse(published).required).toContain('claims')
})
