/** Which sentence about all, some or most variants the data license, and which they do not. */
import { z } from 'zod'
import { type AnalysisResult, cannotSay, defineAnalysis, type Evidence, leadingMeasures } from '../../domain/index.ts'
import type { Outcome } from '../../stats/index.ts'
import { claimVariants, type VariantClaims } from './variant-claims/claim-variants.ts'
import { claimTable, reachedTables, variantFigures } from './variant-claims/displays.ts'
import { statementsOf } from './variant-claims/statements.ts'
import { variantPasses } from './variant-claims/variant-counts.ts'

export const variantClaims = defineAnalysis({
  name: 'variant-claims',
  title: 'What holds for every variant, for some, for most?',
  question: 'guarantee',
  version: 2,
  summary:
    'Bounds the worst and best of the listed variants at once, and most variants only if they were drawn at random.',
  parameters: z.object({
    level: z.number().gt(0).lt(1).default(0.95).describe('one-sided confidence of every sentence'),
    share: z
      .number()
      .gt(0)
      .lt(1)
      .default(0.95)
      .describe('share of variants that a sentence about most of them speaks of'),
    floor: z
      .number()
      .gt(0)
      .lt(1)
      .optional()
      .describe('pass rate below which a variant counts as bad, fixed before looking; bounds the share of bad ones'),
    drawn: z
      .enum(['listed', 'at-random'])
      .default('listed')
      .describe('whether the variants were drawn at random from the variants of interest, or chosen by hand'),
    fewestItems: z.number().int().min(1).default(10).describe('items per variant below which nothing is claimed'),
    sentences: z
      .number()
      .int()
      .min(1)
      .default(6)
      .describe('models and measures described in words; the table holds the rest'),
    rows: z.number().int().min(1).default(60).describe('rows shown per table and figure; all are in the evidence'),
  }),
  assumptions: ['items-drawn-independently', 'variants-fixed-before-looking', 'one-response-per-item-and-variant'],
  references: [
    'Clopper and Pearson 1934, Biometrika 26, with Bonferroni over variants',
    'Wilks 1941, Annals of Mathematical Statistics 12 (order statistics)',
    'Maurer and Pontil 2009 (average over variants); Massart 1990, Annals of Probability 18 (band of a distribution)',
    'Cawley and Talbot 2010, Journal of Machine Learning Research 11 (selection on the same data)',
  ],
  analyze({ observations, parameters, random }): AnalysisResult {
    const { level, share, fewestItems, floor, rows } = parameters
    const measures = leadingMeasures(observations).filter(({ scale }) => scale === 'binary')
    const claims = measures
      .flatMap((measure) =>
        measure.models.map((model) =>
          variantPasses(observations, { measure, model, random: random.split(measure.key).split(model.model) }),
        ),
      )
      .filter(({ labels, passes }) => labels.length > 1 && passes.every(({ trials }) => trials >= fewestItems))
      .map((passes) => claimVariants(passes, { level, share, floor }))
    if (claims.length === 0)
      return cannotSay({
        code: 'needs-variants-for-claims',
        values: { variants: observations.variants.length, needed: fewestItems },
      })
    const done = claims.filter(({ clustered }) => !clustered)
    return {
      status: done.length === 0 ? 'cannot-say' : done.length < claims.length ? 'partly' : 'answered',
      statements: statementsOf(claims, parameters),
      evidence: claims.flatMap((each) => claimEvidence(each, parameters)),
      problems: [],
      figures: variantFigures(done, rows),
      tables: done.length === 0 ? [] : [claimTable(done, rows), ...reachedTables(done, parameters)],
    }
  },
})

function claimEvidence(
  claims: VariantClaims,
  {
    share,
    drawn,
    floor,
  }: { readonly share: number; readonly drawn: 'listed' | 'at-random'; readonly floor?: number | undefined },
): readonly Evidence[] {
  const { measure, model, labels, items, selected } = claims
  const listed = `the ${labels.length} listed variants`
  const rate = `pass rate of ${model} on ${measure.task} by ${measure.scorer}`
  const population = `over the population that the ${items} items were drawn from`
  const evidence = (
    name: string,
    [label, estimand]: readonly [string, string],
    outcome: Outcome,
    evidenceClass: Evidence['evidenceClass'],
  ): Evidence => ({
    key: `${measure.task}/${measure.scorer}/${model}/${name}`,
    label: `${model}: ${label}`,
    subject: { measure: measure.key, model },
    estimand: `${estimand}, ${population}`,
    format: 'rate',
    outcome,
    evidenceClass: outcome.kind === 'estimate' ? evidenceClass : 'descriptive',
  })
  return [
    evidence(
      'every-at-least',
      [`every one of ${listed} reaches`, `lowest ${rate} among ${listed}`],
      claims.everyAtLeast,
      'guarantee',
    ),
    evidence(
      'every-at-most',
      [`none of ${listed} exceeds`, `highest ${rate} among ${listed}`],
      claims.everyAtMost,
      'guarantee',
    ),
    evidence(
      'some-at-least',
      [`some of ${listed} reaches`, `highest ${rate} among ${listed}; says nothing of others`],
      claims.someAtLeast,
      'lower-bound-only',
    ),
    evidence(
      'some-at-most',
      [`some of ${listed} stays below`, `lowest ${rate} among ${listed}; says nothing of others`],
      claims.someAtMost,
      'lower-bound-only',
    ),
    ...(
      [
        ['average-at-least', 'reaches', claims.averageAtLeast],
        ['average-at-most', 'does not exceed', claims.averageAtMost],
      ] as const
    ).flatMap(([name, words, outcome]) =>
      outcome === undefined
        ? []
        : [
            evidence(
              name,
              [`the average over ${listed} ${words}`, `mean over ${listed} of the ${rate}`],
              outcome,
              'guarantee',
            ),
          ],
    ),
    ...(claims.belowFloor === undefined
      ? []
      : [
          evidence(
            'below-floor',
            [
              `share of all variants below ${floor}`,
              `share of all variants under which the ${rate} is below ${floor}, if ${listed} were drawn at random from them`,
            ],
            claims.belowFloor,
            drawn === 'at-random' ? 'guarantee' : 'descriptive',
          ),
        ]),
    evidence(
      'most-at-least',
      [
        `most variants reach`,
        `${rate} that a share of ${share} of all variants reaches, if ${listed} were drawn at random from them`,
      ],
      claims.mostAtLeast,
      drawn === 'at-random' ? 'guarantee' : 'descriptive',
    ),
    evidence(
      'selected',
      [
        `best variant, chosen on one half of the items, on the other`,
        `${rate} under the variant that was best on the other half of the items`,
      ],
      selected.kind === 'not-estimable' ? selected : selected.reestimate,
      'guarantee',
    ),
  ]
}
