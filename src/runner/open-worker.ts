/**
 * Long computations off the main thread: the process stays responsive, and a computation that is no longer wanted ends at
 * once, wherever it is. The numbers are the same as on the main thread: the same code runs on a copy of the same data.
 */
import { getCompileCacheDir } from 'node:module'
import { Worker } from 'node:worker_threads'
import { AssayError } from '../stats/fail.ts'
import type { ComputationName, Computations } from './computations.ts'
import type { ComputeProgress } from './compute-progress.ts'
import type { WorkerAnswer, WorkerRequest } from './worker-messages.ts'

export interface ComputeWorker {
  /** One at a time. Rejects with the reason of the signal as soon as it aborts; the worker is gone then. */
  compute<Name extends ComputationName>(
    name: Name,
    options: ComputeOptions<Name>,
  ): Promise<Computations[Name]['output']>
  /** Ends the thread, whatever it is doing. */
  close(): Promise<void>
}

export interface ComputeOptions<Name extends ComputationName> {
  readonly input: Computations[Name]['input']
  readonly signal: AbortSignal
  readonly onProgress: (progress: ComputeProgress) => void
}

/** Starts a thread that loads the computation while the caller does something else. Close it when done. */
export function openWorker(name: ComputationName): ComputeWorker {
  // Source and build differ in the ending of the entry.
  const worker = new Worker(
    new URL(`./compute-worker${import.meta.url.slice(import.meta.url.lastIndexOf('.'))}`, import.meta.url),
    // Flags of the program that asks, such as --input-type, are not for this file.
    { execArgv: [] },
  )
  const send = (request: WorkerRequest): void => worker.postMessage(request)
  send({ kind: 'prepare', name, keepsCompiled: getCompileCacheDir() !== undefined })
  // A thread that fails to start is heard of when it is asked for something; until then it must not end the process.
  let failure: unknown
  worker.on('error', (error) => {
    failure = error
  })
  worker.on('exit', (code) => {
    failure ??= ended(code)
  })
  worker.unref()
  return {
    compute: (asked, { input, signal, onProgress }) =>
      new Promise((resolve, reject) => {
        const done = (act: () => void): void => {
          signal.removeEventListener('abort', onAbort)
          worker.off('message', onMessage).off('error', onError).off('exit', onExit)
          worker.unref()
          act()
        }
        const onAbort = (): void => {
          void worker.terminate()
          done(() => reject(signal.reason))
        }
        const onError = (error: unknown): void => done(() => reject(error))
        const onExit = (code: number): void => done(() => reject(ended(code)))
        const onMessage = (answer: WorkerAnswer): void => {
          if (answer.kind === 'progress') onProgress(answer.progress)
          else if (answer.kind === 'output') done(() => resolve(answer.output))
          else done(() => reject(answer.coded === undefined ? answer.error : new AssayError(answer.coded)))
        }
        if (signal.aborted) return onAbort()
        if (failure !== undefined) return reject(failure)
        signal.addEventListener('abort', onAbort)
        worker.on('message', onMessage).on('error', onError).on('exit', onExit)
        worker.ref()
        send({ kind: 'compute', name: asked, input })
      }),
    close: async () => {
      await worker.terminate()
    },
  }
}

function ended(code: number): Error {
  return new Error(`the compute worker ended with ${code}`)
}
