/** Figures and tables as data. `report` draws them; nothing here knows of pixels or colours. */

/** How a number is written: `rate` 0.123 → 12.3 %, `points` a difference of rates in percentage points. */
export type NumberFormat =
  | 'rate'
  | 'points'
  | 'score'
  | 'difference'
  | 'count'
  | 'p-value'
  | 'number'
  | 'ratio'
  | 'usd'
  | 'milliseconds'

export interface IntervalRow {
  readonly label: string
  /** Rows of one group are drawn together under its name. */
  readonly group?: string | undefined
  readonly value: number
  readonly lower: number
  readonly upper: number
  readonly n: number
}

interface FigureBase {
  readonly title: string
  /** One or two sentences a screen reader speaks instead of the drawing: what it shows and what stands out. */
  readonly description: string
}

export type Figure =
  /** Forest plot: estimates with intervals, optionally against a reference line (0 for differences). */
  | (FigureBase & {
      readonly kind: 'intervals'
      readonly format: NumberFormat
      readonly axis: string
      readonly rows: readonly IntervalRow[]
      readonly reference?: number | undefined
    })
  /** Scores per variant with the band inside which the range would fall if variants did not matter. */
  | (FigureBase & {
      readonly kind: 'spread'
      readonly format: NumberFormat
      readonly axis: string
      readonly rows: readonly IntervalRow[]
      readonly center: number
      readonly nullBand: { readonly lower: number; readonly upper: number; readonly level: number }
    })
  /** Item × variant cells, row-major; null where there is no observation. */
  | (FigureBase & {
      readonly kind: 'heat-map'
      readonly format: NumberFormat
      readonly rowLabels: readonly string[]
      readonly columnLabels: readonly string[]
      readonly values: readonly (number | null)[]
      readonly omittedRows: number
    })
  /** Subgroups sorted by value, with simultaneous intervals and the overall value. */
  | (FigureBase & {
      readonly kind: 'caterpillar'
      readonly format: NumberFormat
      readonly axis: string
      readonly rows: readonly IntervalRow[]
      readonly overall: number
    })
  /** Curves with bands: power against n, pass@k against k, score against cost. */
  | (FigureBase & {
      readonly kind: 'curves'
      readonly format: NumberFormat
      readonly xAxis: string
      readonly yAxis: string
      readonly xScale: 'linear' | 'log'
      readonly series: readonly {
        readonly label: string
        readonly points: readonly {
          readonly x: number
          readonly y: number
          readonly lower?: number | undefined
          readonly upper?: number | undefined
        }[]
      }[]
    })

export interface Table {
  readonly title: string
  readonly columns: readonly {
    readonly key: string
    readonly label: string
    readonly format?: NumberFormat | 'text' | undefined
  }[]
  /** null reads "unknown", never 0. */
  readonly rows: readonly Readonly<Record<string, string | number | null>>[]
  /** Rows left out of a long table; they are counted, never silently lost. */
  readonly omittedRows: number
}
