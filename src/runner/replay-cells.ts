/**
 * Asks the cells of a journal again without any call: every answer comes from the journal, found by the hash of the request.
 *
 * So the prompts need not be stored: what is rebuilt has the hash of what was sent, or is not given out at all.
 */
import {
  type AskedCall,
  type AskedCell,
  type CallOutcome,
  type CallRecord,
  type CellRecord,
  cellAt,
  cellsPerItem,
  levelsAt,
  type SearchEnds,
} from '../domain/index.ts'
import { AssayError } from '../stats/index.ts'
import { shareName } from './call-desk.ts'
import { fitTechniques } from './fit-technique.ts'
import { requestHash } from './model-caller.ts'
import { openCell, seeded } from './open-cell.ts'
import type { PreparedStudy } from './prepare-study.ts'
import { outcomeOf } from './previous-run.ts'

/** Thrown where a rebuilt request is not among those that were sent. */
class NotSent extends Error {}

export interface CellReplay {
  /** Undefined where a prompt cannot be rebuilt to the hash of what was sent. */
  ask(cell: CellRecord): Promise<AskedCell | undefined>
}

export async function replayCells(options: {
  readonly prepared: PreparedStudy
  readonly calls: readonly CallRecord[]
  readonly ends: ReadonlyMap<string, SearchEnds>
}): Promise<CellReplay> {
  const { prepared, calls, ends } = options
  const { study } = prepared
  const sent = new SentCalls(calls, cellsPerItem(study))
  const fitted = new Map<string, unknown>()
  await fitTechniques({
    prepared,
    fitted,
    ended: () => false,
    async call({ request, place }) {
      const outcome = sent.take({ cell: place.key, index: -1, hash: requestHash(request), share: undefined })
      if (outcome === undefined) throw new NotSent()
      return { outcome }
    },
  }).catch(ignoreNotSent)
  const ask = async ({ cell: key, index }: CellRecord): Promise<AskedCell> => {
    const place = cellAt(study, index)
    const model = study.models[place.model] ?? ''
    const calls: AskedCall[] = []
    const cell = openCell({
      prepared,
      place,
      item: prepared.items[place.item],
      levels: levelsAt(study, place, ends),
      async answer({ to, request: unseeded, purpose, sequence }, { names, technique }) {
        const ofModel = typeof to === 'number'
        // Whether the endpoint took a seed is not in the journal: the hash tells.
        for (const capable of ofModel ? [true, false] : [false]) {
          const request = seeded({ request: unseeded, draw: names.draw, sequence, capable })
          const hash = requestHash(request)
          const { replicate } = place
          const share = ofModel ? shareName({ model, technique, replicate, sequence, hash }) : undefined
          const outcome = sent.take({ cell: key, index, hash, share })
          if (outcome === undefined) continue
          calls.push({ to: ofModel ? model : to, purpose, request, outcome })
          return outcome
        }
        throw new NotSent()
      },
    })
    if (cell === undefined) throw new NotSent()
    await cell.solve(fitted.get(`${place.model} ${place.technique}`))
    return { calls, state: cell.state() }
  }
  return { ask: (cell) => ask(cell).catch(ignoreNotSent) }
}

function ignoreNotSent(error: unknown): undefined {
  // A protocol that this version carries out in another way is refused by its plug-ins: then nothing is known either.
  if (!(error instanceof NotSent) && !(error instanceof AssayError)) throw error
  return undefined
}

/** Answers by cell and request, each once, and by what settings of an item share. */
class SentCalls {
  readonly #own = new Map<string, CallOutcome[]>()
  readonly #shared = new Map<string, CallOutcome>()
  readonly #perItem: number

  constructor(calls: readonly CallRecord[], perItem: number) {
    this.#perItem = perItem
    for (const call of calls) {
      const outcome = outcomeOf(call)
      if (outcome === undefined) continue
      const key = `${call.cell} ${call.request}`
      const known = this.#own.get(key)
      if (known === undefined) this.#own.set(key, [outcome])
      else known.push(outcome)
      if (call.share !== undefined) this.#shared.set(`${this.#itemOf(call.index)} ${call.share}`, outcome)
    }
  }

  take(of: {
    readonly cell: string
    readonly index: number
    readonly hash: string
    readonly share: string | undefined
  }): CallOutcome | undefined {
    const own = this.#own.get(`${of.cell} ${of.hash}`)?.shift()
    return own ?? (of.share === undefined ? undefined : this.#shared.get(`${this.#itemOf(of.index)} ${of.share}`))
  }

  #itemOf(index: number): number {
    return Math.floor(index / this.#perItem)
  }
}
