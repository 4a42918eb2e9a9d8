import { z } from 'zod'
import { reportDocument } from './document.ts'

/** The JSON Schema of report.json, draft 2020-12, as it is published in docs/report.schema.json. */
export function reportSchemaText(): string {
  return `${JSON.stringify(z.toJSONSchema(reportDocument, { target: 'draft-2020-12', io: 'output' }), undefined, 2)}\n`
}
