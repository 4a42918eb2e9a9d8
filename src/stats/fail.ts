/**
 * The one error class: what was wrong, where, and the fix. Thrown for input a caller can correct; broken invariants
 * are bugs and use plain `Error`.
 */
export class AssayError extends Error {
  readonly code: string
  readonly values: Readonly<Record<string, ErrorValue>>
  readonly fix: string

  constructor(options: {
    code: string
    message: string
    values: Readonly<Record<string, ErrorValue>>
    fix: string
    cause?: unknown
  }) {
    super(options.message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'AssayError'
    this.code = options.code
    this.values = options.values
    this.fix = options.fix
  }
}

export type ErrorValue = string | number | boolean

/**
 * Throws an `AssayError`. The message is the code in words followed by the values that were given.
 *
 * fail('level-out-of-range', { level: 95 }, 'pass a number between 0 and 1, such as 0.95')
 */
export function fail(code: string, values: Readonly<Record<string, ErrorValue>>, fix: string): never {
  const given = Object.entries(values)
    .map(([name, value]) => `${name} = ${typeof value === 'string' ? JSON.stringify(value) : String(value)}`)
    .join(', ')
  const words = code.replaceAll('-', ' ')
  throw new AssayError({ code, message: given === '' ? words : `${words}: ${given}`, values, fix })
}
