/** The FormatSpread grammar: value sets of the released code and the rules that make a combination valid. */
import { type LabelStyle, labelStyles } from '../../../domain/index.ts'
import type { Random } from '../../../random/index.ts'

export type Casing = 'as-is' | 'title' | 'upper' | 'lower'

export interface OptionsFormat {
  /** Between options. */
  readonly joiner: string
  /** Between label and text; may be empty. */
  readonly separator: string
  /** Between the descriptor of an option and its label; absent where options have no descriptor. */
  readonly descriptorGap?: string | undefined
  readonly wrapper: string
  readonly style: LabelStyle
}

export interface Format {
  readonly separator: string
  readonly joiner: string
  readonly casing: Casing
  /** Absent for items without options. */
  readonly options?: OptionsFormat | undefined
}

/** Fifteen, the empty one for enumerations only. */
export const separators: readonly string[] = [
  '',
  '::: ',
  ':: ',
  ': ',
  ' \n\t',
  '\n    ',
  ' : ',
  ' - ',
  ' ',
  '\n ',
  '\n\t',
  ':',
  '::',
  '- ',
  '\t',
]

/** Fifteen distinct ones; the released list holds one of them twice. */
export const joiners: readonly string[] = [
  '',
  ' ',
  '\n',
  ' \n',
  ' -- ',
  '  ',
  '; \n',
  ' || ',
  ' <sep> ',
  ', ',
  ' \n ',
  ' , ',
  '\n ',
  '. ',
  ' ,  ',
]

export const descriptorGaps: readonly string[] = ['', ' ', '  ', '\t']
export const casings: readonly Casing[] = ['as-is', 'title', 'upper', 'lower']
export const wrappers: readonly string[] = ['(x)', 'x.', 'x)', 'x )', '[x]', '<x>']

/** `described-options` have a word before their label, such as `Option A`. */
export type Fields = 'with-options' | 'described-options' | 'without-options'

/** One format, every part uniform on its set. It may break a rule. */
export function drawFormat(fields: Fields, random: Random): Format {
  const pick = <Value>(values: readonly Value[]): Value => {
    const value = values[random.integer(values.length)]
    if (value === undefined) throw new Error('value sets of the grammar are not empty')
    return value
  }
  const text = { separator: pick(separators), joiner: pick(joiners), casing: pick(casings) }
  if (fields === 'without-options') return text
  const options = {
    joiner: pick(joiners),
    separator: pick(separators),
    wrapper: pick(wrappers),
    style: pick(labelStyles),
  }
  if (fields === 'with-options') return { ...text, options }
  return { ...text, options: { ...options, descriptorGap: pick(descriptorGaps) } }
}

/** Which rule a format breaks, in words, or undefined where it is valid. */
export function formatProblem(format: Format, allowed: 'any' | 'white-space'): string | undefined {
  const { separator, joiner, options } = format
  const breaks = (text: string): boolean => text.includes('\n')
  if (separator === '') return 'an empty separator on a text field'
  if (joiner === '') return 'an empty joiner between fields with text'
  if (breaks(separator) && !breaks(joiner)) return 'a line break inside a field but none between fields'
  if (allowed === 'white-space' && joiner.trim() !== '') return 'a visible joiner where only white space may stand'
  if (options === undefined) return undefined
  if (options.joiner === '') return 'an empty joiner between options with text'
  if (breaks(options.separator) && !breaks(options.joiner))
    return 'a line break inside an option but none between options'
  if (allowed === 'white-space' && options.joiner.trim() !== '')
    return 'a visible joiner where only white space may stand'
  return undefined
}
