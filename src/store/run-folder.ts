/** The folder of a run: the executed protocol beside its journal. */
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { canonicalPieces, type Protocol, type ProtocolItem, protocolSchema } from '../domain/index.ts'
import { fail } from '../stats/fail.ts'
import { journalFiles, protocolFile } from './journal-files.ts'

/** A protocol with its items inline. */
export type ProtocolInRun = Protocol & { readonly items: { readonly inline: ProtocolItem[] } }

/** Makes the folder and writes the protocol. Refuses a folder that holds a run already. */
export function createRunFolder(options: {
  readonly folder: string
  readonly shownAs: string
  readonly protocol: unknown
}): void {
  const { folder, shownAs, protocol } = options
  if (journalFiles(folder).length > 0)
    fail('run-exists', { folder: shownAs }, `go on with "assay resume ${shownAs}", or choose another folder with --out`)
  try {
    mkdirSync(folder, { recursive: true })
    writeThrough(join(folder, protocolFile), canonicalPieces(protocol))
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    fail(
      'cannot-write',
      { folder: shownAs, reason },
      'choose a folder that you may write to, with --out, on a disk with space',
    )
  }
}

export function readRunProtocol(folder: string, shownAs: string): ProtocolInRun {
  let text: string
  try {
    text = readFileSync(join(folder, protocolFile), 'utf8')
  } catch {
    return fail('no-run-here', { folder: shownAs }, 'pass the folder that "assay run" wrote, with protocol.json inside')
  }
  const parsed = protocolSchema.safeParse(JSON.parse(text))
  if (!parsed.success || !('inline' in parsed.data.items))
    return fail('run-protocol-damaged', { folder: shownAs }, 'restore protocol.json of this run from a copy')
  return { ...parsed.data, items: parsed.data.items }
}

/** Whole or not at all, even where the power fails in between. */
export function writeThrough(path: string, text: string | Iterable<string>): void {
  const temporary = `${path}.part`
  const descriptor = openSync(temporary, 'w')
  try {
    for (const block of typeof text === 'string' ? [text] : blocksOf(text)) writeFileSync(descriptor, block)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
  renameSync(temporary, path)
}

function* blocksOf(pieces: Iterable<string>): Generator<string, void> {
  let block: string[] = []
  let length = 0
  for (const piece of pieces) {
    block.push(piece)
    length += piece.length
    if (length < 65_536) continue
    yield block.join('')
    block = []
    length = 0
  }
  yield block.join('')
}
