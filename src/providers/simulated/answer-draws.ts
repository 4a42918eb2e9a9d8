/**
 * The chance in a simulated answer, named by what is asked and never by when.
 *
 * Every answer is drawn in one of three places: for the item (the same under all settings and repeats), for the item
 * under this setting, or for this call alone. Which one is decided by `wordingNoise` and the temperature; all three
 * have the same distribution, so that planted rates hold whichever was used, and noise moves no mean.
 */
import { openRandom, type Random } from '../../random/index.ts'
import type { ProviderCall } from '../provider.ts'

export interface AnswerDraws {
  /** Standard Gumbel deviates, one per option, in canonical order: the largest pull plus deviate is chosen. */
  readonly gumbels: readonly number[]
  readonly refusal: number
  readonly vague: number
  readonly truncation: number
  /** Picks a wrong answer to an open question. */
  readonly wrong: number
}

export interface DrawOptions {
  readonly seed: string
  readonly cell: ProviderCall['cell']
  readonly choices: number
  readonly temperature: number
  readonly decodingSeed: number | undefined
  readonly temperatureNoise: number
  readonly wordingNoise: number
}

/** Draws of one call, and the stream for what happens independently at every call. */
export function answerDraws(options: DrawOptions): { readonly draws: AnswerDraws; readonly own: Random } {
  const { seed, cell, choices, temperature, decodingSeed, temperatureNoise, wordingNoise } = options
  const root = openRandom(seed)
  const item = root.split('item').split(cell.itemId)
  const setting = item.split(settingName(cell))
  // At temperature 0 the same request gets the same reply, so nothing may depend on the repeat.
  if (temperature === 0) return { draws: drawAt(wordingNoise, setting, item, choices), own: setting.split('call') }
  const call = setting
    .split(cell.seedPath)
    .split([cell.replicate, cell.purpose, cell.sequence, decodingSeed ?? ''].join(' '))
  const fresh = call.uniform() < Math.min(1, temperature * temperatureNoise)
  return {
    draws: fresh ? drawsOf(call, choices) : drawAt(wordingNoise, setting, item, choices),
    own: call.split('own'),
  }
}

/** What the model would say without any noise of temperature: the draws its log-probabilities are made from. */
export function settledDraws(options: DrawOptions): AnswerDraws {
  return answerDraws({ ...options, temperature: 0 }).draws
}

function drawAt(wordingNoise: number, setting: Random, item: Random, choices: number): AnswerDraws {
  if (wordingNoise > 0 && setting.uniform() < wordingNoise) return drawsOf(setting, choices)
  return drawsOf(item.split('draws'), choices)
}

function drawsOf(random: Random, choices: number): AnswerDraws {
  const [refusal, vague, truncation, wrong] = [random.uniform(), random.uniform(), random.uniform(), random.uniform()]
  // 1 − uniform lies in (0, 1]; the tiny constant keeps the logarithm of its logarithm finite.
  const gumbels = Array.from(
    { length: choices },
    () => -Math.log(-Math.log(1 - random.uniform() * (1 - 1e-16)) + 1e-300),
  )
  return { gumbels, refusal, vague, truncation, wrong }
}

function settingName({ levels, technique }: ProviderCall['cell']): string {
  const named = Object.entries(levels).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  return JSON.stringify([named, technique])
}
