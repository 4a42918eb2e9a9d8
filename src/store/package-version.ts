/** The version of this package, read once from its own package.json, which lies at the same distance from `src` and `dist`. */
import { readFileSync } from 'node:fs'

let version: string | undefined

/** packageVersion().split('.').length // => 3 */
export function packageVersion(): string {
  if (version === undefined) {
    const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
    const manifest: unknown = JSON.parse(text)
    if (typeof manifest !== 'object' || manifest === null || !('version' in manifest)) {
      throw new Error('package.json of assay has no version')
    }
    version = String(manifest.version)
  }
  return version
}
