/**
 * Test of one slope for all items (1PL) against a slope each (2PL): exact in what it conditions on, F in shape.
 *
 * The statistic of `slopeScore` over its mean in tables drawn with the same row and column sums, which under one slope are
 * all equally likely whatever the abilities and the intercepts (Rasch 1960; Ponocny 2001). The mean stands in for Bartlett's
 * factor; as it is one of B draws, the ratio is F on d and B·d degrees of freedom instead of χ²/d.
 */
import type { Random } from '../../random/index.ts'
import { fUpperTail } from '../distributions/f.ts'
import { fail } from '../fail.ts'
import { notEstimable, type TestOutcome } from '../result.ts'
import type { ItemResponseFit } from './item-response-model.ts'
import { checkResponses } from './item-responses.ts'
import { slopeScore } from './slope-score.ts'
import { tradeAnswers } from './trade-answers.ts'

export interface CommonSlopeOptions {
  /** rows × items, row-major: 1, 0, or NaN where the item was not answered. Each row counts once. */
  readonly responses: Float64Array
  readonly persons: number
  readonly items: number
  /** The 1PL fit of these responses. */
  readonly common: ItemResponseFit
  readonly random: Random
}

/** More of them make the factor no better than the shape of the statistic is known. */
const draws = 25

/** Not estimable where the rows that have some items right and some wrong do not tell all items apart. */
export function commonSlopeTest(options: CommonSlopeOptions): TestOutcome {
  const { responses, persons, items, common, random } = options
  if (common.model !== '1pl' || common.abilities.length !== persons || common.intercepts.length !== items) {
    fail(
      'fit-not-of-responses',
      { model: common.model, rows: common.abilities.length, items: common.intercepts.length },
      'pass the 1pl fit of the same responses, each row counted once',
    )
  }
  checkResponses({ responses, persons, items, counts: new Float64Array(persons).fill(1), model: '1pl' })
  const kept = common.intercepts.flatMap((intercept, item) => (intercept === undefined ? [] : [{ intercept, item }]))
  const table = {
    responses: Float64Array.from(
      { length: persons * kept.length },
      (_, k) => responses[Math.floor(k / kept.length) * items + (kept[k % kept.length]?.item ?? 0)] ?? Number.NaN,
    ),
    rows: persons,
    items: kept.length,
  }
  const score = slopeScore({
    ...table,
    intercepts: Float64Array.from(kept, ({ intercept }) => intercept),
    abilities: common.abilities,
  })
  if (score === undefined) return notEstimable('slopes-not-comparable', { rows: persons, items: kept.length })
  const observed = score.statistic(table.responses)
  let expected = 0
  for (let draw = 0; draw < draws; draw++) {
    tradeAnswers(table, random)
    expected += score.statistic(table.responses) / draws
  }
  const degreesOfFreedom = score.degreesOfFreedom
  const ratio = expected > 0 ? observed / expected : 0
  return {
    kind: 'test',
    statistic: ratio,
    pValue: expected > 0 ? fUpperTail({ f: ratio, df1: degreesOfFreedom, df2: draws * degreesOfFreedom }) : 1,
    alternative: 'greater',
    nullValue: 1,
    degreesOfFreedom,
    n: score.informative,
    method: 'common-slope-score',
    assumptions: ['rows-independent', 'responses-independent-given-ability'],
    caveats: common.caveats,
  }
}
