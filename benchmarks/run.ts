/** `npm run bench [-- NAME…]`: measures, prints and, when all ran, writes docs/benchmarks.md. Exits 1 outside a limit. */
import { writeFileSync } from 'node:fs'
import { benchmarkPage, describeMachine } from './benchmark-page.ts'
import { benchmarks } from './cases/index.ts'
import { type Measurement, measure, median } from './measure.ts'

const names = process.argv.slice(2)
const unknown = names.filter((name) => !benchmarks.some((benchmark) => benchmark.name === name))
if (unknown.length > 0) {
  console.error(
    `no benchmark is named ${unknown.join(', ')}; there are ${benchmarks.map(({ name }) => name).join(', ')}`,
  )
  process.exit(2)
}

const machine = describeMachine()
console.log(`${machine}\n`)
const measurements: Measurement[] = []
for (const benchmark of benchmarks) {
  if (names.length > 0 && !names.includes(benchmark.name)) continue
  const measurement = await measure({ benchmark, runs: 3 })
  measurements.push(measurement)
  const { milliseconds, processorMilliseconds, peakMegabytes, withinLimit } = measurement
  const { limit } = benchmark
  console.log(
    `${withinLimit ? 'ok     ' : 'TOO MUCH'} ${benchmark.title}: ${median(milliseconds).toFixed(0)} ms (limit ${limit.milliseconds}), processor ${median(processorMilliseconds).toFixed(0)} ms, ` +
      `peak ${Math.max(...peakMegabytes).toFixed(0)} MB${limit.peakMegabytes === undefined ? '' : ` (limit ${limit.peakMegabytes})`}`,
  )
}
if (names.length === 0) {
  const date = new Date().toISOString().slice(0, 10)
  writeFileSync(new URL('../docs/benchmarks.md', import.meta.url), benchmarkPage({ machine, date, measurements }))
}
if (measurements.some(({ withinLimit }) => !withinLimit)) process.exitCode = 1
