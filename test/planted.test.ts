import { globSync } from 'node:fs'
import { expect, test } from 'vitest'
import { logistic, plantedMean, pulledSuccess } from '../calibration/planted/planted-mean.ts'
import { runPlanted } from '../calibration/planted/run-planted.ts'
import { protocol as contamination } from '../examples/planted/contamination.ts'
import { protocol as formatEffect } from '../examples/planted/format-effect.ts'
import { protocol as orderBias } from '../examples/planted/order-bias.ts'
import { protocol as rareRate } from '../examples/planted/rare-rate.ts'
import { protocol as techniqueGap } from '../examples/planted/technique-gap.ts'
import { analyses } from '../src/methods/analyses/index.ts'
import { openRandom } from '../src/random/index.ts'
import { analyzeOne } from '../src/runner/analyze-one.ts'
import { readProtocol } from '../src/store/read-protocol.ts'
import { repositoryRoot } from './source-files.ts'

async function report(protocol: Readonly<Record<string, unknown>>, name: string) {
  const analysis = analyses.find((each) => each.name === name)
  if (analysis === undefined) throw new Error(`no analysis ${name}`)
  const { observations, runs } = await runPlanted(protocol)
  return analyzeOne(analysis, { observations, runs, settings: {}, random: openRandom('planted') }).result
}

/** Models that a sentence of this code speaks of, under either reading. */
const spokenOf = ({ statements }: Awaited<ReturnType<typeof report>>, code: string): readonly string[] =>
  [...new Set(statements.flatMap(({ code: own, values }) => (own === code ? [String(values.model)] : [])))].toSorted()

test('every protocol of examples/planted can be read by the command', async () => {
  const paths = globSync('examples/planted/*.ts', { cwd: repositoryRoot }).filter((path) => !/sums|shared/.test(path))
  expect(paths).toHaveLength(5)
  for (const path of paths) {
    const { models } = await readProtocol({ path, workingDirectory: repositoryRoot })
    expect(models.map(({ id }) => id)).toContain('steady')
  }
})

test.each([
  ['format-effect', formatEffect, 'sensitive (zero-shot)'],
  ['order-bias', orderBias, 'biased (zero-shot)'],
])('variant-spread on examples/planted/%s names the planted model, and not steady', async (_, protocol, planted) => {
  const result = await report(protocol, 'variant-spread')
  expect(spokenOf(result, 'variants-matter')).toEqual([planted])
  expect(spokenOf(result, 'variants-not-shown-to-matter')).toEqual(['steady (zero-shot)'])
})

test('twin-gap on examples/planted/contamination suspects the contaminated model alone', async () => {
  const { problems } = await report(contamination, 'twin-gap')
  expect(new Set(problems.map(({ values }) => values.model))).toEqual(new Set(['contaminated']))
})

test('headline-estimates on examples/planted/rare-rate holds 1 in 500 for rarely-bad and 0 for steady', async () => {
  const { evidence } = await report(rareRate, 'headline-estimates')
  const interval = (model: string) => {
    const outcome = evidence.find(({ key }) => key.endsWith(`regular-expression/${model}/population`))?.outcome
    if (outcome?.kind !== 'estimate') throw new Error(`no estimate for ${model}`)
    return outcome.interval
  }
  expect(interval('rarely-bad').lower).toBeGreaterThan(0)
  expect(interval('rarely-bad').lower).toBeLessThan(0.002)
  expect(interval('rarely-bad').upper).toBeGreaterThan(0.002)
  expect(interval('steady').lower).toBe(0)
})

test('technique-gap on examples/planted/technique-gap names the model that reasoning helps, and not steady', async () => {
  expect(spokenOf(await report(techniqueGap, 'technique-gap'), 'technique-changes-score')).toEqual(['elicitable'])
})

test('plantedMean gives the planted accuracy back, and the truths that examples/planted/README.md states', () => {
  expect(plantedMean({ accuracy: 0.8, difficultySpread: 1 }, logistic)).toBeCloseTo(0.8, 12)
  const biased = (rightPlace: number) =>
    plantedMean({ accuracy: 0.7, difficultySpread: 1 }, (logit) =>
      pulledSuccess({ logit, pulls: [1.8, 0, 0, 0], rightPlace }),
    )
  expect(biased(0)).toBeCloseTo(0.919, 3)
  expect(biased(2)).toBeCloseTo(0.506, 3)
  expect(biased(0) - biased(1)).toBeCloseTo(0.413, 3)
  expect(plantedMean({ accuracy: 0.6, difficultySpread: 1 }, (logit) => logistic(logit + 1)) - 0.6).toBeCloseTo(
    0.177,
    3,
  )
})
