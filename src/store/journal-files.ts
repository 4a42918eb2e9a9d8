/** Names of the files of a run folder. */
import { readdirSync } from 'node:fs'

/** The protocol as it was executed, items included, in canonical JSON. */
export const protocolFile = 'protocol.json'

export function journalName(segment: number): string {
  return `journal-${String(segment).padStart(4, '0')}.jsonl`
}

/** Segments in order; none where the folder is missing. */
export function journalFiles(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => /^journal-\d{4,}\.jsonl$/.test(name))
      .sort()
  } catch {
    return []
  }
}
