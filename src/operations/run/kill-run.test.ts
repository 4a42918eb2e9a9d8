import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openRandom } from '../../random/index.ts'
import { readLogs, sources } from '../../sources/index.ts'
import { readJournal } from '../../store/read-journal.ts'

const script = fileURLToPath(new URL('../fixtures/killed-run.ts', import.meta.url))

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'assay-kill-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

interface Session {
  readonly signal: NodeJS.Signals | null
  readonly status: number | null
}

function session(name: string, killAfter: number, delayMs = 0, design = 'full'): Session {
  const { signal, status, stderr } = spawnSync(
    process.execPath,
    [script, join(root, name), join(root, `${name}.bill`), String(killAfter), String(delayMs), design],
    { encoding: 'utf8' },
  )
  if (signal === null) expect(stderr).toBe('')
  return { signal, status }
}

const billOf = (name: string): readonly string[] =>
  readFileSync(join(root, `${name}.bill`), 'utf8')
    .trim()
    .split('\n')

async function evidenceOf(name: string) {
  const reading = await readLogs({
    paths: [name],
    workingDirectory: root,
    columns: {},
    sources,
    signal: new AbortController().signal,
    onProgress: () => undefined,
  })
  expect(reading.failures).toEqual([])
  const { observations, runs } = reading
  const [run] = runs
  return {
    rows: observations.rows,
    scores: [...observations.score],
    items: [...observations.item.codes].map((code) => observations.item.values[code]),
    verdicts: run?.study?.verdicts.map(({ verdict, logEvidence, interval }) => ({ verdict, logEvidence, interval })),
    calls: run?.study?.ledger.map(({ calls }) => calls),
  }
}

test('a run of 5,000 cells killed at 20 random moments ends as the uninterrupted one, and pays nothing twice (seed 9)', async () => {
  expect(session('whole', -1)).toEqual({ signal: null, status: 0 })
  const random = openRandom(9)
  const kills = 20
  let kept = new Set<string>()
  for (let kill = 0; kill < kills; kill++) {
    const paidBefore = kill === 0 ? 0 : billOf('killed').length
    expect(session('killed', 30 + random.integer(320), random.integer(8)).signal).toBe('SIGKILL')
    // What the journal held before this session was never asked again in it.
    for (const paid of billOf('killed').slice(paidBefore)) expect(kept.has(paid)).toBe(false)
    kept = journaled(join(root, 'killed'))
  }
  const paidBefore = billOf('killed').length
  expect(session('killed', -1)).toEqual({ signal: null, status: 0 })
  for (const paid of billOf('killed').slice(paidBefore)) expect(kept.has(paid)).toBe(false)

  const cells = new Map<number, number>()
  const end = readJournal(join(root, 'killed'), (record) => {
    if (record.kind === 'cell') cells.set(record.index, (cells.get(record.index) ?? 0) + 1)
  })
  expect(end.torn).toBe(false)
  expect(cells.size).toBe(5_000)
  expect([...cells.values()].every((times) => times === 1)).toBe(true)
  const bill = billOf('killed')
  expect(new Set(bill).size).toBe(5_000)
  // Twice paid is at most what was in flight at each kill.
  expect(bill.length - 5_000).toBeLessThanOrEqual(kills * 20)
  expect(await evidenceOf('killed')).toEqual(await evidenceOf('whole'))
}, 180_000)

test('a search killed at 4 random moments takes the same steps, and pays nothing twice (seed 4)', async () => {
  expect(session('whole', -1, 0, 'thompson')).toEqual({ signal: null, status: 0 })
  const random = openRandom(4)
  let kept = new Set<string>()
  for (let kill = 0; kill < 4; kill++) {
    const paidBefore = kill === 0 ? 0 : billOf('killed').length
    expect(session('killed', 20 + random.integer(200), random.integer(8), 'thompson').signal).toBe('SIGKILL')
    for (const paid of billOf('killed').slice(paidBefore)) expect(kept.has(paid)).toBe(false)
    kept = journaled(join(root, 'killed'))
  }
  expect(session('killed', -1, 0, 'thompson')).toEqual({ signal: null, status: 0 })
  expect(searchOf('killed')).toEqual(searchOf('whole'))
  expect(searchOf('whole').size).toBe(300 + 1_200)
  const bill = billOf('killed')
  expect(new Set(bill).size).toBe(300 + 1_200 + 2 * 300)
  expect(bill.length - new Set(bill).size).toBeLessThanOrEqual(4 * 20)
  const [killed, whole] = [await evidenceOf('killed'), await evidenceOf('whole')]
  expect(killed).toEqual(whole)
  expect(whole.rows).toBe(2 * 2 * 300)
}, 120_000)

/** Every cell of a search with its scores; one that was recorded twice fails. */
function searchOf(name: string): Map<number, unknown> {
  const cells = new Map<number, unknown>()
  readJournal(join(root, name), (record) => {
    if (record.kind !== 'search-cell') return
    expect(cells.has(record.index)).toBe(false)
    cells.set(record.index, record.scores)
  })
  return new Map([...cells].sort(([a], [b]) => a - b))
}

/** Streams of the calls whose answers are on the disk: the bill names calls the same way. */
function journaled(folder: string): Set<string> {
  const paths = new Set<string>()
  let root = ''
  readJournal(folder, (record) => {
    if (record.kind === 'start') root = `${record.study.seed}/run`
    // A cell is named by its protocol and itself; its stream by itself.
    if (record.kind === 'call') paths.add(`${root}/cell/${record.cell.slice(8)}/call/${record.sequence}`)
  })
  return paths
}
