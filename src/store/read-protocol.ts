/**
 * Reads a protocol from YAML, JSON or a TypeScript file, items included. The result holds the items inline: its content
 * hash is the same whichever way it was written.
 *
 * Only a `.ts`, `.mts`, `.js` or `.mjs` file that the user named runs code; it exports `protocol`.
 */
import { readFile } from 'node:fs/promises'
import { dirname, extname, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { z } from 'zod'
import { itemProblems, itemSchema, type ProtocolItem, protocolProblems, protocolSchema } from '../domain/index.ts'
import { fail } from '../stats/fail.ts'
import { type LocatedText, locateYaml, type Place } from './locate-yaml.ts'
import type { ProtocolInRun } from './run-folder.ts'

export interface ReadProtocolOptions {
  /** As the user named it. */
  readonly path: string
  readonly workingDirectory: string
}

export async function readProtocol({ path, workingDirectory }: ReadProtocolOptions): Promise<ProtocolInRun> {
  const absolute = resolve(workingDirectory, path)
  const text = await readText(absolute, path)
  const located = /\.[cm]?[jt]s$/.test(extname(path)) ? await runModule(absolute, path) : locateYaml({ text, path })
  const parsed = protocolSchema.safeParse(withoutMarker(located.value))
  if (!parsed.success) return refuse(path, located, issuesOf(parsed.error))
  const problems = protocolProblems(parsed.data)
  if (problems.length > 0) return refuse(path, located, problems)
  const { items } = parsed.data
  const inline =
    'inline' in items
      ? items.inline
      : await readItems({ absolutePath: resolve(dirname(absolute), items.file), path: items.file })
  return { ...parsed.data, items: { inline } }
}

/** `$schema` is where editors find the schema: no part of what is fixed before a run. */
function withoutMarker(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('$schema' in value)) return value
  const { $schema: _, ...fields } = value
  return fields
}

async function readItems(file: { readonly absolutePath: string; readonly path: string }): Promise<ProtocolItem[]> {
  const { path } = file
  const text = await readText(file.absolutePath, path)
  const items: ProtocolItem[] = []
  const lines: number[] = []
  let number = 0
  for (const line of linesOf(text)) {
    number++
    if (line.trim() === '') continue
    const parsed = itemSchema.safeParse(parseLine(line, path, number))
    if (!parsed.success) {
      const [issue] = issuesOf(parsed.error)
      return fail(
        'item-not-usable',
        { file: path, line: number, field: issue?.path.join('.') ?? '', problem: issue?.message ?? '' },
        'write one JSON object per line with id, input and target',
      )
    }
    items.push(parsed.data)
    lines.push(number)
  }
  if (items.length === 0) fail('no-items', { file: path }, 'write one JSON object per line with id, input and target')
  const [problem] = itemProblems(items, [])
  if (problem !== undefined) {
    const line = lines[Number(problem.path[0])] ?? 0
    fail('item-not-usable', { file: path, line, problem: problem.message }, 'correct this line')
  }
  return items
}

function* linesOf(text: string): Generator<string, void> {
  for (let start = text.startsWith('\uFEFF') ? 1 : 0; start <= text.length; ) {
    const feed = text.indexOf('\n', start)
    const end = feed < 0 ? text.length : feed
    yield text.slice(start, text[end - 1] === '\r' ? end - 1 : end)
    start = end + 1
  }
}

function parseLine(line: string, path: string, number: number): unknown {
  try {
    return JSON.parse(line)
  } catch {
    // What the parser says holds the beginning of the line: the file may be any, and errors end up in logs.
    return fail('item-not-json', { file: path, line: number }, 'write one JSON object per line')
  }
}

async function readText(absolutePath: string, path: string): Promise<string> {
  try {
    return await readFile(absolutePath, 'utf8')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    return fail(
      'cannot-read-file',
      { path, reason: code },
      'check the path; "assay init" writes an example to start from',
    )
  }
}

async function runModule(absolutePath: string, path: string): Promise<LocatedText> {
  const nowhere = (): Place | undefined => undefined
  const module: unknown = await import(pathToFileURL(absolutePath).href).catch((error: unknown) =>
    fail(
      'protocol-module-failed',
      { path, problem: error instanceof Error ? error.message : String(error) },
      'correct the file; it must export a constant named protocol',
    ),
  )
  if (typeof module === 'object' && module !== null) {
    if ('protocol' in module) return { value: module.protocol, placeOf: nowhere }
    if ('default' in module) return { value: module.default, placeOf: nowhere }
  }
  return fail('protocol-module-empty', { path }, 'export a constant named protocol')
}

interface Problem {
  readonly path: readonly (string | number)[]
  readonly message: string
}

/** Unknown fields first: where a name is mistyped, that it is missing under its right one is only the consequence. */
function issuesOf(error: z.ZodError): readonly Problem[] {
  const unknownFirst = [...error.issues].sort(
    (a, b) => Number(b.code === 'unrecognized_keys') - Number(a.code === 'unrecognized_keys'),
  )
  return unknownFirst.flatMap((issue): Problem[] => {
    const path = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part))
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => ({ path: [...path, key], message: `“${key}” is no field here` }))
    return [{ path, message: issue.message }]
  })
}

function refuse(path: string, located: LocatedText, problems: readonly Problem[]): never {
  const [first] = problems
  const place = first === undefined ? undefined : located.placeOf(first.path)
  const more = problems.length - 1
  return fail(
    'protocol-not-usable',
    {
      file: path,
      ...(place === undefined ? {} : { line: place.line, column: place.column }),
      field: first?.path.join('.') ?? '',
      problem: first?.message ?? '',
      ...(more > 0 ? { furtherProblems: more } : {}),
    },
    'correct this field; docs/protocol.schema.json lists what each one takes, and editors complete it',
  )
}
