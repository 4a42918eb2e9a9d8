/** Says why a table cannot be read, which columns it has, and the mapping that was probably meant. */
import { fail } from '../../stats/index.ts'
import { columnsOf, type PartialMapping } from './column-mapping.ts'
import { factorNames, plainName, successesNames, totalNames, triesNames } from './column-names.ts'
import { isScoreText } from './score-columns.ts'
import type { TableBuffer } from './table-buffer.ts'

export function refuseMapping(buffer: TableBuffer, mapping: PartialMapping): never {
  const profiles = buffer.names.map((name) => profileOf(buffer, name))
  const columns = `${buffer.names.slice(0, 40).join(', ')}${buffer.names.length > 40 ? ' …' : ''}`
  const { path } = buffer
  const names = profiles.map(({ plain }) => plain)
  if (buffer.names.every((name) => name.trim() !== '' && Number.isFinite(Number(name))))
    fail('no-header-row', { path, columns }, 'put the names of the columns into the first row')
  const tries = profiles.find(({ plain }) => triesNames.test(plain))
  const successes = profiles.find(({ plain }) => successesNames.test(plain))
  const itemless = mapping.item === undefined && mapping.ambiguous.item.length === 0
  if (!itemless && tries !== undefined && successes !== undefined && mapping.scores.length === 0)
    fail(
      'table-of-counts',
      { path, columns },
      `a row counts ${successes.name} in ${tries.name}: --columns successes=${successes.name},trials=${tries.name}; better still, one row per response with a score of 0 or 1`,
    )
  const total = profiles.find(({ plain }) => totalNames.test(plain))
  if (
    mapping.item === undefined &&
    mapping.ambiguous.item.length === 0 &&
    (total !== undefined || onePerModel(buffer, mapping))
  )
    fail(
      'table-of-results',
      { path, columns },
      'every row is a total over items, not a response: pass the table with one row per item and response',
    )
  const suggestion = suggest(buffer, profiles, mapping)
  if (suggestion.length === 0 && mapping.scores.length > 0 && mapping.item === undefined)
    fail(
      'no-item-column',
      { path, columns },
      'say which column names the item: --columns item=NAME; or, if every row is an item of its own: --columns item=#row',
    )
  if (suggestion.length === 0)
    fail('columns-not-recognised', { path, columns }, 'say which column is what: --columns item=NAME,score=NAME')
  const doubt =
    mapping.ambiguous.item.length > 1
      ? 'several columns could be the item'
      : mapping.ambiguous.score.length > 1
        ? 'several columns could be the score'
        : mapping.item === undefined
          ? 'no column is recognised as the item'
          : 'no column is recognised as the score'
  const values = { path, columns, doubt }
  fail(
    names.length < 2 ? 'columns-not-recognised' : 'columns-ambiguous',
    values,
    `for example: --columns ${suggestion}`,
  )
}

interface Profile {
  readonly name: string
  readonly plain: string
  readonly scores: boolean
  /** All scores lie in [0, 1], or are words for right and wrong. */
  readonly unit: boolean
  readonly filled: number
}

function profileOf(buffer: TableBuffer, name: string): Profile {
  const column = buffer.column(name)
  const values = column.sample
  const scores = values.length > 0 && values.every(isScoreText)
  const numbers = values.map(Number)
  return {
    name,
    plain: plainName(name),
    scores,
    unit: scores && numbers.every((value) => Number.isNaN(value) || (value >= 0 && value <= 1)),
    filled: column.filled,
  }
}

/** One row for each model and nothing else told apart. */
function onePerModel(buffer: TableBuffer, mapping: PartialMapping): boolean {
  if (mapping.model === undefined || 'wide' in mapping.model) return false
  const [name] = columnsOf(mapping.model)
  const column = name === undefined ? undefined : buffer.get(name)
  return column !== undefined && buffer.rows > 1 && column.values.length === buffer.rows
}

/** Names that often hold the item, and are too unsure to be taken without asking. */
const likelyItems =
  /^(q|question|example|sample|problem|behaviou?r|behavior_id|behaviour_id|instance|case|row|index|idx|number|key|.*_(id|idx|index|number))$/
const likelyScores = /correct|score|acc|reward|pass|success|judged|preference|chosen|win|label_ok|pct|rate|solved|right/

function suggest(buffer: TableBuffer, profiles: readonly Profile[], mapping: PartialMapping): string {
  const parts: string[] = []
  const used = new Set<string>([
    ...Object.values(mapping.texts).flatMap(columnsOf),
    ...(mapping.model === undefined || 'wide' in mapping.model ? [] : columnsOf(mapping.model)),
    ...mapping.scores,
    ...columnsOf(mapping.item),
  ])
  const free = (): readonly Profile[] => profiles.filter(({ name }) => !used.has(name))
  const take = (key: string, names: readonly string[]): void => {
    parts.push(`${key}=${names.join('|')}`)
    for (const name of names) used.add(name)
  }
  const models = free().filter(({ unit, plain }) => unit && !likelyScores.test(plain) && !likelyItems.test(plain))
  const scores =
    mapping.ambiguous.score.length > 0
      ? profiles.filter(({ name }) => mapping.ambiguous.score.includes(name))
      : free().filter(({ plain, scores: fits }) => fits && likelyScores.test(plain))
  const wide = mapping.scores.length === 0 && mapping.model === undefined && scores.length === 0 && models.length >= 3
  const task = columnsOf(mapping.texts.task)[0]

  const known = columnsOf(mapping.item)[0]
  const candidates = mapping.ambiguous.item.length > 0 ? mapping.ambiguous.item : namesOf(free(), likelyItems)
  const [finest, coarser] = byFineness(buffer, candidates)
  // Agent benchmarks call an item a task, and so do tables of accuracies per task.
  const taskIsItem = known === undefined && finest === undefined && (mapping.texts.replicate !== undefined || wide)
  const item = known ?? finest ?? (taskIsItem ? task : undefined)
  if (item === undefined) return ''
  take('item', [item])
  if (taskIsItem) parts.push('task=-')
  if (known === undefined && coarser !== undefined && mapping.ambiguous.item.length > 1) take('cluster', [coarser])

  if (mapping.scores.length > 0) parts.push(`score=${mapping.scores.join('|')}`)
  else if (wide) {
    for (const name of mapping.likelyFactors) take(`factor:${name}`, [name])
    for (const { name } of free().filter(({ scores: fits, unit }) => fits && !unit)) take(`attribute:${name}`, [name])
    parts.push('model=columns:*')
  } else {
    const chosen =
      scores.length > 0
        ? scores
        : free()
            .filter(({ unit, plain }) => unit && !factorNames.includes(plain))
            .slice(0, 1)
    if (chosen.length === 0) return ''
    take(
      'score',
      chosen.map(({ name }) => name),
    )
  }
  const model = free().find(({ plain }) =>
    /^(target|target_model|alias|assistant|agent|policy|engine|response_model)$/.test(plain),
  )
  if (mapping.model === undefined && !wide && model !== undefined) take('model', [model.name])
  const technique = free().find(({ plain }) => /^(attack|strategy|prompting|elicitation_method)$/.test(plain))
  if (mapping.texts.technique === undefined && technique !== undefined) take('technique', [technique.name])
  const repeated = free().find(({ plain }) => /^(category|subset|subject|domain)$/.test(plain))
  const restarts = repeated !== undefined && task === undefined && itemsRestart(buffer, item, repeated.name)
  if (repeated !== undefined && restarts) take('task', [repeated.name])
  return parts.some((part) => /[\s"|*]/.test(part)) ? `'${parts.join(',')}'` : parts.join(',')
}

function namesOf(profiles: readonly Profile[], pattern: RegExp): readonly string[] {
  return profiles.filter(({ plain, filled }) => filled > 0 && pattern.test(plain)).map(({ name }) => name)
}

/** Columns that could be the item, those first that tell most rows apart. */
function byFineness(buffer: TableBuffer, names: readonly string[]): readonly string[] {
  const size = (name: string): number => {
    const column = buffer.get(name)
    return column === undefined ? 0 : column.overflowed ? Number.POSITIVE_INFINITY : column.values.length
  }
  return names.toSorted((a, b) => size(b) - size(a) || 0)
}

/** Whether the same item name stands under two values of another column: then that column separates item sets. */
function itemsRestart(buffer: TableBuffer, item: string, other: string): boolean {
  const items = buffer.get(item)
  const others = buffer.get(other)
  if (items === undefined || others === undefined || items.overflowed || others.overflowed) return false
  const first = new Map<number, number>()
  for (let row = 0; row < buffer.rows; row++) {
    const known = first.get(items.code(row))
    if (known === undefined) first.set(items.code(row), others.code(row))
    else if (known !== others.code(row)) return true
  }
  return false
}
