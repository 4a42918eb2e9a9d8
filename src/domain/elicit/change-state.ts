/** Changes that techniques make to a prompt, and their composition. */
import { fail } from '../../stats/index.ts'
import type { BlindItem } from '../item.ts'
import { reorderOptions } from '../option-labels.ts'
import type { Exemplar, RenderState } from '../render.ts'
import { speaksOfPlace } from '../speaks-of-place.ts'

export type Change = (state: RenderState) => RenderState

/** One after another, from left to right. */
export function inOrder(...changes: readonly Change[]): Change {
  return (state) => changes.reduce((current, change) => change(current), state)
}

export function unchanged(state: RenderState): RenderState {
  return state
}

/** Shows worked examples in the order given: the last stands next to the question. */
export function showing(exemplars: readonly Exemplar[]): Change {
  return (state) => ({ ...state, exemplars })
}

export function atTemperature(temperature: number): Change {
  return (state) => ({ ...state, decoding: { ...state.decoding, temperature } })
}

/**
 * Options in another order under labels that stay in place; the label map follows. `order` is of the options that may move:
 * "none of the above" stays where it stands, by the item's own text, whatever a factor made of it.
 */
export function inOptionOrder(order: readonly number[], item: BlindItem): Change {
  return (state) => {
    const { options, itemId } = state
    if (options.length === 0)
      fail('technique-needs-options', { item: itemId }, 'give the items options, or use another technique')
    const movable = options.flatMap(({ canonical }, place) => (isMovable(item, canonical) ? [place] : []))
    const whole = options.map((_, place) => place)
    for (const [rank, place] of movable.entries()) whole[place] = movable[order[rank] ?? rank] ?? place
    return reorderOptions(state, whole)
  }
}

/** How many options of an item may change places. */
export function movableOptions(item: BlindItem): number {
  return (item.options ?? []).filter((_, canonical) => isMovable(item, canonical)).length
}

function isMovable({ options }: BlindItem, canonical: number): boolean {
  return !speaksOfPlace(options?.[canonical] ?? '')
}
