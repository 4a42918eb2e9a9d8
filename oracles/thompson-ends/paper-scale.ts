/**
 * Runs our search at the scale of the paper: node oracles/thompson-ends/paper-scale.ts > oracles/thompson-ends/paper-scale.json
 *
 * About 0.4 s of processor time a seed. The test repeats the first seeds and must find the same numbers.
 */
import { evenMiss, searchMiss } from './world.ts'

const seeds = Array.from({ length: 1_000 }, (_, index) => index + 1)
const round = (value: number): number => Number(value.toFixed(6))
const search = seeds.map((seed) => round(searchMiss(seed)))
const evenly = seeds.map((seed) => round(evenMiss(seed)))
process.stdout.write(
  `${JSON.stringify({ source: 'src/stats/thompson-ends.ts, paper-scale.ts beside this file', search, evenly })}\n`,
)
