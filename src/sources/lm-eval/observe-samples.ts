/** Turns the columns of a samples file into observations: a row per document, filter and metric. */
import type { Levels } from '../../domain/index.ts'
import type { ReadSink } from '../source.ts'
import type { TaskReading } from './lm-eval-run-record.ts'

export function observeSamples(reading: TaskReading, sink: ReadSink): void {
  const { table, filters, task } = reading
  if (table === undefined || filters === undefined) return
  const levels = lmEvalLevels(reading)
  const cluster = table.fields.cluster()
  const attributes = [...table.fields.attributes()]
  // A metric that is never a number (a pair for a corpus-level score) is no score of a document.
  const metrics = [...table.metrics].filter(([, column]) => column.numeric > 0)
  for (let row = 0; row < table.rows; row++) {
    const filter = filters.at(row)
    const about: Record<string, string> = {}
    for (const [name, column] of attributes) {
      const value = column.at(row)
      if (value !== undefined) about[name] = value
    }
    for (const [metric, column] of metrics) {
      const score = column.at(row)
      if (score === undefined) continue
      sink.observe({
        run: reading.id,
        model: reading.model,
        task: task.task,
        item: table.item.at(row) ?? '',
        itemHash: table.itemHash.at(row),
        scorer: filter === undefined ? metric : `${metric},${filter}`,
        score,
        cluster: cluster?.column.at(row),
        levels,
        answer: table.answer.at(row),
        source: reading.samplesPath ?? reading.path,
        sourceRow: table.lines[row] ?? row + 1,
        attributes: about,
      })
    }
  }
}

/** The conditions of the run that change what the model reads; absent where the log does not say. */
export function lmEvalLevels({ task, results }: TaskReading): Levels | undefined {
  const root = results?.root
  const levels: Record<string, string> = {}
  if (task.fewshot !== undefined) levels.fewshot = task.fewshot
  const instruction = root?.system_instruction_sha
  if (typeof instruction === 'string') levels['system-prompt'] = instruction.slice(0, 8)
  // Whether a template was applied, not which: every model family has its own, and that is part of the model.
  if (typeof root?.chat_template_sha === 'string') levels['chat-template'] = 'applied'
  return Object.keys(levels).length === 0 ? undefined : levels
}
