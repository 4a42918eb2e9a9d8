/** The rows of one cell: each scorer, read strictly and leniently. */
import {
  type CellRecord,
  cellAt,
  lenientName,
  levelsAt,
  type ObservationRow,
  type RecordedReading,
  type SearchEnds,
  type Study,
} from '../../domain/index.ts'

export interface ObserveCellOptions {
  readonly cell: CellRecord
  readonly study: Study
  /** Ends of a search, by model. */
  readonly ends: ReadonlyMap<string, SearchEnds>
  readonly source: string
  readonly line: number
  readonly runOf: (model: string) => string
}

export function observeCell(options: ObserveCellOptions): readonly ObservationRow[] {
  const { cell, study, ends, source, line, runOf } = options
  const place = cellAt(study, cell.index)
  const item = study.items[place.item]
  const model = study.models[place.model]
  const technique = study.techniques[place.technique]
  const levels = levelsAt(study, place, ends)
  if (item === undefined || model === undefined || technique === undefined || levels === undefined) return []
  const row = (scorer: string, { score, answer }: RecordedReading): ObservationRow => ({
    run: runOf(model),
    model,
    task: study.title,
    item: item.id,
    scorer,
    score,
    answer,
    cluster: item.cluster,
    levels,
    technique,
    replicate: place.replicate,
    inputTokens: cell.inputTokens,
    outputTokens: cell.outputTokens,
    cost: cell.cost,
    latencyMs: cell.latencyMs,
    source,
    sourceRow: line,
    attributes: item.attributes,
  })
  return Object.entries(cell.scores).flatMap(([label, { strict, lenient }]) => [
    row(label, strict),
    row(lenientName(label), lenient),
  ])
}
