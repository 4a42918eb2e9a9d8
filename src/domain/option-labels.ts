/** Labels of shown options: their styles, and putting options under other labels or in another order. */
import { fail } from '../stats/index.ts'
import type { LabelStyle, Layout, RenderState } from './render.ts'

export const labelStyles: readonly LabelStyle[] = ['A', 'a', '1', 'i', 'I', 'Ⅰ']

const romanValues: readonly (readonly [number, string])[] = [
  [10, 'x'],
  [9, 'ix'],
  [5, 'v'],
  [4, 'iv'],
  [1, 'i'],
]

/**
 * The first labels of a style. Unicode numerals exist up to twelve, letters up to 26; more is refused.
 *
 * optionLabels('i', 4) // => ['i', 'ii', 'iii', 'iv']
 */
export function optionLabels(style: LabelStyle, count: number): readonly string[] {
  const most = style === 'Ⅰ' ? 12 : style === 'A' || style === 'a' ? 26 : 39
  if (count > most) fail('too-many-options', { style, options: count }, `use at most ${most} options with this style`)
  return Array.from({ length: count }, (_, index) => labelAt(style, index))
}

/** The same options in the same order under labels of another style. Labels the instruction cites follow when rendered. */
export function relabelOptions(state: RenderState, style: LabelStyle): RenderState {
  const labels = optionLabels(style, state.options.length)
  return {
    ...state,
    options: state.options.map((option, index) => ({ ...option, label: labels[index] ?? option.label })),
    layout: { ...state.layout, labelStyle: style },
  }
}

/** The options in another order: `order[i]` is the present position of the one to show at i. Labels stay in place. */
export function reorderOptions(state: RenderState, order: readonly number[]): RenderState {
  const { options } = state
  if (order.length !== options.length || new Set(order).size !== options.length)
    throw new Error('an order names every position once')
  return {
    ...state,
    options: order.map((from, index) => {
      const option = options[from]
      const place = options[index]
      if (option === undefined || place === undefined) throw new Error('an order names positions that exist')
      return { ...option, label: place.label }
    }),
  }
}

export function wrapLabel({ labelWrapper }: Layout, label: string): string {
  return labelWrapper.replace('x', () => label)
}

function labelAt(style: LabelStyle, index: number): string {
  switch (style) {
    case 'A':
      return String.fromCharCode(65 + index)
    case 'a':
      return String.fromCharCode(97 + index)
    case '1':
      return String(index + 1)
    case 'i':
      return roman(index + 1)
    case 'I':
      return roman(index + 1).toUpperCase()
    case 'Ⅰ':
      return String.fromCharCode(0x2160 + index)
    default:
      return style satisfies never
  }
}

function roman(value: number): string {
  let text = ''
  let rest = value
  for (const [size, numeral] of romanValues) {
    while (rest >= size) {
      text += numeral
      rest -= size
    }
  }
  return text
}
