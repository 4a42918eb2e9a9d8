import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { reportSchemaText } from './report-schema-text.ts'

const published = new URL('../../docs/report.schema.json', import.meta.url)

test('docs/report.schema.json is what scripts/write-report-schema.ts writes', () => {
  expect(readFileSync(published, 'utf8')).toBe(reportSchemaText())
})

test('reportSchemaText() is a draft 2020-12 schema of an object that names its parts', () => {
  const schema = JSON.parse(reportSchemaText())
  expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema')
  expect(schema.required).toEqual(
    expect.arrayContaining(['schemaVersion', 'problems', 'sections', 'runs', 'inputHash']),
  )
})
