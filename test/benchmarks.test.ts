import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { benchmarkPage } from '../benchmarks/benchmark-page.ts'
import { benchmarks } from '../benchmarks/cases/index.ts'
import { readResult } from '../benchmarks/committed-result.ts'
import { measure, median } from '../benchmarks/measure.ts'
import { measurePeer } from '../benchmarks/measure-peer.ts'
import { repositoryRoot } from './source-files.ts'

test('docs/benchmarks.md is made of the committed results and has a row for every benchmark, each within its limits', () => {
  const page = readFileSync(`${repositoryRoot}docs/benchmarks.md`, 'utf8')
  expect(benchmarks.length).toBeGreaterThanOrEqual(4)
  const results = benchmarks.map((benchmark) => readResult(benchmark)).filter((result) => result !== undefined)
  expect(page).toBe(benchmarkPage(results))
  for (const { title } of benchmarks) {
    const row = page.split('\n').find((line) => line.startsWith(`| ${title} |`))
    expect(row, title).toMatch(/\| yes \|$/)
  }
})

test('measure runs a benchmark in fresh processes and sees time and peak memory', async () => {
  const help = benchmarks.find(({ name }) => name === 'help')
  if (help === undefined) throw new Error('no benchmark is named help')
  const { milliseconds, peakMegabytes } = await measure({ benchmark: help, runs: 2 })
  expect(milliseconds).toHaveLength(2)
  // Other tests share the cores: this only says that help loads next to nothing. `npm run bench` holds it to 200 ms.
  expect(Math.min(...milliseconds)).toBeLessThan(2_000)
  for (const megabytes of peakMegabytes) {
    expect(megabytes).toBeGreaterThan(30)
    expect(megabytes).toBeLessThan(250)
  }
})

test('measure does not count the memory of the process that starts the benchmark', async () => {
  const ballast = Buffer.alloc(300e6, 1)
  const small = {
    name: 'small',
    title: 'Small',
    limit: { milliseconds: 60_000 },
    clock: 'process' as const,
    prepare: async () => {},
    arguments: () => ['-e', ''],
  }
  const { peakMegabytes } = await measure({ benchmark: small, runs: 1 })
  expect(ballast.length).toBe(300e6)
  // Where there is no /proc, only the floor is known.
  if (existsSync('/proc/self/status')) expect(Math.max(...peakMegabytes)).toBeLessThan(150)
})

test('a benchmark beyond its limit is marked on the page, and one that fails ends the run', async () => {
  const slow = {
    name: 'slow',
    title: 'Slow',
    limit: { milliseconds: 10, peakMegabytes: 1 },
    clock: 'reported' as const,
    prepare: async () => {},
    arguments: () => ['-e', 'console.log(JSON.stringify({ elapsedMs: 12 }))'],
  }
  const measurement = await measure({ benchmark: slow, runs: 1 })
  expect(measurement).toMatchObject({ milliseconds: [12], withinLimit: false })
  const late = { ...slow, arguments: () => ['-e', 'console.log(JSON.stringify({ elapsedMs: 2, firstMs: 12 }))'] }
  const bounded = { ...late, limit: { milliseconds: 10 } }
  expect(await measure({ benchmark: bounded, runs: 1 })).toMatchObject({ firstMilliseconds: [12], withinLimit: false })
  const circumstances = { machine: 'any', date: '2026-11-23', load: 0.5 }
  const page = benchmarkPage([{ circumstances, measurement, peers: [] }])
  expect(page).toContain('Machine: any. Measured on 2026-11-23, with a load of at most 0.5 before a row.')
  expect(page).toMatch(
    /^\| Slow \| 12 ms \| 12 ms \| 12 ms \| – \| – \| 10 ms \| \d+ ms \| \d+ MB \| 1 MB \| \*\*no\*\* \|$/m,
  )
  await expect(
    measure({ benchmark: { ...slow, arguments: () => ['-e', 'process.exit(4)'] }, runs: 1 }),
  ).rejects.toThrow('4')
})

test('measurePeer runs what a benchmark names, says why it could not, and leaves alone what was not asked for', () => {
  const [benchmark] = benchmarks
  if (benchmark === undefined) throw new Error('there are benchmarks')
  const prints = (code: string, runtime: 'node' | 'python' | 'runner' = 'python') => ({
    benchmark,
    peer: { runtime, title: 'Other', arguments: ['-e', code] },
  })
  const result = 'console.log(JSON.stringify({ elapsedMs: 30, peakMegabytes: 90 }))'
  const python = process.execPath
  expect(measurePeer(prints(result), { python })).toMatchObject({ milliseconds: 30, peakMegabytes: 90 })
  expect(measurePeer(prints('process.exit(3)'), { python })).toContain('ended with 3')
  expect(measurePeer(prints(result), { python: '/no/such/python' })).toContain('could not be started')
  expect(measurePeer(prints(result), {})).toBeUndefined()
  expect(measurePeer(prints(result, 'node'), {})).toMatchObject({ milliseconds: 30, peakMegabytes: 90 })
  expect(measurePeer(prints(result, 'runner'), { python })).toBeUndefined()
  expect(measurePeer(prints(result, 'runner'), { runners: '.' })).toMatchObject({ milliseconds: 30 })
})

test('the page puts a runner beside the bare client that was measured with it, and marks what is quoted', () => {
  const peer = { runtime: 'node' as const, title: 'bare client', arguments: [] }
  const benchmark = {
    name: 'runner',
    title: 'Runner',
    limit: { milliseconds: 10 },
    clock: 'reported' as const,
    prepare: async () => {},
    arguments: () => [],
    peers: [peer],
  }
  const measurement = {
    benchmark,
    milliseconds: [7_000, 5_000, 6_000],
    processorMilliseconds: [1],
    peakMegabytes: [180, 190],
    firstMilliseconds: [],
    withinLimit: true,
  }
  const circumstances = { machine: 'any', date: '2026-11-23', load: 0 }
  const peers = [{ benchmark, peer, milliseconds: 4_000, peakMegabytes: 160 }]
  const page = benchmarkPage([
    { circumstances, measurement, peers },
    { circumstances: { ...circumstances, machine: 'other', date: '2026-11-24' }, measurement, peers: [] },
    { circumstances: { ...circumstances, date: '2026-11-25' }, measurement, peers: [] },
  ])
  expect(page).toContain(
    'Machine: any, 2 of 3 rows. Measured on 2026-11-23 to 2026-11-25, with a load of at most 0.0 before a row.\nMachine: other, 1 of 3 rows. Measured on 2026-11-24,',
  )
  expect(page).toContain('| Runner | 6.00 s | 190 MB |\n| the same by a bare client | 4.00 s | 160 MB |\n| promptfoo')
  expect(page.match(/quoted \|/g)).toHaveLength(6)
})

test('median([3, 1, 2]) is 2 and median([4, 1]) is 2.5', () => {
  expect([median([3, 1, 2]), median([4, 1])]).toEqual([2, 2.5])
})
