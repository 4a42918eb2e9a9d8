/** Full samples inside an `.eval` archive: one file per sample, or a folder of chunks whose shell is `sample.json`. */
import type { ZipArchive } from '../archive/zip-archive.ts'
import type { ZipEntry } from '../archive/zip-directory.ts'
import { JsonElements } from '../json/json-elements.ts'
import { parseTolerantJson } from '../json/tolerant-json.ts'
import { jsonLimits, type SampleIntake, unneededMembers } from './log-content.ts'
import { readSample, type SampleRecord } from './sample-record.ts'
import type { SampleTable } from './sample-table.ts'

export interface SampleKey {
  readonly item: string
  readonly epoch: number
}

/** Item and epoch from the name of a sample's member; undefined for any other member. Ids may hold slashes. */
export function sampleKey(name: string): SampleKey | undefined {
  if (!name.startsWith('samples/')) return undefined
  const parts = /^samples\/(.+)_epoch_(\d+)(?:\.json|\/sample\.json)$/s.exec(name)
  return parts?.[1] === undefined ? undefined : { item: parts[1], epoch: Number(parts[2]) }
}

/** The member that holds a sample. Where both layouts are there, the single file counts, as it does for Inspect. */
export function sampleEntry({ entries }: ZipArchive, { item, epoch }: SampleKey): ZipEntry | undefined {
  const stem = `samples/${item}_epoch_${epoch}`
  return entries.get(`${stem}.json`) ?? entries.get(`${stem}/sample.json`)
}

/** Samples in the archive that the table does not hold. */
export function samplesBeyond(archive: ZipArchive, known: SampleTable): readonly SampleKey[] {
  const beyond: SampleKey[] = []
  for (const entry of archive.entries.values()) {
    const key = sampleKey(entry.name)
    if (key === undefined || known.get(key.item, key.epoch) !== undefined) continue
    if (sampleEntry(archive, key) === entry) beyond.push(key)
  }
  return beyond
}

export interface FullSampleOptions {
  readonly archive: ZipArchive
  readonly intake: SampleIntake
  readonly key: SampleKey
  /** Number of the sample in the log. */
  readonly row: number
}

/** The sample with all that rows need, or undefined where the archive holds no such member. */
export async function readFullSample({
  archive,
  intake,
  key,
  row,
}: FullSampleOptions): Promise<SampleRecord | undefined> {
  const entry = sampleEntry(archive, key)
  if (entry === undefined) return undefined
  const sample = await readMembers({ archive, entry, skipped: unneededMembers })
  // A chunked sample keeps large metadata in a file of its own.
  const metadata = archive.entries.get(`samples/${key.item}_epoch_${key.epoch}/metadata.json`)
  if (metadata !== undefined && sample.metadata === undefined)
    sample.metadata = await readMembers({ archive, entry: metadata, skipped: new Set() })
  return readSample(sample, row, intake.reading)
}

interface MembersOptions {
  readonly archive: ZipArchive
  readonly entry: ZipEntry
  readonly skipped: ReadonlySet<string>
}

/** Members of one JSON object; the conversation streams past. */
async function readMembers({ archive, entry, skipped }: MembersOptions): Promise<Record<string, unknown>> {
  const { path } = archive.file
  const members: Record<string, unknown> = {}
  const elements = new JsonElements({
    ...jsonLimits,
    path,
    member: entry.name,
    plan: (member) => (skipped.has(member) ? 'skip' : 'value'),
    dropped: new Set(),
    onValue: ({ member, text, byte }) => {
      members[member] = parseTolerantJson(text, { path, member: entry.name, byte })
    },
    onElement: () => undefined,
  })
  for await (const piece of archive.stream(entry)) elements.push(piece)
  elements.end()
  return members
}
