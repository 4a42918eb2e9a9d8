import { readFileSync } from 'node:fs'
import { fail } from '../stats/fail.ts'

/** The text of a key file. Its content never enters a message. */
export function readSecretFile(path: string, shownAs: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return fail('cannot-read-file', { path: shownAs }, 'check the path of the key file')
  }
}
