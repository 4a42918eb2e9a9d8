/**
 * The search of an adaptive design: for each model the reference on all searched items, then step after step.
 *
 * A step depends on the scores before it alone, so a search that was cut off takes the same steps again: what the journal
 * holds is not asked, and the first cell it lacks is where it goes on.
 */
import {
  type CellPlace,
  type CellRecord,
  type JournalRecord,
  type SearchCellRecord,
  type SearchCount,
  type SearchEndRecord,
  type SearchEnds,
  searchCellIndex,
} from '../domain/index.ts'
import { fail } from '../stats/index.ts'
import type { HeldCells } from './held-cells.ts'
import type { PreparedStudy } from './prepare-study.ts'
import type { PreviousRun } from './previous-run.ts'
import { type CellContext, runCell } from './run-cell.ts'

export interface SearchesRun {
  readonly prepared: PreparedStudy
  readonly previous: PreviousRun
  readonly journal: { append(record: JournalRecord): void }
  readonly context: Omit<CellContext, 'locate'>
  readonly held: Pick<HeldCells, 'settle' | 'conclude'>
  /** Called for every answer, known or new. */
  readonly answered: () => void
  readonly found: (model: string, ends: SearchEnds) => void
}

/** All models at a time; each waits for what it has asked, so that nothing that was paid for is lost. */
export async function runSearches({
  prepared,
  previous,
  journal,
  context,
  held,
  answered,
  found,
}: SearchesRun): Promise<void> {
  const { study, search } = prepared
  const searching: CellContext = {
    ...context,
    call: (call) => context.call(call.purpose === 'judge' ? call : { ...call, purpose: 'select' }),
    locate: (place) => ({ item: search?.items[place.item], levels: study.settings[place.setting] }),
  }
  const searches = study.models.map(async (name, model) => {
    const ends = await runSearch({
      prepared,
      model,
      known: previous.searched,
      ask: (index, place) => runCell(index, place, searching),
      held,
      record: (record) => {
        if (record.kind === 'search-cell' || !previous.ends.has(record.model)) journal.append(record)
      },
      answered,
    })
    found(name, ends)
  })
  const failed = (await Promise.allSettled(searches)).find((outcome) => outcome.status === 'rejected')
  if (failed !== undefined) throw failed.reason
}

interface SearchRun {
  readonly prepared: PreparedStudy
  /** Position of the model. */
  readonly model: number
  /** Scores of cells that an earlier run asked, by index. */
  readonly known: ReadonlyMap<number, CellRecord['scores']>
  readonly ask: (index: number, place: CellPlace) => Promise<CellRecord>
  readonly held: SearchesRun['held']
  readonly record: (record: SearchCellRecord | SearchEndRecord) => void
  readonly answered: () => void
}

async function runSearch(run: SearchRun): Promise<SearchEnds> {
  const { prepared, model, record } = run
  const { study } = prepared
  const { search } = prepared
  const name = study.models[model]
  if (search === undefined || study.search === undefined || name === undefined) throw new Error('no search to run')
  const { batch, start, next, record: advance } = search.open(name)
  const reference = await askItems(run, { setting: 0, from: 0, to: search.items.length })
  if (reference.trials === 0)
    fail(
      'search-reference-unscored',
      { model: name, scorer: study.search.scorer, asked: reference.asked },
      'look at its answers in the journal: no answer under the reference setting had a score, so that there is nothing to compare with',
    )
  let state = start(reference)
  for (;;) {
    const step = next(state)
    if (step.kind === 'found') {
      const { highest, lowest } = step
      const count = (arm: number): SearchCount => state.counts[arm] ?? { asked: 0, trials: 0, successes: 0 }
      record({
        kind: 'search-end',
        model: name,
        ends: { highest, lowest },
        asked: state.counts.reduce((sum, { asked }) => sum + asked, 0),
        counts: { reference, highest: count(highest), lowest: count(lowest) },
      })
      return { highest, lowest }
    }
    const from = state.counts[step.arm]?.asked ?? 0
    const to = Math.min(from + batch, search.items.length)
    state = advance(state, { arm: step.arm, ...(await askItems(run, { setting: step.arm, from, to })) })
  }
}

/** Asks items `from` … `to − 1` under a setting. All are waited for, so that what was paid for is recorded. */
async function askItems(
  run: SearchRun,
  { setting, from, to }: { readonly setting: number; readonly from: number; readonly to: number },
): Promise<SearchCount> {
  const { prepared, model, known, ask, held, record, answered } = run
  const { study } = prepared
  const outcomes = await Promise.allSettled(
    Array.from({ length: to - from }, async (_, offset): Promise<CellRecord['scores']> => {
      const place = { item: from + offset, setting, model, technique: 0, replicate: 1 }
      const index = searchCellIndex(study, place)
      const before = known.get(index)
      const scores = before ?? (await asked(index, place))
      answered()
      return scores
    }),
  )
  async function asked(index: number, place: CellPlace): Promise<CellRecord['scores']> {
    const cell = await ask(index, place)
    held.settle(index, () => record({ ...cell, kind: 'search-cell' }))
    return cell.scores
  }
  const values = outcomes.map((outcome) => {
    if (outcome.status === 'rejected') throw outcome.reason
    return unitScore(outcome.value, prepared)
  })
  // What an endpoint that is down has failed is asked again in the next session; a search must not go on from it.
  held.conclude(model)
  const scored = values.filter((value) => value !== undefined)
  return { asked: values.length, trials: scored.length, successes: scored.reduce((sum, value) => sum + value, 0) }
}

/** The searched score moved to [0, 1]; undefined where it is missing, which says nothing of the setting. */
function unitScore(scores: CellRecord['scores'], { study }: PreparedStudy): number | undefined {
  const { scorer = '', reading = 'strict' } = study.search ?? {}
  const score = scores[scorer]?.[reading].score
  const range = study.scorers.find(({ label }) => label === scorer)?.range
  if (typeof score !== 'number' || range === undefined) return undefined
  const value = (score - range.lower) / (range.upper - range.lower)
  return Math.min(1, Math.max(0, value))
}
