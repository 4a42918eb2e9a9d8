/** One number of a report in words: the same on the page, in Markdown and in the terminal. */
import { formatNumber } from '../domain/index.ts'
import { fromJsonNumbers } from './compose/json-numbers.ts'
import { formatInterval } from './format-interval.ts'
import type { EstimateRecord, EvidenceRecord, TestRecord } from './record/evidence-record.ts'

export interface EvidenceWords {
  /** `67.6 %`, `p = 0.036`, `cannot say`. */
  readonly value: string
  /** `60.1 to 74.2 %`; empty where there is none. */
  readonly interval: string
  /** `95 % confidence interval`, `two-sided test of 0`. */
  readonly intervalKind: string
  /** `198`; empty where unknown. */
  readonly n: string
}

export function evidenceWords({ outcome, format }: EvidenceRecord): EvidenceWords {
  switch (outcome.kind) {
    case 'estimate': {
      const { value, interval, n } = fromJsonNumbers(outcome)
      return {
        value: formatNumber(known(value), format),
        interval: formatInterval(
          { lower: known(interval.lower), upper: known(interval.upper), side: interval.side },
          format,
        ),
        intervalKind: intervalKind(interval),
        n: formatNumber(known(n), 'count'),
      }
    }
    case 'test': {
      const { n, pValue, resolution } = fromJsonNumbers(outcome)
      const p = known(pValue)
      const atResolution = resolution !== undefined && resolution !== null && p <= resolution
      return {
        value: `p ${atResolution ? '≤' : '='} ${formatNumber(p, 'p-value')}`,
        interval: '',
        intervalKind: testKind(outcome),
        n: formatNumber(known(n), 'count'),
      }
    }
    case 'not-estimable':
      return { value: 'cannot say', interval: '', intervalKind: '', n: '' }
    default:
      return outcome satisfies never
  }
}

/** The number with its interval and n on one line: `67.6 % (60.1 to 74.2 %; n = 198)`. */
export function evidenceLine(evidence: EvidenceRecord): string {
  const { value, interval, n } = evidenceWords(evidence)
  const parts = [interval, n === '' ? '' : `n = ${n}`].filter((part) => part !== '')
  return parts.length === 0 ? value : `${value} (${parts.join('; ')})`
}

export function levelWords(level: number | null): string {
  return formatNumber(known(level), 'rate').replace(/\.0 %$/, ' %')
}

/** A null that `nonFinite` does not explain is unknown. */
export function known(value: number | null | undefined): number {
  return value ?? Number.NaN
}

function intervalKind({ level, kind, side }: EstimateRecord['interval']): string {
  const words = levelWords(level)
  if (side === 'two-sided') return `${words} ${kind} interval`
  return `${words} ${side} ${kind} bound`
}

function testKind({ alternative, nullValue }: TestRecord): string {
  const value = formatNumber(known(nullValue), 'number')
  return alternative === 'two-sided' ? `two-sided test of ${value}` : `one-sided test against ${value}, ${alternative}`
}
