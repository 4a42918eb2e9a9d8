/** Entry of a worker thread: takes one computation at a time and answers with progress, its output or what it threw. */
import { parentPort } from 'node:worker_threads'
import { AssayError } from '../stats/fail.ts'
import { type ComputationName, computations } from './computations.ts'
import type { WorkerAnswer, WorkerRequest } from './worker-messages.ts'

const port = parentPort
if (port === null) throw new Error('compute-worker runs only in a worker thread')

port.on('message', async (request: WorkerRequest) => {
  const answer = (message: WorkerAnswer): void => port.postMessage(message)
  try {
    const compute = await load(request.name)
    if (request.kind === 'prepare') return
    answer({ kind: 'output', output: compute(request.input, (progress) => answer({ kind: 'progress', progress })) })
  } catch (error) {
    answer({ kind: 'thrown', error, ...(error instanceof AssayError ? { coded: codedOf(error) } : {}) })
  }
})

/** The name decides the types on both sides of the thread; between them there is only data. */
async function load(name: ComputationName) {
  return computations[name]()
}

function codedOf({ code, message, values, fix }: AssayError) {
  return { code, message, values, fix }
}
