/** Gives every item one role, whole clusters at a time, and puts the reported ones into the order of the run. */
import type { Random } from '../random/index.ts'
import type { Item } from './item.ts'
import type { Protocol } from './protocol.ts'

export interface ItemRoles {
  readonly fit: readonly Item[]
  readonly select: readonly Item[]
  /** In running order: a random order of clusters, each in one piece. Evidence over time rests on this order. */
  readonly report: readonly Item[]
}

export function assignRoles(options: {
  readonly items: readonly Item[]
  readonly shares: Protocol['roles']
  readonly random: Random
}): ItemRoles {
  const { items, shares, random } = options
  // Order of the file must not matter: clusters are shuffled from the order of their names.
  const sorted = [...items].sort((a, b) => (a.id < b.id ? -1 : 1))
  const clusters = [
    ...Map.groupBy(sorted, ({ id, cluster }) =>
      cluster === undefined ? `item ${id}` : `cluster ${cluster}`,
    ).entries(),
  ]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, members]) => members)
  const order = Int32Array.from(clusters, (_, index) => index)
  random.split('order').shuffle(order)
  const wanted = { fit: shares.fit * items.length, select: shares.select * items.length }
  const roles = { fit: [] as Item[], select: [] as Item[], report: [] as Item[] }
  for (const at of order) {
    const members = clusters[at] ?? []
    if (roles.fit.length < wanted.fit) roles.fit.push(...members)
    else if (roles.select.length < wanted.select) roles.select.push(...members)
    else roles.report.push(...members)
  }
  return roles
}
