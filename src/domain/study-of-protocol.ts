/** The study of a protocol, from the protocol and what plug-ins made of it. */
import { openRandom, type Random } from '../random/index.ts'
import { assignRoles, type ItemRoles } from './assign-roles.ts'
import type { Item } from './item.ts'
import type { Protocol, ProtocolItem } from './protocol.ts'
import { itemsOfProtocol } from './protocol-items.ts'
import { numberedLabels, type Study, type StudyItem, type StudySearch } from './study.ts'

export type ProtocolWithItems = Protocol & { readonly items: { readonly inline: readonly ProtocolItem[] } }

/** All of a study that its protocol does not say itself: what factors, designs and scorers made of it. */
export interface MadeByPlugIns extends Pick<Study, 'settings' | 'scorers' | 'design' | 'caveats'> {
  readonly search?: Omit<StudySearch, 'items'> | undefined
}

/** Root of all draws of a run: the seed and names alone, so that another endpoint, title or claim draws the same. */
export function runRandom({ seed }: Protocol): Random {
  return openRandom(seed).split('run')
}

/** The order of items is drawn from the seed of the protocol, so that whoever holds the protocol holds the order. */
export function rolesOf(protocol: ProtocolWithItems): ItemRoles {
  const items = itemsOfProtocol(protocol.items.inline)
  return assignRoles({ items, shares: protocol.roles, random: runRandom(protocol) })
}

export function studyOfProtocol(options: {
  readonly protocol: ProtocolWithItems
  readonly protocolHash: string
  readonly roles: ItemRoles
  readonly made: MadeByPlugIns
}): Study {
  const { protocol, protocolHash, roles, made } = options
  const { settings, scorers, design, caveats, search } = made
  return {
    protocolHash,
    title: protocol.title,
    seed: protocol.seed,
    models: protocol.models.map(({ id }) => id),
    settings,
    techniques: numberedLabels(protocol.techniques.map(({ use }) => use)),
    replicates: protocol.replicates,
    scorers,
    items: roles.report.map(studyItem),
    claims: protocol.claims,
    stopping: protocol.stopping,
    multiplicity: protocol.multiplicity,
    design,
    fitItems: roles.fit.map(({ id }) => id),
    selectItems: roles.select.map(({ id }) => id),
    ...(search === undefined ? {} : { search: { items: roles.select.map(studyItem), ...search } }),
    ...(caveats === undefined || caveats.length === 0 ? {} : { caveats }),
    construct: protocol.construct,
    envelope: protocol.envelope,
    constraints: protocol.constraints,
  }
}

function studyItem({ id, cluster, attributes }: Item): StudyItem {
  return { id, cluster, attributes }
}
