/** What a source file imports, exports and calls, read from its syntax tree: comments and strings cannot fool it. */
import { parseAst } from 'vitest/node'

export interface SourceFile {
  /** From the root of the repository, with forward slashes. */
  readonly path: string
  readonly text: string
}

export interface ModuleFacts {
  /** Specifiers of every import, export-from, dynamic import and type import. */
  readonly imports: readonly string[]
  readonly hasDefaultExport: boolean
  /** Ambient reads such as `Math.random`, `Date.now`, `new Date()`, `console.log`, `process.env`. */
  readonly ambient: readonly string[]
  /** Message codes: `notEstimable('…')` and records with `code` and `values`. */
  readonly messageCodes: readonly string[]
  /** Every string literal, imports included. */
  readonly literals: ReadonlySet<string>
  /** Endings of codes that are put together: `-in-tasks` of `${code}-in-tasks`. */
  readonly codeEndings: readonly string[]
}

export function moduleFacts({ path, text }: SourceFile): ModuleFacts {
  const imports: string[] = []
  const ambient: string[] = []
  const messageCodes: string[] = []
  const literals = new Set<string>()
  const codeEndings: string[] = []
  let hasDefaultExport = false
  for (const node of nodesOf(parseAst(text, { lang: 'ts' }, path))) {
    const source = literalText(node.source)
    if (source !== undefined && importers.has(node.type)) imports.push(source)
    if (node.type === 'Literal' && typeof node.value === 'string') literals.add(node.value)
    if (node.type === 'TemplateLiteral') codeEndings.push(...endingOf(node))
    if (node.type === 'ExportDefaultDeclaration' || node.type === 'TSExportAssignment') hasDefaultExport = true
    if (node.type === 'ExportSpecifier' && nameOf(node.exported) === 'default') hasDefaultExport = true
    ambient.push(...ambientIn(node))
    const called = nameOf(node.callee)
    if (node.type === 'CallExpression' && called !== undefined && codeTakers.has(called)) {
      messageCodes.push(...textsOf(listOf(node.arguments)[0]))
    }
    if (node.type === 'ObjectExpression') messageCodes.push(...codesOfRecord(node))
  }
  return { imports, hasDefaultExport, ambient, messageCodes, literals, codeEndings }
}

const importers = new Set([
  'ImportDeclaration',
  'ExportNamedDeclaration',
  'ExportAllDeclaration',
  'ImportExpression',
  'TSImportType',
])

/** Chance, clock, console and process, by whatever way they are reached. */
function ambientIn(node: SyntaxNode): readonly string[] {
  const called = nameOf(node.callee)
  switch (node.type) {
    case 'MemberExpression': {
      const object = asNode(node.object)
      const owner = nameOf(object) ?? (nameOf(object?.object) === 'globalThis' ? nameOf(object?.property) : undefined)
      return ambientNamed(`${owner}.${nameOf(node.property) ?? literalText(node.property)}`)
    }
    case 'VariableDeclarator':
      return listOf(asNode(node.id)?.properties).flatMap(({ key }) =>
        ambientNamed(`${nameOf(node.init)}.${nameOf(key)}`),
      )
    case 'ImportDeclaration':
      return literalText(node.source) !== 'node:crypto'
        ? []
        : listOf(node.specifiers)
            .map(({ imported }) => nameOf(imported) ?? '')
            .filter((name) => /^random|^webcrypto$|^getRandomValues$/.test(name))
    case 'NewExpression':
      return called === 'Date' && listOf(node.arguments).length === 0 ? ['new Date()'] : []
    case 'CallExpression':
      return called === 'Date' ? ['Date()'] : []
    default:
      return []
  }
}

function ambientNamed(name: string): readonly string[] {
  const banned =
    /^(Math\.random|Date\.now|performance\.now|console\.\w+|process\.\w+|crypto\.(random\w+|getRandomValues|webcrypto))$/
  return banned.test(name) ? [name] : []
}

/** Functions whose first argument is a message code. */
const codeTakers = new Set(['notEstimable', 'caveat', 'statement', 'note', 'caution', 'invalid'])

/** A caveat or statement has `code` and `values`; an error also has `fix`, and its code needs no message. */
function codesOfRecord(node: SyntaxNode): readonly string[] {
  const properties = new Map(
    listOf(node.properties).map((property) => [nameOf(property.key) ?? literalText(property.key), property.value]),
  )
  if (!properties.has('values') || properties.has('fix') || properties.has('message')) return []
  return textsOf(properties.get('code'))
}

function endingOf(template: SyntaxNode): readonly string[] {
  const [start, ending, ...more] = listOf(template.quasis).map((part) =>
    String((part.value as { cooked?: string }).cooked),
  )
  return start === '' && ending !== undefined && more.length === 0 && /^-[a-z-]+$/.test(ending) ? [ending] : []
}

/** The literal, or both literals of a choice. */
function textsOf(value: unknown): readonly string[] {
  const node = asNode(value)
  if (node === undefined) return []
  if (node.type === 'ConditionalExpression') return [...textsOf(node.consequent), ...textsOf(node.alternate)]
  const text = literalText(node)
  return text === undefined ? [] : [text]
}

interface SyntaxNode {
  readonly type: string
  readonly [key: string]: unknown
}

/** Every node, parents first. */
function nodesOf(root: unknown): readonly SyntaxNode[] {
  const nodes: SyntaxNode[] = []
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) {
      for (const element of value) visit(element)
      return
    }
    if (typeof value !== 'object' || value === null) return
    const node = asNode(value)
    if (node !== undefined) nodes.push(node)
    for (const key in value) visit((value as Readonly<Record<string, unknown>>)[key])
  }
  visit(root)
  return nodes
}

function asNode(value: unknown): SyntaxNode | undefined {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
    ? (value as SyntaxNode)
    : undefined
}

function listOf(value: unknown): readonly SyntaxNode[] {
  return Array.isArray(value) ? value.map(asNode).filter((node) => node !== undefined) : []
}

function nameOf(value: unknown): string | undefined {
  const node = asNode(value)
  return node?.type === 'Identifier' && typeof node.name === 'string' ? node.name : undefined
}

function literalText(value: unknown): string | undefined {
  const node = asNode(value)
  return node?.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined
}
