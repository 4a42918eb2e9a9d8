/** Reads the fields of an operation's input schema: what a command line needs to know of each. */
import { z } from 'zod'

export interface Field {
  /** Key in the input record, `outputFolder`. */
  readonly name: string
  /** kebab-case, `output-folder`. */
  readonly flag: string
  /** `map` collects `key=value` pairs; `list` collects repeated values; `switch` takes no value. */
  readonly kind: 'text' | 'number' | 'switch' | 'choice' | 'list' | 'map'
  readonly positional: boolean
  readonly required: boolean
  readonly description: string
  readonly defaultValue: unknown
  readonly choices: readonly string[]
  /** What stands for the value in help: `<seed>`, `<role=column>`. */
  readonly placeholder: string
}

/** Fields in the order the schema declares them. Throws on a type that no flag can carry: that is a bug of the operation. */
export function fieldsFromSchema(schema: z.ZodObject): readonly Field[] {
  const described = objectSchema.parse(z.toJSONSchema(schema, { io: 'input' }))
  return Object.entries(described.properties).map(([name, property]) => ({
    name,
    flag: name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
    kind: kindOf(name, property),
    positional: property.positional,
    required: described.required.includes(name),
    description: property.description,
    defaultValue: property.default,
    choices: property.enum,
    placeholder: property.placeholder ?? (kindOf(name, property) === 'map' ? 'key=value' : name),
  }))
}

const propertySchema = z.looseObject({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  enum: z.array(z.string()).default([]),
  description: z.string().default(''),
  default: z.unknown().optional(),
  positional: z.boolean().default(false),
  placeholder: z.string().optional(),
})

const objectSchema = z.looseObject({
  properties: z.record(z.string(), propertySchema).default({}),
  required: z.array(z.string()).default([]),
})

function kindOf(name: string, property: z.infer<typeof propertySchema>): Field['kind'] {
  if (property.enum.length > 0) return 'choice'
  // A number that may also be written as text, such as 1/10000: the schema reads what was typed.
  if (Array.isArray(property.type) && property.type.every((type) => type === 'string' || type === 'number'))
    return 'text'
  switch (property.type) {
    case 'string':
      return 'text'
    case 'number':
    case 'integer':
      return 'number'
    case 'boolean':
      return 'switch'
    case 'array':
      return 'list'
    case 'object':
      return 'map'
    default:
      throw new Error(`input field "${name}" has type ${String(property.type)}, which no command-line flag can carry`)
  }
}
