/**
 * Numbers in JSON. JSON has no NaN and no infinity, so a number that is not finite is written as null and the nearest
 * record says in `nonFinite` what it was: `{ "upper": null, "nonFinite": { "upper": "infinity" } }`.
 */
import { z } from 'zod'

export const nonFiniteRecord = z
  .record(z.string(), z.enum(['nan', 'infinity', '-infinity']))
  .optional()
  .describe('Numbers that JSON cannot hold, by path below this record; each of them is null in its place.')

export const numberRecord = z.number().nullable()

export type NonFinite = Readonly<Record<string, 'nan' | 'infinity' | '-infinity'>>
