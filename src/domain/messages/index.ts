import { analysisMessages } from './analyses.ts'
import { designMessages } from './designs.ts'
import { engineAnalysisMessages } from './engine-analyses.ts'
import { guaranteeAnalysisMessages } from './guarantee-analyses.ts'
import { fillTemplate, type Message } from './message.ts'
import { runCostMessages } from './run-costs.ts'
import { runMessages } from './runs.ts'
import { sourceMessages } from './sources.ts'
import { statsMessages } from './stats.ts'
import { assumptionMessages } from './stats-assumptions.ts'
import { statsClaimMessages } from './stats-claims.ts'

export { formatApart, formatExact, formatNumber } from './format-number.ts'
export { fillTemplate, type Messages } from './message.ts'

const messages: ReadonlyMap<string, Message> = new Map(
  Object.entries({
    ...statsMessages,
    ...statsClaimMessages,
    ...assumptionMessages,
    ...sourceMessages,
    ...analysisMessages,
    ...engineAnalysisMessages,
    ...guaranteeAnalysisMessages,
    ...designMessages,
    ...runMessages,
    ...runCostMessages,
  }),
)

/** Codes of all messages, for the test that every code in use has words. */
export const messageCodes: readonly string[] = [...messages.keys()]

export interface Explanation {
  readonly text: string
  readonly fix: string | undefined
  readonly priority: number
}

/** The words for a code with its values. An unknown code is a bug and throws. */
export function explain(coded: {
  readonly code: string
  readonly values: Readonly<Record<string, string | number | boolean>>
}): Explanation {
  const message = messages.get(coded.code)
  if (message === undefined) throw new Error(`no message for code "${coded.code}"; add it to src/domain/messages`)
  return {
    text: fillTemplate(message.text, coded.values),
    fix: message.fix === undefined ? undefined : fillTemplate(message.fix, coded.values),
    priority: message.priority ?? 0,
  }
}
