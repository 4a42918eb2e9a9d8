/**
 * Whether a protocol asks in a way that its scorers can read and that its factors can change.
 *
 * A free question about an item with options does not show them. That is a measure of its own, and easily asked by
 * mistake: it is said wherever the study is planned, run and reported, and what makes no sense with it is refused.
 */
import {
  type AskedFor,
  askedForms,
  blindItem,
  type Factor,
  type Item,
  type Protocol,
  type RenderState,
  type Scorer,
  showsOptions,
  startRender,
} from '../domain/index.ts'
import type { Random } from '../random/index.ts'
import { type Caveat, fail } from '../stats/index.ts'
import type { Chosen } from './plug-ins.ts'

interface Parts {
  readonly protocol: Protocol
  readonly factors: readonly (Chosen<Factor> & { readonly levels: readonly string[] })[]
  readonly scorers: readonly Chosen<Scorer>[]
  readonly items: readonly Item[]
  readonly random: Random
}

interface Asking {
  readonly form: AskedFor
  /** Whether the options are part of the prompt. */
  readonly shows: boolean
  /** Level that asks so, where a factor varies the way of asking. */
  readonly level: string | undefined
}

export interface CheckedAsking {
  /** What a reader must know of the way of asking. */
  readonly caveats: readonly Caveat[]
  /** Whether options are weighed by their likelihoods, under some level at least. */
  readonly weighs: boolean
}

/** Refuses scorers that could read nothing and factors that change nothing. */
export function checkAsking(parts: Parts): CheckedAsking {
  const askings = askingsOf(parts)
  return {
    caveats: [...hiddenOptions(parts, askings), ...scorerCaveats(parts, askings), ...factorCaveats(parts, askings)],
    weighs: askings.some(({ form }) => form === 'likelihood'),
  }
}

function askingsOf({ protocol, factors, items, random }: Parts): readonly Asking[] {
  const askings: Asking[] = items.some(({ options }) => options === undefined)
    ? [{ form: 'open', shows: false, level: undefined }]
    : []
  const withOptions = items.find(({ options }) => options !== undefined)
  if (withOptions === undefined) return askings
  const item = blindItem(withOptions)
  const start = startRender({
    item,
    instruction: protocol.instruction,
    system: protocol.system,
    answerMode: protocol.answer,
    decoding: protocol.decoding,
  })
  const asking = (state: RenderState, level: string | undefined): Asking => ({
    form: state.answerMode,
    shows: showsOptions(state),
    level,
  })
  const varied = factors
    .filter(({ plugIn }) => plugIn.kind === 'answer-mode')
    .flatMap(({ plugIn, parameters, levels }) =>
      levels.map((level) =>
        asking(plugIn.apply({ state: start, item, level, parameters, random, sharedRandom: random }), level),
      ),
    )
  return [...askings, ...(varied.length > 0 ? varied : [asking(start, undefined)])]
}

function hiddenOptions({ items, scorers }: Parts, askings: readonly Asking[]): readonly Caveat[] {
  const hidden = askings.filter(({ form, shows }) => form === 'generative' && !shows)
  if (hidden.length === 0) return []
  const count = items.filter(({ options }) => options !== undefined).length
  const readers = scorers.filter(({ plugIn }) => plugIn.reads.includes('generative')).map(({ label }) => label)
  const values = { items: count, scorers: readers.join(', ') }
  const levels = hidden.flatMap(({ level }) => level ?? [])
  return levels.length === 0
    ? [{ code: 'options-hidden', severity: 'caution', values }]
    : [{ code: 'options-hidden-at-levels', severity: 'note', values: { ...values, levels: levels.join(', ') } }]
}

function scorerCaveats({ protocol, scorers }: Parts, askings: readonly Asking[]): readonly Caveat[] {
  const forms = [...new Set(askings.map(({ form }) => form))]
  for (const form of forms) {
    if (!scorers.some(({ plugIn }) => plugIn.reads.includes(form)))
      fail('no-scorer-reads-answers', { asked: askedForms[form], scorers: labels(scorers) }, fixes[form])
  }
  return scorers.flatMap(({ plugIn, label }): readonly Caveat[] => {
    const unread = forms.filter((form) => !plugIn.reads.includes(form))
    const [first] = unread
    if (first === undefined) return []
    const claim = protocol.claims.find(({ scorer }) => scorer === label)
    const values = { scorer: label, asked: unread.map((form) => askedForms[form]).join(', ') }
    if (claim !== undefined) fail('claim-scorer-cannot-read-answers', { claim: claim.id, ...values }, fixes[first])
    return [{ code: 'scorer-reads-not-all-answers', severity: 'note', values }]
  })
}

function factorCaveats({ factors, items }: Parts, askings: readonly Asking[]): readonly Caveat[] {
  const idle = items.filter(({ options }) => options === undefined).length
  return factors.flatMap(({ plugIn, label }): readonly Caveat[] => {
    if (plugIn.varies === undefined) return []
    const asked = askings.filter(({ form }) => form !== 'open')
    const moved = plugIn.varies === 'options' ? asked : asked.filter(({ shows }) => shows)
    if (asked.length === 0)
      fail('factor-needs-options', { factor: label }, 'give the items options, or drop the factor')
    if (moved.length === 0)
      fail(
        'factor-needs-shown-options',
        { factor: label, asked: [...new Set(asked.map(({ form }) => askedForms[form]))].join(', ') },
        'write answer: letter or text, which show the options, or drop the factor',
      )
    const still = asked.filter((each) => !moved.includes(each)).flatMap(({ level }) => level ?? [])
    if (still.length === 0 && idle === 0) return []
    return [
      {
        code: 'factor-changes-not-all',
        severity: 'note',
        values: { factor: label, levels: still.join(', ') || 'none', open: idle },
      },
    ]
  })
}

const fixes: Readonly<Record<AskedFor, string>> = {
  letter: 'use multiple-choice',
  text: 'use multiple-choice',
  likelihood: 'use likelihood',
  generative:
    'write answer: letter or text to show the options, or use normalised-match, exact-match, regular-expression or model-graded, which compare with the text of the right option',
  open: 'use numeric, normalised-match, exact-match, regular-expression or model-graded for items without options',
}

function labels(scorers: Parts['scorers']): string {
  return scorers.map(({ label }) => label).join(', ')
}
