import type { ReportDocument } from './document.ts'

/**
 * The report as JSON text, the same bytes for the same document: members in the order of the schema, open records
 * sorted by key, numbers in full precision. A number that JSON cannot hold is a bug here and throws.
 */
export function writeJson(document: ReportDocument): string {
  return `${JSON.stringify(document, refuseNonFinite, 1)}\n`
}

function refuseNonFinite(key: string, value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Error(`report member "${key}" is ${value}`)
  return value
}
