/** The table and the figure of plans that tolerate so many events. */
import { formatNumber } from '../../domain/index.ts'
import type { PlanDocument, PlanTable } from '../../report/index.ts'
import type { AllowedEvents, PlansByAllowed } from './allowed-events.ts'
import { rateWords } from './plan-words.ts'

type Table = PlanTable['table']

/** At the last, which is the largest of the rates, be they declared or not. */
export function passWords({ passProbabilities }: AllowedEvents): string {
  return formatNumber(Math.min(...passProbabilities), 'rate')
}

export function allowedTable<Row extends AllowedEvents>(
  { rows, recommended, trueRates }: PlansByAllowed<Row>,
  options: {
    readonly title: string
    /** What each plan takes. */
    readonly columns: Table['columns']
    readonly cellsOf: (row: Row) => Table['rows'][number]
  },
): PlanTable {
  const { title, columns, cellsOf } = options
  const known = rows.some(({ allowed }) => allowed === recommended?.allowed)
  const all = recommended === undefined || known ? rows : [...rows, recommended]
  return {
    shownIn: 'terminal-and-page',
    table: {
      title,
      columns: [
        { key: 'allowed', label: 'events allowed', format: 'count' },
        ...columns,
        ...trueRates.map((rate, at) => ({ key: `pass${at}`, label: rateWords(rate), format: 'rate' as const })),
        ...(recommended === undefined ? [] : [{ key: 'mark', label: 'choice', format: 'text' as const }]),
      ],
      rows: all
        .toSorted((a, b) => a.allowed - b.allowed)
        .map((row) => ({
          allowed: row.allowed,
          ...cellsOf(row),
          ...Object.fromEntries(row.passProbabilities.map((value, at) => [`pass${at}`, value])),
          mark: row.allowed === recommended?.allowed ? '<- plan' : '',
        })),
      omittedRows: 0,
    },
  }
}

/** From a hundredth of the claim up to the claim itself, where every plan passes with at most 1 − confidence. */
export function passCurves<Row extends AllowedEvents>(
  { rows, recommended }: PlansByAllowed<Row>,
  options: {
    readonly below: number
    readonly description: string
    readonly passes: (row: Row, trueRate: number) => number
  },
): PlanDocument['figures'][number] {
  const { below, description, passes } = options
  const drawn = new Map(
    [
      ...rows.filter(({ allowed }) => [0, 1, 3, 10].includes(allowed)),
      ...(recommended === undefined ? [] : [recommended]),
    ]
      .toSorted((a, b) => a.allowed - b.allowed)
      .map((row) => [row.allowed, row]),
  )
  const rates = Array.from({ length: 41 }, (_, i) => (below / 100) * 100 ** (i / 40))
  return {
    kind: 'curves',
    title: 'Probability of passing against the true rate',
    description,
    format: 'rate',
    xAxis: 'true rate',
    yAxis: 'probability of passing',
    xScale: 'log',
    series: [...drawn.values()].map((row) => ({
      label: `${row.allowed} allowed`,
      points: rates.map((rate) => ({ x: rate, y: passes(row, rate) })),
    })),
  }
}
