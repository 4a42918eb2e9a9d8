/** Writes docs/report.schema.json from the report's schema. A test fails while the two differ. */
import { writeFileSync } from 'node:fs'
import { reportSchemaText } from '../src/report/report-schema-text.ts'

const target = new URL('../docs/report.schema.json', import.meta.url)
writeFileSync(target, reportSchemaText())
console.log('wrote docs/report.schema.json')
