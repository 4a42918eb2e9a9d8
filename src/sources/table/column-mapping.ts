/** What the columns of a table mean: as the user says, else by the names they go by. */
import { fail } from '../../stats/index.ts'
import { factorNames, plainName, type Role, roleNames } from './column-names.ts'
import type { CountMapping } from './count-columns.ts'
import type { JudgementMapping } from './judgements.ts'
import { type ScoreRescale, scoreRescale } from './score-rescale.ts'
import type { ItemBinding, TextBinding } from './text-binding.ts'

export interface ColumnMapping {
  readonly item: ItemBinding
  /** Columns of scores. With a `scorer` column there is one; else each is a scorer of its own name. */
  readonly scores: readonly string[]
  readonly rescale: ScoreRescale | undefined
  /** Successes in tries instead of a score. */
  readonly counts: CountMapping | undefined
  /** Decisions of a judge and the truth instead of a score. */
  readonly judgement: JudgementMapping | undefined
  /** One column per model (a wide table) or the text of the model; undefined where the table names none. */
  readonly model: TextBinding | { readonly wide: readonly string[] | 'rest' } | undefined
  readonly texts: Readonly<Partial<Record<TextRole, TextBinding>>>
  readonly numbers: Readonly<Partial<Record<NumberRole, string>>>
  /** Factors that the user named; others are found by name and kept only if they vary within an item. */
  readonly factors: ReadonlyMap<string, TextBinding>
  readonly likelyFactors: readonly string[]
  readonly attributes: ReadonlyMap<string, TextBinding>
  /** Keys that the user gave. */
  readonly given: ReadonlySet<string>
}

export type TextRole = 'task' | 'cluster' | 'replicate' | 'technique' | 'scorer' | 'answer' | 'missing' | 'run'
export type NumberRole = 'inputTokens' | 'outputTokens' | 'cost' | 'latencyMs'

const textRoles: readonly TextRole[] = [
  ...(['task', 'cluster', 'replicate', 'technique', 'scorer', 'answer', 'missing', 'run'] as const),
]
const numberRoles: readonly NumberRole[] = ['inputTokens', 'outputTokens', 'cost', 'latencyMs']
const scoreKeys: readonly string[] = [
  ...(['score.recode', 'score.range', 'successes', 'trials', 'truth', 'decision', 'order', 'order.swapped'] as const),
]
const keys: readonly string[] = ['item', 'model', 'score', ...scoreKeys, ...textRoles, ...numberRoles]

/** What is known of the mapping; `item` or `scores` may be missing, and then `refuseMapping` says what to do. */
export interface PartialMapping extends Omit<ColumnMapping, 'item'> {
  readonly item: ItemBinding | undefined
  /** Columns that could each be the item, or the score, with nothing to choose by. */
  readonly ambiguous: { readonly item: readonly string[]; readonly score: readonly string[] }
}

export interface MappingInput {
  readonly path: string
  /** Names of the columns, in order. */
  readonly names: readonly string[]
  /** `--columns`, by key. */
  readonly given: Readonly<Record<string, string>>
}

/** Columns that say themselves what they are, as tables that we write do. */
const selfNamed = /^(factor|attribute):./

/** Whether a column must be kept whole because some mapping may need it. */
export function mayBeNeeded(given: Readonly<Record<string, string>>): (name: string) => boolean {
  const spoken = new Set(Object.values(given).flatMap((value) => [value, ...value.split(/[|+]|columns:/)]))
  const known = new Set([...Object.values(roleNames).flat(2), ...factorNames])
  return (name) =>
    selfNamed.test(name) ||
    known.has(plainName(name)) ||
    spoken.has(name) ||
    [...spoken].some((text) => sameName(text, name))
}

export function mapColumns({ path, names, given }: MappingInput): PartialMapping {
  const find = new ColumnFinder(path, names)
  for (const key of Object.keys(given))
    if (!keys.includes(key) && !selfNamed.test(key))
      fail('unknown-column-key', { key }, `use one of ${keys.join(', ')}, factor:NAME, attribute:NAME`)
  // What the user says comes first, so that no column is taken by name that the user gave another meaning.
  const said = (key: string): string | undefined => given[key]
  const prefixed = (prefix: string): Map<string, TextBinding> => {
    const own = names.filter((name) => name.startsWith(prefix) && name.length > prefix.length && !(name in given))
    const said = Object.keys(given).filter((key) => key.startsWith(prefix) && hasText(given[key]))
    return new Map(
      [...said, ...own].map((key) => [key.slice(prefix.length), find.text(given[key] ?? key, key)] as const),
    )
  }
  const factors = prefixed('factor:')
  const attributes = prefixed('attribute:')
  const texts: Partial<Record<TextRole, TextBinding>> = {}
  for (const role of textRoles) if (hasText(said(role))) texts[role] = find.text(said(role) ?? '', role)
  const numbers: Partial<Record<NumberRole, string>> = {}
  for (const role of numberRoles) if (hasText(said(role))) numbers[role] = find.one(said(role) ?? '', role)
  let item: ItemBinding | undefined = hasText(said('item')) ? find.item(said('item') ?? '') : undefined
  const { counts, judgement } = instead(find, said)
  if (judgement?.order !== undefined) factors.set('order', judgement.order)
  let scores = hasText(said('score')) ? find.several(said('score') ?? '', 'score') : []
  let model = hasText(said('model')) ? find.model(said('model') ?? '') : undefined

  // The rest by name. A key given as `task=-` leaves that role empty.
  const open = (role: string): boolean => said(role) === undefined
  const ambiguous: { item: readonly string[]; score: readonly string[] } = { item: [], score: [] }
  const wide = model !== undefined && 'wide' in model
  if (item === undefined && open('item')) {
    const candidates = find.candidates('item')
    if (candidates.length === 1 && candidates[0] !== undefined) item = find.text(candidates[0], 'item')
    else ambiguous.item = candidates
  }
  if (scores.length === 0 && open('score') && !wide && counts === undefined && judgement === undefined) {
    const candidates = find.candidates('score')
    if (candidates.length === 1) scores = candidates.map((name) => find.one(name, 'score'))
    else ambiguous.score = candidates
  }
  if (model === undefined && open('model')) {
    // Where judges are judged, they are the models.
    const name = find.candidates('model')[0] ?? (judgement === undefined ? undefined : find.candidates('scorer')[0])
    if (name !== undefined) model = find.text(name, 'model')
  }
  for (const role of textRoles) {
    if (texts[role] !== undefined || !open(role)) continue
    const found = find.candidates(role)
    // Two columns of repeats (a seed and an epoch) number them together; any other role takes the surest name.
    const chosen = role === 'replicate' ? found : found.slice(0, 1)
    if (chosen.length > 0) texts[role] = { columns: chosen.map((name) => find.one(name, role)) }
  }
  for (const role of numberRoles) {
    const name = find.candidates(role)[0]
    if (numbers[role] === undefined && open(role) && name !== undefined) numbers[role] = find.one(name, role)
  }
  return {
    item,
    scores,
    rescale: scoreRescale(given),
    counts,
    judgement,
    model,
    texts,
    numbers,
    factors,
    attributes,
    likelyFactors: find.left().filter((name) => factorNames.includes(plainName(name))),
    given: new Set(Object.keys(given)),
    ambiguous,
  }
}

/** Columns that a binding reads. */
export function columnsOf(binding: ItemBinding | undefined): readonly string[] {
  return binding !== undefined && 'columns' in binding ? binding.columns : []
}

/** What a table may hold in place of a score. */
function instead(
  find: ColumnFinder,
  said: (key: string) => string | undefined,
): Pick<ColumnMapping, 'counts' | 'judgement'> {
  const [successes, trials, truth, decision] = [said('successes'), said('trials'), said('truth'), said('decision')]
  const pair = (first: [string, string | undefined], second: [string, string | undefined]): boolean => {
    if (hasText(first[1]) !== hasText(second[1])) {
      const [has, lacks] = hasText(first[1]) ? [first[0], second[0]] : [second[0], first[0]]
      fail('column-lacks-its-partner', { has, lacks }, `give both: --columns ${first[0]}=NAME,${second[0]}=NAME`)
    }
    return hasText(first[1])
  }
  const counted = pair(['successes', successes], ['trials', trials])
  const judged = pair(['decision', decision], ['truth', truth])
  return {
    counts: counted
      ? { successes: find.one(successes ?? '', 'successes'), trials: find.one(trials ?? '', 'trials') }
      : undefined,
    judgement: judged
      ? {
          truth: find.text(truth ?? '', 'truth'),
          decision: find.text(decision ?? '', 'decision'),
          order: hasText(said('order')) ? find.text(said('order') ?? '', 'order') : undefined,
          swapped: said('order.swapped'),
        }
      : undefined,
  }
}

class ColumnFinder {
  readonly #path: string
  readonly #names: readonly string[]
  readonly #taken = new Set<string>()

  constructor(path: string, names: readonly string[]) {
    this.#path = path
    this.#names = names
  }

  /** Columns that no role has taken. */
  left(): readonly string[] {
    return this.#names.filter((name) => !this.#taken.has(name))
  }

  /** `=text` is that text in every row; `a+b` joins two columns. A column of exactly that name comes first. */
  text(value: string, key: string): TextBinding {
    if (this.#named(value) !== undefined) return { columns: [this.one(value, key)] }
    if (value.startsWith('=')) return { literal: value.slice(1) }
    return { columns: value.split('+').map((part) => this.one(part, key)) }
  }

  item(value: string): ItemBinding {
    return value === '#row' && this.#named(value) === undefined ? { ownRow: true } : this.text(value, 'item')
  }

  one(value: string, key: string): string {
    const name = this.#named(value)
    if (name === undefined) {
      const seen = this.#names.slice(0, 40).join(', ')
      const fix = `name one of the columns: ${seen}${this.#names.length > 40 ? ' …' : ''}`
      return fail('column-not-found', { path: this.#path, key, column: value }, fix)
    }
    this.#taken.add(name)
    return name
  }

  several(value: string, key: string): readonly string[] {
    return this.#named(value) === undefined
      ? value.split('|').map((part) => this.one(part, key))
      : [this.one(value, key)]
  }

  model(value: string): TextBinding | { readonly wide: readonly string[] | 'rest' } {
    if (this.#named(value) !== undefined || !value.startsWith('columns:')) return this.text(value, 'model')
    const columns = value.slice('columns:'.length)
    return { wide: columns === '*' ? 'rest' : this.several(columns, 'model') }
  }

  /** Free columns of the surest rank of names that the table has. */
  candidates(role: Role): readonly string[] {
    for (const rank of roleNames[role]) {
      const found = this.left().filter((name) => rank.includes(plainName(name)))
      if (found.length > 0) return found.toSorted((a, b) => rank.indexOf(plainName(a)) - rank.indexOf(plainName(b)))
    }
    return []
  }

  #named(value: string): string | undefined {
    if (this.#names.includes(value)) return value
    const alike = this.#names.filter((name) => sameName(value, name))
    return alike.length === 1 ? alike[0] : undefined
  }
}

/** `task=-` says that no column is the task. */
function hasText(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== '-'
}

function sameName(written: string, name: string): boolean {
  return written !== '' && plainName(written) !== '' && plainName(written) === plainName(name)
}
