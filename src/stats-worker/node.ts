/** `assay/stats/worker` in Node. */
import { Worker } from 'node:worker_threads'
import { type RunStatistic, statisticRunner } from './statistic-runner.ts'

export type { RandomName, StatisticInput, StatisticName, StatisticOutput } from './statistic-data.ts'
export type { RunStatistic, RunStatisticOptions } from './statistic-runner.ts'

export const runStatistic: RunStatistic = statisticRunner(({ onAnswer, onFailure }) => {
  // Flags of the program that asks, such as --input-type, are not for this file.
  const worker = new Worker(new URL('./node-thread.ts', import.meta.url), { execArgv: [] })
  worker.on('message', onAnswer)
  worker.on('error', onFailure)
  worker.on('exit', (code) => onFailure(new Error(`the thread of a statistic ended with ${code}`)))
  return {
    send: (request) => worker.postMessage(request),
    end: () => void worker.terminate(),
  }
})
