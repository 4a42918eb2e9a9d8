/** Moves numbers that JSON cannot hold out of a record and back in. */
import type { NonFinite } from '../record/number-record.ts'

/**
 * A copy in which every NaN and infinity is null, listed in `nonFinite` by JSON pointer (RFC 6901). Minus zero becomes
 * zero; members that are undefined are dropped.
 *
 * toJsonNumbers({ lower: 0, upper: Infinity }) // => { lower: 0, upper: null, nonFinite: { '/upper': 'infinity' } }
 */
export function toJsonNumbers<Part extends object>(part: Part): Part & { readonly nonFinite?: NonFinite } {
  const nonFinite: Record<string, NonFinite[string]> = {}
  const copy = (value: unknown, pointer: string): unknown => {
    if (typeof value === 'number') {
      if (Number.isFinite(value)) return value === 0 ? 0 : value
      nonFinite[pointer] = Number.isNaN(value) ? 'nan' : value > 0 ? 'infinity' : '-infinity'
      return null
    }
    if (Array.isArray(value)) return value.map((item, index) => copy(item, `${pointer}/${index}`))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, member]) => member !== undefined)
        .map(([key, member]) => [key, copy(member, `${pointer}/${escapeKey(key)}`)]),
    )
  }
  const copied = copy(part, '') as Part
  return Object.keys(nonFinite).length === 0 ? copied : { ...copied, nonFinite }
}

/** The reverse of `toJsonNumbers`, for drawing and writing: listed nulls become NaN and infinities again. */
export function fromJsonNumbers<Part extends { readonly nonFinite?: NonFinite | undefined }>(part: Part): Part {
  const { nonFinite } = part
  if (nonFinite === undefined) return part
  const copy = (value: unknown, pointer: string): unknown => {
    const kind = nonFinite[pointer]
    if (value === null && kind !== undefined) return numberOf(kind)
    if (Array.isArray(value)) return value.map((item, index) => copy(item, `${pointer}/${index}`))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) => [key, copy(member, `${pointer}/${escapeKey(key)}`)]),
    )
  }
  return copy(part, '') as Part
}

function numberOf(kind: NonFinite[string]): number {
  if (kind === 'nan') return Number.NaN
  return kind === 'infinity' ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY
}

function escapeKey(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1')
}
