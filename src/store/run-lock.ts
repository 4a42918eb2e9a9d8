/** One writer per run folder. The lock names its process, so that the lock of a killed one can be taken over. */
import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { Host } from '../domain/index.ts'
import { fail } from '../stats/fail.ts'
import { writeFailure } from './write-failure.ts'

/** Takes the lock; the result gives it back. Refuses while the process that holds it lives. */
export function lockRun(folder: string, host: Host): () => void {
  const path = join(folder, 'lock')
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      const descriptor = openSync(path, 'wx')
      try {
        writeSync(descriptor, String(host.processId))
      } catch (error) {
        rmSync(path, { force: true })
        throw error
      } finally {
        closeSync(descriptor)
      }
      return () => rmSync(path, { force: true })
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST'))
        throw writeFailure(error, { path: folder, retry: 'run or resume again' })
      const holder = holderOf(path)
      if (holder !== undefined && holder !== host.processId && host.isAlive(holder)) {
        fail(
          'run-already-running',
          { folder, process: holder },
          'wait until it ends, or stop it; two writers would pay for the same cells twice',
        )
      }
      rmSync(path, { force: true })
    }
  }
  return fail('run-lock-contended', { folder }, 'another process keeps taking the lock: start the run once')
}

function holderOf(path: string): number | undefined {
  try {
    const holder = Number(readFileSync(path, 'utf8').trim())
    return Number.isInteger(holder) && holder > 0 ? holder : undefined
  } catch {
    return undefined
  }
}
