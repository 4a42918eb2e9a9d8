import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Model } from '../../providers/index.ts'
import { fakeModel } from '../../runner/fixtures/fake-model.ts'
import { smallProtocol } from '../../runner/fixtures/small-protocol.ts'
import { runInto } from '../fixtures/small-run.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'assay-execute-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const protocol = smallProtocol({ items: 4, with: { stopping: { rule: 'fixed' } } })

function closable(changes: Partial<Model> = {}): Model & { readonly closed: () => number } {
  let closed = 0
  return {
    ...fakeModel({ ability: 1 }),
    ...changes,
    close: async () => void closed++,
    closed: () => closed,
  }
}

test('startRun closes its models once, when the run is done and when it could not begin', async () => {
  const first = closable()
  await runInto({ root, folder: 'run', protocol, models: { 'fake:m': first } })
  expect(first.closed()).toBe(1)
  const second = closable()
  await expect(runInto({ root, folder: 'run', protocol, models: { 'fake:m': second } })).rejects.toMatchObject({
    code: 'run-exists',
  })
  expect(second.closed()).toBe(1)
  const mute = closable({ capabilities: new Set() })
  await expect(runInto({ root, folder: 'other', protocol, models: { 'fake:m': mute } })).rejects.toMatchObject({
    code: 'endpoint-lacks-capability',
  })
  expect(mute.closed()).toBe(1)
})
