/** The items of a protocol in the form the rest works with: targets as texts, options by index. */
import type { Item } from './item.ts'
import type { ProtocolItem } from './protocol.ts'

/** Items with options have their right option as 0-based index, whether it was given by index or by text. */
export function itemsOfProtocol(items: readonly ProtocolItem[]): readonly Item[] {
  return items.map(({ target, ...item }) => ({ ...item, target: targetOf(target, item.options) }))
}

function targetOf(target: ProtocolItem['target'], options: readonly string[] | undefined): readonly string[] {
  const given = Array.isArray(target) ? target : [target]
  return given.map((each) => {
    if (typeof each === 'number' || options === undefined) return String(each)
    const index = options.indexOf(each)
    return index < 0 ? each : String(index)
  })
}
