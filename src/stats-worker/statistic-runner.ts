/**
 * One statistic off the main thread: the thread that asks stays free, hears how far it is, and can end it anywhere. The
 * numbers are the same: the same code runs on a copy of the same data.
 */
import { AssayError, fail } from '../stats/fail.ts'
import type { OnProgress } from '../stats/progress.ts'
import type { StatisticInput, StatisticName, StatisticOutput } from './statistic-data.ts'
import type { StatisticAnswer, StatisticRequest } from './worker-messages.ts'

/**
 * Computes the statistic of that name in a thread of its own, which takes about a tenth of a second to start.
 *
 * Resolves to what the function of the same name in `assay/stats` returns for the same input, the bytes included; `random`
 * is given by name, `{ seed: 7 }` for `openRandom(7)`. Rejects with what that function throws, or with the reason of the signal as
 * soon as it aborts; the thread is gone then. Progress comes from those that draw, iterate or search.
 *
 * await runStatistic('clusterMean', { values, clusters, correction: 'cr2', level: 0.95 }, { signal })
 */
export type RunStatistic = <Name extends StatisticName>(
  name: Name,
  input: StatisticInput<Name>,
  options?: RunStatisticOptions,
) => Promise<StatisticOutput<Name>>

export interface RunStatisticOptions {
  readonly signal?: AbortSignal
  readonly onProgress?: OnProgress
}

/** A thread that computes one statistic, as Node and browsers each have them. */
export interface StatisticThread {
  send(request: StatisticRequest): void
  /** Ends it, whatever it is doing. */
  end(): void
}

export interface ThreadEvents {
  readonly onAnswer: (answer: StatisticAnswer) => void
  readonly onFailure: (error: unknown) => void
}

export function statisticRunner(openThread: (events: ThreadEvents) => StatisticThread): RunStatistic {
  return (name, input, { signal, onProgress } = {}) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason)
      const done = (act: () => void): void => {
        signal?.removeEventListener('abort', onAbort)
        thread.end()
        act()
      }
      const onAbort = (): void => done(() => reject(signal?.reason))
      const thread = openThread({
        onFailure: (error) => done(() => reject(error)),
        onAnswer: (answer) => {
          if (answer.kind === 'progress') onProgress?.(answer.progress)
          else if (answer.kind === 'thrown')
            done(() => reject(answer.coded === undefined ? answer.error : new AssayError(answer.coded)))
          // The name decides the type on both sides; between the threads there is only data.
          else done(() => resolve(answer.output as StatisticOutput<typeof name>))
        },
      })
      signal?.addEventListener('abort', onAbort)
      try {
        thread.send({ name, input })
      } catch (error) {
        done(() => {})
        if (!(error instanceof DOMException)) throw error
        fail('input-not-data', { statistic: name }, 'pass numbers, text, arrays and records of them, and no functions')
      }
    })
}
