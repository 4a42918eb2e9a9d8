/** Finds and runs the code that documentation shows, and compares every `expression // => value` line. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseAst } from 'vitest/node'
import { differsFromText } from './documented-value.ts'
import { repositoryRoot } from './source-files.ts'

export interface CodeBlock {
  /** `docs/start.md:12`, the line of the opening fence. */
  readonly place: string
  /** `ts`, `sh run`. */
  readonly language: string
  readonly code: string
}

export function codeBlocks(path: string, markdown: string): readonly CodeBlock[] {
  return [...markdown.matchAll(/^```(\S[^\n]*)\n(.*?)^```\s*$/gms)].map((match) => ({
    place: `${path}:${markdown.slice(0, match.index).split('\n').length}`,
    language: (match[1] ?? '').trim(),
    code: match[2] ?? '',
  }))
}

export interface BlockOutcome {
  /** How many stated values were compared. */
  readonly checks: number
  readonly differences: readonly string[]
}

/** Runs a TypeScript block as a module of its own in an empty working folder, with `assay` meaning the sources. */
export async function runCodeBlock({ place, code }: CodeBlock): Promise<BlockOutcome> {
  const folder = mkdtempSync(join(tmpdir(), 'assay-docs-'))
  try {
    const { text, checks } = instrumented(code)
    const path = join(folder, 'block.ts')
    writeFileSync(path, text)
    const module = (await import(/* @vite-ignore */ pathToFileURL(path).href)) as {
      readonly recorded: readonly { readonly value: unknown; readonly text: string }[]
    }
    const differences = module.recorded.flatMap(({ value, text: stated }) => {
      const difference = differsFromText(value, stated)
      return difference === undefined ? [] : [`${place}: ${difference}`]
    })
    if (module.recorded.length !== checks)
      differences.push(`${place}: ${checks} values stated, ${module.recorded.length} reached`)
    return { checks, differences }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

interface Statement {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly source?: { readonly value: string; readonly start: number; readonly end: number } | null
  readonly expression?: { readonly start: number; readonly end: number }
  readonly declarations?: readonly { readonly id: { readonly name?: string }; readonly end: number }[]
}

/** Every statement that a `// => text` follows records its value. */
function instrumented(code: string): { readonly text: string; readonly checks: number } {
  const edits: { at: number; end: number; text: string }[] = []
  let checks = 0
  for (const statement of parseAst(code, { lang: 'ts' }).body as unknown as readonly Statement[]) {
    const entry =
      statement.source === undefined || statement.source === null ? undefined : entries[statement.source.value]
    if (statement.source && entry !== undefined) {
      edits.push({
        at: statement.source.start,
        end: statement.source.end,
        text: JSON.stringify(pathToFileURL(repositoryRoot + entry).href),
      })
    }
    // The semicolon that ends a statement may stand on the next line, so the end of its last part counts.
    const expression = statement.type === 'ExpressionStatement' ? statement.expression : undefined
    const end = expression?.end ?? statement.declarations?.at(-1)?.end ?? statement.end
    const stated = /^;?[ \t]*\/\/ => ([^\n]+)/.exec(code.slice(end))?.[1]?.trim()
    if (stated === undefined) continue
    checks++
    const name = statement.declarations?.at(-1)?.id.name
    if (expression !== undefined) {
      edits.push({ at: expression.start, end: expression.start, text: ';recorded.push({ value: (' })
      edits.push({
        at: expression.end,
        end: expression.end,
        text: `), text: ${JSON.stringify(stated)} });`,
      })
    } else if (name !== undefined) {
      edits.push({
        at: end,
        end,
        text: `;recorded.push({ value: ${name}, text: ${JSON.stringify(stated)} });`,
      })
    } else {
      throw new Error(`"// => ${stated}" follows a ${statement.type}; only expressions and constants have a value`)
    }
  }
  if (checks !== (code.match(/\/\/ =>/g) ?? []).length) throw new Error('a "// =>" follows no statement of the block')
  let text = code
  for (const edit of edits.toSorted((a, b) => b.at - a.at))
    text = text.slice(0, edit.at) + edit.text + text.slice(edit.end)
  return { text: `export const recorded: { value: unknown; text: string }[] = [];\n${text}`, checks }
}

const entries: Readonly<Record<string, string>> = {
  assay: 'src/index.ts',
  'assay/stats': 'src/stats/index.ts',
  'assay/stats/worker': 'src/stats-worker/node.ts',
}
