/**
 * Reads scorers from a file of code that the user named. Nothing else runs code of a user: a protocol that names a path
 * names a scorer nobody knows.
 *
 * The hash is of the file, so the file must be the whole scorer: imports of other files are refused, packages may be used.
 */
import { hash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { extname, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Scorer } from '../domain/index.ts'
import { customScorer, type ScoreFunction } from '../methods/scorers/index.ts'
import { fail } from '../stats/fail.ts'

export interface ScorerFile {
  /** As the user named it. */
  readonly path: string
  /** SHA-256 of its bytes. */
  readonly sourceHash: string
  readonly scorers: readonly Scorer[]
}

export interface ReadScorerFileOptions {
  readonly path: string
  readonly workingDirectory: string
}

/** The scorers that a file exports as `scorer` or `scorers`; none where it exports neither. */
export async function readScorerFile({ path, workingDirectory }: ReadScorerFileOptions): Promise<ScorerFile> {
  if (!isCodeFile(path))
    fail('scorer-file-is-no-code', { path }, 'pass a .ts, .mts, .js or .mjs file that exports a constant named scorer')
  const absolute = resolve(workingDirectory, path)
  const bytes = await readFile(absolute).catch((error: unknown) =>
    fail(
      'cannot-read-file',
      { path, reason: error instanceof Error && 'code' in error ? String(error.code) : 'unknown' },
      'check the path after --scorer',
    ),
  )
  const imported = importedFile(bytes.toString('utf8'))
  const given = exportsOf(await load(absolute, path))
  if (given.length > 0 && imported !== undefined)
    fail(
      'scorer-imports-files',
      { path, imported },
      'put all of the scorer into one file: its hash could not tell a change in another one',
    )
  return { path, sourceHash: hash('sha256', bytes), scorers: given.map((each) => scorerOf(each, path)) }
}

export function isCodeFile(path: string): boolean {
  return /^\.[cm]?[jt]s$/.test(extname(path))
}

async function load(absolutePath: string, path: string): Promise<unknown> {
  return import(pathToFileURL(absolutePath).href).catch((error: unknown) =>
    fail(
      'scorer-file-failed',
      { path, problem: error instanceof Error ? error.message : String(error) },
      'correct the file; it must export a constant named scorer',
    ),
  )
}

function exportsOf(module: unknown): readonly unknown[] {
  if (typeof module !== 'object' || module === null) return []
  if ('scorers' in module && Array.isArray(module.scorers)) return module.scorers
  return 'scorer' in module ? [module.scorer] : []
}

const statements =
  /\b(?:import|export)\b(\s+type\b)?[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]|\b(?:import|require)\s*\(?\s*['"]([^'"]+)['"]/g

/** The first file, rather than a package, that the code imports for more than its types. */
function importedFile(code: string): string | undefined {
  for (const [, onlyTypes, from, bare] of code.matchAll(statements)) {
    const specifier = from ?? bare ?? ''
    if (onlyTypes === undefined && /^(?:[./]|file:|data:|https?:)/.test(specifier)) return specifier
  }
  return undefined
}

function scorerOf(given: unknown, path: string): Scorer {
  if (isScorer(given)) return given
  if (!isDescription(given))
    return fail(
      'scorer-not-usable',
      { path },
      'export { name, summary, range: { lower, upper }, score }, where score takes a reply and returns a number',
    )
  const { name, range, score } = given
  if (!(range.lower < range.upper && Number.isFinite(range.upper - range.lower)))
    fail('scorer-range-not-usable', { scorer: name, ...range }, 'give a finite range, lower before upper')
  return customScorer({ name, summary: given.summary ?? name, range, score })
}

/** What `customScorer` or `defineScorer` made. */
function isScorer(given: unknown): given is Scorer {
  return (
    typeof given === 'object' && given !== null && 'parameters' in given && 'reads' in given && isDescription(given)
  )
}

interface Description {
  readonly name: string
  readonly summary?: string
  readonly range: { readonly lower: number; readonly upper: number }
  readonly score: ScoreFunction
}

function isDescription(given: unknown): given is Description {
  if (typeof given !== 'object' || given === null) return false
  if (!('name' in given && typeof given.name === 'string' && given.name.trim() !== '')) return false
  if ('summary' in given && typeof given.summary !== 'string') return false
  if (!('score' in given && typeof given.score === 'function')) return false
  if (!('range' in given && typeof given.range === 'object' && given.range !== null)) return false
  const { range } = given
  return 'lower' in range && 'upper' in range && typeof range.lower === 'number' && typeof range.upper === 'number'
}
