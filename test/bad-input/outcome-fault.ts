/** What is wrong with what a statistic returned; `undefined` where nothing is. */

/** Below this level an interval may be narrower than the rounding of its ends; a predicted count may be one for certain. */
const leastLevel = 0.4

export function outcomeFault(outcome: unknown, where = ''): string | undefined {
  if (typeof outcome === 'number') return Number.isNaN(outcome) ? `NaN at ${where || 'the result'}` : undefined
  if (outcome === null) return `null at ${where}`
  if (typeof outcome !== 'object') return undefined
  for (const [key, value] of Object.entries(outcome)) {
    const fault = outcomeFault(value, `${where}.${key}`)
    if (fault !== undefined) return fault
  }
  return ofInterval(outcome as Partial<Bounded>, where) ?? ofTest(outcome as { kind?: string; pValue?: number }, where)
}

interface Bounded {
  readonly kind: string
  readonly value: number
  readonly caveats: readonly unknown[]
  readonly interval: {
    readonly lower: number
    readonly upper: number
    readonly level: number
    readonly side: string
    readonly kind: string
  }
}

function ofInterval({ kind, value, interval, caveats = [] }: Partial<Bounded>, where: string): string | undefined {
  if (kind !== 'estimate' || value === undefined || interval === undefined) return undefined
  const { lower, upper, level, side, kind: ofWhat } = interval
  if (!Number.isFinite(value)) return `value ${value}${where}`
  if (lower > upper && level >= leastLevel) return `lower end ${lower} above upper end ${upper}${where}`
  if (lower === upper && level >= leastLevel && caveats.length === 0 && ofWhat !== 'prediction')
    return `interval of no width and no caveat at ${lower}${where}`
  if (side === 'two-sided' && !(Number.isFinite(lower) && Number.isFinite(upper))) return `${lower} to ${upper}${where}`
  return undefined
}

function ofTest({ kind, pValue }: { kind?: string; pValue?: number }, where: string): string | undefined {
  return kind === 'test' && pValue !== undefined && !(pValue >= 0 && pValue <= 1) ? `p = ${pValue}${where}` : undefined
}
