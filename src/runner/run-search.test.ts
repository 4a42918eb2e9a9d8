import { expect, test } from 'vitest'
import { type JournalRecord, type ProtocolWithItems, type Study, searchPlaceAt } from '../domain/index.ts'
import type { ProviderCall } from '../providers/provider.ts'
import { failure, fakeModel } from './fixtures/fake-model.ts'
import { fakePlugIns } from './fixtures/fake-plug-ins.ts'
import { runSmall } from './fixtures/run-small.ts'
import { smallProtocol } from './fixtures/small-protocol.ts'
import { prepareStudy } from './prepare-study.ts'
import { readPreviousRun } from './previous-run.ts'

const thompson = { settings: 12, batch: 5, budget: 240 }

const searched = (changes: Readonly<Record<string, unknown>> = {}) =>
  smallProtocol({
    items: 120,
    claim: { quantifier: 'existence', threshold: 0.5 },
    with: {
      factors: [{ use: 'ending', with: { levels: 12 } }],
      design: { use: 'thompson', with: thompson },
      roles: { fit: 0, select: 0.5 },
      stopping: { rule: 'fixed' },
      ...changes,
    },
  })

/** Ending 9 is right in 95 % of items, ending 4 in 10 %, all others in half. */
const planted = ({ cell }: ProviderCall): number =>
  cell.levels.ending === 'ending-9' ? 0.95 : cell.levels.ending === 'ending-4' ? 0.1 : 0.5

const of = <Kind extends JournalRecord['kind']>(records: readonly JournalRecord[], kind: Kind) =>
  records.filter((record): record is Extract<JournalRecord, { kind: Kind }> => record.kind === kind)

function previousOf(protocol: ProtocolWithItems, records: readonly JournalRecord[]) {
  const reader = readPreviousRun(prepareStudy({ protocol, plugIns: fakePlugIns }).study)
  for (const record of records) reader.take(record)
  return reader.finish()
}

const settingOf = (outcome: { readonly ends: ReadonlyMap<string, { highest: number; lowest: number }> } | undefined) =>
  outcome?.ends.get('m')

const place = (index: number) =>
  searchPlaceAt({ settings: Array(12).fill({}), models: ['m'] } as unknown as Study, index)

test('runStudy under an adaptive design searches, then reports the two ends on items the search did not use', async () => {
  const model = fakeModel({ ability: planted })
  const { outcome, records } = await runSmall({ protocol: searched(), models: [model] })
  expect(outcome).toMatchObject({ reason: 'complete', done: 120, total: 120 })
  const cells = of(records, 'search-cell').map(({ index }) => place(index))
  // The reference first, on all 60 items kept for the search; then 48 steps of 5.
  expect(cells.filter(({ setting }) => setting === 0)).toHaveLength(60)
  expect(cells).toHaveLength(60 + 240)
  const reported = new Set(model.calls.slice(300).map(({ cell }) => cell.itemId))
  expect(reported.size).toBe(60)
  expect(model.calls.slice(0, 300).every(({ cell }) => !reported.has(cell.itemId) && cell.purpose === 'select')).toBe(
    true,
  )
  const [end] = of(records, 'search-end')
  expect(end).toMatchObject({ model: 'm', asked: 300, counts: { reference: { asked: 60, trials: 60 } } })
  expect(settingOf(outcome)).toEqual(end?.ends)
  const levels = new Set(model.calls.slice(300).map(({ cell }) => cell.levels.ending))
  expect(levels).toEqual(new Set(['ending-9', 'ending-4']))
  // One response, which no second scorer and no rerun confirms.
  expect(outcome?.standings[0]?.decision).toBe('shown')
})

test('a search takes the same steps at any concurrency and after being cut off anywhere, and pays nothing twice', async () => {
  const whole = await runSmall({ protocol: searched(), models: [fakeModel({ ability: planted })] })
  const cells = (records: readonly JournalRecord[]) =>
    of(records, 'search-cell')
      .map(({ index, cell, scores }) => ({ index, cell, scores }))
      .toSorted((a, b) => b.index - a.index)
  const one = await runSmall({ protocol: searched(), models: [fakeModel({ ability: planted })], concurrency: 1 })
  expect(cells(one.records)).toEqual(cells(whole.records))
  const { length } = whole.records
  for (const cut of [1, 40, 123, 300, 455, 600, 603, length - 30]) {
    const kept = whole.records.slice(0, cut)
    const model = fakeModel({ ability: planted })
    const resumed = await runSmall({ protocol: searched(), models: [model], previous: previousOf(searched(), kept) })
    const all = [...kept, ...resumed.records]
    expect(cells(all)).toEqual(cells(whole.records))
    expect(of(all, 'search-end')).toHaveLength(1)
    expect(settingOf(resumed.outcome)).toEqual(settingOf(whole.outcome))
    expect(model.calls.length).toBe(420 - of(kept, 'call').length)
    // What a killed session may have had under way counts as paid.
    expect(resumed.outcome?.spent.calls).toBe(420 + (resumed.outcome?.lost.calls ?? 0))
  }
}, 20_000)

test('a search pays identical prompts of an item once, also across an interruption', async () => {
  const alike = searched({
    factors: [{ use: 'tone', with: { levels: ['plain', 'same', 'shout', 'alike'] } }],
    design: { use: 'thompson', with: { settings: 4, batch: 5, budget: 120 } },
  })
  const whole = fakeModel({ ability: 0.5 })
  const { records } = await runSmall({ protocol: alike, models: [whole] })
  const paid = whole.calls.length
  expect(paid).toBeLessThan(of(records, 'search-cell').length + of(records, 'cell').length)
  for (const cut of [30, 77, 110, 150, records.length - 20]) {
    const kept = records.slice(0, cut)
    const model = fakeModel({ ability: 0.5 })
    const resumed = await runSmall({ protocol: alike, models: [model], previous: previousOf(alike, kept) })
    expect(settingOf(resumed.outcome)).toBeDefined()
    expect(model.calls.length + of(kept, 'call').length).toBe(paid)
  }
}, 20_000)

test('a search stops within the budget of the run and goes on when resumed with the same journal', async () => {
  const model = fakeModel({ ability: planted })
  const { outcome, records } = await runSmall({ protocol: searched({ budget: { calls: 150 } }), models: [model] })
  expect(outcome).toMatchObject({ reason: 'budget', done: 0, total: 120 })
  expect(model.calls.length).toBeLessThanOrEqual(150)
  expect(of(records, 'search-cell').length).toBeGreaterThan(140)
  expect(of(records, 'search-end')).toEqual([])
})

test.each([
  ['fewer items than failures that end a run', { roles: { fit: 0, select: 0.1 } }],
  ['more', {}],
])('a search whose endpoint was down is asked again when the run is resumed: %s', async (_, changes) => {
  const protocol = searched({ ...changes, design: { use: 'thompson', with: { ...thompson, budget: 120 } } })
  const down = fakeModel({ ability: planted, fail: () => failure('server-error', 503) })
  const cut = await runSmall({ protocol, models: [down], attempts: 1 })
  expect(cut.error).toMatchObject({ code: 'endpoint-keeps-failing' })
  const whole = await runSmall({ protocol, models: [fakeModel({ ability: planted })] })
  const model = fakeModel({ ability: planted })
  const resumed = await runSmall({ protocol, models: [model], previous: previousOf(protocol, cut.records) })
  expect(of(resumed.records, 'search-end')).toEqual(of(whole.records, 'search-end'))
  expect(resumed.outcome?.reason).toBe('complete')
})

test('each model has a search of its own, which another model does not move', async () => {
  const models = [
    { id: 'm', endpoint: 'fake:m' },
    { id: 'other', endpoint: 'fake:other' },
  ]
  const alone = await runSmall({ protocol: searched(), models: [fakeModel({ ability: planted })] })
  const inverse = (call: ProviderCall): number => 1 - planted(call)
  const { outcome } = await runSmall({
    protocol: searched({ models }),
    models: [fakeModel({ ability: planted }), fakeModel({ ability: inverse, name: 'other' })],
  })
  expect(outcome?.ends.get('m')).toEqual(settingOf(alone.outcome))
  const [own, other] = [outcome?.ends.get('m'), outcome?.ends.get('other')]
  expect(other).toEqual({ highest: own?.lowest, lowest: own?.highest })
})

test('answers without a score do not count against a setting, and an unscored reference ends the run with its reason', async () => {
  const broken = fakeModel({
    ability: planted,
    fail: ({ cell }) => (cell.levels.ending === 'ending-4' ? failure('server-error', 400) : undefined),
  })
  const { outcome } = await runSmall({ protocol: searched(), models: [broken], attempts: 1 })
  expect(settingOf(outcome)?.lowest).not.toBe(4)
  const silent = fakeModel({
    ability: planted,
    fail: ({ cell }) => (cell.levels.ending === 'ending-0' ? failure('content-filter', 400) : undefined),
  })
  const { error } = await runSmall({ protocol: searched(), models: [silent], attempts: 1 })
  expect(error).toMatchObject({ code: 'search-reference-unscored' })
})

test.each([
  ['search-needs-select-items', { roles: { fit: 0, select: 0 } }],
  ['search-needs-fixed-rule', { stopping: { rule: 'anytime' } }],
  ['search-of-one-technique', { replicates: 2 }],
  ['search-of-one-technique', { techniques: [{ use: 'zero-shot' }, { use: 'thrice' }] }],
  ['search-scorer-unknown', { design: { use: 'thompson', with: { ...thompson, scorer: 'none' } } }],
  ['budget-not-even-batches', { design: { use: 'thompson', with: { ...thompson, budget: 235 } } }],
])('prepareStudy refuses a search with %s, before anything is paid', async (code, changes) => {
  await expect(runSmall({ protocol: searched(changes), models: [] })).rejects.toMatchObject({
    code,
    fix: expect.stringMatching(/./),
  })
})
