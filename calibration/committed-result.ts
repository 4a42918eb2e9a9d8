/** The committed outcome of one calibration: `calibration/results/<name>.json`. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { z } from 'zod'
import type { Calibration, CalibrationRow } from './calibration.ts'
import { judgeRow } from './judge-row.ts'

const committedResult = z.strictObject({
  name: z.string(),
  title: z.string(),
  kind: z.enum(['coverage', 'level', 'cost']),
  nominal: z.number().gt(0).max(1),
  verdict: z.enum(['nominal', 'at-least', 'at-most']),
  note: z.string().optional(),
  /** Day of the run. */
  date: z.iso.date(),
  seed: z.string(),
  /** Repetitions that were asked for; a row states how many it made. */
  repetitions: z.int().positive(),
  node: z.string(),
  millisecondsPerRepetition: z.number().positive(),
  rows: z
    .array(
      z.strictObject({
        setting: z.string(),
        rate: z.number().min(0),
        repetitions: z.union([z.int().positive(), z.literal('enumerated')]),
        seed: z.string(),
        standardError: z.number().min(0),
        withinTolerance: z.boolean(),
      }),
    )
    .min(1),
})

export type CommittedResult = z.infer<typeof committedResult>

export interface CalibrationRun {
  readonly calibration: Calibration
  readonly rows: readonly CalibrationRow[]
  readonly seed: string
  readonly repetitions: number
  readonly elapsedMs: number
  readonly date: string
}

/** Judges the rows of a run. Throws where a setting appears twice: its rows could not be told apart. */
export function resultOf({ calibration, rows, seed, repetitions, elapsedMs, date }: CalibrationRun): CommittedResult {
  const { name, title, kind, nominal, verdict, note } = calibration
  if (new Set(rows.map(({ setting }) => setting)).size < rows.length)
    throw new Error(`${name}: a setting appears twice`)
  return committedResult.parse({
    name,
    title,
    kind,
    nominal,
    verdict,
    ...(note === undefined ? {} : { note }),
    date,
    seed,
    repetitions,
    node: process.versions.node,
    millisecondsPerRepetition: Number((elapsedMs / repetitions).toPrecision(3)),
    rows: rows.map((row) => ({ ...row, ...judgeRow(calibration, row) })),
  })
}

export function readResult(name: string): CommittedResult | undefined {
  const path = pathOf(name)
  return existsSync(path) ? committedResult.parse(JSON.parse(readFileSync(path, 'utf8'))) : undefined
}

export function writeResult(result: CommittedResult): void {
  writeFileSync(pathOf(result.name), `${JSON.stringify(result, undefined, 2)}\n`)
}

function pathOf(name: string): URL {
  return new URL(`results/${name}.json`, import.meta.url)
}
