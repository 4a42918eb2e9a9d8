/**
 * What the user declares of scores: values that stand for others, and the range that scores can have.
 *
 * `score.recode=0:1.5|9:` reads 0 as 1.5 and 9 as no score; `score.range=1..2` then maps 1 to 0 and 2 to 1. A score outside
 * its declared range is no score: it is counted, never cut.
 */
import type { MissingReason } from '../../domain/index.ts'
import { fail } from '../../stats/index.ts'
import { scoreOf } from './score-text.ts'

export interface ScoreRescale {
  /** As the user wrote it, for the record. */
  readonly written: readonly string[]
  /** The score that a text stands for; `outside` where it lies beyond the declared range. */
  read(text: string): number | MissingReason | 'outside'
}

/** Undefined where nothing was declared. */
export function scoreRescale(given: Readonly<Record<string, string>>): ScoreRescale | undefined {
  const recode = given['score.recode']
  const range = given['score.range']
  if (recode === undefined && range === undefined) return undefined
  const codes = recode === undefined ? [] : parseRecode(recode)
  const ends = range === undefined ? undefined : parseRange(range)
  return {
    written: [
      ...(recode === undefined ? [] : [`score.recode=${recode}`]),
      ...(range === undefined ? [] : [`score.range=${range}`]),
    ],
    read: (text) => {
      const replaced = codes.find(({ from }) => sameValue(from, text))
      const score = scoreOf(replaced === undefined ? text : replaced.to)
      if (ends === undefined || typeof score !== 'number') return score
      const place = (score - ends.low) / (ends.high - ends.low)
      return place >= 0 && place <= 1 ? place : 'outside'
    },
  }
}

function parseRecode(recode: string): readonly { readonly from: string; readonly to: string }[] {
  return recode.split('|').map((part) => {
    const at = part.indexOf(':')
    if (at < 1)
      fail('recode-not-readable', { recode }, 'write old:new, several joined by |, such as score.recode=0:1.5')
    const to = part.slice(at + 1)
    const score = scoreOf(to)
    if (score === 'not-numeric')
      fail(
        'recode-not-readable',
        { recode },
        'what a value is read as must be a number, a word for right or wrong, or empty',
      )
    return { from: part.slice(0, at), to }
  })
}

function parseRange(range: string): { readonly low: number; readonly high: number } {
  const [, low, high] = /^\s*([^.\s](?:[^.]|\.(?!\.))*?)\s*\.\.\s*(.+?)\s*$/.exec(range) ?? []
  const ends = { low: Number(low ?? Number.NaN), high: Number(high ?? Number.NaN) }
  if (!(Number.isFinite(ends.low) && Number.isFinite(ends.high) && ends.low < ends.high))
    fail('range-not-readable', { range }, 'write the lowest and the highest score, such as score.range=1..2')
  return ends
}

/** 2, 2.0 and " 2 " are one value; words are compared without case. */
function sameValue(a: string, b: string): boolean {
  const [x, y] = [a.trim(), b.trim()]
  if (x !== '' && y !== '' && Number.isFinite(Number(x)) && Number.isFinite(Number(y))) return Number(x) === Number(y)
  return x.toLowerCase() === y.toLowerCase()
}
