/** Completions of an Inspect log, from its full samples; summaries do not hold them. */
import type { RecordedAnswer, RecordedResponse } from '../../domain/index.ts'
import { openZipArchive, zipLimits } from '../archive/zip-archive.ts'
import { type JsonRecord, numberOf, printedFields, recordOf, textOf } from '../files/json-access.ts'
import { openBytes, streamLimitBytes } from '../files/open-bytes.ts'
import { sampleEntry, sampleKey } from '../inspect/full-samples.ts'
import { jsonLimits, unneededMembers } from '../inspect/log-content.ts'
import { JsonElements } from '../json/json-elements.ts'
import { parseTolerantJson } from '../json/tolerant-json.ts'
import type { LogFile } from '../source.ts'
import { ownCalls } from './own-calls.ts'

export async function inspectRecordings(file: LogFile, signal: AbortSignal): Promise<readonly RecordedAnswer[]> {
  return file.head[0] === 0x50 && file.head[1] === 0x4b ? fromArchive(file, signal) : fromJson(file, signal)
}

async function fromArchive(file: LogFile, signal: AbortSignal): Promise<readonly RecordedAnswer[]> {
  const archive = await openZipArchive(file, zipLimits)
  try {
    const answers: RecordedAnswer[] = []
    let asked: Asked = unnamed
    const header = archive.entries.get('header.json') ?? archive.entries.get('_journal/start.json')
    const place = { path: file.path, byte: 0 }
    if (header !== undefined) {
      const text = (await archive.read(header)).toString('utf8')
      asked = askedIn(recordOf(recordOf(parseTolerantJson(text, { ...place, member: header.name }))?.eval))
    }
    for (const entry of archive.entries.values()) {
      signal.throwIfAborted()
      const key = sampleKey(entry.name)
      if (key === undefined || sampleEntry(archive, key) !== entry) continue
      const text = (await archive.read(entry)).toString('utf8')
      answers.push(...answersOf(recordOf(parseTolerantJson(text, { ...place, member: entry.name })), asked))
    }
    return answers
  } finally {
    await archive.close()
  }
}

async function fromJson(file: LogFile, signal: AbortSignal): Promise<readonly RecordedAnswer[]> {
  const { path } = file
  const answers: RecordedAnswer[] = []
  let asked: Asked = unnamed
  const elements = new JsonElements({
    ...jsonLimits,
    path,
    member: '',
    plan: (member) => (member === 'eval' ? 'value' : member === 'samples' ? 'elements' : 'skip'),
    dropped: withoutStore,
    onValue: ({ member, text, byte }) => {
      if (member === 'eval') asked = askedIn(recordOf(parseTolerantJson(text, { path, member, byte })))
    },
    onElement: ({ member, text, byte }) => {
      answers.push(...answersOf(recordOf(parseTolerantJson(text, { path, member, byte })), unnamed))
    },
  })
  const opened = openBytes({ file, signal, onProgress: () => undefined, limitBytes: streamLimitBytes })
  for await (const chunk of opened.chunks) elements.push(chunk)
  elements.end()
  // Another program may have sorted the members, so that the header came after the samples.
  return answers.map((answer) => ({ ...answer, ...asked, model: answer.model ?? asked.model }))
}

/** Our exports keep calls in the store. */
const withoutStore: ReadonlySet<string> = new Set([...unneededMembers].filter((member) => member !== 'store'))

/** What the header says of all samples. Levels and technique stand in logs that we exported. */
type Asked = Pick<RecordedAnswer, 'task' | 'model' | 'levels' | 'technique'>

const unnamed: Asked = { task: undefined, model: undefined, levels: {}, technique: undefined }

function askedIn(evaluation: JsonRecord | undefined): Asked {
  const own = recordOf(evaluation?.metadata)
  const levels = recordOf(own?.assay_levels) ?? {}
  return {
    task: textOf(evaluation?.task),
    model: textOf(evaluation?.model),
    levels: printedFields(levels, Object.keys(levels)),
    technique: textOf(own?.assay_technique),
  }
}

/** Of a sample that we exported with its calls those, each by itself; of any other its output. */
function answersOf(sample: JsonRecord | undefined, asked: Asked): readonly RecordedAnswer[] {
  const id = sample?.id
  if (sample === undefined || (typeof id !== 'string' && typeof id !== 'number' && typeof id !== 'bigint')) return []
  const place = { itemId: String(id), ...asked, replicate: numberOf(sample.epoch) ?? 1 }
  const calls = ownCalls(recordOf(sample.store)?.assay_calls, place)
  if (calls.length > 0) return calls
  const answer = answerOf(sample, { ...place, purpose: 'solve', sequence: 0 })
  return answer === undefined ? [] : [answer]
}

function answerOf(sample: JsonRecord, place: Omit<RecordedAnswer, 'outcome'>): RecordedAnswer | undefined {
  if (sample.error !== undefined && sample.error !== null) {
    const failure = {
      cause: 'server-error',
      retryable: false,
      detail: 'the recorded sample ended in an error',
    } as const
    return { ...place, outcome: { kind: 'failure', failure } }
  }
  const output = recordOf(sample.output)
  const choice = recordOf(Array.isArray(output?.choices) ? output.choices[0] : undefined)
  const text = textOf(output?.completion) ?? contentOf(recordOf(choice?.message)?.content)
  // A sample without an output was never answered.
  if (output === undefined || text === undefined || (choice === undefined && text === '')) return undefined
  const seconds = numberOf(output.time)
  const servedBy = textOf(output.model)
  const response: RecordedResponse = {
    text,
    finish: finishOf(textOf(choice?.stop_reason)),
    usage: usageOf(recordOf(output.usage)),
    ...(seconds === undefined ? {} : { latencyMs: Math.round(seconds * 1e6) / 1e3 }),
    ...(servedBy === undefined || servedBy === '' ? {} : { servedBy }),
  }
  return { ...place, outcome: { kind: 'response', response } }
}

function contentOf(content: unknown): string | undefined {
  if (typeof content === 'string') return content
  if (!Array.isArray(content)) return undefined
  return content.map((part) => textOf(recordOf(part)?.text) ?? '').join('')
}

function finishOf(reason: string | undefined): RecordedResponse['finish'] {
  switch (reason) {
    case 'stop':
      return 'stop'
    case 'max_tokens':
    case 'model_length':
      return 'length'
    case 'content_filter':
      return 'refusal'
    case 'tool_calls':
      return 'tool'
    default:
      return 'unknown'
  }
}

function usageOf(usage: JsonRecord | undefined): RecordedResponse['usage'] {
  const input = ['input_tokens', 'input_tokens_cache_read', 'input_tokens_cache_write']
    .map((field) => numberOf(usage?.[field]))
    .filter((amount) => amount !== undefined)
  const output = numberOf(usage?.output_tokens)
  const cached = numberOf(usage?.input_tokens_cache_read)
  const reasoning = numberOf(usage?.reasoning_tokens)
  const cost = numberOf(usage?.total_cost)
  return {
    ...(input.length === 0 ? {} : { inputTokens: input.reduce((sum, amount) => sum + amount, 0) }),
    ...(output === undefined ? {} : { outputTokens: output }),
    ...(cached === undefined ? {} : { cachedTokens: cached }),
    ...(reasoning === undefined ? {} : { reasoningTokens: reasoning }),
    ...(cost === undefined ? {} : { cost }),
  }
}
