/** Entry of a worker thread: takes one computation at a time and answers with progress, its output or what it threw. */
import { enableCompileCache } from 'node:module'
import { parentPort } from 'node:worker_threads'
import { AssayError } from '../stats/fail.ts'
import { type ComputationName, type Computations, computations } from './computations.ts'
import type { ComputeProgress } from './compute-progress.ts'
import type { WorkerAnswer, WorkerRequest } from './worker-messages.ts'

const port = parentPort
if (port === null) throw new Error('compute-worker runs only in a worker thread')

port.on('message', async (request: WorkerRequest) => {
  const answer = (message: WorkerAnswer): void => port.postMessage(message)
  try {
    const { name } = request
    if (request.kind === 'prepare') {
      // A thread does not take it over from the main thread, and without it loading takes three times as long.
      if (request.keepsCompiled) enableCompileCache()
      await computations[name]()
    } else {
      const onProgress = (progress: ComputeProgress): void => answer({ kind: 'progress', progress })
      answer({ kind: 'output', output: await compute(name, { input: request.input, onProgress }) })
    }
  } catch (error) {
    answer({ kind: 'thrown', error, ...(error instanceof AssayError ? { coded: codedOf(error) } : {}) })
  }
})

/** The name decides the types on both sides of the thread; between them there is only data. */
async function compute<Name extends ComputationName>(
  name: Name,
  {
    input,
    onProgress,
  }: {
    readonly input: Computations[Name]['input']
    readonly onProgress: (progress: ComputeProgress) => void
  },
): Promise<Computations[Name]['output']> {
  const load = computations[name]
  return (await load())(input, onProgress)
}

function codedOf({ code, message, values, fix }: AssayError) {
  return { code, message, values, fix }
}
