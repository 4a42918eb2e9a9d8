/** The options a reply mentions: where it declares its answer, and anywhere. */
import type { NamedOption } from './option-texts.ts'

export interface Mentions {
  /** Canonical indices named by label, and by text. */
  readonly labels: ReadonlySet<number>
  readonly texts: ReadonlySet<number>
}

export interface ChoiceMentions {
  /** Inside "the answer is …" and the like; undefined where the reply declares nothing. */
  readonly declared: Mentions | undefined
  readonly anywhere: Mentions
  /** Something outside option texts is denied or in question: what is mentioned may be what is ruled out. */
  readonly negated: boolean
}

export interface TextToSearch {
  readonly text: string
  readonly options: readonly NamedOption[]
  /** Whether the prompt showed labels: where it did not, a letter is just a letter. */
  readonly labelsShown: boolean
}

export function choiceMentions(search: TextToSearch): ChoiceMentions {
  const text = search.text.normalize('NFKC').replace(/[*_`$]|\\boxed|\\text/g, ' ')
  const clauses = clausesOf(text, search.options)
  const mentioned = (standing: Clause['standing']): readonly Mentions[] =>
    clauses
      .filter((clause) => clause.standing === standing)
      .map((clause) => mentionsIn({ ...search, text: clause.text, declared: true }))
  const found = mentioned('declared')
  const declared = found.some(({ labels, texts }) => labels.size + texts.size > 0) ? merged(found) : undefined
  return {
    declared,
    anywhere: merged([mentionsIn({ ...search, text, declared: false }), ...mentioned('conditional')]),
    negated: denial.test(withoutTexts(text, search.options)) || clauses.some(({ standing }) => standing === 'asked'),
  }
}

const denial =
  /\b(?:not|never|neither|nor|cannot|except|wrong|incorrect|false|eliminate\w*|rule[sd]? out|unlikely|either|unsure|depends)\b|n['’]t\b/iu

const cue =
  /\b(?:answer|choice|option|selection|pick)(?:\s+(?:here|for this|to the question))?\s*(?:is|was|would be|should be|must be|:|=|->|→)+\s*:?|\b(?:i(?:'d|['’]ll| would| will)?\s+(?:choose|pick|select|go with|say|answer(?:\s+with)?))\b|\b(?:correct|right|best)\s+(?:one\s+)?is\b:?/giu

interface Clause {
  readonly text: string
  /** Whether it says what the answer is, asks it and goes on, or says it on a condition. */
  readonly standing: 'declared' | 'asked' | 'conditional'
}

/** What is said after a cue, up to the end of its clause. Options that are set aside there ("not A") are cut out. */
function clausesOf(text: string, options: readonly NamedOption[]): readonly Clause[] {
  return [...text.matchAll(cue)].map((match) => {
    const after = text.slice(match.index + match[0].length).replace(/^[\s:]+/u, '')
    const end = endOfClause(after, options)
    const clause = after.slice(0, end)
    const asked = after[end] === '?' && after.slice(end + 1).trim() !== ''
    const conditional = condition.test(withoutTexts(clause, options))
    return { text: clause.replace(setAside, ' '), standing: asked ? 'asked' : conditional ? 'conditional' : 'declared' }
  })
}

const condition = /\b(?:if|unless|were|had)\b/iu

const setAside =
  /[,;(\s]*\b(?:and\s+)?(?:not|rather than|instead of|unlike|over)\s+(?:(?:option|choice|answer)\s+)?[([]?[^\s,;.)\]]+[)\]]?/giu

/** A clause ends with its sentence or where reasons begin, but never inside the text of an option. */
function endOfClause(text: string, options: readonly NamedOption[]): number {
  const spans = textSpans(text, options)
  for (const match of text.matchAll(
    /\n|[.!?;](?=\s|$)|\b(?:because|since|as|which|although|though|but|given|while|whereas)\b/giu,
  )) {
    // "A. Paris": the stop after a label ends nothing.
    const isLabel =
      match[0] === '.' && options.some(({ label }) => text.slice(0, match.index).trim().replace(/^[([]/, '') === label)
    const inside = spans.some(({ start, end }) => match.index >= start && match.index < end)
    if (!isLabel && !inside) return match.index
  }
  return text.length
}

const onlyAscii = /^[\x20-\x7e\s]*$/

interface Span {
  readonly start: number
  readonly end: number
  readonly canonical: number
}

/** Places where options are named by text: whole words, longer texts first, so that "York" is not seen in "New York". */
function textSpans(text: string, options: readonly NamedOption[]): readonly Span[] {
  const spans: Span[] = []
  // In other scripts a letter may have more than two cases.
  const isAscii = onlyAscii.test(text)
  const lowered = text.toLowerCase()
  const named = options.flatMap(({ canonical, texts }) =>
    texts.map((each) => ({
      canonical,
      wanted: each
        .normalize('NFKC')
        .replace(/[*_`$]/g, ' ')
        .trim(),
    })),
  )
  for (const { canonical, wanted } of named.sort((a, b) => b.wanted.length - a.wanted.length)) {
    if (wanted === '') continue
    const words = wanted.split(/\s+/)
    // Most options are not named at all, and a pattern made for each costs more than all else a reader does.
    if (isAscii && onlyAscii.test(wanted) && !words.every((word) => lowered.includes(word.toLowerCase()))) continue
    const pattern = words.map(escapePattern).join('\\s+')
    // A number is not named by a longer one: 5 is not in 15, 3.5, 5,000 or −5.
    const numeric = /^[\d.,+-]+$/.test(wanted)
    const before = numeric ? '(?<![\\p{L}\\p{N}.,-]|[-.]\\s?)' : '(?<![\\p{L}\\p{N}])'
    const after = numeric ? '(?![\\p{L}\\p{N}%]|[.,]\\d)' : '(?![\\p{L}\\p{N}])'
    for (const { index, 0: match } of text.matchAll(new RegExp(before + pattern + after, 'giu'))) {
      const end = index + match.length
      const covered = spans.some(
        (span) =>
          index < span.end && end > span.start && span.canonical !== canonical && span.end - span.start > match.length,
      )
      if (!covered) spans.push({ start: index, end, canonical })
    }
  }
  return spans
}

function mentionsIn(search: TextToSearch & { readonly declared: boolean }): Mentions {
  const { text, options, labelsShown, declared } = search
  const texts = new Set(textSpans(text, options).map(({ canonical }) => canonical))
  if (!labelsShown) return { labels: new Set(), texts }
  const masked = withoutTexts(text, options)
  const matching = (pattern: (label: string) => RegExp): readonly number[] =>
    options.filter(({ label }) => pattern(label).test(masked)).map(({ canonical }) => canonical)
  const named = matching((label) => (declared ? declaredLabel(label) : markedLabel(label)))
  // A bare letter names no option ("vitamin C"), but beside a marked one it makes the reply ambiguous.
  const bare = named.length === 0 ? [] : matching(bareLabel)
  return { labels: new Set([...named, ...bare]), texts }
}

const clauseEnd = '(?=\\s*(?:$|[.,;:!?)\\]"\'\\n/&-]|(?:and|or|because|since|as|which|not|rather|instead)\\b))'

/** In brackets, alone or with a mark at the start of a line, before `)` or `:`, after "option" or "so". */
function markedLabel(label: string): RegExp {
  return new RegExp(markedPattern(escapePattern(label)), 'u')
}

function declaredLabel(label: string): RegExp {
  const it = escapePattern(label)
  return new RegExp(`${markedPattern(it)}|${barePattern(label)}`, 'u')
}

function bareLabel(label: string): RegExp {
  return new RegExp(barePattern(label), 'u')
}

function markedPattern(it: string): string {
  return [
    `[(\\[<{]\\s?${it}\\s?[)\\]>}]`,
    `(?:^|\\n)\\s*${it}\\s?(?:[.):]|-\\s|$|\\n)`,
    `(?<![\\p{L}\\p{N}'.])${it}[):](?=\\s|$)`,
    `\\b(?:[Oo]ption|[Cc]hoice|[Ll]etter|[Ll]abel|[Aa]nswer)s?\\s+${it}(?![\\p{L}\\p{N}])`,
    `\\b(?:[Ii]t['’]s|[Ii]t is|[Ss]o|[Tt]herefore|[Tt]hus|[Hh]ence),?\\s+${it}${clauseEnd}`,
  ].join('|')
}

/** A, I, a and i are English words: they need something behind them that no sentence goes on with. */
function barePattern(label: string): string {
  const it = escapePattern(label)
  return /^[AaIi]$/.test(label)
    ? `(?<![\\p{L}\\p{N}'])${it}${clauseEnd}`
    : `(?<![\\p{L}\\p{N}'.])${it}(?![\\p{L}\\p{N}'])`
}

/** The text with option texts blanked: letters and denials inside them say nothing of the choice. */
function withoutTexts(text: string, options: readonly NamedOption[]): string {
  let masked = text
  for (const { start, end } of textSpans(text, options)) {
    const isLabel = options.some(({ label }) => label === text.slice(start, end))
    if (!isLabel) masked = masked.slice(0, start) + ' '.repeat(end - start) + masked.slice(end)
  }
  return masked
}

function merged(all: readonly Mentions[]): Mentions {
  return {
    labels: new Set(all.flatMap(({ labels }) => [...labels])),
    texts: new Set(all.flatMap(({ texts }) => [...texts])),
  }
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
}
