import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { contentHash } from '../domain/index.ts'
import {
  makeRegistration,
  preAuthenticationEncoding,
  type Registration,
  readRegistration,
  signingKey,
} from './registration.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'assay-registration-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const protocol = { title: 'colours', claims: [{ threshold: 0.5 }] }
const time = '2026-01-02T03:04:05.000Z'

function pemOf(type: 'ed25519' | 'x25519'): string {
  // biome-ignore lint/suspicious/noExplicitAny: node's overloads take a literal only
  const { privateKey } = generateKeyPairSync(type as any) as unknown as { privateKey: { export(o: object): string } }
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
}

function reread(registration: unknown): Registration {
  const path = join(root, 'r.json')
  writeFileSync(path, JSON.stringify(registration))
  return readRegistration(path, 'r.json')
}

test('preAuthenticationEncoding gives the reference bytes of DSSE', () => {
  const bytes = preAuthenticationEncoding('application/vnd.in-toto+json', Buffer.from('{}'))
  expect(bytes.toString()).toBe('DSSEv1 28 application/vnd.in-toto+json 2 {}')
})

test('makeRegistration freezes hash, time and protocol; readRegistration gives them back', () => {
  const made = makeRegistration({ protocol, title: 'colours', time, privateKey: undefined })
  expect(reread(made)).toEqual({
    format: 'assay-registration',
    version: 1,
    hash: contentHash(protocol),
    time,
    protocol,
  })
})

test('readRegistration refuses an edited protocol, time or signature', () => {
  const made = makeRegistration({ protocol, title: 'colours', time, privateKey: pemOf('ed25519') })
  expect(reread(made).envelope?.signatures).toHaveLength(1)
  expect(() => reread({ ...made, protocol: { ...protocol, title: 'colors' } })).toThrow(/registration changed/)
  expect(() => reread({ ...made, time: '2025-01-01T00:00:00.000Z' })).toThrow(/signature wrong/)
  const other = { ...protocol, title: 'other' }
  expect(() => reread({ ...made, protocol: other, hash: contentHash(other) })).toThrow(/signature wrong/)
  const foreign = makeRegistration({ protocol, title: 'colours', time, privateKey: pemOf('ed25519') })
  expect(() => reread({ ...made, envelope: foreign.envelope })).toThrow(/signature wrong/)
})

test('readRegistration refuses a payload that is no JSON, a key that is none, and a key whose signature was taken away', () => {
  const made = makeRegistration({ protocol, title: 'colours', time, privateKey: pemOf('ed25519') })
  const payload = Buffer.from('not json').toString('base64')
  expect(() => reread({ ...made, envelope: { ...made.envelope, payload } })).toThrow(/signature wrong/)
  expect(() => reread({ ...made, publicKey: 'no key' })).toThrow(/signature wrong/)
  expect(() => reread({ ...made, envelope: undefined })).toThrow(/signature wrong/)
  expect(() => reread({ ...made, envelope: undefined, publicKey: undefined, time: 'yesterday' })).toThrow(/not usable/)
})

test('signingKey is of the key itself, whatever the file calls it, and undefined without a signature', () => {
  const privateKey = pemOf('ed25519')
  const made = makeRegistration({ protocol, title: 'colours', time, privateKey })
  const key = signingKey(made)
  expect(key).toMatch(/^[0-9a-f]{16}$/)
  const renamed = made.envelope?.signatures.map((each) => ({ ...each, keyid: '0000' }))
  expect(signingKey({ ...made, envelope: { ...made.envelope, signatures: renamed } } as Registration)).toBe(key)
  expect(signingKey(makeRegistration({ protocol, title: 'colours', time, privateKey: pemOf('ed25519') }))).not.toBe(key)
  expect(signingKey(makeRegistration({ protocol, title: 'colours', time, privateKey: undefined }))).toBeUndefined()
})

test('makeRegistration refuses a key that cannot sign, without printing it', () => {
  for (const privateKey of ['-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----', pemOf('x25519')]) {
    const attempt = (): unknown => makeRegistration({ protocol, title: 't', time, privateKey })
    expect(attempt).toThrow(/signing key not usable$/)
  }
})
