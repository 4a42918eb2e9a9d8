/**
 * Real evaluation results, where a folder of them lies beside the repository: the report must give the figures that
 * were published for them. The data are not part of the repository; without them the tests say so and are skipped.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'vitest'
import type { ReportDocument } from '../../src/index.ts'
import { report } from '../../src/operations/report.ts'
import { repositoryRoot } from '../source-files.ts'

const dataFolder = join(repositoryRoot, '..', 'shared', 'data')

/** A test that needs a folder of data; its title says so where the folder is not there. */
export function testOnData(folder: string, title: string, body: () => Promise<void>): void {
  const present = existsSync(join(dataFolder, folder))
  if (present) test(title, { timeout: 60_000 }, body)
  else test.skip(`${title} (skipped: no folder ../shared/data/${folder} beside the repository)`, body)
}

export function dataFile(path: string): string {
  return join(dataFolder, path)
}

/** What `assay report PATH --columns … --json` prints, parsed. */
export async function reportOnData(path: string, columns: Readonly<Record<string, string>>): Promise<ReportDocument> {
  const out = mkdtempSync(join(tmpdir(), 'assay-data-'))
  try {
    const input = report.input.parse({ paths: [path], columns, out })
    const { json, complaints } = await report.run(input, {
      workingDirectory: dataFolder,
      signal: new AbortController().signal,
      progress: () => undefined,
      host: { now: () => 0, time: () => '', processId: 1, isAlive: () => false, secret: () => undefined },
    })
    if (complaints.length > 0) throw new Error(complaints.map(({ message }) => message).join('\n'))
    return JSON.parse(json) as ReportDocument
  } finally {
    rmSync(out, { recursive: true, force: true })
  }
}

interface Number {
  readonly value: number
  readonly standardError: number
  readonly lower: number
  readonly upper: number
  readonly n: number
}

/** An estimate of the report by analysis and key. */
export function numberOf(document: ReportDocument, analysis: string, key: string): Number {
  const evidence = analysisOf(document, analysis).evidence.find((each) => each.key === key)
  const outcome = evidence?.outcome
  if (outcome?.kind !== 'estimate') throw new Error(`${analysis}: ${key}: ${JSON.stringify(outcome)}`)
  const { value, standardError, interval, n } = outcome
  return {
    value: value ?? Number.NaN,
    standardError: standardError ?? Number.NaN,
    lower: interval.lower ?? Number.NaN,
    upper: interval.upper ?? Number.NaN,
    n: n ?? Number.NaN,
  }
}

export function analysisOf(document: ReportDocument, name: string) {
  const found = document.sections.flatMap(({ analyses }) => analyses).find((each) => each.name === name)
  if (found === undefined) throw new Error(`no analysis ${name}`)
  return found
}

/** Rows of a small CSV without quotes. */
export function csvRows(text: string): readonly Readonly<Record<string, string>>[] {
  const [head = '', ...lines] = text.trim().split(/\r?\n/)
  const names = head.split(',')
  return lines.map((line) => Object.fromEntries(line.split(',').map((value, at) => [names[at] ?? '', value])))
}
