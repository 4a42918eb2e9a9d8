/** Runs all mutations in a thread of their own and collects what is not allowed; a call that hangs is ended and passed over. */
import { Worker } from 'node:worker_threads'
import type { Report } from './bad-input-worker.ts'

export interface Faults {
  readonly faults: readonly string[]
  readonly calls: number
  readonly cpuSeconds: number
}

export async function findFaults({
  patienceMs,
  only = '',
}: {
  /** Wall time without news after which a call counts as hanging. */
  readonly patienceMs: number
  /** Name of the one statistic to try; all of them where absent. */
  readonly only?: string
}): Promise<Faults> {
  const faults: string[] = []
  let after = 0
  for (;;) {
    const end = await runAfter({ after, only, patienceMs, faults })
    if (end.kind === 'done') return { faults, calls: end.calls, cpuSeconds: end.cpuSeconds }
    faults.push(`${end.what}: hangs`)
    after = end.call
  }
}

interface Run {
  readonly after: number
  readonly only: string
  readonly patienceMs: number
  readonly faults: string[]
}

/** Ends with the report that all is done, or with the call that hangs. */
function runAfter({ after, only, patienceMs, faults }: Run): Promise<Exclude<Report, { kind: 'fault' }>> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./bad-input-worker.ts', import.meta.url), { workerData: { after, only } })
    let last: Report | undefined
    const giveUp = (): void => {
      void worker.terminate()
      if (last?.kind === 'call') resolve(last)
      else reject(new Error('the thread of bad inputs never started'))
    }
    let timer = setTimeout(giveUp, patienceMs + 30_000)
    worker.on('message', (report: Report) => {
      clearTimeout(timer)
      if (report.kind === 'fault') faults.push(report.what)
      else last = report
      if (report.kind === 'done') resolve(report)
      else timer = setTimeout(giveUp, patienceMs)
    })
    worker.on('error', (error) => {
      clearTimeout(timer)
      reject(error)
    })
  })
}
