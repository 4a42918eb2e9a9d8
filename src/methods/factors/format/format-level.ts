/** Names of formats: the format itself, written so that it can be read back and seen. */
import { labelStyles, optionLabels } from '../../../domain/index.ts'
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
  const shown = (name: string): string => parts.get(name) ?? ''
  const casing = casings.find((value) => value === parts.get('case'))
  const separator = separatorsByName.get(shown('sep'))
  const joiner = joinersByName.get(shown('join'))
  if (casing === undefined || separator === undefined || joiner === undefined) return undefined
  if (!parts.has('label')) return parts.size === 3 ? { separator, joiner, casing } : undefined
  const label = labelsByName.get(shown('label'))
  const gap = separatorsByName.get(shown('gap'))
  const between = joinersByName.get(shown('between'))
  if (label === undefined || gap === undefined || between === undefined) return undefined
  const options = { joiner: between, separator: gap, ...label }
  if (!parts.has('word')) return { separator, joiner, casing, options }
  const descriptorGap = descriptorGapsByName.get(shown('word'))
  return descriptorGap === undefined ? undefined : { separator, joiner, casing, options: { ...options, descriptorGap } }
}

// Read once per prompt: looked up, not searched.
const separatorsByName = byName(separators, visible)
const joinersByName = byName(joiners, visible)
const descriptorGapsByName = byName(descriptorGaps, visible)
const labelsByName = byName(
  labelStyles.flatMap((style) => wrappers.map((wrapper) => ({ wrapper, style }))),
  ({ wrapper, style }) => visible(wrapper.replace('x', () => optionLabels(style, 1)[0] ?? '')),
)

/** The first value of each name. */
function byName<Value>(values: readonly Value[], nameOf: (value: Value) => string): ReadonlyMap<string, Value> {
  return new Map(values.toReversed().map((value) => [nameOf(value), value]))
}

function visible(text: string): string {
  return text === '' ? '∅' : text.replaceAll('\n', '↵').replaceAll('\t', '⇥').replaceAll(' ', '·')
}
