/**
 * Words for codes. The only place where explanations are written; everything else passes codes with values.
 *
 * Placeholders: `{name}` prints the value as it is, `{name:rate}` formats a number (see `formatNumber`), and
 * `{items?item|items}` is the singular where the value is 1.
 */
import type { NumberFormat } from '../figure.ts'
import { formatNumber } from './format-number.ts'

export interface Message {
  readonly text: string
  /** What a reader can do about it. */
  readonly fix?: string
  /** 0–100, for problems: how much it threatens a decision. The report leads with the highest. */
  readonly priority?: number
}

export type Messages = Readonly<Record<string, Message>>

const formats: ReadonlySet<string> = new Set<NumberFormat>([
  'rate',
  'points',
  'score',
  'difference',
  'count',
  'p-value',
  'number',
  'ratio',
  'usd',
  'milliseconds',
])

/** Fills a template. A placeholder without a value, or a number format given text, is a bug and throws. */
export function fillTemplate(template: string, values: Readonly<Record<string, string | number | boolean>>): string {
  return choosePlurals(template, values).replaceAll(
    /\{([a-zA-Z]+)(?::([a-z-]+))?\}/g,
    (_, name: string, format?: string) => {
      const value = values[name]
      if (value === undefined) throw new Error(`message needs a value for {${name}}: ${template}`)
      if (format === undefined) return typeof value === 'number' ? formatNumber(value, 'number') : String(value)
      if (!isFormat(format) || typeof value !== 'number')
        throw new Error(`{${name}:${format}} cannot format ${JSON.stringify(value)}: ${template}`)
      return formatNumber(value, format)
    },
  )
}

/** `{items?item|items}` reads `item` where the value is 1 and `items` otherwise. */
function choosePlurals(template: string, values: Readonly<Record<string, string | number | boolean>>): string {
  return template.replaceAll(/\{([a-zA-Z]+)\?([^|{}]*)\|([^|{}]*)\}/g, (_, name: string, one: string, many: string) => {
    const value = values[name]
    if (typeof value !== 'number') throw new Error(`{${name}?${one}|${many}} needs a number: ${template}`)
    return value === 1 ? one : many
  })
}

function isFormat(name: string): name is NumberFormat {
  return formats.has(name)
}
