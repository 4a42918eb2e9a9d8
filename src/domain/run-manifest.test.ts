import { expect, test } from 'vitest'
import { contentHash } from './content-hash.ts'
import { claimOf } from './fixtures/study-of.ts'
import { protocolSchema } from './protocol.ts'
import { manifestText, readManifest } from './run-manifest.ts'

const inline = [{ id: 'i', input: 'q', target: 'a', attributes: {} }]
const protocol = protocolSchema.parse({
  version: 1,
  title: 't',
  construct: { definition: 'd' },
  envelope: { normalUse: 'n' },
  models: [{ id: 'm', endpoint: 'simulated:steady' }],
  items: { inline },
  scorers: [{ use: 'exact-match' }],
  claims: [claimOf({})],
})
const content = {
  protocolHash: contentHash(protocol),
  protocol: { ...protocol, items: { inline } },
  made: {
    settings: [{}],
    scorers: [{ label: 's', range: { lower: 0, upper: 1 } }],
    design: { name: 'full', selection: 'complete', licenses: [], statement: { code: 'design-full', values: {} } },
  },
  start: { time: '2026-01-01T00:00:00.000Z', software: '0', endpoints: {}, settings: {} },
  journal: { chain: '0'.repeat(64), torn: false },
  cells: { finished: 1, scores: '0'.repeat(64) },
  ...{
    late: 0,
    lateRequests: 0,
    shared: 0,
    leakedExemplars: [],
    versions: {},
    unscored: [],
    disbelieved: [],
    lost: { calls: 0, tokens: 0, usd: 0 },
    ledger: [],
    searches: [],
  },
}
const text = manifestText(content)

test('readManifest gives back what manifestText wrote', () => {
  expect(readManifest(text)).toEqual({
    manifest: { format: 'assay-run-manifest', version: 1, hash: expect.any(String), ...content },
  })
})

test('readManifest believes nothing that was edited, cut off, nested without end, or of another version', () => {
  const refused = (changed: string) => {
    expect(changed).not.toBe(text)
    return readManifest(changed)
  }
  expect(refused(text.replace('"input":"q"', '"input":"p"'))).toEqual({ refused: 'manifest-changed' })
  expect(refused(text.replace('"finished":1', '"finished":2'))).toEqual({ refused: 'manifest-changed' })
  expect(refused(text.replace('"version":1,"hash"', '"version":2,"hash"'))).toEqual({
    refused: 'manifest-of-another-version',
  })
  const deep = `{"version":1,"protocol":${'['.repeat(200_000)}${']'.repeat(200_000)}}`
  expect(refused(deep)).toEqual({ refused: 'manifest-changed' })
  for (const broken of ['', 'null', '[]', text.slice(0, -9)]) expect('refused' in refused(broken)).toBe(true)
})

test('readManifest refuses what has its hash and is no manifest', () => {
  const { protocol: _, ...rest } = content
  const odd = { format: 'assay-run-manifest', version: 1, ...rest, protocol: 7, protocolHash: contentHash(7) }
  expect(readManifest(JSON.stringify({ ...odd, hash: contentHash(odd) }))).toEqual({ refused: 'manifest-damaged' })
})
