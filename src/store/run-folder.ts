/** The folder of a run: the executed protocol beside its journal. */

import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { canonicalPieces, type Host, type Protocol, type ProtocolItem, protocolSchema } from '../domain/index.ts'
import { fail } from '../stats/fail.ts'
import { journalFiles, protocolFile } from './journal-files.ts'
import { parsedJson } from './parsed-json.ts'
import { lockRun } from './run-lock.ts'
import { writeFailure } from './write-failure.ts'
import { writeThrough } from './write-through.ts'

/** A protocol with its items inline. */
export type ProtocolInRun = Protocol & { readonly items: { readonly inline: ProtocolItem[] } }

/**
 * Makes the folder, takes its lock and writes the protocol; the result gives the lock back. Refuses a folder that holds a
 * run already. Where something cannot be written, nothing that was made here stays behind.
 */
export function createRunFolder(options: {
  readonly folder: string
  readonly shownAs: string
  readonly protocol: unknown
  readonly host: Host
}): () => void {
  const { folder, shownAs, protocol, host } = options
  let made: string | undefined
  try {
    made = mkdirSync(folder, { recursive: true })
    const release = lockRun(folder, host)
    try {
      if (journalFiles(folder).length > 0)
        fail(
          'run-exists',
          { folder: shownAs },
          `go on with "assay resume ${shownAs}", or choose another folder with --out`,
        )
      writeThrough(join(folder, protocolFile), canonicalPieces(protocol))
      return release
    } catch (error) {
      release()
      throw error
    }
  } catch (error) {
    if (made !== undefined) rmSync(made, { recursive: true, force: true })
    throw writeFailure(error, { path: shownAs, retry: 'run again, or choose another folder with --out' })
  }
}

export function readRunProtocol(folder: string, shownAs: string): ProtocolInRun {
  let text: string
  try {
    text = readFileSync(join(folder, protocolFile), 'utf8')
  } catch {
    return fail('no-run-here', { folder: shownAs }, 'pass the folder that "assay run" wrote, with protocol.json inside')
  }
  const parsed = protocolSchema.safeParse(parsedJson(text))
  if (!parsed.success || !('inline' in parsed.data.items))
    return fail('run-protocol-damaged', { folder: shownAs }, 'restore protocol.json of this run from a copy')
  return { ...parsed.data, items: parsed.data.items }
}
