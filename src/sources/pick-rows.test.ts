import { expect, test } from 'vitest'
import { type Observations, ObservationsBuilder, selectRows } from '../domain/index.ts'
import { pickRows } from './pick-rows.ts'

function build(keep: (item: number) => boolean): Observations {
  const builder = new ObservationsBuilder()
  for (let item = 0; item < 40; item++) {
    if (!keep(item)) continue
    builder.add({
      run: `r${item % 3}`,
      model: `m${item % 2}`,
      task: 't',
      item: `i${item}`,
      scorer: 's',
      score: item % 7 === 0 ? 'refusal' : item / 8,
      levels: item % 4 === 0 ? undefined : { format: `f${item % 4}` },
      cluster: item % 5 === 0 ? undefined : `c${item % 5}`,
      answer: `a${item % 6}`,
      cost: item % 9 === 0 ? undefined : item,
      source: 'x',
      sourceRow: item,
      attributes: item % 2 === 0 ? { topic: `t${item % 8}` } : {},
    })
  }
  return builder.finish()
}

test('pickRows of a table is the table that was built from those rows alone', () => {
  const whole = build(() => true)
  for (const keep of [(i: number) => i % 4 === 1, (i: number) => i > 30, (i: number) => i % 2 === 0, () => false]) {
    const rows = selectRows(whole.rows, (row) => keep(whole.sourceRow[row] ?? 0))
    const attributes = ({ attributes: columns, ...rest }: Observations) => ({
      ...rest,
      // A column that no picked row fills stays, empty.
      attributes: [...columns].filter(([, { values }]) => values.length > 0),
    })
    expect(attributes(pickRows(whole, rows))).toEqual(attributes(build(keep)))
  }
})
