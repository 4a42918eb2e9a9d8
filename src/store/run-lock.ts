/** One writer per run folder. The lock names its process, so that the lock of a killed one can be taken over. */
import { closeSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { Host } from '../domain/index.ts'
import { fail } from '../stats/fail.ts'
import { writeFailure } from './write-failure.ts'

/** Locks that this process holds: a lock with its id may also be of a killed one that had the same, as in a container. */
const heldHere = new Set<string>()

/** Takes the lock; the result gives it back. Refuses while the process that holds it lives. */
export function lockRun(folder: string, host: Host): () => void {
  const path = join(folder, 'lock')
  const own = `${host.processId} ${path}`
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      create(path, String(host.processId))
      heldHere.add(own)
      return () => {
        heldHere.delete(own)
        rmSync(path, { force: true })
      }
    } catch (error) {
      if (!isCode(error, 'EEXIST')) throw writeFailure(error, { path: folder, retry: 'run or resume again' })
      const text = textOf(path)
      const holder = Number(text)
      const lives = holder === host.processId ? heldHere.has(own) : holder > 0 && host.isAlive(holder)
      if (lives)
        fail(
          'run-already-running',
          { folder, process: holder },
          'wait until it ends, or stop it; two writers would pay for the same cells twice',
        )
      takeAway(path, { text, aside: `${path}.${host.processId}` })
    }
  }
  return fail('run-lock-contended', { folder }, 'another process keeps taking the lock: start the run once')
}

function create(path: string, text: string): void {
  const descriptor = openSync(path, 'wx')
  try {
    writeSync(descriptor, text)
  } catch (error) {
    rmSync(path, { force: true })
    throw error
  } finally {
    closeSync(descriptor)
  }
}

/** Only a lock that still says `text`: another process may have been quicker, and the lock is its own by now. */
function takeAway(path: string, { text, aside }: { readonly text: string; readonly aside: string }): void {
  try {
    renameSync(path, aside)
  } catch (error) {
    if (isCode(error, 'ENOENT')) return
    throw error
  }
  if (textOf(aside) === text) rmSync(aside, { force: true })
  else renameSync(aside, path)
}

/** A lock is empty for the moment between being made and being written: it is looked at again before that is believed. */
function textOf(path: string): string {
  for (let look = 0; ; look++) {
    const text = readLock(path)
    if (text !== '' || look === looks) return text
    Atomics.wait(sleeper, 0, 0, betweenLooksMs)
  }
}

const looks = 5
const betweenLooksMs = 20
const sleeper = new Int32Array(new SharedArrayBuffer(4))

function readLock(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    return ''
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
