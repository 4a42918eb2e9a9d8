/** Names of formats: the format itself, written so that it can be read back and seen. */
import { type LabelStyle, labelStyles, optionLabels } from '../../../domain/index.ts'
import { casings, descriptorGaps, type Format, joiners, separators, wrappers } from './format-grammar.ts'

/**
 * `upper sep=:: join=↵ …`: line breaks show as ↵, tabs as ⇥, spaces as ·, nothing as ∅.
 *
 * formatLevel({ separator: ': ', joiner: '\n', casing: 'upper' }) // => 'case=upper sep=:· join=↵'
 */
export function formatLevel({ separator, joiner, casing, options }: Format): string {
  const parts = [`case=${casing}`, `sep=${visible(separator)}`, `join=${visible(joiner)}`]
  if (options !== undefined) {
    const [first = ''] = optionLabels(options.style, 1)
    parts.push(
      `label=${visible(options.wrapper.replace('x', () => first))}`,
      `gap=${visible(options.separator)}`,
      `between=${visible(options.joiner)}`,
    )
    if (options.descriptorGap !== undefined) parts.push(`word=${visible(options.descriptorGap)}`)
  }
  return parts.join(' ')
}

/** The format of a name, or undefined where no format of the grammar has it. */
export function parseFormatLevel(level: string): Format | undefined {
  const parts = new Map(
    level.split(' ').map((part): [string, string] => {
      const [name = ''] = part.split('=', 1)
      return [name, part.slice(name.length + 1)]
    }),
  )
  const read = <Value extends string>(name: string, values: readonly Value[]): Value | undefined =>
    values.find((value) => visible(value) === parts.get(name))
  const casing = casings.find((value) => value === parts.get('case'))
  const separator = read('sep', separators)
  const joiner = read('join', joiners)
  if (casing === undefined || separator === undefined || joiner === undefined) return undefined
  if (!parts.has('label')) return parts.size === 3 ? { separator, joiner, casing } : undefined
  const label = labelOf(parts.get('label') ?? '')
  const gap = read('gap', separators)
  const between = read('between', joiners)
  if (label === undefined || gap === undefined || between === undefined) return undefined
  const options = { joiner: between, separator: gap, ...label }
  if (!parts.has('word')) return { separator, joiner, casing, options }
  const descriptorGap = read('word', descriptorGaps)
  return descriptorGap === undefined ? undefined : { separator, joiner, casing, options: { ...options, descriptorGap } }
}

function labelOf(shown: string): { readonly wrapper: string; readonly style: LabelStyle } | undefined {
  for (const style of labelStyles) {
    const [first = ''] = optionLabels(style, 1)
    for (const wrapper of wrappers) {
      if (visible(wrapper.replace('x', () => first)) === shown) return { wrapper, style }
    }
  }
  return undefined
}

function visible(text: string): string {
  return text === '' ? '∅' : text.replaceAll('\n', '↵').replaceAll('\t', '⇥').replaceAll(' ', '·')
}
