import { expect, test } from 'vitest'
import { blindItem, finishRender, startRender } from '../../domain/index.ts'
import { openRandom } from '../../random/index.ts'
import {
  casings,
  descriptorGaps,
  drawFormat,
  formatProblem,
  joiners,
  separators,
  wrappers,
} from './format/format-grammar.ts'
import { formatLevel, parseFormatLevel } from './format/format-level.ts'
import { format } from './format.ts'

const item = blindItem({ id: 'q', input: 'Which?', options: ['x', 'y'], target: ['0'], attributes: {} })
const start = startRender({ item, instruction: 'Say A or B.', system: undefined, answerMode: 'letter', decoding: {} })

function textOf(level: string, parameters: Record<string, unknown> = {}): string {
  const state = format.apply({
    state: start,
    item,
    level,
    parameters: format.parameters.parse(parameters),
    random: openRandom(1),
    sharedRandom: openRandom(1),
  })
  const request = finishRender(state)
  return request.kind === 'chat' ? (request.messages[0]?.content ?? '') : ''
}

test('the grammar has the released value sets: 15 separators, 15 joiners, 4 gaps, 4 casings, 6 wrappers', () => {
  const sizes = [separators, joiners, descriptorGaps, casings, wrappers].map((values) => new Set(values).size)
  expect(sizes).toEqual([15, 15, 4, 4, 6])
})

test('format writes fields, options and the labels an instruction cites in the drawn format', () => {
  expect(textOf('case=upper sep=·:· join=·||· label=(i) gap=· between=;·↵')).toBe(
    'Say i or ii.\n\nQUESTION : Which? || (i) x; \n(ii) y || ANSWER :',
  )
  expect(textOf('case=lower sep=::· join=↵ label=[1] gap=∅ between=,· word=⇥', { optionDescriptor: 'Option' })).toBe(
    'Say 1 or 2.\n\nquestion:: Which?\noption\t[1]x, option\t[2]y\nanswer::',
  )
})

test('format names round-trip and every drawn one is valid, 2,000 draws', () => {
  const random = openRandom('grammar')
  for (let draw = 0; draw < 2_000; draw++) {
    const drawn = drawFormat(draw % 2 === 0 ? 'described-options' : 'without-options', random)
    expect(parseFormatLevel(formatLevel(drawn))).toEqual(drawn)
  }
  const levels = format.levels(format.parameters.parse({ formats: 500 }), openRandom('levels'))
  expect(levels).toHaveLength(501)
  for (const level of levels.slice(1)) {
    const parsed = parseFormatLevel(level)
    expect(parsed === undefined ? 'unreadable' : formatProblem(parsed, 'any')).toBeUndefined()
  }
})

test('formatProblem names the rule that is broken', () => {
  const valid = { separator: ': ', joiner: '\n', casing: 'as-is' } as const
  const options = { joiner: '\n', separator: ' ', wrapper: 'x.', style: 'A' } as const
  expect(formatProblem({ ...valid, options }, 'white-space')).toBeUndefined()
  expect(formatProblem({ ...valid, separator: '' }, 'any')).toContain('empty separator')
  expect(formatProblem({ ...valid, joiner: '' }, 'any')).toContain('empty joiner')
  expect(formatProblem({ ...valid, separator: '\n\t', joiner: ', ' }, 'any')).toContain('line break inside a field')
  expect(formatProblem({ ...valid, options: { ...options, separator: '' } }, 'any')).toBeUndefined()
  expect(formatProblem({ ...valid, options: { ...options, separator: '\n\t', joiner: ' ' } }, 'any')).toContain(
    'inside an option',
  )
  expect(formatProblem({ ...valid, joiner: ' || ' }, 'white-space')).toContain('visible joiner')
})

test('format without options has 14 separators × 14 joiners less those a line break forbids, × 4 casings', () => {
  // Separators with a line break (4) need one of the joiners with one (5); the other 10 go with all 14.
  const count = (4 * 5 + 10 * 14) * 4
  const given = format.parameters.parse({ fields: 'without-options', formats: count })
  expect(new Set(format.levels(given, openRandom('all'))).size).toBe(count + 1)
  const more = format.parameters.parse({ fields: 'without-options', formats: count + 1 })
  expect(() => format.levels(more, openRandom('all'))).toThrow('formats exhausted')
})

test('format refuses formats fixed in advance that the grammar or its rules do not allow', () => {
  const levels = (level: string) => format.levels(format.parameters.parse({ formatted: [level] }), openRandom(1))
  expect(levels('case=lower sep=:· join=↵')).toEqual(['as-is', 'case=lower sep=:· join=↵'])
  expect(() => levels('case=lower sep=∅ join=↵')).toThrow('unknown format')
  expect(() => levels('nice')).toThrow('unknown format')
})
