/** The claims of a study as one family: what each takes beside the others, and what survives. */
import type { ClaimVerdict, Statement, Study, Table } from '../../../domain/index.ts'
import { type ClaimLedger, claimLedger, type DecidedClaim, type LedgerMethod } from '../../../stats/index.ts'

type Judged = Pick<ClaimVerdict, 'claim' | 'logEvidence' | 'logPValues' | 'finalSupport' | 'mayDecide' | 'verdict'>

export interface ClaimFamily {
  /** One for all claims, or one for each where the protocol shares no error rate between them. */
  readonly ledgers: readonly ClaimLedger[]
  readonly statements: readonly Statement[]
  readonly tables: readonly Table[]
}

/** A claim that its design does not license is decided by no test and is no member. */
export function claimFamily(verdicts: readonly Judged[], study: Study): ClaimFamily {
  const judged = verdicts.filter(({ verdict }) => verdict.verdict !== 'not-licensed')
  if (judged.length === 0) return { ledgers: [], statements: [], tables: [] }
  const shared = study.multiplicity !== 'none' && study.multiplicity !== undefined
  // A ratio test ends at limits that were fixed for one share: it cannot be followed step by step.
  const method = study.multiplicity === 'bonferroni' || study.stopping.rule === 'sprt' ? 'bonferroni' : 'holm'
  const ledgers = shared
    ? [decidedTogether(judged, { family: `claims of ${study.title}`, method })]
    : judged.map((each) => decidedTogether([each], { family: `claim ${each.claim.id} of ${study.title}`, method }))
  if (judged.length === 1) return { ledgers, statements: [], tables: [] }
  const alphas = judged.map(({ claim }) => claim.alpha)
  const values = {
    claims: judged.length,
    supported: ledgers.reduce((sum, { claims }) => sum + claims.filter(({ supported }) => supported).length, 0),
    alpha: shared
      ? Math.max(...alphas)
      : Math.min(
          1,
          alphas.reduce((sum, alpha) => sum + alpha, 0),
        ),
  }
  const code = !shared ? 'claims-decided-apart' : method === 'holm' ? 'claims-share-by-holm' : 'claims-share-evenly'
  return {
    ledgers,
    statements: [{ code, values }],
    tables: [familyTable(judged, ledgers)],
  }
}

/** Claims with error rates of their own: p is put on the scale of the largest, and back on that of its claim. */
function decidedTogether(
  judged: readonly Judged[],
  { family, method }: { readonly family: string; readonly method: LedgerMethod },
): ClaimLedger {
  const alpha = Math.max(...judged.map(({ claim }) => claim.alpha))
  const ledger = claimLedger({
    family,
    alpha,
    method,
    claims: judged.map((each) => ({
      id: keyOf(each),
      evidence: evidenceOf(each, alpha / each.claim.alpha),
    })),
  })
  return {
    ...ledger,
    claims: ledger.claims.map((decided, at) => {
      const each = judged[at]
      return each === undefined ? decided : onOwnScale(decided, { each, alpha })
    }),
  }
}

function onOwnScale(
  decided: DecidedClaim,
  { each, alpha }: { readonly each: Judged; readonly alpha: number },
): DecidedClaim {
  if (decided.adjusted === undefined) return decided
  const adjusted = (decided.adjusted * each.claim.alpha) / alpha
  return {
    ...decided,
    adjusted,
    evidence: evidenceOf(each, 1),
    reason: { ...decided.reason, values: { adjusted, alpha: each.claim.alpha } },
  }
}

function evidenceOf(each: Judged, scale: number): DecidedClaim['evidence'] {
  return each.mayDecide
    ? { kind: 'p-value', value: Math.min(1, scale * pValueOf(each)), resolution: undefined }
    : { kind: 'missing', because: 'fixed-number-not-complete' }
}

function keyOf({ claim }: Judged): string {
  return `claims/${claim.id}`
}

/** Exact where the number of units was fixed; else 1/e at the strongest look, which is valid whenever one looked. */
function pValueOf({ logPValues, logEvidence }: Judged): number {
  return Math.min(1, Math.exp(logPValues?.support ?? -logEvidence.support))
}

/** e-BH beside the rule of the protocol, where evidence is e-values: a weaker promise that more claims may meet. */
function discoveries(judged: readonly Judged[]): ClaimLedger | undefined {
  if (judged.some(({ logPValues, mayDecide }) => logPValues !== undefined || !mayDecide)) return undefined
  return claimLedger({
    family: 'claims as e-values',
    alpha: Math.min(...judged.map(({ claim }) => claim.alpha)),
    method: 'e-bh',
    claims: judged.map((each) => ({
      id: keyOf(each),
      evidence: { kind: 'e-value', value: Math.min(Number.MAX_VALUE, Math.exp(each.finalSupport)) },
    })),
  })
}

function familyTable(judged: readonly Judged[], ledgers: readonly ClaimLedger[]): Table {
  const decided = new Map(ledgers.flatMap(({ claims }) => claims.map((claim) => [claim.id, claim] as const)))
  const found = discoveries(judged)
  return {
    title: 'Ledger of the claims',
    columns: [
      { key: 'claim', label: 'Claim' },
      { key: 'alpha', label: 'Error rate', format: 'rate' },
      { key: 'p', label: found === undefined ? 'p' : 'p (1/e)', format: 'p-value' },
      { key: 'adjusted', label: 'p, adjusted', format: 'p-value' },
      { key: 'survives', label: 'Survives' },
      ...(found === undefined
        ? []
        : ([
            { key: 'e', label: 'e-value at the end', format: 'number' },
            { key: 'discovery', label: 'Smallest false discovery rate (e-BH)', format: 'rate' },
          ] as const)),
    ],
    rows: judged.map((each, at) => {
      const claim = decided.get(keyOf(each))
      const e = Math.exp(each.finalSupport)
      return {
        claim: each.claim.id,
        alpha: each.claim.alpha,
        p: each.mayDecide ? pValueOf(each) : null,
        adjusted: claim?.adjusted ?? null,
        survives: claim?.supported === true ? 'yes' : 'no',
        // Beyond a double it is not a number that a table could show.
        e: Number.isFinite(e) ? e : null,
        discovery: found?.claims[at]?.adjusted ?? null,
      }
    }),
    omittedRows: 0,
  }
}
