/**
 * A protocol frozen before its run: canonical JSON, content hash, time, and where asked for an Ed25519 signature in a DSSE
 * envelope. The time is that of this machine: it proves nothing to a stranger unless a second party countersigns.
 */

import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { contentHash } from '../domain/index.ts'
import { fail } from '../stats/fail.ts'
import { parsedJson } from './parsed-json.ts'

const envelopeSchema = z.strictObject({
  payloadType: z.string(),
  payload: z.base64(),
  signatures: z.array(z.strictObject({ keyid: z.string(), sig: z.base64() })).min(1),
})

const registrationSchema = z.strictObject({
  format: z.literal('assay-registration'),
  version: z.literal(1),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  time: z.iso.datetime(),
  protocol: z.json(),
  envelope: envelopeSchema.optional(),
  publicKey: z.string().optional(),
})

export type Registration = z.infer<typeof registrationSchema>

/** Fingerprint of the key that a registration was signed with, from the key itself: what the file calls it may be anything. */
export function signingKey({ envelope, publicKey }: Registration): string | undefined {
  const key = envelope === undefined || publicKey === undefined ? undefined : openPublicKey(publicKey)
  return key === undefined ? undefined : keyId(key)
}

export const registrationPayloadType = 'application/vnd.in-toto+json'

/** DSSE pre-authentication encoding: what is signed, so that type and body cannot be confused. */
export function preAuthenticationEncoding(type: string, body: Uint8Array): Buffer {
  const head = `DSSEv1 ${Buffer.byteLength(type)} ${type} ${body.length} `
  return Buffer.concat([Buffer.from(head, 'utf8'), body])
}

export function makeRegistration(options: {
  readonly protocol: unknown
  readonly title: string
  readonly time: string
  /** PEM of an Ed25519 private key. */
  readonly privateKey: string | undefined
}): Registration {
  const { protocol, title, time, privateKey } = options
  const hash = contentHash(protocol)
  const base = { format: 'assay-registration', version: 1, hash, time, protocol: z.json().parse(protocol) } as const
  if (privateKey === undefined) return base
  const key = openKey(privateKey)
  const statement = {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ name: title, digest: { sha256: hash } }],
    predicateType: 'https://assay.dev/attestation/preregistration/v1',
    predicate: { time },
  }
  const body = Buffer.from(JSON.stringify(statement), 'utf8')
  const publicKey = createPublicKey(key)
  return {
    ...base,
    envelope: {
      payloadType: registrationPayloadType,
      payload: body.toString('base64'),
      signatures: [
        {
          keyid: keyId(publicKey),
          sig: sign(null, preAuthenticationEncoding(registrationPayloadType, body), key).toString('base64'),
        },
      ],
    },
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  }
}

/** Reads a registration and refuses one that was changed: hash and signature are checked against the content. */
export function readRegistration(path: string, shownAs: string): Registration {
  const parsed = registrationSchema.safeParse(jsonOf(path, shownAs))
  if (!parsed.success) return fail('registration-not-usable', { file: shownAs }, 'make it again with "assay register"')
  const registration = parsed.data
  if (contentHash(registration.protocol) !== registration.hash)
    fail('registration-changed', { file: shownAs }, 'the frozen protocol was edited: restore the file from a copy')
  // A key without an envelope is what is left when somebody takes a signature away.
  const signed = registration.envelope !== undefined || registration.publicKey !== undefined
  if (signed && !signatureHolds(registration))
    fail(
      'registration-signature-wrong',
      { file: shownAs },
      'the signature does not fit this protocol: restore the file',
    )
  return registration
}

function signatureHolds({ envelope, publicKey, hash, time }: Registration): boolean {
  const [signature] = envelope?.signatures ?? []
  if (envelope === undefined || publicKey === undefined || signature === undefined) return false
  const key = openPublicKey(publicKey)
  if (key === undefined) return false
  const body = Buffer.from(envelope.payload, 'base64')
  const encoded = preAuthenticationEncoding(envelope.payloadType, body)
  const statement = statementSchema.safeParse(parsedJson(body.toString('utf8')))
  return (
    envelope.payloadType === registrationPayloadType &&
    verify(null, encoded, key, Buffer.from(signature.sig, 'base64')) &&
    statement.success &&
    statement.data.subject[0]?.digest.sha256 === hash &&
    statement.data.predicate.time === time
  )
}

const statementSchema = z.looseObject({
  subject: z.array(z.looseObject({ digest: z.looseObject({ sha256: z.string() }) })),
  predicate: z.looseObject({ time: z.string() }),
})

function openPublicKey(pem: string): KeyObject | undefined {
  try {
    const key = createPublicKey(pem)
    return key.asymmetricKeyType === 'ed25519' ? key : undefined
  } catch {
    return undefined
  }
}

function openKey(pem: string): KeyObject {
  try {
    const key = createPrivateKey(pem)
    if (key.asymmetricKeyType === 'ed25519') return key
  } catch {
    // Falls through to the one message: what is wrong with the text must not be printed, it may be a key.
  }
  return fail(
    'signing-key-not-usable',
    {},
    'pass a PEM file with an Ed25519 private key, as "openssl genpkey -algorithm ed25519" writes it',
  )
}

function keyId(key: KeyObject): string {
  return contentHash(key.export({ type: 'spki', format: 'der' }).toString('base64')).slice(0, 16)
}

function jsonOf(path: string, shownAs: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return fail('cannot-read-file', { path: shownAs }, 'pass the file that "assay register" wrote')
  }
}
