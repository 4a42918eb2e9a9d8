/** Figures that a log prints without the rows behind them: what little can still be said. */
import { groupRows, type Observations, type RunRecord, selectRows } from '../../../domain/index.ts'
import { clopperPearson, notEstimable, type Outcome } from '../../../stats/index.ts'

export interface HeaderFigure {
  readonly path: string
  readonly run: string
  readonly model: string
  readonly task: string
  readonly scorer: string
  readonly metric: string
  readonly value: number
  readonly n: number | undefined
  /** Scored rows of this scorer that the log does hold. */
  readonly rows: number
  readonly outcome: Outcome
  readonly oneSided?: Outcome | undefined
}

/** Headlines that rest on more responses than the log holds. Where all rows are there, the rows speak. */
export function headerFigures(
  observations: Observations,
  { runs, level }: { readonly runs: readonly RunRecord[]; readonly level: number },
): readonly HeaderFigure[] {
  const counts = scoredRows(observations)
  return runs.flatMap((run) =>
    run.headlines.flatMap(({ scorer, metric, value, n, binary }): readonly HeaderFigure[] => {
      const rows = counts.get(`${run.id}\n${scorer}`) ?? 0
      if (n === undefined ? rows > 0 : rows >= n) return []
      const { id, path, model, task } = run
      const outcomes = binary === true && n !== undefined ? exact({ value, n, level }) : unknown(n)
      return [{ path, run: id, model, task, scorer, metric, value, n, rows, ...outcomes }]
    }),
  )
}

function exact({ value, n, level }: { readonly value: number; readonly n: number; readonly level: number }) {
  const successes = Math.round(value * n)
  // A mean of n zeros and ones is a whole number of n-ths; anything else was not computed that way.
  if (Math.abs(successes - value * n) > 1e-6 * Math.max(1, n)) {
    return { outcome: notEstimable('printed-rate-not-a-count', { value, n }) }
  }
  const counts = { successes, trials: n, level }
  const side = successes === 0 ? 'upper' : successes === n ? 'lower' : undefined
  return {
    outcome: clopperPearson({ ...counts, side: 'two-sided' }),
    ...(side === undefined ? {} : { oneSided: clopperPearson({ ...counts, side }) }),
  }
}

function unknown(n: number | undefined): { readonly outcome: Outcome } {
  return {
    outcome:
      n === undefined
        ? notEstimable('printed-figure-without-n')
        : notEstimable('printed-figure-of-unknown-scale', { n }),
  }
}

function scoredRows(observations: Observations): ReadonlyMap<string, number> {
  const scored = selectRows(observations.rows, (row) => observations.missing[row] === 0)
  const groups = groupRows(scored, [observations.run.codes, observations.scorer.codes])
  const counts = new Map<string, number>()
  for (let group = 0; group < groups.count; group++) {
    const first = groups.first[group] ?? 0
    const run = observations.run.values[observations.run.codes[first] ?? -1] ?? ''
    const scorer = observations.scorer.values[observations.scorer.codes[first] ?? -1] ?? ''
    counts.set(`${run}\n${scorer}`, (groups.starts[group + 1] ?? 0) - (groups.starts[group] ?? 0))
  }
  return counts
}
