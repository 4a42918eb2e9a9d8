/** Puts the words to codes: a report carries both, so that it can be read without this program. */
import type { Explanation } from '../../domain/index.ts'
import type { Caveat } from '../../stats/result.ts'
import type { NonFinite } from '../record/number-record.ts'
import { toJsonNumbers } from './json-numbers.ts'

export interface Coded {
  readonly code: string
  readonly values: Readonly<Record<string, string | number | boolean>>
}

/** Words for a code; the real one is `explain` of the domain. */
export type Explain = (coded: Coded) => Explanation

export interface Explained {
  readonly code: string
  readonly values: Coded['values']
  readonly nonFinite?: NonFinite
  readonly text: string
  readonly fix: string | undefined
  readonly priority: number
}

export function explained(coded: Coded, explain: Explain): Explained {
  const { text, fix, priority } = explain(coded)
  const sorted = Object.fromEntries(Object.entries(coded.values).sort(([a], [b]) => (a < b ? -1 : 1)))
  return { code: coded.code, ...toJsonNumbers({ values: sorted }), text, fix, priority }
}

export function explainedCaveat(
  caveat: Caveat,
  explain: Explain,
): Explained & { readonly severity: Caveat['severity']; readonly subject: string | undefined } {
  return { ...explained(caveat, explain), severity: caveat.severity, subject: caveat.subject }
}
