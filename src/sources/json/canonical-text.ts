/** JSON with its keys in order, so that equal values print alike. Holds what JSON itself cannot: NaN and big integers. */

/** canonicalText({ b: 1, a: [true, null] }) // => '{"a":[true,null],"b":1}' */
export function canonicalText(value: unknown): string {
  if (typeof value === 'bigint' || (typeof value === 'number' && !Number.isFinite(value))) return String(value)
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
    return `{${fields.map(([key, field]) => `${JSON.stringify(key)}:${canonicalText(field)}`).join(',')}}`
  }
  return JSON.stringify(value) ?? 'null'
}
