/** Reading foreign JSON without trusting it. */

export function recordOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : undefined
}

export function fieldOf(value: unknown, name: string): unknown {
  return recordOf(value)?.[name]
}

export function listOf(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) ? value : undefined
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

/** A whole number of tokens above zero. Zero, negative, fractional and textual counts are wrong counts: unknown. */
export function countOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : undefined
}

/** As `countOf`, where zero is a possible count: cached and reasoning tokens. */
export function countOrZeroOf(value: unknown): number | undefined {
  return value === 0 ? 0 : countOf(value)
}

/** Log-probabilities are finite and not positive; rounding may leave them a little above zero. */
export function logProbabilityOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value <= 1e-6 ? Math.min(0, value) : undefined
}
