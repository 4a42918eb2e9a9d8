import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { categoryAt, variantLabel } from '../domain/index.ts'
import { searchSpread } from '../methods/analyses/search-spread.ts'
import { openRandom } from '../random/index.ts'
import { exportRun } from './export.ts'
import { readWhole } from './fixtures/read-whole.ts'
import { testContext } from './fixtures/small-run.ts'
import { planProtocol } from './plan-protocol.ts'
import { run } from './run.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'assay-search-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const protocol = (endpoint: string) => ({
  version: 1,
  title: 'ends',
  construct: { definition: 'answers whatever the format' },
  envelope: { normalUse: 'single questions' },
  models: [
    {
      id: 'm',
      endpoint,
      options: endpoint.startsWith('replay') ? {} : { accuracy: 0.6, effectSpread: { format: 1.5 } },
    },
  ],
  items: {
    inline: Array.from({ length: 120 }, (_, index) => ({
      id: `item-${index}`,
      input: `Which is ${index}?`,
      options: ['one', 'two', 'three', 'four'],
      target: index % 4,
    })),
  },
  roles: { fit: 0, select: 0.5 },
  answer: 'letter',
  factors: [{ use: 'format', with: { formats: 12 } }],
  design: { use: 'thompson', with: { settings: 10, batch: 5, budget: 200 } },
  scorers: [{ use: 'multiple-choice' }],
  claims: [
    {
      id: 'fails',
      kind: 'capability',
      quantifier: 'existence',
      scorer: 'multiple-choice',
      model: 'm',
      population: 'these-items',
      direction: 'below',
      threshold: 0.5,
      decision: { ifSupported: 'look', ifRefuted: 'go on', ifInconclusive: 'go on' },
    },
    {
      id: 'on-average',
      kind: 'capability',
      quantifier: 'mean',
      scorer: 'multiple-choice',
      model: 'm',
      population: 'these-items',
      direction: 'above',
      threshold: 0.5,
      decision: { ifSupported: 'ship', ifRefuted: 'stop', ifInconclusive: 'wait' },
    },
  ],
  stopping: { rule: 'fixed' },
  seed: 'ends-1',
})

const write = (name: string, value: unknown): void => writeFileSync(join(root, name), JSON.stringify(value))
const started = (given: object) => run.run(run.input.parse(given), testContext(root))

const logs = (folder: string) => readWhole({ root, path: folder })

test('a Thompson search is planned, run, reported, exported and replayed (seed ends-1)', async () => {
  write('p.json', protocol('simulated:steady'))
  const plan = JSON.parse(
    (await planProtocol.run(planProtocol.input.parse({ protocol: 'p.json' }), testContext(root))).json,
  )
  // The reference on 60 items, 200 answers of the search, two ends on the 60 other items.
  expect(plan).toMatchObject({
    cells: 60 + 200 + 120,
    calls: { most: 380 },
    search: { items: 60, settings: 10, answersAtMost: 260 },
  })
  expect(plan.claims.map(({ licensed }: { licensed: boolean }) => licensed)).toEqual([true, false])

  const { executed, text } = await started({ protocol: 'p.json', out: 'first' })
  const { outcome, start } = executed
  expect(outcome).toMatchObject({ reason: 'complete', done: 120, spent: { calls: 380 } })
  expect(text({ columns: 80, style: (_, words) => words })).toContain('The search of m found these ends')
  const ends = outcome.ends.get('m')
  const labels = [ends?.highest, ends?.lowest].map((at) => variantLabel(start.study.settings[at ?? -1] ?? {}))

  const { observations, runs } = await logs('first')
  expect(observations.rows).toBe(2 * 120)
  const seen = new Set(Array.from({ length: observations.rows }, (_, row) => categoryAt(observations.variant, row)))
  expect(seen).toEqual(new Set(labels))
  expect(runs[0]?.caveats.map(({ code }) => code)).toContain('reported-settings-are-ends')
  const { evidence, statements } = searchSpread.analyze({
    observations,
    runs,
    parameters: searchSpread.parameters.parse({}),
    random: openRandom(1),
  })
  expect(statements[0]?.code).toBe('search-spread-shown')
  expect(evidence[0]).toMatchObject({ evidenceClass: 'lower-bound-only', outcome: { n: 60 } })

  await exportRun.run(exportRun.input.parse({ folder: 'first', format: 'csv', out: 'tables' }), testContext(root))
  const [header = '', ...lines] = readFileSync(join(root, 'tables/responses.csv'), 'utf8').trim().split(/\r?\n/)
  expect(header).toContain('factor:format')
  expect(lines.length).toBeGreaterThanOrEqual(240)

  write('again.json', protocol('replay:first'))
  const again = await started({ protocol: 'again.json', out: 'second' })
  expect(again.executed.outcome.ends).toEqual(outcome.ends)
  const replayed = await logs('second')
  expect([...replayed.observations.score]).toEqual([...observations.score])
}, 30_000)
