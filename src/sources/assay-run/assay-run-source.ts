/** A run of ours: the journal segments of one folder, read as they are, finished or still growing. */
import { dirname } from 'node:path'
import type { LogFile, LogUnit, Source } from '../source.ts'
import { readRunUnit } from './read-run-unit.ts'

export const assayRunSource: Source = {
  name: 'assay-run',
  title: 'a run of assay',
  summary: 'the journal that "assay run" writes, with claims, verdicts and deviations',
  references: [],
  sniff: (file) => isJournal(file) || isProtocol(file) || isManifest(file),
  group(files) {
    // The protocol beside a journal and the manifest beside a table are ours and hold no rows.
    const folders = Map.groupBy(files.filter(isJournal), ({ absolutePath }) => dirname(absolutePath))
    return [...folders.values()].flatMap((segments): LogUnit[] => {
      const [main, ...companions] = segments.sort((a, b) => (a.path < b.path ? -1 : 1))
      return main === undefined ? [] : [{ main, companions }]
    })
  },
  read: readRunUnit,
}

function isJournal({ path, head }: LogFile): boolean {
  return /(^|\/)journal-\d{4,}\.jsonl$/.test(path) && /^\{"chain":"[0-9a-f]{64}","kind":/.test(latin1(head))
}

function isProtocol({ path, head }: LogFile): boolean {
  return /(^|\/)protocol\.json$/.test(path) && /^\{"answer":"[a-z]+","budget":\{/.test(latin1(head))
}

function isManifest({ path, head }: LogFile): boolean {
  return path.endsWith('.assay.json') && latin1(head).startsWith('{"format":"assay-run-manifest"')
}

function latin1(head: Uint8Array): string {
  return Buffer.from(head.subarray(0, 128)).toString('latin1')
}
