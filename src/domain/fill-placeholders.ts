/** Templates with `{{name}}` and nothing else: no expressions, no defaults, no unknown names. */
import { fail } from '../stats/index.ts'

const pattern = /\{\{([^{}]*)\}\}/g

/**
 * Fills every placeholder once; what is filled in is not looked at again, so an item that holds braces stays as it is.
 * Refuses names without a value. `{{open}}` and `{{close}}` print the braces themselves.
 *
 * fillPlaceholders('Answer {{what}}.', { what: 'briefly' }) // => 'Answer briefly.'
 */
export function fillPlaceholders(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(pattern, (_, inner: string) => {
    const name = inner.trim()
    if (name === 'open') return '{{'
    if (name === 'close') return '}}'
    const value = Object.hasOwn(values, name) ? values[name] : undefined
    if (value !== undefined) return value
    const known = Object.keys(values).map((each) => `{{${each}}}`)
    return fail('unknown-placeholder', { placeholder: name }, `use ${known.join(', ')}, or {{open}} for braces`)
  })
}

/** Names of the placeholders of a template, sorted, each once. */
export function placeholdersOf(template: string): readonly string[] {
  return [...new Set([...template.matchAll(pattern)].map(([, inner = '']) => inner.trim()))].sort()
}
