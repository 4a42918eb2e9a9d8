/** Figures and tables as data. */
import { z } from 'zod'
import { numberFormatRecord } from './evidence-record.ts'
import { nonFiniteRecord, numberRecord } from './number-record.ts'

const base = { title: z.string(), description: z.string(), nonFinite: nonFiniteRecord }

const rows = z.array(
  z.object({
    label: z.string(),
    group: z.string().optional(),
    value: numberRecord,
    lower: numberRecord,
    upper: numberRecord,
    n: numberRecord,
  }),
)

const axis = { format: numberFormatRecord, axis: z.string(), rows }

export const figureRecord = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('intervals'), ...base, ...axis, reference: numberRecord.optional() }),
  z.object({
    kind: z.literal('spread'),
    ...base,
    ...axis,
    center: numberRecord,
    nullBand: z.object({ lower: numberRecord, upper: numberRecord, level: numberRecord }),
  }),
  z.object({
    kind: z.literal('heat-map'),
    ...base,
    format: numberFormatRecord,
    rowLabels: z.array(z.string()),
    columnLabels: z.array(z.string()),
    values: z.array(numberRecord).describe('Row by row; null where there is no observation.'),
    omittedRows: z.int(),
  }),
  z.object({ kind: z.literal('caterpillar'), ...base, ...axis, overall: numberRecord }),
  z.object({
    kind: z.literal('curves'),
    ...base,
    format: numberFormatRecord,
    xAxis: z.string(),
    yAxis: z.string(),
    xScale: z.enum(['linear', 'log']),
    series: z.array(
      z.object({
        label: z.string(),
        points: z.array(
          z.object({
            x: numberRecord,
            y: numberRecord,
            lower: numberRecord.optional(),
            upper: numberRecord.optional(),
          }),
        ),
      }),
    ),
  }),
])

export const tableRecord = z.object({
  title: z.string(),
  columns: z.array(
    z.object({
      key: z.string(),
      label: z.string(),
      format: z.union([numberFormatRecord, z.literal('text')]).optional(),
    }),
  ),
  rows: z.array(z.record(z.string(), z.union([z.string(), z.number(), z.null()]))).describe('null reads "unknown".'),
  omittedRows: z.int(),
  nonFinite: nonFiniteRecord,
})

export type FigureRecord = z.infer<typeof figureRecord>
export type TableRecord = z.infer<typeof tableRecord>
