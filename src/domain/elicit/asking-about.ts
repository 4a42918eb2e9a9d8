/** Asks about an item while fitting: the context of fitting in the form that sampling uses. */
import type { BlindItem } from '../item.ts'
import type { FitContext } from '../technique.ts'
import type { Asking } from './take-sample.ts'

export function askingAbout(item: BlindItem, context: FitContext): Asking {
  return {
    render: (change) => context.render(item, change),
    call: (request, purpose) => context.call(request, purpose),
  }
}
