/** The number a reply gives, with its unit. */
import { finalAnswer, searchedPart } from './final-answer.ts'
import { unwrapped } from './plain-text.ts'

export interface ReadNumber {
  readonly value: number
  /** As written, spaces single; empty where there is none. */
  readonly unit: string
}

export interface NumberReading {
  /** The reply is one number, with or without a unit, and nothing else. */
  readonly strict: ReadNumber | undefined
  /** The number the reply declares as its answer, else the only one in it. */
  readonly lenient: ReadNumber | undefined
}

export interface NumberStyle {
  /** What stands between units and tenths; the other mark groups thousands. */
  readonly decimalMark: 'point' | 'comma'
}

/**
 * Reads integers, decimals, thousands groups (`12,500`, `12 500`, `12_500`), scientific notation (`1.2e-3`,
 * `1.2 × 10^-3`), fractions (`3/4`, `\frac{3}{4}`), mixed numbers (`1 1/2`), signs and currency before the number.
 * A group that is not three digits long is no number ("3,14" with a decimal point): nothing is read rather than half of it.
 * Two different numbers of which none is declared mean that none was given.
 *
 * readNumber('The total is 1,250 km.', { decimalMark: 'point' }).lenient // => { value: 1250, unit: 'km' }
 */
export function readNumber(reply: string, style: NumberStyle): NumberReading {
  const text = searchedPart(reply)
  if (text !== reply) return { strict: undefined, lenient: readNumber(text, style).lenient }
  const strict = wholeNumber(text, style)
  if (strict !== undefined) return { strict, lenient: strict }
  const marked = finalAnswer(text)
  const declared = marked.marked ? marked.text : declaredPart(text)
  const lenient =
    declared === undefined ? onlyNumber(text, style) : (wholeNumber(declared, style) ?? onlyNumber(declared, style))
  return { strict: undefined, lenient }
}

function wholeNumber(text: string, style: NumberStyle): ReadNumber | undefined {
  const plain = plainNumbers(unwrapped(text))
  const match = new RegExp(`^${numberPattern(style)}\\s*(?<unit>${unitPattern})?$`, 'u').exec(plain)
  return match === null ? undefined : numberOf(match, style)
}

/** What follows the last "####", "\boxed" or "answer is". */
function declaredPart(text: string): string | undefined {
  const boxed = [...text.matchAll(/\\boxed\{((?:[^{}]|\{[^{}]*\})*)\}/g)].at(-1)?.[1]
  if (boxed !== undefined) return boxed
  const cue = [...text.matchAll(/####\s*([^\n]+)|\banswer\s*(?:is|was|would be|=|:)+\s*([^\n]+)/giu)].at(-1)
  const said = cue?.[1] ?? cue?.[2]
  return said?.split(/[.!?;](?:\s|$)|,\s|\b(?:because|since|as|which|not|rather)\b/u)[0]
}

/** The number of a text that holds no other; a number said twice is one number. */
function onlyNumber(text: string, style: NumberStyle): ReadNumber | undefined {
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}.,_/-])${numberPattern(style)}(?:\\s?(?<unit>${unitPattern}))?`, 'gu')
  const plain = plainNumbers(text)
  const found: ReadNumber[] = []
  let rest = plain
  for (const match of plain.matchAll(pattern)) {
    const number = numberOf(match, style)
    if (number !== undefined) found.push(number)
    rest = rest.replace(match[0], ' ')
  }
  // Digits that belong to no number that could be read ("3,14", "B2") may be the answer: then none is clear.
  if (/\d/.test(rest)) return undefined
  const [first] = found
  if (first === undefined || found.some(({ value }) => value !== first.value)) return undefined
  return found.find(({ unit }) => unit !== '') ?? first
}

function numberOf({ groups }: RegExpMatchArray, style: NumberStyle): ReadNumber | undefined {
  if (groups === undefined) return undefined
  const { sign, digits, exponent, power, over, whole, unit } = groups
  if (digits === undefined) return undefined
  const main = plainDigits(digits, style)
  const scale = exponent ?? power
  // The decimal text is converted once: a product of two doubles would not be the one nearest to 1.2e-3.
  let value = Number(scale === undefined || over !== undefined ? main : `${main}e${scale}`)
  if (over !== undefined) {
    const divisor = Number(plainDigits(over, style))
    if (divisor === 0) return undefined
    value /= divisor
  }
  if (whole !== undefined) value += Number(whole)
  const written = (unit ?? '')
    .replace(/\s+/g, ' ')
    .replace(/[.*-]+$/, '')
    .trim()
  const magnitude = magnitudes[written.toLowerCase()]
  if (magnitude !== undefined) value *= magnitude
  if (!Number.isFinite(value)) return undefined
  return { value: sign === '-' ? 0 - value : value, unit: magnitude === undefined ? written : '' }
}

const magnitudes: Readonly<Record<string, number>> = {
  hundred: 1e2,
  thousand: 1e3,
  million: 1e6,
  billion: 1e9,
  trillion: 1e12,
}

function plainDigits(digits: string, { decimalMark }: NumberStyle): string {
  return decimalMark === 'point' ? digits.replace(/[, _]/g, '') : digits.replace(/[. _]/g, '').replace(',', '.')
}

const unitPattern = '(?:%|°|\\p{Sc}|[\\p{L}µμΩ])[\\p{L}\\p{N}µμΩ°%^²³⁻¹/·*.-]*(?:\\s(?:per|/)\\s?[\\p{L}\\p{N}^²³]+)?'

function numberPattern({ decimalMark }: NumberStyle): string {
  const point = decimalMark === 'point' ? '\\.' : ','
  const group = decimalMark === 'point' ? ',' : '\\.'
  // 0x10 is sixteen, and neither nothing nor ten.
  const plain = `(?!0[xX][\\da-fA-F])(?:\\d{1,3}(?:(?:${group}\\d{3})+|(?:[ _]\\d{3})+)(?!\\d)|\\d+)(?:${point}\\d+)?|${point}\\d+`
  const end = `(?![\\d]|[.,_]\\d)`
  const scientific = `(?:[eE](?<exponent>[+-]?\\d+)|\\s?[x*]\\s?10\\s?\\^\\s?\\{?(?<power>[+-]?\\d+)\\}?)?`
  return `(?<sign>[+-])?\\s?(?:\\p{Sc}\\s?)?(?:(?<whole>\\d+)\\s(?=\\d+/\\d))?(?<digits>${plain})${scientific}(?:\\s?/\\s?(?<over>\\d+(?:${point}\\d+)?))?${end}`
}

/** One writing for signs, spaces and fractions. */
function plainNumbers(text: string): string {
  return text
    .replace(/\\[dt]?frac\{([^{}]+)\}\{([^{}]+)\}/g, '$1/$2')
    .replace(/\\(?:text|mathrm)\{([^{}]*)\}/g, '$1')
    .replace(/\\[,;! ]|[\u00a0\u2007\u2009\u202f]/g, ' ')
    .replace(/\\%/g, '%')
    .replace(/\\(?:times|cdot)|×|·(?=\s?10)/g, 'x')
    .replace(/[−‒–](?=\s?\p{Sc}?\s?[\d.])/gu, '-')
    .replace(/[*_$](?=[*_$\d-])|(?<=\d)[*_$]+(?=[\s.,;]|$)/g, '')
    .replace(/[⁄∕]/g, '/')
}
