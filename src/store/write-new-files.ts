/** Writes files that are not there yet: all of them, or none where one exists or cannot be written. */
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fail } from '../stats/fail.ts'
import { writeFailure } from './write-failure.ts'
import { writeThrough } from './write-through.ts'

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
  const written: string[] = []
  let made: string | undefined
  try {
    made = mkdirSync(folder, { recursive: true })
    for (const [name, text] of Object.entries(files)) {
      const path = join(folder, name)
      writeThrough(path, text)
      written.push(path)
    }
  } catch (error) {
    for (const path of written) rmSync(path, { force: true })
    if (made !== undefined) rmSync(made, { recursive: true, force: true })
    throw writeFailure(error, { path: shownAs, retry: 'try again, or choose another folder' })
  }
}
