/**
 * What an export carries of its run beside the rows: the protocol, what plug-ins made of it, registration, end and bill.
 *
 * With the rows it gives the study back, claims and verdicts included. It is hashed: a text that was edited is not believed.
 */
import { z } from 'zod'
import type { Caveat } from '../stats/index.ts'
import { quantifiers } from './claim.ts'
import { documentHash } from './content-hash.ts'
import { protocolSchema } from './protocol.ts'
import type { ProtocolWithItems } from './study-of-protocol.ts'

const manifestFormat = 'assay-run-manifest'

const list = <Schema extends z.ZodType>(schema: Schema) => z.array(schema).readonly()
const count = z.int().min(0)
const texts = z.record(z.string(), z.string())
const hash = z.string().regex(/^[0-9a-f]{64}$/)
const values = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
const searchCount = z.strictObject({ asked: count, trials: count, successes: z.number() })

const made = z.strictObject({
  settings: list(texts),
  scorers: list(
    z.strictObject({
      label: z.string(),
      range: z.strictObject({ lower: z.number(), upper: z.number() }),
      sourceHash: hash.optional(),
    }),
  ),
  design: z.strictObject({
    name: z.string(),
    selection: z.string(),
    licenses: list(z.enum(quantifiers)),
    statement: z.strictObject({ code: z.string(), values }),
  }),
  search: z
    .strictObject({ scorer: z.string(), reading: z.enum(['strict', 'lenient']), answersAtMost: count })
    .optional(),
  caveats: list(
    z.strictObject({
      code: z.string(),
      severity: z.enum(['note', 'caution', 'invalid']),
      values,
      subject: z.string().exactOptional(),
    }),
  ).optional(),
})

const registered = z.strictObject({
  hash: z.string(),
  time: z.string(),
  signed: z.boolean(),
  key: z.string().optional(),
  deviations: list(
    z.strictObject({ path: z.string(), registered: z.string().optional(), executed: z.string().optional() }),
  ),
})

const manifestSchema = z.strictObject({
  format: z.literal(manifestFormat),
  version: z.literal(1),
  hash,
  protocolHash: hash,
  protocol: protocolSchema,
  made,
  start: z.strictObject({
    time: z.string(),
    software: z.string(),
    endpoints: texts,
    settings: texts,
    registered: registered.optional(),
  }),
  stop: z
    .strictObject({
      kind: z.literal('stop'),
      time: z.string(),
      reason: z.enum(['complete', 'decided', 'budget', 'interrupted', 'error']),
      cells: count,
    })
    .optional(),
  journal: z.strictObject({ chain: hash, torn: z.boolean() }),
  /** Finished cells that count, and the digest of their scores. */
  cells: z.strictObject({ finished: count, scores: hash }),
  /** Cells that finished after all was decided; calls shared between settings. */
  late: count,
  /** Requests for items beyond those that the decision counts. */
  lateRequests: count,
  shared: count,
  leakedExemplars: list(z.string()),
  /** Versions that each model said it was. */
  versions: z.record(z.string(), count),
  unscored: list(z.strictObject({ scorer: z.string(), responses: count, because: z.string() })),
  /** Calls whose counts cannot be. */
  disbelieved: list(z.strictObject({ model: z.string(), calls: count })),
  ledger: list(
    z.strictObject({
      model: z.string(),
      purpose: z.string(),
      calls: count,
      requests: count,
      tokens: z.number(),
      usd: z.number(),
    }),
  ),
  /** Paid besides, at most, for answers that were lost. */
  lost: z.strictObject({ calls: count, tokens: z.number(), usd: z.number() }),
  searches: list(
    z.strictObject({
      kind: z.literal('search-end'),
      model: z.string(),
      ends: z.strictObject({ highest: count, lowest: count }),
      asked: count,
      counts: z.strictObject({ reference: searchCount, highest: searchCount, lowest: searchCount }),
    }),
  ),
})

export type RunManifest = Omit<z.infer<typeof manifestSchema>, 'protocol'> & { readonly protocol: ProtocolWithItems }

/** Of a manifest without its hash, the text that travels. */
export function manifestText(content: Omit<RunManifest, 'format' | 'version' | 'hash'>): string {
  const { protocol, ...rest } = content
  const unsealed = { format: manifestFormat, version: 1, ...rest, protocol }
  const { format, version, ...others } = unsealed
  return JSON.stringify({ format, version, hash: documentHash(unsealed), ...others })
}

/** Or why it is not believed. */
export function readManifest(text: string): { readonly manifest: RunManifest } | { readonly refused: Caveat['code'] } {
  const value = jsonOf(text)
  if (typeof value !== 'object' || value === null) return { refused: 'manifest-damaged' }
  const content = value as Readonly<Record<string, unknown>>
  if (content.version !== 1) return { refused: 'manifest-of-another-version' }
  if (!isAsWritten(content)) return { refused: 'manifest-changed' }
  const parsed = manifestSchema.safeParse(value)
  if (!parsed.success || !('inline' in parsed.data.protocol.items)) return { refused: 'manifest-damaged' }
  const { protocol } = parsed.data
  return { manifest: { ...parsed.data, protocol: { ...protocol, items: parsed.data.protocol.items } } }
}

function isAsWritten({ hash: stated, ...content }: Readonly<Record<string, unknown>>): boolean {
  try {
    return documentHash(content) === stated && documentHash(content.protocol ?? null) === content.protocolHash
  } catch {
    // Nested deeper than the stack: none that we wrote.
    return false
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
