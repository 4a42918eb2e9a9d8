/** What was run of one task: items, variants, techniques, repeats and models, and how they were crossed. */
import {
  categoryAt,
  groupRows,
  itemScores,
  type Levels,
  missingReasons,
  type Observations,
  rowsOf,
} from '../../../domain/index.ts'

export interface TaskDesign {
  readonly task: string
  readonly items: number
  /** Items, or clusters of items where the table names clusters: what an interval may count. */
  readonly units: number
  readonly models: readonly string[]
  /** Items that every model was run on. */
  readonly sharedItems: number
  readonly variants: readonly Levels[]
  readonly techniques: readonly string[]
  /** Cells are model × item × variant × technique. Possible: each model's items under every variant and technique. */
  readonly cellsRun: number
  readonly cellsPossible: number
  readonly leastRepeats: number
  readonly mostRepeats: number
  readonly responses: number
  readonly scored: number
  /** Settings that occur: variant (position in `variants`) and technique (position in `techniques`). */
  readonly settings: readonly { readonly variant: number; readonly technique: number }[]
}

/** One design per task, in the order of task names. Rows marked "never run" do not count as run. */
export function taskDesigns(observations: Observations): readonly TaskDesign[] {
  const neverRun = missingReasons.indexOf('never-run')
  const kept = new Int32Array(observations.rows)
  let count = 0
  for (let row = 0; row < observations.rows; row++) if (observations.missing[row] !== neverRun) kept[count++] = row
  const tasks = groupRows(kept.slice(0, count), [observations.task.codes])
  return Array.from({ length: tasks.count }, (_, task) => designOf(observations, rowsOf(tasks, task)))
}

function designOf(observations: Observations, rows: Int32Array): TaskDesign {
  const { item, model, variant, technique, run, replicate } = observations
  const byItem = groupRows(rows, [item.codes])
  const byModelItem = groupRows(rows, [model.codes, item.codes])
  const byModel = groupRows(rows, [model.codes])
  const byVariant = groupRows(rows, [variant.codes])
  const byTechnique = groupRows(rows, [technique.codes])
  const cells = groupRows(rows, [model.codes, item.codes, variant.codes, technique.codes])
  // Rows repeat once per scorer; a response is counted once.
  const responses = groupRows(rows, [model.codes, item.codes, variant.codes, technique.codes, run.codes, replicate])
  const settings = groupRows(rows, [variant.codes, technique.codes])
  const position = {
    variant: positions(byVariant.first, variant.codes),
    technique: positions(byTechnique.first, technique.codes),
  }
  const repeats = repeatsPerCell(cells.groupOf, responses.groupOf, { cells: cells.count, responses: responses.count })
  return {
    task: categoryAt(observations.task, rows[0] ?? 0) ?? '',
    items: byItem.count,
    units: itemScores(observations, rows).clusters,
    models: Array.from(byModel.first, (row) => categoryAt(model, row) ?? ''),
    sharedItems: sharedItems(
      byModelItem.first.map((row) => item.codes[row] ?? 0),
      byModel.count,
    ),
    variants: Array.from(byVariant.first, (row) => observations.variants[variant.codes[row] ?? 0] ?? {}),
    techniques: Array.from(byTechnique.first, (row) => categoryAt(technique, row) ?? ''),
    cellsRun: cells.count,
    cellsPossible: byModelItem.count * byVariant.count * byTechnique.count,
    leastRepeats: repeats.least,
    mostRepeats: repeats.most,
    responses: responses.count,
    scored: scoredResponses(observations, { rows, responseOf: responses.groupOf, responses: responses.count }),
    settings: Array.from(settings.first, (row) => ({
      variant: position.variant.get(variant.codes[row] ?? 0) ?? 0,
      technique: position.technique.get(technique.codes[row] ?? -1) ?? 0,
    })),
  }
}

function positions(first: Int32Array, codes: Int32Array): ReadonlyMap<number, number> {
  return new Map(Array.from(first, (row, position) => [codes[row] ?? 0, position]))
}

/** Items that as many model × item groups name as there are models. */
function sharedItems(itemOfGroup: Int32Array, models: number): number {
  const sorted = itemOfGroup.slice().sort()
  let shared = 0
  for (let start = 0; start < sorted.length; ) {
    let end = start + 1
    while (end < sorted.length && sorted[end] === sorted[start]) end++
    if (end - start === models) shared++
    start = end
  }
  return shared
}

interface Counts {
  readonly cells: number
  readonly responses: number
}

function repeatsPerCell(cellOf: Int32Array, responseOf: Int32Array, counts: Counts): { least: number; most: number } {
  const repeats = new Int32Array(counts.cells)
  const seen = new Uint8Array(counts.responses)
  for (let i = 0; i < cellOf.length; i++) {
    const response = responseOf[i] ?? 0
    if (seen[response] === 1) continue
    seen[response] = 1
    const cell = cellOf[i] ?? 0
    repeats[cell] = (repeats[cell] ?? 0) + 1
  }
  let [least, most] = [repeats[0] ?? 0, 0]
  for (const count of repeats) {
    if (count < least) least = count
    if (count > most) most = count
  }
  return { least, most }
}

interface ResponseRows {
  readonly rows: Int32Array
  readonly responseOf: Int32Array
  readonly responses: number
}

/** Responses that at least one scorer scored. */
function scoredResponses(observations: Observations, { rows, responseOf, responses }: ResponseRows): number {
  const scored = new Uint8Array(responses)
  for (let i = 0; i < rows.length; i++) {
    if (observations.missing[rows[i] ?? 0] === 0) scored[responseOf[i] ?? 0] = 1
  }
  let count = 0
  for (const mark of scored) count += mark
  return count
}
