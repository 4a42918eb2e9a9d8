/**
 * `npm run bench [-- --peers] [NAME…]`: measures, prints and, when all ran, writes docs/benchmarks.md. Exits 1 outside a limit.
 * With --peers each statistic is followed by the library that computes the same, run by the Python that ASSAY_PEER_PYTHON
 * names.
 */
import { writeFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { benchmarkPage, describeMachine } from './benchmark-page.ts'
import { benchmarks, onRequest } from './cases/index.ts'
import { type Measurement, measure, median } from './measure.ts'
import { measurePeer, type PeerMeasurement } from './measure-peer.ts'

const withPeers = process.argv.includes('--peers')
const names = process.argv.slice(2).filter((argument) => argument !== '--peers')
const python = process.env.ASSAY_PEER_PYTHON
if (withPeers && python === undefined) {
  console.log(
    'peers are skipped: set ASSAY_PEER_PYTHON to a Python that has SciPy, scikit-learn, statsmodels and pandas\n',
  )
}
const all = [...benchmarks, ...onRequest]
const unknown = names.filter((name) => !all.some((benchmark) => benchmark.name === name))
if (unknown.length > 0) {
  console.error(`no benchmark is named ${unknown.join(', ')}; there are ${all.map(({ name }) => name).join(', ')}`)
  process.exit(2)
}

const machine = describeMachine()
console.log(`${machine}\n`)
const loadBefore = loadavg()[0] ?? Number.NaN
const measurements: Measurement[] = []
const peers: PeerMeasurement[] = []
for (const benchmark of names.length === 0 ? benchmarks : all.filter(({ name }) => names.includes(name))) {
  const measurement = await measure({ benchmark, runs: 3 })
  measurements.push(measurement)
  const { milliseconds, firstMilliseconds, processorMilliseconds, peakMegabytes, withinLimit } = measurement
  const { limit } = benchmark
  console.log(
    `${withinLimit ? 'ok     ' : 'TOO MUCH'} ${benchmark.title}: ${median(milliseconds).toFixed(1)} ms${firstMilliseconds.length === 0 ? '' : `, first call ${median(firstMilliseconds).toFixed(1)} ms`} (limit ${limit.milliseconds}), processor ${median(processorMilliseconds).toFixed(0)} ms, ` +
      `peak ${Math.max(...peakMegabytes).toFixed(0)} MB${limit.peakMegabytes === undefined ? '' : ` (limit ${limit.peakMegabytes})`}`,
  )
  const peer = measurePeer(benchmark, withPeers ? python : undefined)
  if (typeof peer === 'string') console.log(`        peer ${benchmark.peer?.title} skipped: it ${peer}`)
  else if (peer !== undefined) {
    peers.push(peer)
    console.log(
      `        ${peer.peer.title}: ${peer.milliseconds.toFixed(1)} ms, peak ${peer.peakMegabytes.toFixed(0)} MB`,
    )
  }
}
const load = { before: loadBefore, after: loadavg()[0] ?? Number.NaN }
console.log(`\nload of the machine: ${load.before.toFixed(1)} before, ${load.after.toFixed(1)} after`)
if (names.length === 0) {
  const date = new Date().toISOString().slice(0, 10)
  writeFileSync(
    new URL('../docs/benchmarks.md', import.meta.url),
    benchmarkPage({ machine, date, load, measurements, peers }),
  )
}
if (measurements.some(({ withinLimit }) => !withinLimit)) process.exitCode = 1
