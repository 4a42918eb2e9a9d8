/** Makes the search of an adaptive design ready: on items kept for selecting, with everything refused that it cannot do. */
import type { AdaptiveSearch, Design, Item, MadeByPlugIns, Protocol, Scorer } from '../domain/index.ts'
import type { Random } from '../random/index.ts'
import { fail } from '../stats/index.ts'
import type { Chosen } from './plug-ins.ts'

export interface PreparedSearch {
  /** Parallel to the searched items of the study. */
  readonly items: readonly Item[]
  /** The search of the model of that name, on a stream of its own. */
  readonly open: (model: string) => AdaptiveSearch
}

interface Parts {
  readonly protocol: Protocol
  readonly design: Chosen<Design>
  readonly scorers: readonly Chosen<Scorer>[]
  readonly random: Random
  readonly items: readonly Item[]
  /** Number of settings in the pool. */
  readonly settings: number
}

/** Undefined for designs that fix beforehand what is run. */
export function prepareSearch(
  parts: Parts,
): { readonly search: PreparedSearch; readonly study: MadeByPlugIns['search'] } | undefined {
  const { protocol, design, random, scorers, items, settings } = parts
  const { plugIn, parameters, label } = design
  if (plugIn.search === undefined) return undefined
  if (items.length === 0)
    fail(
      'search-needs-select-items',
      { design: label },
      'keep items for the search, such as roles: { fit: 0, select: 0.5 }; the ends are compared on the others',
    )
  if (protocol.stopping.rule !== 'fixed')
    fail(
      'search-needs-fixed-rule',
      { design: label, rule: protocol.stopping.rule },
      'write stopping: { rule: fixed }; the ends are compared on all reported items',
    )
  if (protocol.techniques.length > 1 || protocol.replicates > 1)
    fail(
      'search-of-one-technique',
      { design: label, techniques: protocol.techniques.length, replicates: protocol.replicates },
      'search with one technique and replicates: 1; compare techniques under a design that fixes its settings',
    )
  const open = (model: string): AdaptiveSearch => {
    const stream = random.split('search').split(model)
    const search = plugIn.search?.({ parameters, settings, items: items.length, random: stream })
    if (search === undefined) throw new Error('an adaptive design searches')
    return search
  }
  const { budget, objective, start, next } = open(protocol.models[0]?.id ?? '')
  // A plan that cannot step is refused here, not after the reference was paid for.
  next(start({ asked: items.length, trials: items.length, successes: items.length / 2 }))
  const scorer = objective.scorer ?? scorers[0]?.label ?? ''
  if (!scorers.some((each) => each.label === scorer))
    fail(
      'search-scorer-unknown',
      { design: label, scorer },
      `use one of the scorers: ${scorers.map((each) => each.label).join(', ')}`,
    )
  return {
    search: { items, open },
    study: {
      scorer,
      reading: objective.reading,
      answersAtMost: items.length + Math.min(budget, (settings - 1) * items.length),
    },
  }
}
