/** The figures and the table of `detectable-effect`. */
import { differenceFormat, type Figure, formatInterval, type Table } from '../../../domain/index.ts'
import { type DifferenceDesign, minimumDetectableEffect, requiredItems } from '../../../stats/index.ts'
import type { MeasureDesign } from './measure-designs.ts'

interface CurveOptions {
  readonly power: number
}

/** Detectable effect against items, and against repeats where rerun noise is known apart from the items. */
export function effectCurves(designs: readonly MeasureDesign[], { power }: CurveOptions): readonly Figure[] {
  return designs.flatMap((each) => {
    const { design } = each
    if (design === undefined) return []
    return each.split
      ? [againstItems(each, { design, power }), againstRepeats(each, { design, power })]
      : [againstItems(each, { design, power })]
  })
}

interface Curve {
  readonly design: DifferenceDesign
  readonly power: number
}

function againstItems({ measure, models, items, split }: MeasureDesign, { design, power }: Curve): Figure {
  const counts = logSteps(10, Math.max(10_000, 4 * items))
  const curve = (label: string, repeats: number | undefined) => ({
    label,
    points: counts.map((count) => ({
      x: count,
      y: minimumDetectableEffect({ ...withRepeats(design, repeats), items: count }),
    })),
  })
  return {
    kind: 'curves',
    title: `Smallest detectable difference against items: ${measure.key}`,
    description:
      `How the smallest difference that is found with power ${power} shrinks as items are added, for ${models.join(' and ')}; ` +
      `${items} items were run. Four times the items halve it.`,
    format: differenceFormat(measure.scale),
    xAxis: 'items',
    yAxis: 'smallest detectable difference',
    xScale: 'log',
    series: [
      curve('as run', undefined),
      ...(split ? [curve('one response per item', 1), curve('unlimited repeats', Number.POSITIVE_INFINITY)] : []),
    ],
  }
}

function againstRepeats({ measure, models, items }: MeasureDesign, { design, power }: Curve): Figure {
  const counts = Array.from({ length: 16 }, (_, i) => i + 1)
  return {
    kind: 'curves',
    title: `Smallest detectable difference against repeats: ${measure.key}`,
    description:
      `How the smallest difference that is found with power ${power} on ${items} items shrinks as each is repeated, for ` +
      `${models.join(' and ')}. Where the curve is flat only more items help.`,
    format: differenceFormat(measure.scale),
    xAxis: 'responses per item',
    yAxis: 'smallest detectable difference',
    xScale: 'linear',
    series: [
      {
        label: `${items} items`,
        points: counts.map((repeats) => ({
          x: repeats,
          y: minimumDetectableEffect({ ...withRepeats(design, repeats), items }),
        })),
      },
    ],
  }
}

/** The same items answered `repeats` times by each model; `undefined` leaves the design as it was run. */
function withRepeats(design: DifferenceDesign, repeats: number | undefined): DifferenceDesign {
  return repeats === undefined ? design : { ...design, resamplesA: repeats, resamplesB: repeats }
}

function logSteps(from: number, to: number): readonly number[] {
  const steps = 24
  return Array.from({ length: steps + 1 }, (_, i) => Math.round(from * (to / from) ** (i / steps)))
}

export function designTable(designs: readonly MeasureDesign[], limit: number): Table {
  return {
    title: 'What the design can show',
    columns: [
      { key: 'measure', label: 'Measure', format: 'text' },
      { key: 'name', label: 'Comparison', format: 'text' },
      { key: 'items', label: 'Items', format: 'count' },
      { key: 'effect', label: 'Smallest detectable difference', format: 'number' },
      { key: 'interval', label: 'Interval', format: 'text' },
      { key: 'itemVariance', label: 'Variance between items', format: 'number' },
      { key: 'responseVariance', label: 'Variance of rerunning, as run', format: 'number' },
      { key: 'five', label: 'Items for 5 points', format: 'count' },
      { key: 'two', label: 'Items for 2 points', format: 'count' },
      { key: 'one', label: 'Items for 1 point', format: 'count' },
    ],
    rows: designs.slice(0, limit).map(({ measure, name, items, effect, design, split }) => {
      const needed = (points: number) =>
        design === undefined || measure.scale === 'unbounded'
          ? null
          : requiredItems({ ...design, effect: points }).items
      return {
        measure: measure.key,
        name,
        items,
        effect: effect.kind === 'estimate' ? effect.value : null,
        interval: formatInterval(effect, differenceFormat(measure.scale)),
        itemVariance: design?.itemVariance ?? null,
        responseVariance:
          design !== undefined && split
            ? design.responseVarianceA / design.resamplesA + design.responseVarianceB / design.resamplesB
            : null,
        five: needed(0.05),
        two: needed(0.02),
        one: needed(0.01),
      }
    }),
    omittedRows: Math.max(0, designs.length - limit),
  }
}
