/** Writes docs/protocol.schema.json: what a protocol file takes, for editors and readers. */
import { writeFileSync } from 'node:fs'
import { protocolSchemaText } from '../src/operations/protocol-schema-text.ts'

writeFileSync(new URL('../docs/protocol.schema.json', import.meta.url), await protocolSchemaText())
