/**
 * Replies in samples of lm-evaluation-harness: what was generated, each repeat by itself, or how likely each choice was.
 *
 * The harness writes no number of tokens beside a log-likelihood; what needs one stays unscored.
 */
import type { RecordedAnswer, RecordedResponse } from '../../domain/index.ts'
import { type JsonRecord, recordOf } from '../files/json-access.ts'
import { streamLimitBytes } from '../files/open-bytes.ts'
import { readText } from '../files/read-text.ts'
import { eachSample } from '../lm-eval/each-sample.ts'
import { isSamplesFile, taskOfSamplesFile } from '../lm-eval/lm-eval-files.ts'
import { lmEvalModel } from '../lm-eval/lm-eval-model.ts'
import { parseLmEvalResults } from '../lm-eval/lm-eval-results.ts'
import type { LogUnit } from '../source.ts'

export async function lmEvalRecordings(unit: LogUnit, signal: AbortSignal): Promise<readonly RecordedAnswer[]> {
  const { main, companions } = unit
  const opening = { signal, onProgress: () => undefined }
  const results = isSamplesFile(main)
    ? undefined
    : parseLmEvalResults((await readText({ ...opening, file: main, limitBytes: streamLimitBytes })).text, main.path)
  const { model } = lmEvalModel(results?.root, main.path)
  const tasks = results?.tasks.map(({ task }) => task) ?? []
  const answers: RecordedAnswer[] = []
  for (const file of [main, ...companions].filter((each) => each !== main || results === undefined)) {
    const task = taskOfSamplesFile(file.path, tasks)
    const seen = new Set<string>()
    await eachSample({
      ...opening,
      file,
      onSample(sample) {
        for (const answer of answersOf(recordOf(sample))) {
          // A document has a row for each filter, all of the same replies.
          const key = `${answer.replicate} ${answer.itemId}`
          if (seen.has(key)) continue
          seen.add(key)
          answers.push({ ...answer, model, task })
        }
      },
    })
  }
  return answers
}

function answersOf(sample: JsonRecord | undefined): readonly RecordedAnswer[] {
  const { doc_id: id, resps } = sample ?? {}
  if (!['number', 'string', 'bigint'].includes(typeof id) || !Array.isArray(resps)) return []
  const place = { itemId: String(id), levels: {}, purpose: 'solve', sequence: 0 } as const
  const recorded = (replicate: number, response: RecordedResponse): RecordedAnswer => ({
    ...place,
    replicate,
    outcome: { kind: 'response', response },
  })
  const [first] = resps
  if (resps.length === 1 && Array.isArray(first) && first.every((each) => typeof each === 'string'))
    return first.map((text, index) => recorded(index + 1, { text, finish: 'unknown', usage: {} }))
  const likelihoods = resps.map(likelihoodOf)
  if (likelihoods.length === 0 || likelihoods.some((each) => each === undefined)) return []
  const known = likelihoods.flatMap((each) => each ?? [])
  return [recorded(1, { text: '', finish: 'stop', usage: {}, likelihoods: known })]
}

/** `[[log-likelihood, is-greedy]]`, both written as text. */
function likelihoodOf(response: unknown): { logProbability: number; greedy: boolean } | undefined {
  const pair: unknown = Array.isArray(response) && response.length === 1 ? response[0] : undefined
  if (!Array.isArray(pair) || pair.length !== 2 || !/^(true|false)$/i.test(String(pair[1]))) return undefined
  const logProbability = Number(pair[0])
  return Number.isNaN(logProbability) ? undefined : { logProbability, greedy: /^true$/i.test(String(pair[1])) }
}
