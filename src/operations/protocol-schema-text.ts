/** JSON Schema of a protocol file, with the parameters of every plug-in, so that editors complete and check it. */
import { z } from 'zod'
import { protocolSchema } from '../domain/index.ts'
import { openWorkbench } from './run/workbench.ts'

interface NamedPlugIn {
  readonly name: string
  readonly parameters: z.ZodObject
}

type JsonSchema = z.core.JSONSchema.BaseSchema

export async function protocolSchemaText(): Promise<string> {
  const { factors, designs, techniques, scorers } = (await openWorkbench()).plugIns
  const rules = new Map<string, (schema: JsonSchema) => void>([
    ['properties/factors/items', naming(factors)],
    ['properties/design', naming(designs)],
    ['properties/techniques/items', naming(techniques)],
    // A scorer may be a file of the user's own, whose name nobody knows here.
    ['properties/scorers/items', knowing(scorers)],
    ['properties/claims/items', comparing],
  ])
  const { properties, ...rest } = z.toJSONSchema(protocolSchema, {
    io: 'input',
    override: ({ jsonSchema, path }) => rules.get(path.join('/'))?.(jsonSchema),
  })
  const marker = { $schema: { type: 'string', description: 'where editors find this schema; no part of the protocol' } }
  const schema = { ...rest, title: 'Assay protocol', properties: { ...marker, ...properties } }
  return `${JSON.stringify(schema, undefined, 2)}\n`
}

/** Only these names, each with its own parameters. */
function naming(plugIns: readonly NamedPlugIn[]): (schema: JsonSchema) => void {
  return (schema) => {
    const { use } = schema.properties ?? {}
    if (typeof use === 'object') use.enum = plugIns.map(({ name }) => name)
    knowing(plugIns)(schema)
  }
}

/** The parameters of these where they are named. */
function knowing(plugIns: readonly NamedPlugIn[]): (schema: JsonSchema) => void {
  return (schema) => {
    schema.allOf = plugIns.map(({ name, parameters }) => {
      const { $schema: _, ...own } = z.toJSONSchema(parameters, { io: 'input' })
      const needed = (own.required ?? []).length > 0 ? { required: ['with'] } : {}
      return where('use', name, { properties: { with: { ...own, additionalProperties: false } }, ...needed })
    })
  }
}

/** A comparison names its baseline, and nothing else has one; a quantile claim says which quantile. */
function comparing(schema: JsonSchema): void {
  const baseline = { required: ['baseline'] }
  schema.allOf = [
    { ...where('kind', 'comparison', baseline), else: { not: baseline } },
    where('quantifier', 'quantile', { required: ['probability'] }),
  ]
}

function where(field: string, value: string, rule: JsonSchema): JsonSchema {
  // biome-ignore lint/suspicious/noThenProperty: the word of JSON Schema
  return { if: { properties: { [field]: { const: value } }, required: [field] }, then: rule }
}
