/**
 * Keeps what V8 holds beyond what is alive small, so that the memory of a run does not grow with its calls.
 *
 * V8 lets the young generation grow with the memory of the machine, to 134 MB where there are 24 GB, and the old one to
 * several times what is alive before it looks for garbage. A run of a hundred thousand calls is no faster by that. The
 * young generation ends at 32 MB; V8 reads how much it may grow by at each step and its largest size only at the start of
 * the process, so it is made to take one step to that size, for which a few megabytes must survive, and none after it.
 */
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8'

const youngBytes = 32e6
const mostBlocks = 1_000
/** Garbage in the old generation, relative to what is alive, at which it is collected. */
const oldGrowthPercent = 50

export function boundHeap(): void {
  const survivors: number[][] = []
  setFlagsFromString('--semi-space-growth-factor=16')
  while (youngSize() < youngBytes && survivors.length < mostBlocks) survivors.push(Array<number>(4_096).fill(0))
  setFlagsFromString('--semi-space-growth-factor=1')
  setFlagsFromString(`--heap-growing-percent=${oldGrowthPercent}`)
}

function youngSize(): number {
  return getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space')?.space_size ?? youngBytes
}
