/** The command as it is published. Vitest builds the package once, before the first of the tests that start it. */
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { repositoryRoot } from './source-files.ts'

export const builtCommand = join(repositoryRoot, 'dist/cli/main.js')

export function setup(): void {
  execFileSync(process.execPath, [join(repositoryRoot, 'scripts/build.ts')])
}
