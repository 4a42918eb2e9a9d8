/** One JSON file, read whole: a small file of ours that a person points at. */
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { AssayError, fail } from '../stats/fail.ts'

export interface JsonFile {
  /** As the user named it. */
  readonly path: string
  readonly workingDirectory: string
}

/** The parsed file; refuses one that is not there or holds no JSON. What it means is for the caller to check. */
export async function readJsonFile({ path, workingDirectory }: JsonFile): Promise<unknown> {
  try {
    return JSON.parse(await readFile(resolve(workingDirectory, path), 'utf8'))
  } catch (error) {
    if (error instanceof AssayError) throw error
    const reason = error instanceof Error ? error.message : String(error)
    return fail(
      'cannot-read-json',
      { path, reason },
      'pass a JSON file that is there, such as assay-report/report.json',
    )
  }
}
