/** Finds units whose files are byte for byte those of an earlier unit: a log that was copied, not a second run. */
import { hashFile } from './archive/file-hash.ts'
import { openRandomAccessFile } from './archive/random-access-file.ts'
import type { LogFile, LogUnit } from './source.ts'

/** Each repeated unit with the unit that it repeats, the earliest in the list. */
export async function findRepeatedUnits(
  units: readonly LogUnit[],
  signal: AbortSignal,
): Promise<ReadonlyMap<LogUnit, LogUnit>> {
  // Only units of the same shape, sizes and first bytes are worth hashing whole.
  const alike = new Map<string, LogUnit[]>()
  for (const unit of units) {
    const key = filesOf(unit)
      .map(({ bytes, head }) => `${bytes}:${Buffer.from(head.subarray(0, 4096)).toString('base64')}`)
      .join('|')
    alike.set(key, [...(alike.get(key) ?? []), unit])
  }
  const repeated = new Map<LogUnit, LogUnit>()
  for (const group of alike.values()) {
    if (group.length < 2) continue
    const kept = new Map<string, LogUnit>()
    for (const unit of group) {
      const hashes: string[] = []
      for (const file of filesOf(unit)) hashes.push(await hashOf(file, signal))
      const key = hashes.join('|')
      const first = kept.get(key)
      if (first === undefined) kept.set(key, unit)
      else repeated.set(unit, first)
    }
  }
  return repeated
}

function filesOf({ main, companions }: LogUnit): readonly LogFile[] {
  return [main, ...companions]
}

async function hashOf(location: LogFile, signal: AbortSignal): Promise<string> {
  const file = await openRandomAccessFile(location)
  try {
    return await hashFile(file, { signal, onProgress: () => undefined })
  } finally {
    await file.close()
  }
}
