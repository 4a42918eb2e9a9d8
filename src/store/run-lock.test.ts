import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Host } from '../domain/index.ts'
import { lockRun } from './run-lock.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'assay-lock-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const host = (processId: number, alive: boolean): Host => ({
  now: () => 0,
  time: () => '',
  processId,
  isAlive: () => alive,
  secret: () => undefined,
})

test('lockRun keeps a second writer out while the first lives, and lets it in afterwards', () => {
  const release = lockRun(root, host(10, true))
  expect(() => lockRun(root, host(11, true))).toThrow(/run already running: .*process = 10/)
  release()
  expect(readdirSync(root)).toEqual([])
  lockRun(root, host(11, true))()
})

test('lockRun takes over the lock of a process that was killed, and one that says nothing', () => {
  lockRun(root, host(10, true))
  lockRun(root, host(11, false))()
  writeFileSync(join(root, 'lock'), '')
  lockRun(root, host(12, true))()
})

test('lockRun keeps a second run of the same process out, and takes over what a killed process of its number left', () => {
  const release = lockRun(root, host(10, true))
  expect(() => lockRun(root, host(10, true))).toThrow(/run already running: .*process = 10/)
  release()
  writeFileSync(join(root, 'lock'), '10')
  lockRun(root, host(10, true))()
  expect(readdirSync(root)).toEqual([])
})

test('lockRun leaves the lock of a process that took over the same dead one a moment before', () => {
  writeFileSync(join(root, 'lock'), '10')
  const quicker: Host = {
    ...host(11, true),
    isAlive: (holder) => {
      if (holder !== 10) return true
      // Between the look at the dead lock and its removal.
      writeFileSync(join(root, 'lock'), '12')
      return false
    },
  }
  expect(() => lockRun(root, quicker)).toThrow(/run already running: .*process = 12/)
  expect(readdirSync(root)).toEqual(['lock'])
})
