/** Compares a value with the text that documentation gives for it, at the precision the text states. */
import { parseAst } from 'vitest/node'

/**
 * Undefined where `actual` is what `text` says; otherwise what differs.
 *
 * A number written with d decimals must agree within half a unit of the last one, or one unit where `…` shows that more
 * digits follow; a whole number must be equal.
 * Records may have more members than are shown; arrays may not have more elements.
 */
export function differsFromText(actual: unknown, text: string): string | undefined {
  const units = text.includes('…') ? 1 : 0.5
  const [statement] = parseAst(`(${text.replaceAll('…', '')})`).body as unknown as [{ expression: Expression }]
  return compare(actual, statement.expression, { at: '', units })
}

/** Whether the text is a value, and not words for readers: `3`, `[0.1…]`, `{ lower: -1 }`; not `t = 3`. */
export function isDocumentedValue(text: string): boolean {
  try {
    const [statement] = parseAst(`(${text.replaceAll('…', '')})`).body as unknown as [{ expression: Expression }]
    return isValue(statement.expression)
  } catch {
    return false
  }
}

function isValue(node: Expression): boolean {
  switch (node.type) {
    case 'ParenthesizedExpression':
      return isValue(node.expression as Expression)
    case 'ArrayExpression':
      return (node.elements as readonly Expression[]).every(isValue)
    case 'ObjectExpression':
      return (node.properties as readonly Expression[]).every(({ value }) => isValue(value as Expression))
    case 'UnaryExpression':
      return node.operator === '-' && isValue(node.argument as Expression)
    case 'Identifier':
      return ['undefined', 'NaN', 'Infinity'].includes(String(node.name))
    default:
      return node.type === 'Literal' && typeof node.value !== 'bigint'
  }
}

interface Expression {
  readonly type: string
  readonly [key: string]: unknown
}

interface Place {
  readonly at: string
  /** Tolerance, in units of the last digit that is written. */
  readonly units: number
}

function compare(actual: unknown, expected: Expression, place: Place): string | undefined {
  const at = place.at === '' ? '' : ` at ${place.at}`
  switch (expected.type) {
    case 'ParenthesizedExpression':
      return compare(actual, expected.expression as Expression, place)
    case 'ArrayExpression': {
      const elements = expected.elements as readonly Expression[]
      const list = ArrayBuffer.isView(actual) ? Array.from(actual as unknown as ArrayLike<number>) : actual
      if (!Array.isArray(list)) return `${show(actual)} is no array${at}`
      if (list.length !== elements.length) return `${list.length} elements instead of ${elements.length}${at}`
      return firstOf(elements, (element, i) => compare(list[i], element, { ...place, at: `${place.at}[${i}]` }))
    }
    case 'ObjectExpression': {
      if (typeof actual !== 'object' || actual === null) return `${show(actual)} is no record${at}`
      const record = actual as Readonly<Record<string, unknown>>
      return firstOf(expected.properties as readonly Expression[], (property) => {
        const key = property.key as Expression
        const name = String(key.name ?? key.value)
        return compare(record[name], property.value as Expression, {
          ...place,
          at: place.at === '' ? name : `${place.at}.${name}`,
        })
      })
    }
    default: {
      const scalar = scalarOf(expected)
      const near =
        typeof actual === 'number' && typeof scalar.value === 'number'
          ? Object.is(actual, scalar.value) ||
            Math.abs(actual - scalar.value) <= scalar.lastDigit * place.units + rounding * Math.abs(scalar.value)
          : actual === scalar.value
      return near ? undefined : `${show(actual)} instead of ${show(scalar.value)}${at}`
    }
  }
}

/** A few units in the last place of a double: 0.1 + 0.2 is documented as 0.3. */
const rounding = 5e-16

/** `lastDigit` is the size of one step of the last digit written, 0 for whole numbers and what is no number. */
function scalarOf(node: Expression): { readonly value: unknown; readonly lastDigit: number } {
  if (node.type === 'UnaryExpression' && node.operator === '-') {
    const { value, lastDigit } = scalarOf(node.argument as Expression)
    return { value: -(value as number), lastDigit }
  }
  if (node.type === 'Identifier') {
    const constants: Readonly<Record<string, unknown>> = {
      undefined: undefined,
      NaN: Number.NaN,
      Infinity: Number.POSITIVE_INFINITY,
    }
    const name = String(node.name)
    if (!(name in constants)) throw new Error(`"${name}" is no documented value`)
    return { value: constants[name], lastDigit: 0 }
  }
  if (node.type !== 'Literal') throw new Error(`a documented value may not be a ${node.type}`)
  const [, decimals, exponent] = /^\d[\d_]*(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(String(node.raw)) ?? []
  const isWhole = decimals === undefined && exponent === undefined
  const places = Number(exponent ?? 0) - (decimals?.length ?? 0)
  // A hair more, so that 0.125 may be written as 0.13 or as 0.12.
  return { value: node.value, lastDigit: isWhole ? 0 : 1.000001 * 10 ** places }
}

function firstOf<Element>(
  elements: readonly Element[],
  differs: (element: Element, i: number) => string | undefined,
): string | undefined {
  for (const [i, element] of elements.entries()) {
    const difference = differs(element, i)
    if (difference !== undefined) return difference
  }
  return undefined
}

function show(value: unknown): string {
  return typeof value === 'object' || typeof value === 'string' ? (JSON.stringify(value) ?? '') : String(value)
}
