/** Finds `f(x) // => value` lines in doc comments of sources. */
import { parseAst } from 'vitest/node'
import { isDocumentedValue } from './documented-value.ts'
import type { SourceFile } from './module-facts.ts'

export interface DocumentedExample {
  /** `src/stats/mean.ts:12` */
  readonly place: string
  readonly expression: string
  readonly value: string
}

/** Only examples that are code on both sides; a value in words (`t = 3, p = 0.0577`) is for readers alone. */
export function documentedExamples({ path, text }: SourceFile): readonly DocumentedExample[] {
  const lines = text.split('\n').map((line) => /^\s*\* ?(.*)$/.exec(line)?.[1])
  return lines.flatMap((line, i) => {
    const [code = '', stated] = line?.split(' // => ') ?? []
    if (stated === undefined) return []
    const value = stated.replaceAll(/,? ?…(?= ?[}\]])/g, '')
    const expression = expressionEndingAt(lines, i, code)
    return expression === undefined || !isDocumentedValue(value)
      ? []
      : [{ place: `${path}:${i + 1}`, expression, value }]
  })
}

/** An expression may span lines: the fewest lines up to the stated value that parse. */
function expressionEndingAt(lines: readonly (string | undefined)[], last: number, code: string): string | undefined {
  let expression = code
  for (let i = last - 1; ; i--) {
    if (parses(expression)) return expression
    const line = lines[i]
    if (line === undefined || line.trim() === '' || last - i > 8) return undefined
    expression = `${line}\n${expression}`
  }
}

function parses(code: string): boolean {
  try {
    parseAst(`(${code}\n)`)
    return code.trim() !== ''
  } catch {
    return false
  }
}
