/** A scorer written by whoever runs the eval: a TypeScript function, given by name. */
import { z } from 'zod'
import {
  type Attempt,
  bothReadings,
  defineScorer,
  type Item,
  type MissingReason,
  missingReasons,
  type Reading,
  type Readings,
  type RenderState,
  readAttempt,
  type Scorer,
} from '../../domain/index.ts'

export interface ReplyToScore {
  readonly item: Item
  /** The final text of the attempt. */
  readonly text: string
  /** The answer in canonical space where the technique settled it. */
  readonly answer: string | undefined
  /** The prompt: options as shown, with their labels. */
  readonly state: RenderState
  readonly attempt: Attempt
}

type Judgement = number | MissingReason | Reading

/** A score, a reason for its absence, a reading with its answer, or two readings where strict and lenient differ. */
export type ScoreFunction = (reply: ReplyToScore) => Judgement | Readings | Promise<Judgement | Readings>

export interface CustomScorer {
  readonly name: string
  readonly summary: string
  readonly range: { readonly lower: number; readonly upper: number }
  readonly score: ScoreFunction
}

/**
 * Makes a scorer of a function. The function is called for answered attempts alone: refusals, cut replies and failures are
 * missing before it is asked. What it returns is checked: no number, no score; outside its range, no score; and an
 * exception is a failed grader, never a 0.
 */
export function customScorer({ name, summary, range, score }: CustomScorer): Scorer {
  return defineScorer({
    name,
    title: name,
    version: 1,
    summary,
    parameters: z.strictObject({}),
    references: [],
    reads: ['letter', 'text', 'likelihood', 'generative', 'open'],
    range,
    score: async ({ item, attempt, state }) => {
      if (attempt.state !== 'answered') return readAttempt(attempt, () => bothReadings({ score: 'unparsed' }))
      let given: unknown
      try {
        given = await score({ item, text: attempt.text, answer: attempt.answer, state, attempt })
      } catch (error) {
        return bothReadings({ score: 'grader-failed', because: oneLine(`threw: ${messageOf(error)}`) })
      }
      return checked(given, range)
    },
  })
}

function checked(given: unknown, range: CustomScorer['range']): Readings {
  if (typeof given === 'object' && given !== null && 'strict' in given && 'lenient' in given)
    return { strict: reading(given.strict, range), lenient: reading(given.lenient, range) }
  return bothReadings(reading(given, range))
}

function reading(given: unknown, range: CustomScorer['range']): Reading {
  if (typeof given === 'object' && given !== null && 'score' in given) {
    const judged = reading(given.score, range)
    return 'answer' in given && typeof given.answer === 'string' ? { ...judged, answer: given.answer } : judged
  }
  if (typeof given === 'number') {
    if (!Number.isFinite(given)) return { score: 'not-finite' }
    if (given >= range.lower && given <= range.upper) return { score: given }
    return { score: 'grader-failed', because: `returned ${given}, outside ${range.lower} to ${range.upper}` }
  }
  const reason = missingReasons.find((each) => each === given)
  if (reason !== undefined && reason !== 'scored') return { score: reason }
  return { score: 'not-numeric', because: `returned ${given === null ? 'null' : typeof given}, no number` }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
}

const longestReason = 200

/** Fit for a journal line, a page and a terminal. */
function oneLine(text: string): string {
  const line = text
    .slice(0, 10 * longestReason)
    .replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029\s]+/gu, ' ')
    .trim()
  return line.length > longestReason ? `${line.slice(0, longestReason - 1)}…` : line
}
