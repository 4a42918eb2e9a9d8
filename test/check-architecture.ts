/** The rules of the house, as a pure function over source texts, so that a test can show each rule failing. */
import { dirname, join } from 'node:path/posix'
import { type ModuleFacts, moduleFacts, type SourceFile } from './module-facts.ts'

export interface ArchitectureReport {
  /** `path: what is wrong`. */
  readonly problems: readonly string[]
  readonly files: number
  readonly imports: number
}

/** Rooms from the top down. Imports go to a lower row only, never up and never sideways. */
const rows: readonly (readonly string[])[] = [
  ['library'],
  ['cli', 'http', 'page'],
  ['operations'],
  ['runner', 'report'],
  ['providers', 'store', 'sources'],
  ['analyses', 'factors', 'designs', 'techniques', 'scorers', 'checks'].map((kind) => `methods/${kind}`),
  ['domain'],
  ['stats-worker'],
  ['stats'],
  ['random'],
]

/** Packages a room may use. `node:` stands for every built-in, `node:path` for one. */
const packages: Readonly<Record<string, readonly string[]>> = {
  library: [],
  cli: ['node:', 'commander', 'zod'],
  http: ['node:', 'zod'],
  page: [],
  operations: ['node:path', 'node:url', 'zod'],
  runner: ['node:module', 'node:worker_threads', 'zod'],
  report: ['@observablehq/plot', 'linkedom', 'canonicalize', 'zod'],
  providers: ['node:', 'zod', 'undici', 'ai', '@ai-sdk/anthropic', '@ai-sdk/google'],
  store: ['node:', 'zod', 'canonicalize', '@noble/hashes', 'yaml', 'hyparquet-writer'],
  sources: ['node:', 'zod', 'csv-parse', 'hyparquet', 'canonicalize', '@noble/hashes'],
  methods: ['zod'],
  domain: ['zod', '@noble/hashes', 'canonicalize'],
  'stats-worker': ['node:worker_threads'],
  stats: [],
  random: ['@noble/hashes'],
}

/** Where the clock, the console and the process may be touched. */
const ambientRooms: Readonly<Record<string, readonly RegExp[]>> = {
  cli: [/^console\./, /^process\./, /^performance\.now$/, /^new Date\(\)$/],
}

const longest = 300

/** Lists of sentences, one entry per code: long because there is much to say, not because they hold two ideas. */
const wordLists = /^src\/domain\/messages\/(analyses|sources|stats)\.ts$/

export function checkArchitecture(files: readonly SourceFile[]): ArchitectureReport {
  const problems: string[] = []
  const known = new Set(files.map(({ path }) => path))
  const edges = new Map<string, readonly string[]>()
  let imports = 0
  for (const file of files) {
    const problem = (words: string): number => problems.push(`${file.path}: ${words}`)
    checkName(file.path, problem)
    const room = roomOf(file.path)
    if (room === undefined) problem('lies in no known room')
    if (!file.path.endsWith('.ts')) continue
    const facts = moduleFacts(file)
    imports += facts.imports.length
    if (facts.hasDefaultExport) problem('has a default export')
    if (isForTests(file.path) || room === undefined) continue
    const lines = file.text.trimEnd().split('\n').length
    if (lines > longest && !wordLists.test(file.path)) problem(`has ${lines} lines; the limit is ${longest}`)
    checkAmbient({ room, facts, problem })
    edges.set(file.path, checkImports({ file, room, facts, known, problem }))
  }
  problems.push(...cyclesOf(edges).map((cycle) => `${cycle[0]}: import cycle ${cycle.join(' → ')}`))
  return { problems, files: files.length, imports }
}

function isForTests(path: string): boolean {
  return path.endsWith('.test.ts') || path.includes('/fixtures/')
}

/** `methods/analyses`, `stats`, …; undefined where a file belongs to no room. */
function roomOf(path: string): string | undefined {
  const [root, first, second, third] = path.split('/')
  if (root !== 'src' || first === undefined) return undefined
  if (first === 'index.ts') return 'library'
  if (second === undefined) return undefined
  const room = first === 'methods' ? (third === undefined ? undefined : `methods/${second}`) : first
  return room !== undefined && room !== 'library' && rows.some((row) => row.includes(room)) ? room : undefined
}

function checkName(path: string, problem: (words: string) => void): void {
  for (const part of path.split('/')) {
    const name = part.replace(/(\.test)?\.[a-z]+$/, '')
    if (/(^|-)(utils?|helpers?|types|managers?|misc|common)(-|$)/.test(name))
      problem(`is named "${name}"; name the idea`)
    if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) problem(`"${part}" is not kebab-case`)
  }
}

function checkAmbient(options: {
  readonly room: string
  readonly facts: ModuleFacts
  readonly problem: (words: string) => void
}): void {
  const allowed = ambientRooms[options.room] ?? []
  for (const read of options.facts.ambient) {
    if (!allowed.some((pattern) => pattern.test(read))) {
      options.problem(`uses ${read}; take it as an argument (chance only from src/random)`)
    }
  }
}

/** Reports bad imports and returns the files that this one imports. */
function checkImports(options: {
  readonly file: SourceFile
  readonly room: string
  readonly facts: ModuleFacts
  readonly known: ReadonlySet<string>
  readonly problem: (words: string) => void
}): readonly string[] {
  const { file, room, facts, known, problem } = options
  const targets: string[] = []
  for (const specifier of facts.imports) {
    if (!specifier.startsWith('.')) {
      checkPackage({ room, specifier, problem })
      continue
    }
    const target = join(dirname(file.path), specifier)
    if (!known.has(target)) {
      problem(`imports ${specifier}, which is no file under src`)
      continue
    }
    targets.push(target)
    if (isForTests(target)) problem(`imports ${specifier}, which is there for tests`)
    const other = roomOf(target)
    if (other === undefined) continue
    if (other !== room && rowOf(other) <= rowOf(room)) problem(`imports ${specifier}: ${room} may not import ${other}`)
    if (room.startsWith('methods/') && other === room && !belongsTogether(file.path, target)) {
      problem(`imports ${specifier}: plug-ins never import one another`)
    }
  }
  return targets
}

function checkPackage(options: {
  readonly room: string
  readonly specifier: string
  readonly problem: (words: string) => void
}): void {
  const { room, specifier, problem } = options
  const allowed = packages[room] ?? packages[room.split('/')[0] ?? ''] ?? []
  const fits = allowed.some((name) =>
    name === 'node:' ? specifier.startsWith(name) : specifier === name || specifier.startsWith(`${name}/`),
  )
  if (!fits)
    problem(`imports ${specifier}: ${room} may use ${allowed.length === 0 ? 'no package' : allowed.join(', ')}`)
}

function rowOf(room: string): number {
  return rows.findIndex((row) => row.includes(room))
}

/** The list of a kind imports its plug-ins; a plug-in may have parts in a folder of its own name, and no one else's. */
function belongsTogether(from: string, to: string): boolean {
  if (/^src\/methods\/[^/]+\/index\.ts$/.test(from)) return true
  const [, , kind, fromName] = from.split('/')
  const [, , , toName, inner] = to.split('/')
  return kind !== undefined && inner !== undefined && fromName?.replace(/\.ts$/, '') === toName
}

/** Each cycle once, as the path that closes it. */
function cyclesOf(edges: ReadonlyMap<string, readonly string[]>): readonly (readonly string[])[] {
  const cycles: string[][] = []
  const state = new Map<string, 'open' | 'done'>()
  const path: string[] = []
  const visit = (file: string): void => {
    if (state.get(file) === 'done') return
    if (state.get(file) === 'open') {
      cycles.push([...path.slice(path.indexOf(file)), file])
      return
    }
    state.set(file, 'open')
    path.push(file)
    for (const next of edges.get(file) ?? []) visit(next)
    path.pop()
    state.set(file, 'done')
  }
  for (const file of edges.keys()) visit(file)
  return cycles
}
