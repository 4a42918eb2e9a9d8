/** Where an executed protocol differs from the registered one: a structural comparison, place by place. */
import canonicalize from 'canonicalize'
import type { Deviation } from './journal-record.ts'

/**
 * Every leaf, list length included, that is not the same. Long texts are cut; the hashes tell whether all is equal.
 *
 * protocolDeviations({ a: 1 }, { a: 2 }) // => [{ path: 'a', registered: '1', executed: '2' }]
 */
export function protocolDeviations(registered: unknown, executed: unknown): readonly Deviation[] {
  return differences(registered, executed, '')
}

function differences(a: unknown, b: unknown, path: string): readonly Deviation[] {
  if (isRecord(a) && isRecord(b)) {
    const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])].sort()
    return keys.flatMap((key) => differences(a[key], b[key], path === '' ? key : `${path}/${key}`))
  }
  if (Array.isArray(a) && Array.isArray(b)) {
    const longer = Math.max(a.length, b.length)
    return Array.from({ length: longer }, (_, index) => differences(a[index], b[index], `${path}/${index}`)).flat()
  }
  const [left, right] = [textOf(a), textOf(b)]
  if (left === right) return []
  return [
    {
      path,
      ...(left === undefined ? {} : { registered: shortened(left) }),
      ...(right === undefined ? {} : { executed: shortened(right) }),
    },
  ]
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function textOf(value: unknown): string | undefined {
  return value === undefined ? undefined : canonicalize(value)
}

function shortened(text: string): string {
  return text.length <= 200 ? text : `${text.slice(0, 199)}…`
}
