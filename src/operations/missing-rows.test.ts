import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readFolder } from '../../test/log-folder.ts'
import { inputCoverage } from '../methods/analyses/input-coverage.ts'
import { openRandom } from '../random/index.ts'
import { coverage } from './coverage.ts'
import { exportRun } from './export.ts'
import { testContext } from './fixtures/small-run.ts'
import { planProtocol } from './plan-protocol.ts'
import { register } from './register.ts'
import { run } from './run.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'assay-rows-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const items = Array.from({ length: 6 }, (_, index) => ({
  id: `q${index}`,
  input: `What is ${index} + 1?`,
  options: ['1', '2', '3', String(index + 5)],
  target: 0,
}))

/** Three factors, one pair of levels impossible. */
function write(path: string, changes: Readonly<Record<string, unknown>>): void {
  const protocol = {
    version: 1,
    title: 'sums',
    construct: { definition: 'adds' },
    envelope: { normalUse: 'single questions' },
    models: [{ id: 'm', endpoint: 'simulated:steady' }],
    items: { inline: items },
    answer: 'letter',
    factors: [{ use: 'persona' }, { use: 'option-order' }, { use: 'casing' }],
    constraints: [{ not: { persona: 'student', 'option-order': 'rotated-1' }, because: 'asked for' }],
    scorers: [{ use: 'multiple-choice' }],
    claims: [
      {
        id: 'once',
        kind: 'capability',
        quantifier: 'existence',
        scorer: 'multiple-choice',
        model: 'm',
        population: 'these-items',
        direction: 'above',
        threshold: 0.5,
        decision: { ifSupported: 'a', ifRefuted: 'b', ifInconclusive: 'c' },
      },
    ],
    stopping: { rule: 'fixed' },
    ...changes,
  }
  writeFileSync(join(root, path), JSON.stringify(protocol))
}

const context = () => testContext(root)
const plan = async (path: string) =>
  JSON.parse((await planProtocol.run(planProtocol.input.parse({ protocol: path }), context())).json)
const runInto = (path: string, out: string) => run.run(run.input.parse({ protocol: path, out }), context())
/** A log of another program does not know what cannot be. */
const never = ['persona=student+option-order=rotated-1']

const first = [
  { persona: 'none', 'option-order': 'as-given', casing: 'as-is' },
  { persona: 'expert', 'option-order': 'rotated-1', casing: 'lower' },
  { persona: 'student', 'option-order': 'rotated-2', casing: 'upper' },
  { persona: 'none', 'option-order': 'rotated-3', casing: 'title' },
]

/** A table as another program would have written it: no mark of ours, no technique, one row per response. */
function foreignTable(path: string): void {
  const lines = readFileSync(join(root, path), 'utf8')
    .trimEnd()
    .split('\r\n')
    .map((line) => line.split(','))
  const [header = []] = lines
  const kept = ['model', 'task', 'item', 'scorer', 'score', 'factor:persona', 'factor:option-order', 'factor:casing']
  const places = kept.map((name) => header.indexOf(name))
  const rows = lines.map((cells) => places.map((at) => cells[at] ?? ''))
  const named = rows.map((cells, at) => (at === 0 ? cells.map((name) => name.replace('factor:', '')) : cells))
  writeFileSync(join(root, 'foreign.csv'), named.map((cells) => `${cells.join(',')}\n`).join(''))
}

const columns = { 'factor:persona': 'persona', 'factor:option-order': 'option-order', 'factor:casing': 'casing' }

test.each([
  ['inspect-eval', 'logs', {}],
  ['csv', 'foreign.csv', { columns }],
] as const)(
  'the settings that a log in %s lacks are planned, registered and run, those and no other, and both together cover all',
  async (format, log, mapping) => {
    write('partial.json', { design: { use: 'supplied', with: { settings: first } } })
    await runInto('partial.json', 'first')
    await exportRun.run({ folder: 'first', format, out: 'logs' }, context())
    if (format === 'csv') foreignTable('logs/responses.csv')
    const covered = async (paths: readonly string[], more: object = {}) =>
      (await coverage.run(coverage.input.parse({ paths, ...mapping, ...more }), context())).tasks[0]
    const before = await covered([log], { never })
    expect(before).toMatchObject({ settings: 4, possible: 12 + 12 + 16 - 1 })
    expect(before?.covered).toBe(4 * 3)

    write('rest.json', { design: { use: 'covering', with: { strength: 2 }, existing: { logs: [log], ...mapping } } })
    const { settings, design } = await plan('rest.json')
    expect(design.statement.values).toMatchObject({ already: 12, tuples: 39, settings: settings.length })
    // Two searches with seeds of their own: both are complete, neither is certain to be the shortest.
    expect(Math.abs(settings.length - (before?.missing.length ?? 0))).toBeLessThanOrEqual(1)
    expect(settings.filter(isForbidden)).toEqual([])
    await register.run(register.input.parse({ protocol: 'rest.json' }), context())
    const frozen = JSON.parse(readFileSync(join(root, 'rest.registered.json'), 'utf8'))
    expect(frozen.protocol.design.existing.settings.toSorted(byText)).toEqual(first.toSorted(byText))
    await runInto('rest.json', 'second')
    expect(await covered(['second'])).toMatchObject({ settings: settings.length })
    expect(await covered([log, 'second'])).toMatchObject({
      covered: 39,
      possible: 39,
      missing: [],
      coveredForbidden: 0,
    })
    const { observations, runs } = await readFolder(root, { paths: [log, 'second'], ...mapping })
    const parameters = inputCoverage.parameters.parse({})
    const { statements } = inputCoverage.analyze({ observations, runs, parameters, random: openRandom(1) })
    expect(statements.find(({ code }) => code.includes('pairs-of-settings'))).toMatchObject({
      code: 'all-pairs-of-settings-tried',
      values: { covered: 39, possible: 39 },
    })
    // What is all there is not run again.
    write('none.json', { design: { use: 'covering', existing: { logs: [log, 'second'], ...mapping } } })
    await expect(plan('none.json')).rejects.toMatchObject({ code: 'nothing-missing' })
  },
)

const isForbidden = (levels: Readonly<Record<string, string>>): boolean =>
  levels.persona === 'student' && levels['option-order'] === 'rotated-1'
const byText = (a: unknown, b: unknown): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)

test('logs that do not fit the protocol are refused with what to correct, never counted for nothing in silence', async () => {
  write('partial.json', { design: { use: 'supplied', with: { settings: first } } })
  await runInto('partial.json', 'first')
  const design = { use: 'covering', existing: { logs: ['first'] } }
  const codeOf = async (changes: Readonly<Record<string, unknown>>) => {
    write('rest.json', { design, ...changes })
    return plan('rest.json').then(
      () => 'planned',
      ({ code }: { readonly code: string }) => code,
    )
  }
  expect(await codeOf({})).toBe('planned')
  expect(await codeOf({ title: 'other' })).toBe('existing-settings-none')
  expect(await codeOf({ models: ['m', 'n'].map((id) => ({ id, endpoint: 'simulated:steady' })) })).toBe(
    'existing-settings-none',
  )
  const more = { ...items[0], id: 'new' }
  expect(await codeOf({ items: { inline: [...items, more] } })).toBe('existing-settings-none')
  expect(await codeOf({ factors: [{ use: 'persona' }, { use: 'spacing' }], constraints: [] })).toBe(
    'existing-factor-unknown',
  )
  expect(
    await codeOf({
      factors: [{ use: 'persona', with: { personas: [{ name: 'child', description: 'a child' }] } }],
      constraints: [],
    }),
  ).toBe('existing-level-unknown')
  expect(await codeOf({ design: { use: 'full', existing: { logs: ['first'] } } })).toBe('design-starts-anew')
  writeFileSync(join(root, 'broken.eval'), 'PK')
  expect(await codeOf({ design: { ...design, existing: { logs: ['broken.eval'] } } })).toBe('existing-log-not-read')
})

test('a covering design of one factor licenses no average where some of its levels were run before', async () => {
  write('partial.json', {
    factors: [{ use: 'casing' }],
    constraints: [],
    design: { use: 'supplied', with: { settings: [{ casing: 'lower' }] } },
  })
  await runInto('partial.json', 'first')
  const of = async (existing: Readonly<Record<string, unknown>>) => {
    write('rest.json', { factors: [{ use: 'casing' }], constraints: [], design: { use: 'covering', ...existing } })
    const { design, settings } = await plan('rest.json')
    return [design.licenses.includes('mean'), settings.length]
  }
  expect(await of({})).toEqual([true, 4])
  expect(await of({ existing: { logs: ['first'] } })).toEqual([false, 3])
})
