/** Answers of a table that has a column of replies beside its items: any such table, and our own CSV and Parquet. */
import type { RecordedAnswer } from '../../domain/index.ts'
import type { LogFile } from '../source.ts'
import { bindText } from '../table/bound-text.ts'
import { mapColumns } from '../table/column-mapping.ts'
import { plainName } from '../table/column-names.ts'
import { readTableRows } from '../table/read-table-rows.ts'
import { TableBuffer } from '../table/table-buffer.ts'
import type { TextBinding } from '../table/text-binding.ts'
import { wholeNumbers } from '../table/whole-numbers.ts'
import { ToldAnswers } from './told-answers.ts'

/** Names of a column of replies, surest first. */
const replyNames = ['response', 'model_response', 'reply', 'completion', 'output', 'model_output', 'text']

/** Empty where the table has no column of replies, or none of items. */
export async function tableRecordings(file: LogFile, signal: AbortSignal): Promise<readonly RecordedAnswer[]> {
  const buffer = new TableBuffer({ path: file.path, keeps: () => true, admits: undefined })
  await readTableRows({ file, buffer, signal, columns: {}, onProgress: () => undefined, onManifest: () => undefined })
  const { names, path } = buffer
  const reply = replyNames.flatMap((wanted) => names.filter((name) => plainName(name) === wanted))[0]
  const { item, model, texts, factors, numbers } = mapColumns({ path, names, given: {} })
  if (reply === undefined || item === undefined || 'ownRow' in item || (model !== undefined && 'wide' in model))
    return []
  const read = (binding: TextBinding | undefined) => (binding === undefined ? undefined : bindText(buffer, binding))
  const bound = {
    item: read(item),
    model: read(model),
    task: read(texts.task),
    technique: read(texts.technique),
    repeat: read(texts.replicate),
  }
  const levels = [...factors].map(([name, binding]) => [name, bindText(buffer, binding)] as const)
  const count = (name: string | undefined) =>
    name === undefined || buffer.get(name) === undefined ? undefined : wholeNumbers(buffer, name)
  const counts = { input: count(numbers.inputTokens), output: count(numbers.outputTokens), calls: count('calls') }
  const answers = new ToldAnswers()
  for (let row = 0; row < buffer.rows; row++) {
    const itemId = bound.item?.at(row)
    if (itemId === undefined) continue
    const replicate = Number(bound.repeat?.at(row) ?? 1)
    const [inputTokens, outputTokens] = [counts.input?.(row), counts.output?.(row)]
    answers.add({
      task: bound.task?.at(row),
      itemId,
      model: bound.model?.at(row),
      technique: bound.technique?.at(row),
      replicate: Number.isInteger(replicate) && replicate > 0 ? replicate : 1,
      levels: Object.fromEntries(
        levels.flatMap(([name, text]) => (text.at(row) === undefined ? [] : [[name, text.at(row) ?? '']])),
      ),
      text: buffer.get(reply)?.at(row) ?? '',
      usage: {
        ...(inputTokens === undefined ? {} : { inputTokens }),
        ...(outputTokens === undefined ? {} : { outputTokens }),
      },
      state: buffer.get('state')?.at(row),
      calls: counts.calls?.(row),
    })
  }
  return answers.list()
}
