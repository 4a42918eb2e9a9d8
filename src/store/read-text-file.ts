import { readFile } from 'node:fs/promises'
import { fail } from '../stats/fail.ts'

/** The text of a file a person wrote. */
export async function readTextFile(path: string, shownAs: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    return fail('cannot-read-file', { path: shownAs, reason }, 'check the path')
  }
}
