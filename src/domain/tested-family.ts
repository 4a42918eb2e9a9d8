/** Hypotheses that are decided together: the one place where the p-values of an analysis are adjusted for one another. */
import { type ClaimLedger, claimLedger, type LedgerMethod, ledgerMethod, type TestOutcome } from '../stats/index.ts'

export interface Hypothesis {
  /** Key of its evidence, by which a reader finds the number again. */
  readonly key: string
  readonly test: TestOutcome
}

export interface FamilyOptions {
  /** What the hypotheses have in common, in words: `pairs of models on arith / includes`. */
  readonly family: string
  /** Error rate of the whole family. */
  readonly alpha: number
  /** Findings that will be stated, or leads to follow up; or the procedure, where the analysis lays it down. */
  readonly procedure: 'confirm' | 'screen' | Exclude<LedgerMethod, 'e-bh'>
  readonly hypotheses: readonly Hypothesis[]
}

export interface TestedFamily {
  /** None or one: where nothing could be tested there is no family. */
  readonly ledgers: readonly ClaimLedger[]
  /** Parallel to the hypotheses; undefined where there was no test. */
  readonly adjusted: readonly (number | undefined)[]
  readonly survives: readonly boolean[]
}

/** What could not be tested is no member of the family: nothing was looked at that could have been called a finding. */
export function testedFamily({ family, alpha, procedure, hypotheses }: FamilyOptions): TestedFamily {
  const made = hypotheses.flatMap(({ key, test }, at) => (test.kind === 'test' ? [{ at, key, test }] : []))
  const adjusted = new Array<number | undefined>(hypotheses.length).fill(undefined)
  const survives = new Array<boolean>(hypotheses.length).fill(false)
  if (made.length === 0) return { ledgers: [], adjusted, survives }
  const ids = distinct(made.map(({ key }) => key))
  const ledger = claimLedger({
    family,
    alpha,
    method: methodOf(procedure, made.length),
    claims: made.map(({ test: { pValue: value, resolution } }, index) => ({
      id: ids[index] ?? '',
      evidence: { kind: 'p-value', value, resolution },
    })),
  })
  for (const [index, { at }] of made.entries()) {
    adjusted[at] = ledger.claims[index]?.adjusted
    survives[at] = ledger.claims[index]?.supported === true
  }
  return { ledgers: [ledger], adjusted, survives }
}

function methodOf(procedure: FamilyOptions['procedure'], claims: number): LedgerMethod {
  if (procedure !== 'confirm' && procedure !== 'screen') return procedure
  return ledgerMethod({ claims, purpose: procedure, evidence: 'p-values', order: 'none', dependence: 'positive' })
    .method
}

/** Names come from logs: two of them may make the same key. */
function distinct(keys: readonly string[]): readonly string[] {
  const seen = new Set<string>()
  return keys.map((key) => {
    let id = key
    for (let number = 2; seen.has(id); number++) id = `${key} (${number})`
    seen.add(id)
    return id
  })
}
