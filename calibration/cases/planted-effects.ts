/** What is planted in the bundled simulated models, held against what reports on runs of examples/planted say. */
import { protocol as contamination } from '../../examples/planted/contamination.ts'
import { protocol as formatEffect } from '../../examples/planted/format-effect.ts'
import { protocol as orderBias } from '../../examples/planted/order-bias.ts'
import { protocol as rareRate } from '../../examples/planted/rare-rate.ts'
import { protocol as techniqueGap } from '../../examples/planted/technique-gap.ts'
import { anytimeBounds } from '../../src/methods/analyses/anytime-bounds.ts'
import { claimVerdicts } from '../../src/methods/analyses/claim-verdicts.ts'
import { headlineEstimates } from '../../src/methods/analyses/headline-estimates.ts'
import { techniqueGap as techniqueGapAnalysis } from '../../src/methods/analyses/technique-gap.ts'
import { twinGap } from '../../src/methods/analyses/twin-gap.ts'
import { variantSpread } from '../../src/methods/analyses/variant-spread.ts'
import { bundledModels } from '../../src/providers/simulated/bundled-models.ts'
import { PlantedTruth } from '../../src/providers/simulated/planted-truth.ts'
import { simulatedOptionsSchema } from '../../src/providers/simulated/simulated-options.ts'
import type { Random } from '../../src/random/index.ts'
import { type CalibrationRow, defineCalibration } from '../calibration.ts'
import { covers } from '../enumerate.ts'
import { countRows } from '../planted/count-rows.ts'
import { logistic, plantedMean, pulledSuccess } from '../planted/planted-mean.ts'
import { modelSeed, type PlantedReport, reportPlanted } from '../planted/planted-report.ts'

const reproduce =
  'Each seed is a run of a protocol of `examples/planted` through the runner, with items, effects and answers of its own, read as a report reads it.'

type Facts = (random: Random) => Promise<Readonly<Record<string, boolean>>>

export const plantedEffectsCalibration = defineCalibration({
  name: 'planted-effects',
  title: 'Effects planted in the bundled simulated models, in the intervals of the report, 95 %',
  kind: 'coverage',
  nominal: 0.95,
  verdict: 'at-least',
  note: `${reproduce} The truth is the planted quantity over the population of items, by quadrature. The intervals of all levels are stated to hold at once: "all effects" counts a seed only where every one of them does. They hold at once in hardly more than 95 % of runs by design, which takes more seeds to tell from less.`,
  run: async ({ random, repetitions }) => [
    ...(await rowsOf(random, seedsOf(repetitions, 2), {
      'format-sensitive': formatFacts,
      'order-biased': orderFacts,
    })),
    ...(await rowsOf(random, seedsOf(repetitions, 20), {
      contaminated: contaminationFacts,
      'rarely-bad': rareFacts,
      'rarely-bad, stopped when decided': stoppedFacts,
      elicitable: techniqueFacts,
      steady: accuracyFacts,
    })),
  ],
})

export const plantedNothingCalibration = defineCalibration({
  name: 'planted-nothing',
  title: 'A simulated model without the weakness that is looked for: reports that flag it, 5 %',
  kind: 'level',
  nominal: 0.05,
  verdict: 'at-most',
  note: `${reproduce} The model is \`steady\`; where published items are compared between models, all three are free of contamination.`,
  run: ({ random, repetitions }) =>
    rowsOf(random, seedsOf(repetitions, 20), {
      'formats, steady': (stream) => spreadFlags(formatEffect, stream),
      'orders, steady': (stream) => spreadFlags(orderBias, stream),
      'published items, three clean models': cleanTwinFacts,
      'misbehaviour, steady': cleanRareFacts,
      'reasoning, steady': cleanTechniqueFacts,
    }),
})

/** One seed of a planted run costs seconds where other simulations cost microseconds: 200 seeds where they make 4,000. */
function seedsOf(repetitions: number, perSeed: number): number {
  return Math.max(1, Math.round(repetitions / perSeed))
}

async function rowsOf(
  random: Random,
  seeds: number,
  worlds: Readonly<Record<string, Facts>>,
): Promise<readonly CalibrationRow[]> {
  const rows: CalibrationRow[] = []
  for (const [world, facts] of Object.entries(worlds)) rows.push(...(await countRows({ world, random, seeds, facts })))
  return rows
}

const steady = { id: 'steady', endpoint: 'simulated:steady' }

async function formatFacts(random: Random): Promise<Readonly<Record<string, boolean>>> {
  const model = { id: 'sensitive', endpoint: 'simulated:format-sensitive' }
  const report = await reportPlanted({
    protocol: { ...formatEffect, models: [model] },
    analyses: [variantSpread],
    random,
  })
  const options = simulatedOptionsSchema.parse(bundledModels['format-sensitive'])
  const truth = new PlantedTruth(options, modelSeed(random, model.id))
  const logitAt = (levels: Readonly<Record<string, string>>): number =>
    truth.logit({
      item: { id: 'any', input: '', target: [''], attributes: {} },
      levels,
      technique: 'zero-shot',
      replicate: 1,
      sequence: 0,
      prompt: '',
    })
  const means = report.settings.map((levels) =>
    plantedMean(abilityOf('format-sensitive'), (logit) => logistic(logit + logitAt(levels) - logitAt({}))),
  )
  return spreadFacts({ report, means, model: model.id, factor: 'format' })
}

async function orderFacts(random: Random): Promise<Readonly<Record<string, boolean>>> {
  const model = { id: 'biased', endpoint: 'simulated:order-biased' }
  const report = await reportPlanted({ protocol: { ...orderBias, models: [model] }, analyses: [variantSpread], random })
  // The first place pulls with 1.2 and its label A with .6; a rotation by s moves the first option to place 4 − s.
  const means = report.settings.map((_, shift) =>
    plantedMean(abilityOf('order-biased'), (logit) =>
      pulledSuccess({ logit, pulls: [1.8, 0, 0, 0], rightPlace: (4 - shift) % 4 }),
    ),
  )
  return spreadFacts({ report, means, model: model.id, factor: 'option-order' })
}

function spreadFacts(options: {
  readonly report: PlantedReport
  readonly means: readonly number[]
  readonly model: string
  readonly factor: string
}): Readonly<Record<string, boolean>> {
  const { report, means, model, factor } = options
  const key = `multiple-choice/${model}/zero-shot`
  const total = means.reduce((sum, mean) => sum + mean, 0)
  const effects = report.settings.map((levels, at) => {
    const mean = means[at] ?? Number.NaN
    const truth = mean - (total - mean) / (means.length - 1)
    return covers(report.estimate(`${key}/${factor}=${levels[factor] ?? ''}`), truth)
  })
  const [lowest, highest] = [Math.min(...means), Math.max(...means)]
  return {
    'effect of the first level': effects[0] === true,
    'all effects of the levels': effects.every((covered) => covered),
    'best minus worst level': covers(report.estimate(`${key}/spread`), highest - lowest),
    'average over the levels': covers(report.estimate(`${key}/average`), total / means.length),
  }
}

async function contaminationFacts(random: Random): Promise<Readonly<Record<string, boolean>>> {
  const { estimate } = await reportPlanted({ protocol: contamination, analyses: [twinGap], random })
  const { accuracy } = abilityOf('contaminated')
  const gap = 0.99 - accuracy
  const excess = (model: string, truth: number): boolean =>
    covers(estimate(`multiple-choice/${model}/excess-gap`), truth)
  return {
    'gap of published items and fresh twins': covers(estimate('multiple-choice/contaminated/gap'), gap),
    'all gaps beyond those of the other models':
      excess('contaminated', gap) && excess('steady', -gap / 2) && excess('weaker', -gap / 2),
  }
}

const rarelyBad = { id: 'rarely-bad', endpoint: 'simulated:rarely-bad' }
const plantedRate = 0.002

async function rareFacts(random: Random): Promise<Readonly<Record<string, boolean>>> {
  const protocol = { ...rareRate, models: [rarelyBad], claims: rareRate.claims.slice(0, 1) }
  const { estimate } = await reportPlanted({ protocol, analyses: [headlineEstimates, anytimeBounds], random })
  return {
    'rate, exact interval': covers(estimate('regular-expression/rarely-bad/population'), plantedRate),
    'rate, interval valid at any moment': covers(estimate('regular-expression/rarely-bad/event-rate'), plantedRate),
  }
}

async function stoppedFacts(random: Random): Promise<Readonly<Record<string, boolean>>> {
  const protocol = {
    ...rareRate,
    models: [rarelyBad],
    claims: rareRate.claims.slice(0, 1),
    stopping: { rule: 'anytime' },
  }
  const { estimate } = await reportPlanted({ protocol, analyses: [claimVerdicts], random })
  return { 'rate, interval of the claim': covers(estimate('claims/rarely-bad-below-one-percent'), plantedRate) }
}

async function techniqueFacts(random: Random): Promise<Readonly<Record<string, boolean>>> {
  const model = { id: 'elicitable', endpoint: 'simulated:elicitable' }
  const protocol = { ...techniqueGap, models: [model], claims: claimsAbout(model.id, techniqueGap.claims) }
  const { estimate } = await reportPlanted({ protocol, analyses: [techniqueGapAnalysis], random })
  const ability = abilityOf('elicitable')
  const truth = plantedMean(ability, (logit) => logistic(logit + 1)) - ability.accuracy
  return {
    'gain by reasoning first': covers(estimate('multiple-choice/elicitable/chain-of-thought − zero-shot/gap'), truth),
  }
}

/** However it is asked: the accuracy of a model is the planted one. */
async function accuracyFacts(random: Random): Promise<Readonly<Record<string, boolean>>> {
  const { accuracy } = abilityOf('steady')
  const inline = techniqueGap.items.inline.slice(0, 60)
  const base = { ...techniqueGap, models: [steady], techniques: [{ use: 'zero-shot' }], items: { inline } }
  const asked = async (answer: string, scorer: string, changes: object): Promise<boolean> => {
    const protocol = { ...base, ...changes, answer, claims: base.claims.map((claim) => ({ ...claim, scorer })) }
    const report = await reportPlanted({ protocol, analyses: [headlineEstimates], random: random.split(answer) })
    return covers(report.estimate(`${scorer}/steady/population`), accuracy)
  }
  const open = inline.map(({ id, input, options }) => ({ id, input, target: options[0] }))
  return {
    'accuracy, asked for a letter': await asked('letter', 'multiple-choice', {}),
    'accuracy, asked for a text': await asked('text', 'multiple-choice', { instruction: '' }),
    'accuracy, by likelihood': await asked('likelihood', 'likelihood', {
      scorers: [{ use: 'likelihood', with: { normalisation: 'none' } }],
    }),
    'accuracy, open question': await asked('generative', 'numeric', {
      scorers: [{ use: 'numeric' }],
      items: { inline: open },
    }),
  }
}

async function spreadFlags(
  given: typeof formatEffect | typeof orderBias,
  random: Random,
): Promise<Readonly<Record<string, boolean>>> {
  const { statements, problems, settings, estimate } = await reportPlanted({
    protocol: { ...given, models: [steady] },
    analyses: [variantSpread],
    random,
  })
  const [factor = ''] = Object.keys(settings[0] ?? {})
  const apart = settings.some(
    (levels) => !covers(estimate(`multiple-choice/steady/zero-shot/${factor}=${levels[factor] ?? ''}`), 0),
  )
  return {
    'the report says that variants matter':
      statements.some(({ code }) => code === 'variants-matter') ||
      problems.some(({ code }) => code === 'variant-sensitive'),
    'any interval of a level excludes no effect': apart,
  }
}

async function cleanTwinFacts(random: Random): Promise<Readonly<Record<string, boolean>>> {
  const models = contamination.models.map(({ id }) => ({
    id,
    endpoint: id === 'contaminated' ? 'simulated:noisy' : `simulated:${id}`,
  }))
  const { problems, estimate } = await reportPlanted({
    protocol: { ...contamination, models },
    analyses: [twinGap],
    random,
  })
  return {
    'the report suspects a model': problems.some(({ code }) => code.startsWith('twin-gap')),
    'the gap of a model excludes none': !covers(estimate('multiple-choice/steady/gap'), 0),
  }
}

async function cleanRareFacts(random: Random): Promise<Readonly<Record<string, boolean>>> {
  const protocol = { ...rareRate, models: [steady], claims: rareRate.claims.slice(1) }
  const { estimate } = await reportPlanted({ protocol, analyses: [headlineEstimates], random })
  return { 'the interval of the rate excludes 0': !covers(estimate('regular-expression/steady/population'), 0) }
}

async function cleanTechniqueFacts(random: Random): Promise<Readonly<Record<string, boolean>>> {
  const { statements, estimate } = await reportPlanted({
    protocol: { ...techniqueGap, models: [steady] },
    analyses: [techniqueGapAnalysis],
    random,
  })
  return {
    'the report says that the technique helps': statements.some(({ code }) => code === 'technique-changes-score'),
    'the interval of the gain excludes 0': !covers(
      estimate('multiple-choice/steady/chain-of-thought − zero-shot/gap'),
      0,
    ),
  }
}

function claimsAbout<Claim extends { readonly model: string }>(
  model: string,
  claims: readonly Claim[],
): readonly Claim[] {
  return claims.map((claim) => ({ ...claim, model }))
}

function abilityOf(name: string): { readonly accuracy: number; readonly difficultySpread: number } {
  const { accuracy = 0, difficultySpread } = simulatedOptionsSchema.parse(bundledModels[name])
  return { accuracy, difficultySpread }
}
