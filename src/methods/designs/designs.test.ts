import { expect, test } from 'vitest'
import { type Constraint, type Design, type DesignPlan, explain, type Levels } from '../../domain/index.ts'
import { openRandom } from '../../random/index.ts'
import { designs } from './index.ts'

const letters = (count: number) => Array.from({ length: count }, (_, index) => `l${index}`)
const factors = [
  { name: 'format', levels: letters(3) },
  { name: 'order', levels: letters(2) },
  { name: 'persona', levels: letters(4) },
]
const constraints: readonly Constraint[] = [{ not: { format: 'l2', persona: 'l3' }, because: 'never used together' }]

const parametersOf: Readonly<Record<string, Record<string, unknown>>> = {
  supplied: { settings: [{ format: 'l1' }, { order: 'l1', persona: 'l2' }] },
  thompson: { settings: 10, budget: 400 },
}

function design(name: string): Design {
  const found = designs.find((each) => each.name === name)
  if (found === undefined) throw new Error(name)
  return found
}

function plan(name: string, given: Partial<Parameters<Design['plan']>[0]> = {}): DesignPlan {
  const chosen = design(name)
  const { parameters = parametersOf[name] ?? {}, ...rest } = given
  return chosen.plan({
    factors,
    constraints: [],
    existing: [],
    random: openRandom('designs'),
    ...rest,
    parameters: chosen.parameters.parse(parameters),
  })
}

const isForbidden = (levels: Levels): boolean => levels.format === 'l2' && levels.persona === 'l3'

test.each(designs)(
  '$name plans distinct complete settings that obey constraints, alike for the same seed',
  ({ name }) => {
    const { settings, statement } = plan(name, { constraints })
    expect(settings.length).toBeGreaterThan(0)
    expect(new Set(settings.map((levels) => JSON.stringify(levels))).size).toBe(settings.length)
    for (const levels of settings) {
      expect(Object.keys(levels)).toEqual(['format', 'order', 'persona'])
      for (const factor of factors) expect(factor.levels).toContain(levels[factor.name])
      expect(isForbidden(levels)).toBe(false)
    }
    expect(plan(name, { constraints })).toEqual(plan(name, { constraints }))
    expect(explain(statement).text).not.toBe('')
  },
)

test.each(designs)('$name runs nothing that exists already', ({ name }) => {
  const { settings } = plan(name)
  expect(plan(name, { existing: settings }).settings).toEqual([])
})

test('only full and supplied designs license a worst case; only they and random draws license averages', () => {
  const licensed = (quantifier: string) =>
    designs.filter(({ name }) => plan(name).licenses.some((each) => each === quantifier)).map(({ name }) => name)
  expect(licensed('bounded-worst-case')).toEqual(['full', 'supplied'])
  expect(licensed('mean')).toEqual(['full', 'random', 'supplied'])
  expect(licensed('rate')).toEqual(['full', 'random', 'supplied'])
  expect(licensed('existence')).toHaveLength(designs.length)
  expect(licensed('upper-bound')).toEqual([])
})

test('full lists 24 settings, 22 under the constraint, and one where nothing varies', () => {
  expect(plan('full').settings).toHaveLength(24)
  expect(plan('full', { constraints }).settings).toHaveLength(22)
  expect(plan('full', { factors: [] }).settings).toEqual([{}])
  const many = Array.from({ length: 21 }, (_, index) => ({ name: `f${index}`, levels: ['a', 'b'] }))
  expect(() => plan('full', { factors: many })).toThrow('too many settings')
})

test('one-at-a-time has 1 + Σ(levels − 1) settings, each one change away from the first', () => {
  const { settings } = plan('one-at-a-time')
  expect(settings).toHaveLength(1 + 2 + 1 + 3)
  const [reference, ...others] = settings
  for (const levels of others) expect(factors.filter(({ name }) => levels[name] !== reference?.[name])).toHaveLength(1)
  const forbidden = [{ not: { format: 'l0' }, because: 'not used' }]
  expect(() => plan('one-at-a-time', { constraints: forbidden })).toThrow('reference forbidden')
})

test('random draws every setting about equally often, 4,000 draws of 6 from 24', () => {
  const counts = new Map<string, number>()
  const random = openRandom('uniform')
  for (let draw = 0; draw < 4_000; draw++) {
    for (const levels of plan('random', { parameters: { settings: 6 }, random: random.split(draw) }).settings)
      counts.set(JSON.stringify(levels), (counts.get(JSON.stringify(levels)) ?? 0) + 1)
  }
  expect(counts.size).toBe(24)
  // Each count is binomial(4000, 1/4): standard deviation 27; 4.5 of them for 24 counts.
  for (const count of counts.values()) expect(Math.abs(count - 1_000)).toBeLessThan(4.5 * 27.4)
})

test('random draws from spaces too large to list, and refuses more than there are', () => {
  const many = Array.from({ length: 30 }, (_, index) => ({ name: `f${index}`, levels: ['a', 'b', 'c'] }))
  expect(plan('random', { factors: many, parameters: { settings: 50 } }).settings).toHaveLength(50)
  expect(() => plan('random', { parameters: { settings: 25 } })).toThrow('too few settings')
})

test('covering finds every pair in at most 14 settings and says what was there already', () => {
  const { settings, statement } = plan('covering')
  expect(settings.length).toBeLessThanOrEqual(14)
  const rest = plan('covering', { existing: settings.slice(0, 6) })
  expect(rest.settings.length).toBeLessThan(settings.length)
  expect(statement.values).toMatchObject({ tuples: 6 + 12 + 8, already: 0 })
  expect(plan('covering', { constraints }).statement.values).toMatchObject({ tuples: 25, forbidden: 1 })
  const stronger = [{ factors: ['format', 'order', 'persona'], strength: 3 }]
  expect(plan('covering', { parameters: { stronger } }).settings).toHaveLength(24)
})

test('fractional takes a regular fraction where there is one and says how its effects are confounded', () => {
  const two = letters(8).map((name) => ({ name, levels: ['low', 'high'] }))
  const clear = plan('fractional', { factors: two })
  expect([clear.settings.length, clear.statement.code]).toEqual([16, 'design-fraction-clear'])
  const main = plan('fractional', { factors: two.slice(0, 7), parameters: { resolution: 'main-effects' } })
  expect([main.settings.length, main.statement.code]).toEqual([8, 'design-fraction-main-effects'])
  const mixed = plan('fractional')
  expect(mixed.statement.code).toBe('design-fraction-optimal')
  expect(mixed.statement.values.efficiency).toBeGreaterThan(0.8)
})

test('supplied fills absent factors with their first level and refuses what no factor has', () => {
  expect(plan('supplied').settings[0]).toEqual({ format: 'l1', order: 'l0', persona: 'l0' })
  expect(() => plan('supplied', { parameters: { settings: [{ colour: 'red' }] } })).toThrow('factor unknown')
  expect(() => plan('supplied', { parameters: { settings: [{ format: 'l9' }] } })).toThrow('level unknown')
})

test('thompson searches its pool to the ends, the reference first', () => {
  const chosen = design('thompson')
  const parameters = chosen.parameters.parse({ settings: 10, batch: 10, budget: 400 })
  const search = chosen.search?.({ parameters, settings: 10, items: 100, random: openRandom('search') })
  if (search === undefined) throw new Error('thompson is adaptive')
  let state = search.start({ asked: 100, trials: 100, successes: 50 })
  let asked = 0
  for (;;) {
    const step = search.next(state)
    if (step.kind === 'found') {
      expect(step).toMatchObject({ highest: 9, lowest: 1 })
      break
    }
    // Arm k is right on k of every 10 items.
    state = search.record(state, { arm: step.arm, asked: 10, trials: 10, successes: step.arm })
    asked += 10
  }
  expect(asked).toBe(400)
})
