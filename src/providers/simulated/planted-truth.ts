/** How likely a simulated model is to answer rightly: the truth that estimates are held against. */
import { openRandom } from '../../random/index.ts'
import { baseLogit } from './base-logit.ts'
import type { PlantedItem, SimulatedOptions } from './simulated-options.ts'

export interface PlantedSituation {
  readonly item: PlantedItem
  readonly levels: Readonly<Record<string, string>>
  readonly technique: string
  /** From 1. */
  readonly replicate: number
  /** Number of the call in its cell, from 0. */
  readonly sequence: number
  readonly prompt: string
}

/**
 * Logit of the probability that an answer is right, before any pull of positions and labels:
 * ability − difficulty of item and cluster + attributes + levels + technique + drift.
 *
 * Difficulty is drawn once per item from `difficultySeed`, so that models sharing it find the same items hard. Items
 * known by heart have their own success rate, under all levels that do not break the memory.
 */
export class PlantedTruth {
  readonly #options: SimulatedOptions
  readonly #base: number
  readonly #seed: string
  readonly #difficulties = new Map<string, number>()
  readonly #levels = new Map<string, number>()
  readonly #memorised: ReadonlySet<string>

  constructor(options: SimulatedOptions, seed: string) {
    this.#options = options
    this.#seed = seed
    const { accuracy, ability, difficultySpread, clusterSpread } = options
    const spread = Math.hypot(difficultySpread, clusterSpread)
    this.#base = accuracy === undefined ? (ability ?? 0) : baseLogit({ accuracy, spread })
    this.#memorised = new Set(options.contamination?.items)
  }

  /** Logit of success. Infinite where items known by heart always succeed. */
  logit(situation: PlantedSituation): number {
    const { item, levels, technique, replicate, sequence, prompt } = situation
    const { contamination, drift, update, sandbagging, techniques } = this.#options
    if (contamination !== undefined && this.#knows(item) && !matchesAny(levels, contamination.broken))
      return logitOf(contamination.success)
    let logit = this.#base - this.#difficulty(item) + (techniques[technique] ?? 0)
    for (const [factor, level] of Object.entries(levels)) logit += this.#effect(item, factor, level)
    logit += drift.perReplicate * (replicate - 1) + drift.perCall * sequence
    if (update !== undefined && replicate >= update.fromReplicate) logit += update.shift
    if (sandbagging !== undefined && !prompt.includes(sandbagging.password)) logit -= sandbagging.hidden
    return logit
  }

  probability(situation: PlantedSituation): number {
    return 1 / (1 + Math.exp(-this.logit(situation)))
  }

  #knows({ id, attributes }: PlantedItem): boolean {
    const marked = this.#options.contamination?.attribute
    return this.#memorised.has(id) || (marked !== undefined && attributes[marked.name] === marked.value)
  }

  #difficulty(item: PlantedItem): number {
    const known = this.#difficulties.get(item.id)
    if (known !== undefined) return known
    const { difficultySpread, clusterSpread, difficultySeed, attributes } = this.#options
    const random = openRandom(difficultySeed)
    let difficulty = 0
    if (difficultySpread > 0) difficulty += difficultySpread * random.split('item').split(item.id).normal()
    if (clusterSpread > 0)
      difficulty +=
        clusterSpread *
        random
          .split('cluster')
          .split(item.cluster ?? item.id)
          .normal()
    for (const [name, value] of Object.entries(item.attributes)) difficulty -= attributes[name]?.[value] ?? 0
    this.#difficulties.set(item.id, difficulty)
    return difficulty
  }

  #effect(item: PlantedItem, factor: string, level: string): number {
    const { effects, effectSpread, interactionSpread } = this.#options
    const spread = effectSpread[factor] ?? 0
    const interaction = interactionSpread[factor] ?? 0
    let effect = effects[factor]?.[level] ?? (spread > 0 ? spread * this.#levelDraw(factor, level) : 0)
    if (interaction > 0)
      effect +=
        interaction * openRandom(this.#seed).split('interaction').split(factor).split(level).split(item.id).normal()
    return effect
  }

  #levelDraw(factor: string, level: string): number {
    const key = JSON.stringify([factor, level])
    const known = this.#levels.get(key)
    if (known !== undefined) return known
    const draw = openRandom(this.#seed).split('level').split(factor).split(level).normal()
    this.#levels.set(key, draw)
    return draw
  }
}

/** Whether any factor stands at one of the listed levels. */
export function matchesAny(
  levels: Readonly<Record<string, string>>,
  listed: Readonly<Record<string, readonly string[]>>,
): boolean {
  return Object.entries(listed).some(([factor, those]) => those.includes(levels[factor] ?? ''))
}

function logitOf(probability: number): number {
  return Math.log(probability) - Math.log1p(-probability)
}
