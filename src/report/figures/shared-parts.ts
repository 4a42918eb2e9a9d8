/** Variant labels repeat factors and levels that all of them share; a drawing says these once and shows what differs. */

export interface ShortLabels {
  readonly labels: readonly string[]
  /** How to read the short labels, for the note below the drawing. */
  readonly notes: readonly string[]
}

/**
 * Drops comma-separated parts that every label has, and factor names where all labels name the same factors in the same
 * order. Labels stay as they are where that would leave one empty or two alike.
 *
 * withoutSharedParts(['format=a, order=1', 'format=a, order=2']).labels // => ['1', '2']
 */
export function withoutSharedParts(labels: readonly string[]): ShortLabels {
  const parts = labels.map((label) => label.split(', '))
  const [first, ...others] = parts
  if (first === undefined || others.length === 0) return { labels, notes: [] }
  const shared = first.filter((part) => others.every((other) => other.includes(part)))
  const differing = parts.map((own) => own.filter((part) => !shared.includes(part)))
  const names = differing.map((own) => own.map(nameOf))
  const factors = names[0] ?? []
  const sameFactors =
    factors.length > 0 &&
    factors.every((name) => name !== '') &&
    names.every((own) => own.length === factors.length && own.every((name, at) => name === factors[at]))
  const short = differing.map((own) => (sameFactors ? own.map(levelOf) : own).join(', '))
  const readable = short.every((label) => label !== '') && new Set(short).size === new Set(labels).size
  if (!readable) return { labels, notes: [] }
  return {
    labels: short,
    notes: [
      ...(sameFactors ? [`Labels give ${factors.join(', ')}.`] : []),
      ...(shared.length > 0 ? [`All have ${shared.join(', ')}.`] : []),
    ],
  }
}

function nameOf(part: string): string {
  const at = part.indexOf('=')
  return at < 1 ? '' : part.slice(0, at)
}

function levelOf(part: string): string {
  return part.slice(part.indexOf('=') + 1)
}
