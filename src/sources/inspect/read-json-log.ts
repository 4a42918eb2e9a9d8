/** Reads a `.json` log as a stream: the header's members first, then one sample after the other. */
import { fail } from '../../stats/fail.ts'
import { openBytes, streamLimitBytes } from '../files/open-bytes.ts'
import { JsonElements, type MemberPlan } from '../json/json-elements.ts'
import { parseTolerantJson } from '../json/tolerant-json.ts'
import type { LogFile, ReadOptions } from '../source.ts'
import { headerMembers, readHeader } from './header.ts'
import { jsonLimits, type LogContent, openIntake, type SampleIntake, unneededMembers } from './log-content.ts'
import { readSample } from './sample-record.ts'

export async function readJsonLog(file: LogFile, options: ReadOptions): Promise<LogContent> {
  const members: Record<string, unknown> = {}
  let intake: SampleIntake | undefined
  let samplesCameFirst = false
  const headerOf = () => readHeader(members, { path: file.path, member: '' })
  const first = await pass({
    file,
    options,
    plan: (member) => {
      if (headerMembers.has(member)) return 'value'
      if (member !== 'samples') return 'skip'
      // Inspect writes the header first; another program may have sorted the members by name.
      if (members.eval === undefined) samplesCameFirst = true
      if (samplesCameFirst) return 'skip'
      intake = openIntake(headerOf(), file.path)
      return 'elements'
    },
    onValue: (member, value) => {
      members[member] = value
    },
    onSample: (value, row) => intake?.samples.put(readSample(value, row, intake.reading)),
  })
  const header = headerOf()
  const second = samplesCameFirst ? openIntake(header, file.path) : undefined
  if (second !== undefined) {
    const { sha256 } = await pass({
      file,
      options,
      plan: (member) => (member === 'samples' ? 'elements' : 'skip'),
      onValue: () => undefined,
      onSample: (value, row) => second.samples.put(readSample(value, row, second.reading)),
    })
    if (sha256 !== first.sha256)
      fail('file-changed-while-reading', { path: file.path }, 'wait until the log is written, then read it again')
  }
  const { samples, tracked, attributes } = second ?? intake ?? openIntake(header, file.path)
  return { header, samples, tracked, attributes, rewritten: { count: 0, changed: 0 }, ...first }
}

interface Pass {
  readonly file: LogFile
  readonly options: ReadOptions
  readonly plan: (member: string) => MemberPlan
  readonly onValue: (member: string, value: unknown) => void
  readonly onSample: (value: unknown, row: number) => void
}

async function pass({ file, options, plan, onValue, onSample }: Pass): Promise<{ sha256: string; bytes: number }> {
  const { path } = file
  let row = 0
  const elements = new JsonElements({
    ...jsonLimits,
    path,
    member: '',
    plan,
    dropped: unneededMembers,
    // `samples: null` in a log that was written without its samples comes as a value.
    onValue: ({ member, text, byte }) => onValue(member, parseTolerantJson(text, { path, member, byte })),
    onElement: ({ member, text, byte }) => onSample(parseTolerantJson(text, { path, member, byte }), ++row),
  })
  const { signal, onProgress } = options
  const opened = openBytes({ file, signal, onProgress, limitBytes: streamLimitBytes })
  for await (const chunk of opened.chunks) elements.push(chunk)
  elements.end()
  const { sha256, bytes } = opened.digest()
  return { sha256, bytes }
}
