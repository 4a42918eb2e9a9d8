/** Input fields that the plan verbs share. Each reads what a person types and says what would have been right. */
import { z } from 'zod'
import type { CountOf } from '../../stats/index.ts'

/**
 * A probability strictly between 0 and 1: `0.0001`, `1e-4`, `0.01 %`, `1/10000` or `1 in 10,000`.
 *
 * probabilityField.parse('1 in 10,000') // => 0.0001
 */
export const probabilityField = z.union([z.number(), z.string()]).transform((given, context) => {
  const value = typeof given === 'number' ? given : probabilityFrom(given)
  if (value > 0 && value < 1) return value
  return refuse(
    context,
    `${shown(given)} is not a probability; pass one above 0 and below 1, such as 1e-4, 0.01 % or 1/10000`,
  )
})

/** A probability from 0 to 1, both included. */
export const shareField = z.union([z.number(), z.string()]).transform((given, context) => {
  const value = typeof given === 'number' ? given : probabilityFrom(given)
  if (value >= 0 && value <= 1) return value
  return refuse(context, `${shown(given)} is not a share; pass a number from 0 to 1, such as 0.87 or 87 %`)
})

/** A difference of two shares, from −1 to 1: `0.02`, `-0.02`, `2 %`. */
export const differenceField = z.union([z.number(), z.string()]).transform((given, context) => {
  const value = typeof given === 'number' ? given : probabilityFrom(given)
  if (value > -1 && value < 1) return value
  return refuse(context, `${shown(given)} is not a difference of shares; pass a number between -1 and 1, such as 0.02`)
})

/**
 * Counts of a yes/no measurement, `190/200`: 190 of 200.
 *
 * countField.parse('190/200') // => { count: 190, of: 200 }
 */
export const countField = z.string().transform((given, context): CountOf => {
  const match = /^\s*(\d[\d,_]*)\s*(?:\/|of)\s*(\d[\d,_]*)\s*$/.exec(given)
  const count = wholeNumber(match?.[1])
  const of = wholeNumber(match?.[2])
  if (match === null) {
    return refuse(context, `${shown(given)} is not a fraction of counts; pass two whole numbers, such as 190/200`)
  }
  if (of === 0 || count > of) {
    return refuse(context, `${shown(given)} counts more than there are; pass the part first, such as 190/200`)
  }
  return { count, of }
})

/** A number of trials, uses or items, `1e6` and `1,000,000` included. */
export const amountField = z.union([z.number(), z.string()]).transform((given, context) => {
  const value = typeof given === 'number' ? given : Number(given.replaceAll(/[,_]/g, '') || Number.NaN)
  if (Number.isInteger(value) && value >= 1) return value
  return refuse(context, `${shown(given)} is not a whole number of 1 or more; pass one, such as 30000 or 1e6`)
})

/** A variance: `0.12` or `1/9`. */
export const varianceField = z.union([z.number(), z.string()]).transform((given, context) => {
  const value = typeof given === 'number' ? given : probabilityFrom(given)
  if (value >= 0 && Number.isFinite(value)) return value
  return refuse(context, `${shown(given)} is not a variance; pass a number of 0 or more, such as 0.12 or 1/9`)
})

/** What the error rate of a two-sided test and its power have always been, printed with every result. */
export const alphaField = probabilityField.prefault(0.05).describe('error rate of the two-sided test')
export const powerField = probabilityField.prefault(0.8).describe('wanted probability of a significant result')

/** Clusters, as a design effect or as what it is computed from. */
export const clusterFields = {
  designEffect: z
    .number()
    .positive()
    .optional()
    .describe('how many times the variance grows because items come in clusters; from a pilot')
    .meta({ placeholder: 'factor' }),
  clusterSize: z
    .number()
    .min(1)
    .optional()
    .describe('items per cluster, with --icc: the design effect is 1 + (size - 1) icc')
    .meta({ placeholder: 'items' }),
  icc: z
    .number()
    .gte(-1)
    .lte(1)
    .optional()
    .describe('correlation of two items of one cluster, with --cluster-size')
    .meta({ placeholder: 'correlation' }),
}

export const outField = z
  .string()
  .min(1)
  .optional()
  .describe('folder for plan.html and plan.json')
  .meta({ placeholder: 'folder' })

function probabilityFrom(text: string): number {
  const plain = text.trim().replaceAll(/(?<=\d)[,_](?=\d{3})/g, '')
  const percent = /^(.*\S)\s*%$/.exec(plain)
  if (percent !== null) return numberFrom(percent[1]) / 100
  const ratio = /^(\S+)\s*(?:\/|\bin\b)\s*(\S+)$/.exec(plain)
  return ratio === null ? numberFrom(plain) : numberFrom(ratio[1]) / numberFrom(ratio[2])
}

function numberFrom(text: string | undefined): number {
  return text === undefined || text === '' ? Number.NaN : Number(text)
}

function wholeNumber(text: string | undefined): number {
  return text === undefined ? Number.NaN : Number(text.replaceAll(/[,_]/g, ''))
}

function shown(given: string | number): string {
  return typeof given === 'string' ? JSON.stringify(given) : String(given)
}

function refuse(context: z.core.$RefinementCtx, message: string): never {
  context.addIssue({ code: 'custom', message })
  return z.NEVER
}
