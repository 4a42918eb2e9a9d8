/** The responses of a run as instances of Every Eval Ever: one for each scorer and reading. */

import { createHash } from 'node:crypto'
import {
  type ChatMessage,
  cellAt,
  type Item,
  type Levels,
  lenientName,
  levelsAt,
  type RecordedReading,
  variantLabel,
} from '../../domain/index.ts'
import type { AskedRun } from '../read-run.ts'
import { prefixedNames } from './prefixed-names.ts'
import { type ShownCell, shownCell } from './shown-cell.ts'

export interface InstanceRow {
  readonly result: ResultPlace
  readonly reading: RecordedReading
  /** Unit of independence. */
  readonly cluster: string
  /** Of the score. */
  readonly range: { readonly lower: number; readonly upper: number }
  readonly shown: ShownCell
  /** Fields that a line has, scored or not. */
  readonly shared: Readonly<Record<string, unknown>>
}

/** What a result of the aggregate is about. */
export interface ResultPlace {
  readonly id: string
  readonly name: string
  /** With the reading: `exact (lenient)`. */
  readonly scorer: string
  readonly technique: string
  readonly levels: Levels
}

export function instanceRows(options: {
  readonly cell: AskedRun['cells'][number]
  readonly run: AskedRun
  readonly model: string
  readonly evaluationId: string
  readonly items: ReadonlyMap<string, Item>
}): readonly InstanceRow[] {
  const { cell, run, model, evaluationId, items } = options
  const { study, endpoints } = run.start
  const place = cellAt(study, cell.index)
  const levels = levelsAt(study, place, run.ends) ?? {}
  const technique = study.techniques[place.technique] ?? ''
  const studyItem = study.items[place.item]
  const item = studyItem?.id ?? ''
  const shown = shownCell({ cell, item: items.get(item), asked: run.asked.get(cell.index) })
  const usage = usageOf(cell)
  return Object.entries(cell.scores).flatMap(([label, readings]) => {
    const range = study.scorers.find((scorer) => scorer.label === label)?.range ?? { lower: 0, upper: 1 }
    return (['strict', 'lenient'] as const).map((reading): InstanceRow => {
      const scorer = reading === 'strict' ? label : lenientName(label)
      const setting = [technique, variantLabel(levels)].join(' / ')
      const result = {
        id: `${evaluationId}/${setting}/${scorer}`,
        name: `${study.title} / ${setting} / ${scorer}`,
        ...{ scorer, technique, levels },
      }
      const { answer } = readings[reading]
      return {
        ...{ result, shown, reading: readings[reading], range },
        cluster: studyItem?.cluster === undefined ? `item ${item}` : `cluster ${studyItem.cluster}`,
        shared: {
          schema_version: '0.3.0',
          evaluation_id: evaluationId,
          model_id: endpoints[model] ?? model,
          evaluation_name: result.name,
          evaluation_result_id: result.id,
          sample_id: item,
          ...(usage === undefined ? {} : { token_usage: usage }),
          ...(cell.latencyMs === undefined ? {} : { performance: { latency_ms: cell.latencyMs } }),
          metadata: {
            ...{ model, task: study.title, scorer, technique, replicate: String(place.replicate) },
            ...(studyItem?.cluster === undefined ? {} : { cluster: studyItem.cluster }),
            ...prefixedNames('factor:', levels),
            ...prefixedNames('attribute:', studyItem?.attributes),
            ...(answer === undefined ? {} : { answer }),
            ...(cell.inputTokens === undefined ? {} : { input_tokens: String(cell.inputTokens) }),
            ...(cell.outputTokens === undefined ? {} : { output_tokens: String(cell.outputTokens) }),
            ...(cell.cost === undefined ? {} : { cost_usd: String(cell.cost) }),
            ...(shown.sent === undefined ? { prompt: 'not rebuilt' } : {}),
            ...{ state: cell.state, calls: String(cell.calls), journal_cell: cell.cell },
          },
        },
      }
    })
  })
}

/** Undefined where the response has no score. */
export function sampleLine({ result, reading, shown, range, shared }: InstanceRow): unknown {
  const { score, answer } = reading
  if (typeof score !== 'number') return undefined
  const { question, choices, targets, sent, text } = shown
  return {
    ...shared,
    sample_hash: sampleHash(question, targets),
    interaction_type: 'single_turn',
    input: {
      raw: question,
      ...(sent === undefined ? {} : { formatted: formatted(sent) }),
      reference: targets,
      ...(choices === undefined ? {} : { choices }),
    },
    output: { raw: [text] },
    answer_attribution:
      answer === undefined
        ? []
        : [
            {
              turn_idx: 0,
              source: 'output.raw',
              extracted_value: shown.answerAsShown(answer),
              extraction_method: result.scorer,
              is_terminal: true,
            },
          ],
    evaluation: { score, is_correct: score >= range.upper },
  }
}

/** Undefined where it has one. */
export function unscoredLine({ reading, shared }: InstanceRow): unknown {
  return typeof reading.score === 'number' ? undefined : { ...shared, error: reading.score }
}

/** A prompt of one message is that message; of several, each under its role. */
function formatted(sent: readonly ChatMessage[]): string {
  const [only] = sent
  if (sent.length === 1 && only !== undefined) return only.content
  return sent.map(({ role, content }) => `[${role}]\n${content}`).join('\n\n')
}

function usageOf({ inputTokens, outputTokens }: AskedRun['cells'][number]): Record<string, number> | undefined {
  if (inputTokens === undefined || outputTokens === undefined) return undefined
  return { input_tokens: inputTokens, output_tokens: outputTokens, total_tokens: inputTokens + outputTokens }
}

/** As the converters of Every Eval Ever make it, so that a sample meets itself in other files: compact JSON in ASCII. */
function sampleHash(raw: string, reference: readonly string[]): string {
  const text = JSON.stringify({ raw, reference }).replaceAll(
    /[^ -~]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  return createHash('sha256').update(text).digest('hex')
}
