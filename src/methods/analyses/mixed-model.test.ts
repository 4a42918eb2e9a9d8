import { expect, test } from 'vitest'
import oracle from '../../../oracles/crossed-logit/crossed-logit.json' with { type: 'json' }
import type { ObservationRow } from '../../domain/index.ts'
import { openRandom } from '../../random/index.ts'
import { minstdUniforms } from '../../stats/fixtures/minstd.ts'
import { analyze, codesOf, estimateOf } from './fixtures/analyze.ts'
import { observe } from './fixtures/observe.ts'
import { mixedModel } from './mixed-model.ts'

type Row = Partial<ObservationRow>

const on = (rows: readonly Row[], parameters = {}) => analyze(mixedModel, { observations: observe(rows), parameters })

/** Cosine branch of Box and Muller, as in the oracle. */
function minstdNormals(seed: number, count: number): Float64Array {
  const u = minstdUniforms(seed, 2 * count)
  return Float64Array.from(
    { length: count },
    (_, i) => Math.sqrt(-2 * Math.log(u[2 * i] ?? 0)) * Math.cos(2 * Math.PI * (u[2 * i + 1] ?? 0)),
  )
}

test('mixed-model of 500 items × 20 prompts × 5 models: contrasts and errors of lme4, with item × model and without', {
  timeout: 30_000,
}, () => {
  const [items, prompts, models] = [500, 20, 5]
  const [byItem, byPrompt] = [minstdNormals(301, items), minstdNormals(302, prompts)]
  const byBoth = minstdNormals(303, items * models)
  const u = minstdUniforms(304, items * prompts * models)
  const effect = [-0.6, -0.2, 0, 0.3, 0.9]
  const rows = Array.from(u, (chance, row): Row => {
    const model = row % models
    const prompt = Math.floor(row / models) % prompts
    const item = Math.floor(row / (models * prompts))
    const eta =
      0.5 +
      1.2 * (byItem[item] ?? 0) +
      0.4 * (byPrompt[prompt] ?? 0) +
      (effect[model] ?? 0) +
      0.5 * (byBoth[item * models + model] ?? 0)
    return {
      model: `m${model}`,
      item: `${item}`,
      levels: { prompt: `${prompt}` },
      score: chance < 1 / (1 + Math.exp(-eta)) ? 1 : 0,
    }
  })
  const result = on(rows, { cells: 60_000 })
  const full = estimateOf(result, 't/s/m0 − m4/log-odds')
  const plain = estimateOf(result, 't/s/m0 − m4/log-odds-without-interaction')
  expect(Math.abs(full.value + (oracle.lme4WithInteraction.fixef[4] ?? 0))).toBeLessThan(1e-3)
  expect(Math.abs((full.standardError ?? 0) - (oracle.lme4WithInteraction.se[4] ?? 0))).toBeLessThan(1e-3)
  expect(full).toMatchObject({ n: 500, method: 'crossed-logit-laplace-robust-t' })
  expect(Math.abs(plain.value + (oracle.lme4.fixef[4] ?? 0))).toBeLessThan(1e-3)
  expect(Math.abs((plain.standardError ?? 0) - (oracle.lme4.se[4] ?? 0))).toBeLessThan(1e-3)
  expect(result.tables[1]?.rows[0]).toMatchObject({ factor: 'item', deviation: expect.closeTo(1.2198, 2) })
})

interface Planted {
  readonly items: number
  readonly variants: number
  readonly difference: number
  readonly interaction: number
  readonly seed: number
}

function planted({ items, variants, difference, interaction, seed }: Planted): Row[] {
  const random = openRandom(seed).split('planted')
  const wording = Array.from({ length: variants }, () => 0.5 * random.normal())
  return Array.from({ length: items }, (_, item) => {
    const ease = random.normal()
    return ['a', 'b'].flatMap((model) => {
      const quirk = interaction * random.normal()
      return wording.map((shift, variant): Row => {
        const eta = ease + shift + quirk + (model === 'b' ? difference : 0)
        return {
          model,
          item: `${item}`,
          levels: { wording: `${variant}` },
          score: random.uniform() < 1 / (1 + Math.exp(-eta)) ? 1 : 0,
        }
      })
    })
  }).flat()
}

test('mixed-model finds a planted difference of 1.5 in log odds', () => {
  const result = on(planted({ items: 80, variants: 6, difference: 1.5, interaction: 0.3, seed: 3 }))
  expect(codesOf(result)[0]).toBe('contrast-differs')
  const { lower, upper } = estimateOf(result, 't/s/a − b/log-odds').interval
  expect(lower).toBeLessThan(-1.5)
  expect(upper).toBeGreaterThan(-1.5)
})

test('mixed-model of equal models with quirks differs in at most 5 % of 150 samples; without item × model in over 15 %', {
  timeout: 60_000,
}, () => {
  let [full, plain] = [0, 0]
  for (let seed = 0; seed < 150; seed++) {
    const result = on(planted({ items: 40, variants: 6, difference: 0, interaction: 1.5, seed }))
    const excludes = (key: string) => {
      const outcome = result.evidence.find((each) => each.key === key)?.outcome
      return outcome?.kind === 'estimate' && (outcome.interval.lower > 0 || outcome.interval.upper < 0) ? 1 : 0
    }
    full += excludes('t/s/a − b/log-odds')
    plain += excludes('t/s/a − b/log-odds-without-interaction')
  }
  // The level itself, without an allowance for chance: the seeds are fixed, and the calibration table has 2,000 samples.
  expect(full / 150).toBeLessThanOrEqual(0.05)
  expect(plain / 150).toBeGreaterThan(0.15)
})

test('mixed-model says what it takes: one model, one response per item, few items, too many cells or models', () => {
  const rows = planted({ items: 40, variants: 3, difference: 0, interaction: 0, seed: 5 })
  expect(codesOf(on(rows.filter(({ model }) => model === 'a')))).toEqual(['needs-binary-and-models'])
  expect(codesOf(on(rows.filter(({ levels }) => levels?.wording === '0')))).toEqual(['mixed-model-needs-crossing'])
  expect(codesOf(on(rows.filter(({ item }) => Number(item) < 5)))).toEqual(['mixed-model-few-items'])
  expect(codesOf(on(rows, { cells: 100 }))).toEqual(['mixed-model-too-large'])
  const many = Array.from({ length: 13 }, (_, k) => rows.map((row) => ({ ...row, model: `${row.model}${k}` }))).flat()
  expect(codesOf(on(many))).toEqual(['mixed-model-many-models'])
  expect(on([]).status).toBe('cannot-say')
  expect(codesOf(on(rows.map((row) => ({ ...row, score: 1 }))))).toEqual(['mixed-model-not-fitted'])
})

test('mixed-model fits repeats as well as variants, and row order moves nothing', () => {
  const rows = planted({ items: 30, variants: 4, difference: 0.5, interaction: 0.5, seed: 6 })
  const repeats = rows.map(({ levels, ...row }) => ({ ...row, replicate: 1 + Number(levels?.wording) }))
  const result = on(repeats)
  expect(result.tables[1]?.rows.map(({ factor }) => factor).sort()).toEqual(['item', 'item × model'])
  expect(on(repeats.toReversed())).toEqual(result)
})
