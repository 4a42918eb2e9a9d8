import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { expect, test } from 'vitest'
import { readLogs, sources } from '../index.ts'

test('a Parquet table is read with its numbers, booleans and nulls; a damaged one is refused', async () => {
  const root = mkdtempSync(join(tmpdir(), 'assay-parquet-'))
  const read = () =>
    readLogs({
      paths: ['t.parquet'],
      workingDirectory: root,
      columns: {},
      sources,
      signal: new AbortController().signal,
      onProgress: () => undefined,
    })
  try {
    const whole = Buffer.from(
      parquetWriteBuffer({
        columnData: [
          { name: 'item', type: 'STRING', data: ['a', 'b', 'c'] },
          { name: 'model', type: 'STRING', data: ['m', 'm', 'm'] },
          { name: 'correct', type: 'BOOLEAN', data: [true, false, null] },
          { name: 'cost_usd', type: 'DOUBLE', data: [0.25, null, 0.5] },
        ],
      }),
    )
    writeFileSync(join(root, 't.parquet'), whole)
    const { observations } = await read()
    expect([...observations.score]).toEqual([1, 0, Number.NaN])
    expect([...observations.cost]).toEqual([0.25, Number.NaN, 0.5])
    for (const damaged of [whole.subarray(0, -9), Buffer.from('PAR1'), Buffer.from('no table at all')]) {
      writeFileSync(join(root, 't.parquet'), damaged)
      expect((await read()).failures[0]).toMatchObject({ code: 'parquet-unreadable', path: 't.parquet' })
    }
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
})
