/** Whether the reply gives the right number, within a tolerance and across units. */
import { z } from 'zod'
import {
  bothReadings,
  defineScorer,
  type Reading,
  type ReadNumber,
  readAttempt,
  readNumber,
  unread,
} from '../../domain/index.ts'
import { fail } from '../../stats/index.ts'

const parameters = z.strictObject({
  absolute: z.number().min(0).default(0).describe('largest accepted distance, in the unit of the target'),
  relative: z
    .number()
    .min(0)
    .max(1)
    .default(1e-9)
    .describe(
      'largest accepted distance as a share of the target; the default forgives rounding in the last digits only',
    ),
  units: z
    .record(z.string().min(1), z.number().positive())
    .default({})
    .describe('size of every unit that may be answered in: { m: 1, km: 1000 }'),
  unit: z.enum(['optional', 'required']).default('optional').describe('whether the reply has to name its unit'),
  decimalMark: z.enum(['point', 'comma']).default('point').describe('how replies and targets write decimals'),
})

type Parameters = z.infer<typeof parameters>

export const numeric = defineScorer({
  name: 'numeric',
  title: 'Number',
  version: 2,
  summary: 'Compares numbers: thousands marks, fractions, powers of ten and declared units are understood.',
  parameters,
  references: [],
  reads: ['open'],
  range: { lower: 0, upper: 1 },
  score: async ({ item, attempt, parameters: given }) =>
    readAttempt(attempt, ({ text }) => {
      if (item.options !== undefined) return bothReadings({ score: 'not-scored' })
      const targets = item.target.map((target) => targetNumber(target, given))
      const judge = (said: ReadNumber | undefined, form: 'asked' | 'any'): Reading => {
        const size = said === undefined ? undefined : unitSize(said.unit, { given, form })
        if (said === undefined || size === undefined) return unread(text)
        const right = targets.some((target) =>
          isNear({ said: said.value * (size === 'bare' ? target.size : size), target, given }),
        )
        return { score: right ? 1 : 0, answer: said.unit === '' ? String(said.value) : `${said.value} ${said.unit}` }
      }
      const { strict, lenient } = readNumber(text, given)
      return { strict: judge(strict, 'asked'), lenient: judge(lenient, 'any') }
    }),
})

interface Target {
  /** In the smallest declared scale: value times size of its unit. */
  readonly value: number
  readonly size: number
}

function targetNumber(target: string, given: Parameters): Target {
  const read = readNumber(target, given).strict
  if (read === undefined)
    return fail('target-not-a-number', { target }, 'write the target as one number, with its unit')
  const size = read.unit === '' ? 1 : given.units[read.unit]
  // A unit of the target that was not declared has size 1: replies without a unit are taken to be in it.
  return { value: read.value * (size ?? 1), size: size ?? 1 }
}

/** Size of the unit of a reply; `bare` means the unit of the target; undefined where the unit is not understood. */
function unitSize(
  unit: string,
  { given, form }: { readonly given: Parameters; readonly form: 'asked' | 'any' },
): number | 'bare' | undefined {
  const known = Object.hasOwn(given.units, unit) ? given.units[unit] : undefined
  if (known !== undefined) return known
  if (given.unit === 'required') return undefined
  // A per cent sign is a way of writing unless it was declared as a unit.
  if (unit === '' || unit === '%') return 'bare'
  const declared = Object.keys(given.units).length > 0
  // "12 apples": where units count, a word that is none of them leaves the size open.
  return declared || form === 'asked' ? undefined : 'bare'
}

function isNear({
  said,
  target,
  given,
}: {
  readonly said: number
  readonly target: Target
  readonly given: Parameters
}): boolean {
  const { absolute, relative } = given
  return Math.abs(said - target.value) <= Math.max(absolute * target.size, relative * Math.abs(target.value))
}
