/** Reads every file below a folder of the repository, by walking it. */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { SourceFile } from './module-facts.ts'

export const repositoryRoot = fileURLToPath(new URL('..', import.meta.url))

export function sourceFiles(folder: string): readonly SourceFile[] {
  return readdirSync(`${repositoryRoot}${folder}`, { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    return entry.isDirectory() ? sourceFiles(path) : [{ path, text: readFileSync(`${repositoryRoot}${path}`, 'utf8') }]
  })
}
