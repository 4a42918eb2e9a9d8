/** Every file of the demo data, by path below examples/demo; the same bytes on every run. */
import { openRandom } from '../../src/random/index.ts'
import { inspectLogs } from './inspect-log.ts'
import { lmEvalFolder } from './lm-eval-folder.ts'
import { readingTable } from './reading-table.ts'
import { techniquesTable } from './techniques-table.ts'
import { twinsTable } from './twins-table.ts'

export function demoFiles(): ReadonlyMap<string, Buffer> {
  const random = openRandom('assay-demo')
  return new Map<string, Buffer>([
    ['reading.jsonl', Buffer.from(readingTable(random.split('reading')))],
    ['science-facts.jsonl', Buffer.from(twinsTable(random.split('twins')))],
    ['word-problems.csv', Buffer.from(techniquesTable(random.split('techniques')))],
    ...inspectLogs(random.split('inspect')).map(({ fileName, bytes }) => [`inspect/${fileName}`, bytes] as const),
    ...lmEvalFolder(random.split('lm-eval')).map(({ path, text }) => [`lm-eval/${path}`, Buffer.from(text)] as const),
  ])
}
