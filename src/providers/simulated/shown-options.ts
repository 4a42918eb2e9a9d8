/**
 * Finds the options of an item in the prompt as it was rendered: which, in which order, under which labels.
 *
 * A simulated model is shown what a real one is shown and nothing else, so it reads labels from the text. The last list
 * counts: those before it belong to worked examples.
 */

export interface SeenOption {
  /** Index in the item's canonical options. */
  readonly canonical: number
  /** As printed, without its wrapper; absent where options carry no labels. */
  readonly label?: string | undefined
}

/** Options in the order shown; undefined where the prompt does not show all of them. */
export type OptionReader = (prompt: string) => readonly SeenOption[] | undefined

/** Prepares the patterns for an item once; the reader is then called for every prompt. */
export function openOptionReader(options: readonly string[]): OptionReader {
  const texts = options.map(normal)
  const isForeign = options.some((text) => foreign.test(text))
  const patterns = new Map<Characters, EntryPatterns>()
  return (prompt) => {
    const characters = isForeign || foreign.test(prompt) ? 'unicode' : 'ascii'
    const entries = patterns.get(characters) ?? entryPatterns(options, characters)
    patterns.set(characters, entries)
    const [one, other] = entries.map((entry) => labelledList({ prompt, entry, texts }))
    const exact = (other?.end ?? 0) > (one?.end ?? 0) ? other : one
    // Examples may be intact where the question itself was disturbed: a later list counts more than an exact one.
    const tail = exact === undefined ? prompt : prompt.slice(exact.end)
    return noisyList({ prompt: tail, texts }) ?? exact?.shown ?? plainList({ prompt, options })
  }
}

/** Label before the text, and after it. */
type EntryPatterns = readonly [RegExp, RegExp]
type Characters = 'ascii' | 'unicode'

/** Letters and digits beyond ASCII and Roman numerals, and what takes two code units. */
const foreign = /(?![\0-\x7f\u2160-\u217f])[\p{L}\p{N}]|[\u{10000}-\u{10ffff}]/u

/** Unicode classes take ten times as long to compile as these ranges, which say the same where nothing foreign is. */
function entryPatterns(options: readonly string[], characters: Characters): EntryPatterns {
  const anyText = [...options]
    .sort((a, b) => b.length - a.length)
    .map((text) => escapeText(text))
    .join('|')
  const label = '(?<open>[(\\[<{]?)(?<label>[^\\s()\\[\\]<>{}.:]{1,5})(?<close>\\s?[)\\]>}]|[.:])?'
  const word = characters === 'ascii' ? '[a-zA-Z0-9\\u2160-\\u217f]' : '[\\p{L}\\p{N}]'
  const flags = characters === 'ascii' ? 'gi' : 'giu'
  const gap = '(?<gap>[\\s:.–—-]{0,4})'
  return [
    new RegExp(`(?<!${word})${label}${gap}(?<text>${anyText})(?!${word})`, flags),
    new RegExp(`(?<!${word})(?<text>${anyText})${gap}${label}(?!${word})`, flags),
  ]
}

interface Entry {
  readonly shape: string
  readonly label: string
  readonly canonical: number
  readonly end: number
}

/** The last run of entries of one shape that names every option once. */
function labelledList(search: {
  readonly prompt: string
  readonly entry: RegExp
  readonly texts: readonly string[]
}): { readonly shown: readonly SeenOption[]; readonly end: number } | undefined {
  const { prompt, entry, texts } = search
  const entries: Entry[] = []
  for (const match of prompt.matchAll(entry)) {
    const { open, label, close, gap, text } = match.groups ?? {}
    const canonical = texts.indexOf(normal(text ?? ''))
    const end = match.index + match[0].length
    entries.push({ shape: `${open}_${close}_${gap}`, label: label ?? '', canonical, end })
  }
  const count = texts.length
  for (let end = entries.length; end >= count; end--) {
    const run = entries.slice(end - count, end)
    const shape = run[0]?.shape
    const one = run.every((each) => each.shape === shape)
    const labels = run.map(({ label }) => label)
    const marked = shape !== undefined && /[()[\]<>{}.:]/.test(shape)
    if (!one || new Set(run.map(({ canonical }) => canonical)).size !== count) continue
    if (new Set(labels).size === count && (marked || isFamily(labels)))
      return { shown: run.map(({ canonical, label }) => ({ canonical, label })), end: run.at(-1)?.end ?? 0 }
  }
  return undefined
}

const romans = ['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix', 'x', 'xi', 'xii']
const families: readonly (readonly string[])[] = [
  [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'],
  [...'abcdefghijklmnopqrstuvwxyz'],
  Array.from({ length: 26 }, (_, index) => String(index + 1)),
  romans,
  romans.map((roman) => roman.toUpperCase()),
  Array.from({ length: 12 }, (_, index) => String.fromCodePoint(0x2160 + index)),
]

function isFamily(labels: readonly string[]): boolean {
  return families.some((family) => labels.every((label, index) => family[index] === label))
}

/** Labels are intact but texts were disturbed (typos, case): each text is taken for the option it most resembles. */
function noisyList(search: {
  readonly prompt: string
  readonly texts: readonly string[]
}): readonly SeenOption[] | undefined {
  const { prompt, texts } = search
  for (const family of families) {
    const labels = family.slice(0, texts.length)
    if (labels.length < texts.length || !labels.every((label) => prompt.includes(label))) continue
    const pattern = labels
      .map((label) => `(?<![\\p{L}\\p{N}])[(\\[<{]?${label}(?:\\s?[)\\]>}]|[.:])\\s{0,2}([^\\n]{1,200}?)`)
      .join('\\s*[^\\p{L}\\p{N}]{0,6}')
    const found = [...prompt.matchAll(new RegExp(`${pattern}(?=\\n|$)`, 'gu'))].at(-1)
    if (found === undefined) continue
    const free = new Set(texts.keys())
    let likenesses = 0
    const list = labels.map((label, index): SeenOption => {
      const shown = normal(found[index + 1] ?? '')
      const likeness = (canonical: number): number => overlap(shown, texts[canonical] ?? '')
      const canonical = [...free].reduce((best, next) => (likeness(next) > likeness(best) ? next : best))
      likenesses += likeness(canonical)
      free.delete(canonical)
      return { canonical, label }
    })
    if (likenesses / texts.length >= leastLikeness) return list
  }
  return undefined
}

/** Below this share of common letter pairs, a list is taken for something else than the options. */
const leastLikeness = 0.2

/** Options that stand in the prompt without labels. */
function plainList(search: {
  readonly prompt: string
  readonly options: readonly string[]
}): readonly SeenOption[] | undefined {
  const places = search.options.map((text, canonical) => ({
    canonical,
    at: [...search.prompt.matchAll(new RegExp(`(?<![\\p{L}\\p{N}])${escapeText(text)}(?![\\p{L}\\p{N}])`, 'giu'))].at(
      -1,
    )?.index,
  }))
  if (places.some(({ at }) => at === undefined)) return undefined
  return places.sort((a, b) => (a.at ?? 0) - (b.at ?? 0)).map(({ canonical }) => ({ canonical }))
}

/** Share of letter pairs that two texts have in common (Dice). */
function overlap(a: string, b: string): number {
  const left = pairs(a)
  const right = pairs(b)
  let shared = 0
  for (const pair of left) if (right.has(pair)) shared++
  return left.size + right.size === 0 ? 0 : (2 * shared) / (left.size + right.size)
}

function pairs(text: string): ReadonlySet<string> {
  return new Set(Array.from({ length: text.length + 1 }, (_, index) => ` ${text} `.slice(index, index + 2)))
}

function normal(text: string): string {
  return text.trim().replaceAll(/\s+/g, ' ').toLowerCase()
}

function escapeText(text: string): string {
  return text
    .trim()
    .split(/\s+/)
    .map((word) => word.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&'))
    .join('\\s+')
}
