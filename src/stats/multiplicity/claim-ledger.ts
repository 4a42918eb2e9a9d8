/** The claims of one study, decided together under one error rate. */
import { benjaminiHochberg, benjaminiYekutieli } from '../benjamini-hochberg.ts'
import { bonferroni } from '../bonferroni.ts'
import { checkAlpha } from '../check-inputs.ts'
import { checkPValues } from '../check-p-values.ts'
import { fail } from '../fail.ts'
import { holm } from '../holm.ts'
import type { Caveat } from '../result.ts'
import { eBenjaminiHochberg } from '../sequential/e-values.ts'
import { hochberg } from './hochberg.ts'
import { hommel } from './hommel.ts'
import { type LedgerMethod, ledgerPromises } from './ledger-method.ts'

export interface RegisteredClaim {
  readonly id: string
  readonly evidence:
    | {
        readonly kind: 'p-value'
        readonly value: number
        /** Smallest p its test could return; `undefined` for exact and asymptotic tests. */
        readonly resolution: number | undefined
      }
    | { readonly kind: 'e-value'; readonly value: number }
    /** The test could not be made, for this reason. The claim still counts: it was registered. */
    | { readonly kind: 'missing'; readonly because: string }
}

export interface DecidedClaim {
  readonly id: string
  /** From 1, as registered. */
  readonly position: number
  readonly evidence: RegisteredClaim['evidence']
  /** Smallest α at which this family and method would support the claim; `undefined` where there is no evidence. */
  readonly adjusted: number | undefined
  readonly supported: boolean
  readonly reason: Caveat
}

export interface ClaimLedger {
  readonly kind: 'claim-ledger'
  readonly family: string
  readonly alpha: number
  readonly method: LedgerMethod
  readonly controls: 'family-wise-error' | 'false-discovery-rate'
  /** Dependence between the tests under which the promise holds. */
  readonly under: 'any-dependence' | 'independence-or-positive-dependence'
  readonly claims: readonly DecidedClaim[]
  readonly caveats: readonly Caveat[]
}

/**
 * Decides a family of registered claims. One claim per comparison and direction; the family, its α and the method are
 * fixed before looking, and every registered claim counts, tested or not (a missing one as p = 1 or e = 0).
 *
 * `fixed-sequence` tests in registered order at full α and stops at the first failure. `e-bh` takes e-values, all
 * others p-values. A Monte-Carlo p whose floor times the number of claims exceeds α can never be supported by Holm's
 * first step: a caveat says so. Refuses families without claims, ids used twice, and evidence of the wrong kind.
 *
 * claimLedger({ family: 'safety', alpha: 0.05, method: 'holm', claims: [
 *   { id: 'a', evidence: { kind: 'p-value', value: 0.01, resolution: undefined } },
 *   { id: 'b', evidence: { kind: 'p-value', value: 0.04, resolution: undefined } }] }).claims.map((claim) => claim.adjusted) // => [0.02, 0.04]
 */
export function claimLedger({
  family,
  alpha,
  method,
  claims,
}: {
  readonly family: string
  readonly alpha: number
  readonly method: LedgerMethod
  /** In registered order. */
  readonly claims: readonly RegisteredClaim[]
}): ClaimLedger {
  checkAlpha(alpha)
  checkClaims(claims, method)
  const adjusted = method === 'e-bh' ? adjustEValues(claims) : adjustPValues(claims, method)
  const supported = method === 'e-bh' ? rejectedByEValues(claims, alpha) : adjusted.map((value) => value <= alpha)
  return {
    kind: 'claim-ledger',
    family,
    alpha,
    method,
    ...ledgerPromises[method],
    claims: claims.map(({ id, evidence }, i) => {
      const value = adjusted[i] ?? 1
      const isSupported = evidence.kind !== 'missing' && supported[i] === true
      return {
        id,
        position: i + 1,
        evidence,
        adjusted: evidence.kind === 'missing' ? undefined : value,
        supported: isSupported,
        reason: reasonOf({ evidence, value, alpha, supported: isSupported, method }),
      }
    }),
    caveats: floorCaveat(claims, alpha),
  }
}

function checkClaims(claims: readonly RegisteredClaim[], method: LedgerMethod): void {
  if (claims.length === 0) fail('family-without-claims', {}, 'register at least one claim')
  const seen = new Set<string>()
  const wanted = method === 'e-bh' ? 'e-value' : 'p-value'
  for (const { id, evidence } of claims) {
    if (seen.has(id)) fail('claim-id-used-twice', { id }, 'give every claim an id of its own')
    seen.add(id)
    if (evidence.kind !== 'missing' && evidence.kind !== wanted) {
      fail(
        'evidence-of-wrong-kind',
        { id, evidence: evidence.kind, wanted },
        'use e-bh for e-values and the others for p-values',
      )
    }
  }
}

function adjustPValues(claims: readonly RegisteredClaim[], method: Exclude<LedgerMethod, 'e-bh'>): readonly number[] {
  const pValues = claims.map(({ evidence }) => (evidence.kind === 'p-value' ? evidence.value : 1))
  switch (method) {
    case 'bonferroni':
      return bonferroni(pValues)
    case 'holm':
      return holm(pValues)
    case 'hochberg':
      return hochberg(pValues)
    case 'hommel':
      return hommel(pValues)
    case 'benjamini-hochberg':
      return benjaminiHochberg(pValues)
    case 'benjamini-yekutieli':
      return benjaminiYekutieli(pValues)
    case 'fixed-sequence':
      return runningMaximum(checkPValues(pValues))
    default:
      return method satisfies never
  }
}

/** A claim needs every earlier one: its adjusted p is the largest up to it. */
function runningMaximum(values: readonly number[]): number[] {
  let running = 0
  return values.map((value) => {
    running = Math.max(running, value)
    return running
  })
}

function eValuesOf(claims: readonly RegisteredClaim[]): number[] {
  return claims.map(({ evidence }) => (evidence.kind === 'e-value' ? evidence.value : 0))
}

function rejectedByEValues(claims: readonly RegisteredClaim[], alpha: number): readonly boolean[] {
  return eBenjaminiHochberg({ values: eValuesOf(claims), rate: alpha })
}

/** Smallest rate at which e-BH rejects: the running minimum, from the smallest e up, of m/(k·e₍ₖ₎). */
function adjustEValues(claims: readonly RegisteredClaim[]): readonly number[] {
  const values = eValuesOf(claims)
  const order = values.map((_, i) => i).sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0))
  const adjusted = new Array<number>(values.length)
  let running = 1
  for (let k = order.length; k >= 1; k--) {
    const index = order[k - 1] ?? 0
    running = Math.min(running, values.length / (k * (values[index] ?? 0)))
    adjusted[index] = running
  }
  return adjusted
}

function reasonOf({
  evidence,
  value,
  alpha,
  supported,
  method,
}: {
  readonly evidence: RegisteredClaim['evidence']
  readonly value: number
  readonly alpha: number
  readonly supported: boolean
  readonly method: LedgerMethod
}): Caveat {
  if (evidence.kind === 'missing') {
    return { code: 'claim-without-evidence', severity: 'caution', values: { because: evidence.because } }
  }
  const values = { adjusted: value, alpha }
  if (supported) return { code: 'claim-supported', severity: 'note', values }
  const ownEnough = evidence.kind === 'p-value' && evidence.value <= alpha
  return method === 'fixed-sequence' && ownEnough
    ? { code: 'claim-after-failed-one', severity: 'note', values }
    : { code: 'claim-not-supported', severity: 'note', values }
}

function floorCaveat(claims: readonly RegisteredClaim[], alpha: number): readonly Caveat[] {
  const floors = claims.map(({ evidence }) => (evidence.kind === 'p-value' ? (evidence.resolution ?? 0) : 0))
  const floor = Math.max(...floors)
  return floor * claims.length > alpha
    ? [{ code: 'p-value-floor-too-high', severity: 'caution', values: { floor, claims: claims.length, alpha } }]
    : []
}
