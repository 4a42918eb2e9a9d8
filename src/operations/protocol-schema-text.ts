/** JSON Schema of a protocol file, so that editors complete and check it. */
import { z } from 'zod'
import { protocolSchema } from '../domain/index.ts'

export function protocolSchemaText(): string {
  const schema = z.toJSONSchema(protocolSchema, { io: 'input' })
  return `${JSON.stringify({ ...schema, title: 'Assay protocol' }, undefined, 2)}\n`
}
