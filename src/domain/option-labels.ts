/** Labels of shown options: their styles, and putting options under other labels or in another order. */
import { fail } from '../stats/index.ts'
import type { LabelStyle, Layout, RenderState } from './render.ts'

export const labelStyles: readonly LabelStyle[] = ['A', 'a', '1', 'i', 'I', 'Ⅰ']

const romanValues: readonly (readonly [number, string])[] = [
  [1000, 'm'],
  [900, 'cm'],
  [500, 'd'],
  [400, 'cd'],
  [100, 'c'],
  [90, 'xc'],
  [50, 'l'],
  [40, 'xl'],
  [10, 'x'],
  [9, 'ix'],
  [5, 'v'],
  [4, 'iv'],
  [1, 'i'],
]

/** Most labels of each style; Unicode has Roman numerals up to twelve. */
const mostLabels: Readonly<Record<LabelStyle, number>> = { A: 702, a: 702, '1': 9999, i: 3999, I: 3999, Ⅰ: 12 }

export function hasLabels(style: LabelStyle, count: number): boolean {
  return count <= mostLabels[style]
}

/**
 * The first labels of a style. After Z come AA, AB and so on. More than a style has is refused.
 *
 * optionLabels('i', 4) // => ['i', 'ii', 'iii', 'iv']
 */
export function optionLabels(style: LabelStyle, count: number): readonly string[] {
  if (!hasLabels(style, count))
    fail('too-many-options', { style, options: count }, `use at most ${mostLabels[style]} options with this style`)
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
      return letters(index)
    case 'a':
      return letters(index).toLowerCase()
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

function letters(index: number): string {
  const last = String.fromCharCode(65 + (index % 26))
  return index < 26 ? last : letters(Math.floor(index / 26) - 1) + last
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
