/**
 * Reads an `.eval` log: header and summaries, and full samples only where a summary does not tell.
 *
 * A finished log has `summaries.json`; a crashed or running one only the journal's numbered parts.
 */
import { fail } from '../../stats/fail.ts'
import { hashFile } from '../archive/file-hash.ts'
import { openZipArchive, type ZipArchive, zipLimits } from '../archive/zip-archive.ts'
import type { ZipEntry } from '../archive/zip-directory.ts'
import { recordOf } from '../files/json-access.ts'
import { JsonElements } from '../json/json-elements.ts'
import { parseTolerantJson } from '../json/tolerant-json.ts'
import type { LogFile, ReadOptions } from '../source.ts'
import { readFullSample, sampleKey, samplesBeyond } from './full-samples.ts'
import { type InspectHeader, readHeader } from './header.ts'
import { jsonLimits, type LogContent, openIntake, type SampleIntake } from './log-content.ts'
import { readSample, type SampleRecord } from './sample-record.ts'
import { isUnscored } from './score-rows.ts'

export async function readArchiveLog(file: LogFile, options: ReadOptions): Promise<LogContent> {
  const archive = await openZipArchive(file, zipLimits)
  const stop = new AbortController()
  const signal = AbortSignal.any([options.signal, stop.signal])
  // Hashing reads the whole file while the decoder works; whoever fails first stops the other.
  const hashing = hashFile(archive.file, { signal, onProgress: options.onProgress })
  hashing.catch(() => undefined)
  try {
    const header = await readArchiveHeader(archive)
    const intake = openIntake(header, file.path)
    await readSummaries({ archive, intake, signal })
    const rewritten = await completeFromSamples({ archive, intake, signal, header })
    const { samples, tracked, attributes } = intake
    return { header, samples, tracked, attributes, rewritten, sha256: await hashing, bytes: archive.file.bytes }
  } finally {
    stop.abort()
    await hashing.catch(() => undefined)
    await archive.close()
  }
}

async function readArchiveHeader(archive: ZipArchive): Promise<InspectHeader> {
  const { path } = archive.file
  const entry = archive.entries.get('header.json') ?? archive.entries.get('_journal/start.json')
  if (entry === undefined)
    return fail(
      'inspect-header-missing',
      { path, members: archive.entries.size },
      'pass a log written by Inspect; this archive holds neither header.json nor _journal/start.json',
    )
  const place = { path, member: entry.name, byte: 0 }
  const parsed = recordOf(parseTolerantJson((await archive.read(entry)).toString('utf8'), place))
  return readHeader(parsed ?? {}, place)
}

interface ArchiveIntake {
  readonly archive: ZipArchive
  readonly intake: SampleIntake
  readonly signal: AbortSignal
}

async function readSummaries({ archive, intake, signal }: ArchiveIntake): Promise<void> {
  const whole = archive.entries.get('summaries.json')
  let row = 0
  for (const entry of whole === undefined ? journalParts(archive) : [whole]) {
    const { path } = archive.file
    const elements = new JsonElements({
      ...jsonLimits,
      path,
      member: entry.name,
      plan: () => 'skip',
      dropped: new Set(['input', 'choices', 'target']),
      onValue: () => undefined,
      onElement: ({ text, byte }) => {
        const raw = parseTolerantJson(text, { path, member: entry.name, byte })
        intake.samples.put(readSample(raw, ++row, intake.reading))
      },
    })
    for await (const piece of archive.stream(entry)) {
      signal.throwIfAborted()
      elements.push(piece)
    }
    elements.end()
  }
}

/** In the order of their numbers: the tenth part comes after the ninth. */
function journalParts(archive: ZipArchive): readonly ZipEntry[] {
  const parts: { readonly number: number; readonly entry: ZipEntry }[] = []
  for (const entry of archive.entries.values()) {
    const number = /^_journal\/summaries\/(\d+)\.json$/.exec(entry.name)?.[1]
    if (number !== undefined) parts.push({ number: Number(number), entry })
  }
  return parts.sort((a, b) => a.number - b.number).map(({ entry }) => entry)
}

/** Above this many samples without a reason, their full records are left unread: it would take minutes. */
const mostUnexplained = 500

/**
 * Opens the full records that are needed: samples without a summary, samples written again after their summary, samples
 * whose summary lost a score or a cluster, and, in a log with invalidated samples, all.
 */
async function completeFromSamples(
  read: ArchiveIntake & { readonly header: InspectHeader },
): Promise<LogContent['rewritten']> {
  const { archive, intake, signal, header } = read
  const { samples } = intake
  const rewritten = { count: 0, changed: 0 }
  for (const key of samplesBeyond(archive, samples)) {
    signal.throwIfAborted()
    const full = await readFullSample({ archive, intake, key, row: samples.records.length + 1 })
    if (full !== undefined) samples.put(full)
  }
  const unexplained = samples.records.filter(isUnexplained)
  const wanted = new Set(unexplained.length <= mostUnexplained ? unexplained : [])
  const scored =
    header.results !== undefined && Array.isArray(header.results.scores) && header.results.scores.length > 0
  for (const record of samples.records) {
    const lacksScores = record.scores === undefined && scored && !record.error
    if (header.invalidated || lacksScores || record.thinned) wanted.add(record)
  }
  const again = new Set<SampleRecord>()
  for (const name of archive.repeatedNames) {
    const key = sampleKey(name)
    const record = key === undefined ? undefined : samples.get(key.item, key.epoch)
    if (record !== undefined) again.add(record)
  }
  for (const record of new Set([...wanted, ...again])) {
    signal.throwIfAborted()
    const full = await readFullSample({ archive, intake, key: record, row: record.row })
    if (full === undefined) continue
    samples.replace(full)
    if (!again.has(record)) continue
    rewritten.count++
    if (!sameScores(record, full)) rewritten.changed++
  }
  return rewritten
}

/** A score is absent and the summary does not say why. */
function isUnexplained({ scores, error, limit, refused }: SampleRecord): boolean {
  if (error || limit || refused || scores === undefined) return false
  return scores.some((score) => isUnscored(score) && score.reason === undefined)
}

function sameScores(a: SampleRecord, b: SampleRecord): boolean {
  const values = ({ scores }: SampleRecord): string =>
    JSON.stringify((scores ?? []).map(({ name, raw }) => [name, typeof raw === 'number' ? String(raw) : String(raw)]))
  return values(a) === values(b)
}
