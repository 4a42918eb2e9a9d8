import { expect, test } from 'vitest'
import { ObservationsBuilder } from '../domain/index.ts'
import { openRandom } from '../random/index.ts'
import { readLogs, sources } from '../sources/index.ts'
import { type AnalysesInput, computeAnalyses } from './compute-analyses.ts'
import type { ComputeProgress } from './compute-progress.ts'
import { openWorker } from './open-worker.ts'

const root = new URL('../../', import.meta.url).pathname

async function demoInput(path = ''): Promise<AnalysesInput> {
  const { observations, runs } = await readLogs({
    paths: [`examples/demo/${path}`],
    workingDirectory: root,
    columns: {},
    sources,
    signal: new AbortController().signal,
    onProgress: () => {},
  })
  return { observations, runs, seed: 'assay', settings: {} }
}

/** Real-valued scores of many systems: several seconds of comparing. */
function longInput(): AnalysesInput {
  const random = openRandom('long')
  const builder = new ObservationsBuilder()
  for (let model = 0; model < 20; model++) {
    for (let item = 0; item < 3_000; item++) {
      for (const replicate of [1, 2]) {
        const score = random.uniform()
        const where = { run: `m${model}`, model: `m${model}`, task: 't', item: `q${item}`, scorer: 's' }
        builder.add({ ...where, replicate, score, source: 'long.csv', sourceRow: item + 1 })
      }
    }
  }
  return { observations: builder.finish(), runs: [], seed: 'assay', settings: {} }
}

test('openWorker(…).compute gives byte for byte what the same computation gives on the main thread', async () => {
  const input = await demoInput()
  const worker = openWorker('analyses')
  try {
    const events: ComputeProgress[] = []
    const signal = new AbortController().signal
    const there = await worker.compute('analyses', { input, signal, onProgress: (event) => events.push(event) })
    const hereEvents: ComputeProgress[] = []
    const here = computeAnalyses(input, (event) => hereEvents.push(event))
    expect(JSON.stringify(there)).toBe(JSON.stringify(here))
    // JSON has no NaN and no infinity; equality tells them apart.
    expect(there).toEqual(here)
    expect(events).toEqual(hereEvents)
    // A second computation on the same thread knows nothing of the first.
    const other = await demoInput('science-facts.jsonl')
    expect(await worker.compute('analyses', { input: other, signal, onProgress: () => {} })).toEqual(
      computeAnalyses(other, () => {}),
    )
  } finally {
    await worker.close()
  }
})

test('openWorker(…).compute leaves the main thread free, and stops within 0.5 s when its signal aborts', async () => {
  const input = longInput()
  const worker = openWorker('analyses')
  const interruption = new AbortController()
  let ticks = 0
  let abortedAt = Number.NaN
  const clock = setInterval(() => ticks++, 10)
  try {
    const computing = worker.compute('analyses', {
      input,
      signal: interruption.signal,
      onProgress: ({ done }) => {
        if (done === 0)
          setTimeout(() => {
            abortedAt = performance.now()
            interruption.abort(new Error('no longer wanted'))
          }, 300)
      },
    })
    await expect(computing).rejects.toThrow('no longer wanted')
    expect(performance.now() - abortedAt).toBeLessThan(500)
    expect(ticks).toBeGreaterThanOrEqual(5)
  } finally {
    clearInterval(clock)
    await worker.close()
  }
})

test('openWorker(…).compute refuses at once when its signal has aborted before', async () => {
  const worker = openWorker('analyses')
  const input: AnalysesInput = {
    observations: new ObservationsBuilder().finish(),
    runs: [],
    seed: 'assay',
    settings: {},
  }
  const signal = AbortSignal.abort(new Error('too late'))
  await expect(worker.compute('analyses', { input, signal, onProgress: () => {} })).rejects.toThrow('too late')
  await worker.close()
})

test('openWorker(…).compute rejects when its thread is gone or throws, instead of waiting for ever', async () => {
  const input: AnalysesInput = {
    observations: new ObservationsBuilder().finish(),
    runs: [],
    seed: 'assay',
    settings: {},
  }
  const options = { input, signal: new AbortController().signal, onProgress: () => {} }
  const closing = openWorker('analyses')
  const computing = closing.compute('analyses', options)
  await closing.close()
  await expect(computing).rejects.toThrow('ended')
  await expect(closing.compute('analyses', options)).rejects.toThrow('ended')
  const worker = openWorker('analyses')
  try {
    const broken = { ...input, observations: undefined } as unknown as AnalysesInput
    // A missing table is no answer of an analysis but a fault that each of them reports.
    const outcomes = await worker.compute('analyses', { ...options, input: broken })
    expect(outcomes.filter(({ thrown }) => thrown !== undefined).length).toBeGreaterThanOrEqual(1)
  } finally {
    await worker.close()
  }
})
