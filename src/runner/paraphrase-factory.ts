/**
 * Makes paraphrases of an instruction and keeps those that two judges find to ask for the same.
 *
 * About one automatic paraphrase in eight changes the task (5,046 of Mizrahi et al. 2024, 87.2 % correct), so none is used
 * unchecked: placeholders first, then two judges, each asked in both orders. Unanimous yes is accepted, unanimous no is
 * dropped, everything else waits for a person. What was dropped is counted by reason.
 */
import {
  type BlindItem,
  type CallOutcome,
  fillPlaceholders,
  type ModelRequest,
  placeholdersOf,
} from '../domain/index.ts'
import { fail } from '../stats/index.ts'
import {
  type EquivalenceReply,
  equivalenceRequest,
  generationRequest,
  promptsHash,
  type Recipe,
  readEquivalence,
  readList,
  recipes,
} from './paraphrase-factory/paraphrase-prompts.ts'

/** A model the factory may ask. Retrying and paying are the caller's. */
export interface Asked {
  readonly name: string
  readonly call: (request: ModelRequest, purpose: 'paraphrase' | 'judge') => Promise<CallOutcome>
}

export interface Paraphrase {
  readonly name: string
  readonly text: string
  readonly equivalence: 'judged' | 'human'
}

/** Four readings: each judge with the original first, then second. */
export interface Judgement {
  readonly judge: string
  readonly originalFirst: boolean
  /** Absent where the call failed or the reply could not be read. */
  readonly verdict?: EquivalenceReply | undefined
}

export interface QueuedParaphrase {
  readonly name: string
  readonly original: string
  readonly text: string
  readonly recipe: Recipe
  readonly judgements: readonly Judgement[]
}

export type DropReason =
  | 'call-failed'
  | 'reply-unreadable'
  | 'control-characters'
  | 'placeholders-differ'
  | 'duplicate'
  | 'not-equivalent'

export interface ParaphraseHarvest {
  readonly accepted: readonly Paraphrase[]
  /** Judges disagreed or gave no verdict: a person decides. */
  readonly queue: readonly QueuedParaphrase[]
  /** Candidates by reason; `call-failed` and `reply-unreadable` count replies. */
  readonly dropped: Readonly<Record<DropReason, number>>
  /** Candidates that judges saw. */
  readonly judged: number
  readonly calls: number
  readonly promptsHash: string
}

/** Escape sequences, characters that turn the direction of text, and the like: no wording, and nothing for a terminal. */
const controlCharacter = /(?![\n\t\u00ad\u200c\u200d])[\p{Cc}\p{Cf}]/u

/** Further requests for a recipe whose replies gave too few usable candidates. */
const retries = 2

export async function makeParaphrases(options: {
  /** The instruction, with its placeholders. */
  readonly template: string
  /** Fills the texts that judges see. */
  readonly example: BlindItem
  /** Candidates wanted from each recipe. */
  readonly perRecipe: number
  readonly generator: Asked
  /** Two models of different names, best of different families. */
  readonly judges: readonly [Asked, Asked]
}): Promise<ParaphraseHarvest> {
  const { template, example, perRecipe, generator, judges } = options
  if (judges[0].name === judges[1].name)
    fail('judges-are-one', { judge: judges[0].name }, 'name two different models as judges')
  if (judges.some(({ name }) => name === generator.name))
    fail('generator-judges-itself', { generator: generator.name }, 'name judges that do not write the wordings')
  const dropped: Record<DropReason, number> = {
    'call-failed': 0,
    'reply-unreadable': 0,
    'control-characters': 0,
    'placeholders-differ': 0,
    duplicate: 0,
    'not-equivalent': 0,
  }
  const wanted = placeholdersOf(template).join()
  const seen = new Set([normal(template)])
  const accepted: Paraphrase[] = []
  const queue: QueuedParaphrase[] = []
  let calls = 0
  let judged = 0
  for (const recipe of recipes) {
    const candidates: string[] = []
    for (let round = 0; round <= retries && candidates.length < perRecipe; round++) {
      calls++
      const count = perRecipe - candidates.length
      const outcome = await generator.call(generationRequest({ template, recipe, count, round }), 'paraphrase')
      const list = outcome.kind === 'response' ? readList(outcome.response.text) : undefined
      if (list === undefined) dropped[outcome.kind === 'failure' ? 'call-failed' : 'reply-unreadable']++
      for (const text of (list ?? []).slice(0, count)) {
        if (controlCharacter.test(text)) dropped['control-characters']++
        else if (placeholdersOf(text).join() !== wanted) dropped['placeholders-differ']++
        else if (seen.has(normal(text))) dropped.duplicate++
        else {
          seen.add(normal(text))
          candidates.push(text)
        }
      }
    }
    for (const [index, text] of candidates.entries()) {
      const judgements = await judgementsOf({ template, text, example, judges })
      calls += judgements.length
      judged++
      const name = `${recipe}-${index + 1}`
      const verdicts = judgements.map(({ verdict }) => verdict?.equivalent)
      if (verdicts.every((verdict) => verdict === true)) accepted.push({ name, text, equivalence: 'judged' })
      else if (verdicts.every((verdict) => verdict === false)) dropped['not-equivalent']++
      else queue.push({ name, original: template, text, recipe, judgements })
    }
  }
  return { accepted, queue, dropped, judged, calls, promptsHash }
}

async function judgementsOf(of: {
  readonly template: string
  readonly text: string
  readonly example: BlindItem
  readonly judges: readonly [Asked, Asked]
}): Promise<readonly Judgement[]> {
  const original = filled(of.template, of.example)
  const other = filled(of.text, of.example)
  const judgements: Judgement[] = []
  for (const judge of of.judges) {
    for (const originalFirst of [true, false]) {
      const request = originalFirst ? equivalenceRequest(original, other) : equivalenceRequest(other, original)
      const outcome = await judge.call(request, 'judge')
      const verdict = outcome.kind === 'response' ? readEquivalence(outcome.response.text) : undefined
      judgements.push({ judge: judge.name, originalFirst, verdict })
    }
  }
  return judgements
}

/** Placeholders of the renderer stand for what the example shows there; the others say what they are. */
function filled(template: string, example: BlindItem): string {
  const known: Readonly<Record<string, string>> = {
    question: example.input,
    context: example.context ?? '',
    options: (example.options ?? []).join('\n'),
  }
  const values = placeholdersOf(template).map((name): [string, string] => [name, known[name] ?? `<${name}>`])
  return fillPlaceholders(template, Object.fromEntries(values))
}

/** Texts that differ by case and white space alone are one. */
function normal(text: string): string {
  return text.toLowerCase().replaceAll(/\s+/g, ' ').trim()
}
