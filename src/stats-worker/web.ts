/** `assay/stats/worker` in browsers and what else has Web Workers. */
import { type RunStatistic, statisticRunner } from './statistic-runner.ts'

export type { RandomName, StatisticInput, StatisticName, StatisticOutput } from './statistic-data.ts'
export type { RunStatistic, RunStatisticOptions } from './statistic-runner.ts'

export const runStatistic: RunStatistic = statisticRunner(({ onAnswer, onFailure }) => {
  // In one expression: by it bundlers know that this is the entry of a worker.
  const worker = new Worker(new URL('./web-thread.ts', import.meta.url), { type: 'module' })
  worker.addEventListener('message', ({ data }) => onAnswer(data))
  worker.addEventListener('error', ({ message }) =>
    onFailure(new Error(`the thread of a statistic failed: ${message}`)),
  )
  return {
    send: (request) => worker.postMessage(request),
    end: () => worker.terminate(),
  }
})
