/** Whether the verdicts of a run confirm what was planned, or explore. */
import type { Statement } from './analysis.ts'
import type { RegisteredProtocol } from './journal-record.ts'

/** `started`: when the run began; a registration that is not older froze nothing. */
export function registrationStatement(options: {
  readonly registered: RegisteredProtocol | undefined
  readonly started: string | undefined
}): Statement {
  const { registered, started } = options
  if (registered === undefined) return { code: 'claims-exploratory', values: {} }
  const { time, deviations, key } = registered
  const [first] = deviations
  if (first !== undefined)
    return { code: 'claims-deviating', values: { time, deviations: deviations.length, path: first.path } }
  if (started !== undefined && !(Date.parse(time) <= Date.parse(started)))
    return { code: 'claims-registered-late', values: { time, started } }
  return key === undefined
    ? { code: 'claims-confirmatory-unsigned', values: { time } }
    : { code: 'claims-confirmatory', values: { time, key } }
}
