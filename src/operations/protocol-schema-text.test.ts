import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { protocolSchemaText } from './protocol-schema-text.ts'
import { openWorkbench } from './run/workbench.ts'

test('docs/protocol.schema.json is what protocolSchemaText() gives; node scripts/write-protocol-schema.ts renews it', async () => {
  const published = readFileSync(new URL('../../docs/protocol.schema.json', import.meta.url), 'utf8')
  expect(published).toBe(await protocolSchemaText())
  expect(JSON.parse(published).required).toContain('claims')
})

test('the schema knows every plug-in by name, and takes none of its parameters under another', async () => {
  const text = await protocolSchemaText()
  const { properties, $defs } = JSON.parse(text)
  const { plugIns } = await openWorkbench()
  const places = [
    [plugIns.factors, properties.factors.items, 'closed'],
    [plugIns.designs, properties.design, 'closed'],
    [plugIns.techniques, properties.techniques.items, 'closed'],
    [plugIns.scorers, properties.scorers.items, 'open'],
  ] as const
  for (const [list, schema, names] of places) {
    const known = list.map(({ name }) => name)
    expect(schema.properties.use.enum).toEqual(names === 'closed' ? known : undefined)
    expect(
      schema.allOf.map((rule: { if: { properties: { use: { const: string } } } }) => rule.if.properties.use.const),
    ).toEqual(known)
    for (const [index, { parameters }] of list.entries()) {
      const taken = schema.allOf[index].then.properties.with
      expect(Object.keys(taken.properties ?? {})).toEqual(Object.keys(parameters.shape))
      expect(taken.additionalProperties).toBe(false)
    }
  }
  // What refers to a definition refers to one that is there.
  const references = [...text.matchAll(/"\$ref": "#\/\$defs\/([^"]+)"/g)].map(([, name]) => name)
  expect(references.filter((name) => name === undefined || !(name in $defs))).toEqual([])
})

test('the schema asks a comparison for its baseline, a quantile for its probability, and lets $schema stand', async () => {
  const { properties } = JSON.parse(await protocolSchemaText())
  expect(properties.$schema.type).toBe('string')
  const [comparison, quantile] = properties.claims.items.allOf
  expect(comparison.if.properties.kind.const).toBe('comparison')
  expect(comparison.then).toEqual({ required: ['baseline'] })
  expect(comparison.else).toEqual({ not: { required: ['baseline'] } })
  expect(quantile.then).toEqual({ required: ['probability'] })
})
