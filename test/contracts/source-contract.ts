/**
 * What every source must do, whatever its format. Run for each source over its own fixtures, with the fixtures of all
 * the others as foreign files.
 */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { type Observations, ObservationsBuilder, type RunRecord } from '../../src/domain/index.ts'
import { discoverFiles } from '../../src/sources/discover-files.ts'
import type { LogFile, LogUnit, ReadOptions, Source } from '../../src/sources/index.ts'
import { AssayError } from '../../src/stats/index.ts'

export interface SourceContract {
  readonly source: Source
  /** Folders or files that the source must recognise and read. */
  readonly own: readonly string[]
  /** Files that belong to other sources. */
  readonly foreign: readonly string[]
  /** Column mapping for those of its fixtures that need one. */
  readonly columns: Readonly<Record<string, string>>
}

export function describeSource({ source, own, foreign, columns }: SourceContract): void {
  const scratch = mkdtempSync(join(tmpdir(), 'assay-contract-'))
  afterAll(() => rmSync(scratch, { recursive: true, force: true }))

  describe(`source ${source.name}`, () => {
    test('sniff knows its own files and no others, whatever they are called', async () => {
      const mine = await filesIn(own)
      expect(mine.filter((file) => !source.sniff(file)).map(({ path }) => path)).toEqual([])
      const others = await filesIn(foreign)
      expect(others.length).toBeGreaterThan(0)
      expect(others.filter((file) => source.sniff(file)).map(({ path }) => path)).toEqual([])
    })

    test('sniff of nonsense, of nothing and of half a header answers false or true and never throws', async () => {
      const [first] = await filesIn(own)
      for (const bytes of ['', '\0\0\0', '{', '[', '{"results":', '"', ',,,', '\uFEFF', '[[[[[[', '{"a":{"b":{"c":'])
        expect(typeof source.sniff({ ...(first as LogFile), head: Buffer.from(bytes) })).toBe('boolean')
    })

    test('group puts every file into exactly one unit', async () => {
      const files = await filesIn(own)
      const grouped = source.group(files).flatMap(({ main, companions }) => [main, ...companions])
      expect(grouped.map(({ path }) => path).sort()).toEqual(files.map(({ path }) => path).sort())
    })

    test('read of the same files twice gives the same rows and records', async () => {
      for (const unit of source.group(await filesIn(own))) {
        const first = await readUnit(source, unit, columns)
        const second = await readUnit(source, unit, columns)
        expect(second.runs).toEqual(first.runs)
        expect(plain(second.observations)).toEqual(plain(first.observations))
      }
    })

    test('read keeps its promises: rows belong to records, counts agree, unknown is never zero', async () => {
      for (const unit of source.group(await filesIn(own))) {
        const { observations, runs } = await readUnit(source, unit, columns)
        expect(runs.length).toBeGreaterThan(0)
        expect(new Set(runs.map(({ id }) => id)).size).toBe(runs.length)
        checkRows(observations, runs)
        for (const run of runs) checkRecord(run, observations)
        const named = runs.flatMap(({ files }) => files.map(({ path }) => path))
        expect([...new Set(named)].sort()).toEqual([unit.main, ...unit.companions].map(({ path }) => path).sort())
      }
    })

    test('read stops when it is told to', async () => {
      const [unit] = source.group(await filesIn(own))
      const controller = new AbortController()
      controller.abort(new Error('stopped by the caller'))
      const reading = readUnit(source, unit as LogUnit, columns, controller.signal)
      await expect(reading).rejects.toThrow('stopped by the caller')
    })

    test('read of a cut-off file fails with a code, path and fix, or says in a caveat what is missing', async () => {
      for (const unit of source.group(await filesIn(own))) {
        const folder = mkdtempSync(join(scratch, 'cut-'))
        const copies = [unit.main, ...unit.companions].map((file) => copyInto(file, folder))
        const longest = copies.reduce((a, b) => (statSync(a).size >= statSync(b).size ? a : b))
        const whole = await readUnit(source, unit, columns)
        truncateSync(longest, Math.floor(statSync(longest).size * 0.6) - 7)
        const files = await filesIn([folder])
        const cut = source.group(files)[0]
        if (cut === undefined) continue
        try {
          const { observations, runs } = await readUnit(source, cut, columns)
          expect(observations.rows).toBeLessThanOrEqual(whole.observations.rows)
          const codes = runs.flatMap(({ caveats }) => caveats.map(({ code }) => code))
          expect(codes.length, `${unit.main.path} lost ${statSync(longest).size} bytes unnoticed`).toBeGreaterThan(0)
        } catch (error) {
          expect(error).toBeInstanceOf(AssayError)
          expect((error as AssayError).code).toMatch(/^[a-z0-9-]+$/)
          expect((error as AssayError).fix.length).toBeGreaterThan(10)
          expect(String((error as AssayError).values.path)).toBe(
            files.find(({ absolutePath }) => absolutePath.endsWith(basename(longest)))?.path,
          )
        }
      }
    })

    test('read of flipped bytes ends in a coded error or in rows that keep the promises, never in a crash', async () => {
      for (const unit of source.group(await filesIn(own)).slice(0, 6)) {
        for (let attempt = 0; attempt < 8; attempt++) {
          const folder = mkdtempSync(join(scratch, 'flip-'))
          const [main = ''] = [unit.main, ...unit.companions].map((file) => copyInto(file, folder))
          const bytes = readFileSync(main)
          // Spread over the file by a fixed stride, so that every run meets the same damage.
          for (let flip = 0; flip < 3; flip++) {
            const at = (attempt * 7919 + flip * 104_729) % bytes.length
            bytes[at] = (bytes[at] ?? 0) ^ (1 << (attempt % 8))
          }
          writeFileSync(main, bytes)
          const damaged = source.group(await filesIn([folder]))[0]
          if (damaged === undefined) continue
          try {
            const { observations, runs } = await readUnit(source, damaged, columns)
            checkRows(observations, runs)
          } catch (error) {
            expect(error, `${unit.main.path} attempt ${attempt}: ${String(error)}`).toBeInstanceOf(AssayError)
          }
        }
      }
    })
  })
}

export async function filesIn(paths: readonly string[]): Promise<readonly LogFile[]> {
  const found = await discoverFiles({
    paths,
    workingDirectory: process.cwd(),
    signal: new AbortController().signal,
    limit: 10_000,
  })
  return found.files.filter(({ path }) => !path.endsWith('.md'))
}

export interface UnitReading {
  readonly observations: Observations
  readonly runs: readonly RunRecord[]
}

export async function readUnit(
  source: Source,
  unit: LogUnit,
  columns: ReadOptions['columns'],
  signal: AbortSignal = new AbortController().signal,
): Promise<UnitReading> {
  const builder = new ObservationsBuilder()
  const runs: RunRecord[] = []
  await source.read(
    unit,
    { observe: (row) => builder.add(row), record: (run) => runs.push(run), manifest: () => undefined },
    { signal, columns, onProgress: () => undefined },
  )
  return { observations: builder.finish(), runs }
}

/** A table as plain data, for comparing. */
export function plain(observations: Observations): unknown {
  const { variants, ...rest } = observations
  return { ...rest, variants, attributes: [...observations.attributes] }
}

function checkRows(observations: Observations, runs: readonly RunRecord[]): void {
  const ids = new Set(runs.map(({ id }) => id))
  for (const id of observations.run.values) expect(ids.has(id), `row of unknown run ${id}`).toBe(true)
  for (let row = 0; row < observations.rows; row++) {
    const scored = observations.missing[row] === 0
    if (scored !== Number.isFinite(observations.score[row]))
      throw new Error(`row ${row} has missing = ${observations.missing[row]} and score = ${observations.score[row]}`)
    if ((observations.item.codes[row] ?? -1) < 0) throw new Error(`row ${row} has no item`)
    if ((observations.replicate[row] ?? 0) < 1)
      throw new Error(`row ${row} has replicate ${observations.replicate[row]}`)
  }
}

function checkRecord(run: RunRecord, observations: Observations): void {
  const code = observations.run.values.indexOf(run.id)
  let rows = 0
  let scoredRows = 0
  const items = new Set<string>()
  for (let row = 0; row < observations.rows; row++) {
    if (observations.run.codes[row] !== code) continue
    rows++
    if (observations.missing[row] === 0) scoredRows++
    items.add(`${observations.task.codes[row]}/${observations.item.codes[row]}`)
  }
  expect({ id: run.id, rows, scoredRows }).toEqual({
    id: run.id,
    rows: run.found.rows,
    scoredRows: run.found.scoredRows,
  })
  if (rows > 0) expect(items.size).toBeLessThanOrEqual(run.found.items)
  for (const { verdict, because, metric } of run.reconciliations)
    if (verdict !== 'match') expect(because, `${metric} ${verdict} without a reason`).toBeDefined()
  for (const { sha256 } of run.files) expect(sha256).toMatch(/^[0-9a-f]{64}$/)
}

/** Keeps the folder of the file: harnesses write the model into its name. */
function copyInto(file: LogFile, folder: string): string {
  const target = join(folder, basename(dirname(file.absolutePath)), basename(file.absolutePath))
  mkdirSync(dirname(target), { recursive: true })
  cpSync(file.absolutePath, target)
  return target
}
