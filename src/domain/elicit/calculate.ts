/** Arithmetic for a model that asks for it: an expression in, a number or what is wrong with it out. Nothing is executed. */

export type Calculation =
  | { readonly kind: 'value'; readonly value: number }
  | { readonly kind: 'error'; readonly problem: string }

/**
 * Knows + − * / % (remainder) ^ (to the right, before a sign), parentheses, decimals, thousands commas, and sqrt, abs, ln,
 * exp, round, floor, ceil. Double precision. Longer than 500 characters is refused.
 *
 * calculate('2 * (3 + 4)^2') // => { kind: 'value', value: 98 }
 */
export function calculate(expression: string): Calculation {
  if (expression.length > 500) return { kind: 'error', problem: 'the expression is too long' }
  const tokens = tokensOf(expression)
  if (tokens === undefined) return { kind: 'error', problem: 'the expression holds something that is not arithmetic' }
  const parser = new Parser(tokens)
  const value = parser.whole()
  if (value === undefined) return { kind: 'error', problem: 'the expression is not complete' }
  if (!Number.isFinite(value)) return { kind: 'error', problem: 'the result is not a finite number' }
  return { kind: 'value', value }
}

const functions: Readonly<Record<string, (x: number) => number>> = {
  sqrt: Math.sqrt,
  abs: Math.abs,
  ln: Math.log,
  exp: Math.exp,
  round: Math.round,
  floor: Math.floor,
  ceil: Math.ceil,
}

function tokensOf(expression: string): readonly string[] | undefined {
  const plain = expression
    .replace(/(?<=\d),(?=\d{3}(?!\d))/g, '')
    .replace(/[×·]/g, '*')
    .replace(/÷/g, '/')
    .replace(/[−–]/g, '-')
    .replace(/\*\*/g, '^')
  const tokens = plain.match(/\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\.\d+|[a-z]+|[()+*/^%-]/g) ?? []
  return tokens.join('') === plain.replace(/\s+/g, '') && tokens.length > 0 ? tokens : undefined
}

/** Recursive descent; undefined stands for "not an expression" and passes through. */
class Parser {
  readonly #tokens: readonly string[]
  #at = 0

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens
  }

  whole(): number | undefined {
    const value = this.#sum()
    return this.#at === this.#tokens.length ? value : undefined
  }

  #sum(): number | undefined {
    let value = this.#product()
    while (value !== undefined && (this.#next() === '+' || this.#next() === '-')) {
      const sign = this.#take() === '+' ? 1 : -1
      const other = this.#product()
      value = other === undefined ? undefined : value + sign * other
    }
    return value
  }

  #product(): number | undefined {
    let value = this.#signed()
    while (value !== undefined && ['*', '/', '%'].includes(this.#next() ?? '')) {
      const operator = this.#take()
      const other = this.#signed()
      if (other === undefined) return undefined
      value = operator === '*' ? value * other : operator === '/' ? value / other : value % other
    }
    return value
  }

  #signed(): number | undefined {
    const sign = this.#next()
    if (sign !== '-' && sign !== '+') return this.#power()
    this.#take()
    const value = this.#signed()
    return value === undefined ? undefined : sign === '-' ? -value : value
  }

  #power(): number | undefined {
    const base = this.#atom()
    if (base === undefined || this.#next() !== '^') return base
    this.#take()
    const exponent = this.#signed()
    return exponent === undefined ? undefined : base ** exponent
  }

  #atom(): number | undefined {
    const token = this.#take()
    if (token === undefined) return undefined
    const named = Object.hasOwn(functions, token) ? functions[token] : undefined
    if (named !== undefined) {
      const value = this.#next() === '(' ? this.#atom() : undefined
      return value === undefined ? undefined : named(value)
    }
    if (token === '(') {
      const value = this.#sum()
      return this.#take() === ')' ? value : undefined
    }
    return /^[\d.]/.test(token) ? Number(token) : undefined
  }

  #next(): string | undefined {
    return this.#tokens[this.#at]
  }

  #take(): string | undefined {
    return this.#tokens[this.#at++]
  }
}
