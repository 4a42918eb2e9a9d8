/** Writes files that are not there yet: all of them, or none where one exists. */
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fail } from '../stats/fail.ts'
import { writeThrough } from './run-folder.ts'

export function writeNewFiles(options: {
  readonly folder: string
  readonly shownAs: string
  readonly files: Readonly<Record<string, string>>
}): void {
  const { folder, shownAs, files } = options
  for (const name of Object.keys(files)) {
    if (existsSync(join(folder, name)))
      fail('file-exists', { folder: shownAs, file: name }, 'choose an empty folder: nothing is ever overwritten')
  }
  try {
    mkdirSync(folder, { recursive: true })
    for (const [name, text] of Object.entries(files)) writeThrough(join(folder, name), text)
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    fail('cannot-write', { folder: shownAs, reason }, 'choose a folder that you may write to')
  }
}
