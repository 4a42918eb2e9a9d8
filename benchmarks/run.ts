/**
 * `npm run bench [-- --peers] [NAME…]`: measures, prints, and writes benchmarks/results and docs/benchmarks.md. Exits 1 outside a limit.
 * With --peers each statistic is followed by the library that computes the same, run by the Python that ASSAY_PEER_PYTHON
 * names, and runs by the other runners of evals that are installed in the folder that ASSAY_PEER_RUNNERS names.
 */
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { benchmarkPage, describeMachine } from './benchmark-page.ts'
import { benchmarks, onRequest } from './cases/index.ts'
import { readResult, writeResult } from './committed-result.ts'
import { measure, median } from './measure.ts'
import { measurePeer, type PeerMeasurement } from './measure-peer.ts'

const withPeers = process.argv.includes('--peers')
const names = process.argv.slice(2).filter((argument) => argument !== '--peers')
const places = withPeers ? { python: process.env.ASSAY_PEER_PYTHON, runners: process.env.ASSAY_PEER_RUNNERS } : {}
if (withPeers && places.python === undefined)
  console.log(
    'libraries are skipped: set ASSAY_PEER_PYTHON to a Python with SciPy, scikit-learn, statsmodels and pandas',
  )
if (withPeers && places.runners === undefined)
  console.log(
    'runners are skipped: set ASSAY_PEER_RUNNERS to a folder with promptfoo/node_modules and evalite/node_modules',
  )
const all = [...benchmarks, ...onRequest]
const unknown = names.filter((name) => !all.some((benchmark) => benchmark.name === name))
if (unknown.length > 0) {
  console.error(`no benchmark is named ${unknown.join(', ')}; there are ${all.map(({ name }) => name).join(', ')}`)
  process.exit(2)
}

// Commands are measured as they are published.
execFileSync(process.execPath, [fileURLToPath(new URL('../scripts/build.ts', import.meta.url))])
const machine = describeMachine()
const date = new Date().toISOString().slice(0, 10)
console.log(`${machine}\n`)
let allWithin = true
for (const benchmark of names.length === 0 ? benchmarks : all.filter(({ name }) => names.includes(name))) {
  const circumstances = { machine, date, load: loadavg()[0] ?? Number.NaN }
  const measurement = await measure({ benchmark, runs: 5 })
  const { milliseconds, firstMilliseconds, processorMilliseconds, peakMegabytes, withinLimit } = measurement
  const { limit } = benchmark
  console.log(
    `${withinLimit ? 'ok     ' : 'TOO MUCH'} ${benchmark.title}: ${fastestAndMedian(milliseconds)}${firstMilliseconds.length === 0 ? '' : `, first call ${fastestAndMedian(firstMilliseconds)}`} (limit ${limit.milliseconds}), processor ${median(processorMilliseconds).toFixed(0)} ms, ` +
      `peak ${Math.max(...peakMegabytes).toFixed(0)} MB${limit.peakMegabytes === undefined ? '' : ` (limit ${limit.peakMegabytes})`}`,
  )
  const peers: PeerMeasurement[] = []
  for (const peer of benchmark.peers ?? []) {
    const found = measurePeer({ benchmark, peer }, places)
    if (typeof found === 'string') console.log(`        peer ${peer.title} skipped: it ${found}`)
    else if (found !== undefined) {
      peers.push(found)
      console.log(
        `        ${peer.title}: ${found.milliseconds.toFixed(1)} ms, peak ${found.peakMegabytes.toFixed(0)} MB`,
      )
    }
  }
  // At once: a run of all takes a quarter of an hour.
  writeResult({ circumstances, measurement, peers })
  const results = benchmarks.map((each) => readResult(each)).filter((result) => result !== undefined)
  writeFileSync(new URL('../docs/benchmarks.md', import.meta.url), benchmarkPage(results))
  allWithin &&= withinLimit
}
if (!allWithin) process.exitCode = 1

function fastestAndMedian(milliseconds: readonly number[]): string {
  return `${Math.min(...milliseconds).toFixed(1)} ms, median ${median(milliseconds).toFixed(1)} ms`
}
