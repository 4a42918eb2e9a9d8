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
  /** What a reader must know of the way of asking. */
  readonly caveats?: readonly Caveat[] | undefined
}

/** Positions in the study's lists; `replicate` counts from 1. */
export interface CellPlace {
  readonly item: number
  readonly setting: number
  readonly technique: number
  readonly replicate: number
  readonly model: number
}

export function cellsPerItem({ settings, techniques, replicates, models }: Study): number {
  return settings.length * techniques.length * replicates * models.length
}

export function cellCount(study: Study): number {
  return study.items.length * cellsPerItem(study)
}

/** The cell at a position of the running order: items outermost, models innermost, so that pairs stay together. */
export function cellAt(study: Study, index: number): CellPlace {
  const { settings, techniques, replicates, models } = study
  const model = index % models.length
  let rest = Math.floor(index / models.length)
  const replicate = (rest % replicates) + 1
  rest = Math.floor(rest / replicates)
  const technique = rest % techniques.length
  rest = Math.floor(rest / techniques.length)
  return { item: Math.floor(rest / settings.length), setting: rest % settings.length, technique, replicate, model }
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
