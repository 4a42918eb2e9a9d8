/** A protocol made concrete: what is run, in which order. A cell is one item under one setting, asked once. */
import type { Caveat } from '../stats/result.ts'
import type { Claim, Quantifier } from './claim.ts'
import type { Levels } from './observations.ts'
import type { Protocol } from './protocol.ts'

export interface StudyItem {
  readonly id: string
  readonly cluster?: string | undefined
  readonly attributes: Readonly<Record<string, string>>
}

export interface StudyScorer {
  /** Name in rows and claims: the plug-in's, numbered where it is used twice. */
  readonly label: string
  readonly range: { readonly lower: number; readonly upper: number }
  /** SHA-256 of the file it came from, where somebody brought it. */
  readonly sourceHash?: string | undefined
}

/** What an adaptive design searches before anything is reported: the settings of the study, on items of their own. */
export interface StudySearch {
  /** In the order that all settings take them. None of them is reported: the ends would look too far apart on them. */
  readonly items: readonly StudyItem[]
  /** What is searched for its ends. */
  readonly scorer: string
  readonly reading: 'strict' | 'lenient'
  /** Most answers per model: the reference on all items, then the steps. */
  readonly answersAtMost: number
}

/** Positions in the settings of a study: what a search found for one model. */
export interface SearchEnds {
  readonly highest: number
  readonly lowest: number
}

export interface StudyDesign {
  readonly name: string
  readonly selection: string
  readonly licenses: readonly Quantifier[]
  readonly statement: { readonly code: string; readonly values: Readonly<Record<string, string | number | boolean>> }
}

export interface Study {
  readonly protocolHash: string
  readonly title: string
  readonly seed: string
  readonly models: readonly string[]
  /** All that may be run. Under an adaptive design two of them are reported, by model: the ends that it found. */
  readonly settings: readonly Levels[]
  /** Labels. Claims are about the first; the others are for comparison. */
  readonly techniques: readonly string[]
  readonly replicates: number
  readonly scorers: readonly StudyScorer[]
  /** Reported items in the order they are run: a seeded random order of clusters, each cluster in one piece. */
  readonly items: readonly StudyItem[]
  readonly claims: readonly Claim[]
  readonly stopping: Protocol['stopping']
  readonly multiplicity: Protocol['multiplicity']
  readonly design: StudyDesign
  /** Ids of items kept for fitting and selecting; no exemplar may come from elsewhere. */
  readonly fitItems: readonly string[]
  readonly selectItems: readonly string[]
  /** Adaptive designs only. */
  readonly search?: StudySearch | undefined
  /** What a reader must know of the way of asking. */
  readonly caveats?: readonly Caveat[] | undefined
  /** What the protocol says it measures and where; runs of earlier versions kept neither. */
  readonly construct?: Protocol['construct'] | undefined
  readonly envelope?: Protocol['envelope'] | undefined
  /** Settings that cannot be: they are no part of what was left untried. */
  readonly constraints?: Protocol['constraints'] | undefined
}

/** One execution of a protocol, wherever its journal and exports lie. */
export function runName(protocolHash: string, started: string): string {
  return `${protocolHash.slice(0, 12)}/${started}`
}

/** Positions in the study's lists; `replicate` counts from 1. */
export interface CellPlace {
  readonly item: number
  readonly setting: number
  readonly technique: number
  readonly replicate: number
  readonly model: number
}

/** Settings that every reported item is asked under. */
export function reportedSettings({ settings, search }: Study): number {
  return search === undefined ? settings.length : ends.length
}

/** The places of the ends among the reported settings of a searched study. */
const ends = ['highest', 'lowest'] as const

export function cellsPerItem(study: Study): number {
  return reportedSettings(study) * study.techniques.length * study.replicates * study.models.length
}

export function cellCount(study: Study): number {
  return study.items.length * cellsPerItem(study)
}

/** Responses of each model that a run was to give: all, or those up to where every claim was decided. */
export function responsesPerModel(
  study: Study,
  stop: { readonly reason: string; readonly cells: number } | undefined,
): number {
  return (stop?.reason === 'decided' ? stop.cells : cellCount(study)) / study.models.length
}

/** The cell at a position of the running order: items outermost, models innermost, so that pairs stay together. */
export function cellAt(study: Study, index: number): CellPlace {
  const { techniques, replicates, models } = study
  const settings = reportedSettings(study)
  const model = index % models.length
  let rest = Math.floor(index / models.length)
  const replicate = (rest % replicates) + 1
  rest = Math.floor(rest / replicates)
  const technique = rest % techniques.length
  rest = Math.floor(rest / techniques.length)
  return { item: Math.floor(rest / settings), setting: rest % settings, technique, replicate, model }
}

/** The way back from a place to its position. */
export function cellIndex(study: Study, { item, setting, technique, replicate, model }: CellPlace): number {
  const { techniques, replicates, models } = study
  const inSetting = (item * reportedSettings(study) + setting) * techniques.length + technique
  return (inSetting * replicates + replicate - 1) * models.length + model
}

/** The levels of a reported cell; undefined where a search has not found them yet. `found` is by the name of a model. */
export function levelsAt(study: Study, place: CellPlace, found: ReadonlyMap<string, SearchEnds>): Levels | undefined {
  if (study.search === undefined) return study.settings[place.setting]
  const end = ends[place.setting]
  const positions = found.get(study.models[place.model] ?? '')
  return end === undefined || positions === undefined ? undefined : study.settings[positions[end]]
}

/** −1 are calls that belong to no cell; before them, in a row of their own, lie the cells of a search. */
const firstSearchIndex = -2

/** Index of a cell of the search, below those of all reported cells. */
export function searchCellIndex(
  { settings, models }: Study,
  { item, setting, model }: Pick<CellPlace, 'item' | 'setting' | 'model'>,
): number {
  return firstSearchIndex - ((item * settings.length + setting) * models.length + model)
}

/** The place of a cell of the search: its item is one of the searched ones, its setting one of all. */
export function searchPlaceAt({ settings, models }: Study, index: number): CellPlace {
  const position = firstSearchIndex - index
  const rest = Math.floor(position / models.length)
  return {
    item: Math.floor(rest / settings.length),
    setting: rest % settings.length,
    technique: 0,
    replicate: 1,
    model: position % models.length,
  }
}

/** Names of plug-ins that are used several times: `regex`, `regex #2`. */
export function numberedLabels(names: readonly string[]): readonly string[] {
  const seen = new Map<string, number>()
  return names.map((name) => {
    const times = (seen.get(name) ?? 0) + 1
    seen.set(name, times)
    return times === 1 ? name : `${name} #${times}`
  })
}
