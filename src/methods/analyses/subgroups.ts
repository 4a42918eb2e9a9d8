/** Does an average hide groups of items on which the model does much worse or better? */
import { z } from 'zod'
import {
  type AnalysisResult,
  cannotSay,
  defineAnalysis,
  type Evidence,
  itemScores,
  leadingMeasures,
} from '../../domain/index.ts'
import { compareGroups } from './subgroups/compare-groups.ts'
import { chooseAttributes } from './subgroups/item-attributes.ts'
import { attributeKey, type ComparedAttribute, subgroupFigures, subgroupTables } from './subgroups/show-subgroups.ts'
import { subgroupFindings } from './subgroups/subgroup-findings.ts'

export const subgroups = defineAnalysis({
  name: 'subgroups',
  title: 'Does the average hide weak groups?',
  question: 'coverage',
  version: 4,
  summary: 'Scores per level of each item attribute with simultaneous intervals, and a test that all levels are equal.',
  parameters: z.object({
    level: z.number().gt(0).lt(1).default(0.95).describe('level at which all intervals of one attribute hold at once'),
    fewestItems: z.number().int().min(1).default(5).describe('levels with fewer items are counted but not shown'),
    mostLevels: z.number().int().min(2).default(50).describe('attributes with more levels are no subgroups'),
    mostAttributes: z.number().int().min(1).default(12).describe('attributes shown per measure, most useful first'),
    except: z
      .array(z.string())
      .default(['twin', 'exposure', 'pair'])
      .describe('attributes that an analysis of their own looks at'),
    detailed: z.number().int().min(1).default(60).describe('attribute × model combinations whose groups are listed'),
    figures: z.number().int().min(0).default(6).describe('figures drawn, clearest difference first'),
  }),
  assumptions: ['attributes-fixed-before-scoring', 'clusters-independent', 'exchangeable-within-strata'],
  references: [
    'Korn and Graubard 1998; Clopper and Pearson 1934, for intervals of rates in small groups',
    'Landis, Heyman and Koch 1978, mean score test; Holm 1979, for the family of tests',
  ],
  analyze({ observations, parameters, random }): AnalysisResult {
    const measures = leadingMeasures(observations)
    if (measures.length === 0) return cannotSay({ code: 'no-observations', values: {} })
    const choices = measures.map((measure) => ({ measure, ...chooseAttributes(observations, measure, parameters) }))
    const compared = choices.flatMap(({ measure, attributes }) =>
      attributes.length === 0
        ? []
        : measure.models.flatMap(({ model, rows }): readonly ComparedAttribute[] => {
            const scores = itemScores(observations, rows)
            const overall = meanScored(scores.score)
            if (overall === undefined) return []
            return attributes.map((attribute) => {
              const stream = random.split(measure.key).split(model).split(attribute.name)
              const options = { scores, attribute, scale: measure.scale, level: parameters.level, random: stream }
              return { measure, model, attribute, overall, seedPath: stream.path, ...compareGroups(options) }
            })
          }),
    )
    const leftOut = new Set(choices.flatMap((choice) => choice.leftOut))
    const tooSmall = new Set(choices.flatMap((choice) => choice.tooSmall))
    if (compared.length === 0 && observations.missing.every((reason) => reason !== 0)) {
      return cannotSay({ code: 'no-scored-responses', values: { rows: observations.rows } })
    }
    if (compared.length === 0) {
      const attributes = observations.attributes.size
      return tooSmall.size > 0
        ? cannotSay({
            code: 'subgroups-too-small',
            values: { attributes: tooSmall.size, fewest: parameters.fewestItems },
          })
        : cannotSay({ code: 'no-subgroup-attributes', values: { attributes, most: parameters.mostLevels } })
    }
    const { statements, problems, ledgers } = subgroupFindings(compared, {
      level: parameters.level,
      leftOut,
      tooSmall,
    })
    return {
      status: leftOut.size + tooSmall.size > 0 ? 'partly' : 'answered',
      statements,
      evidence: compared.slice(0, parameters.detailed).flatMap(evidenceOf),
      problems,
      figures: subgroupFigures(compared, parameters.figures),
      tables: subgroupTables(compared, parameters.detailed),
      ledgers,
    }
  },
})

function meanScored(score: Float64Array): number | undefined {
  let [sum, count] = [0, 0]
  for (const value of score) {
    if (Number.isNaN(value)) continue
    sum += value
    count++
  }
  return count === 0 ? undefined : sum / count
}

function evidenceOf(compared: ComparedAttribute): readonly Evidence[] {
  const { measure, model, attribute, groups, heterogeneity, seedPath } = compared
  const key = attributeKey(compared)
  const subject = { task: measure.task, scorer: measure.scorer, model, attribute: attribute.name }
  return [
    {
      key,
      label: `${model}, ${measure.key}: do the levels of ${attribute.name} differ?`,
      subject,
      estimand: `no difference in mean score between the ${attribute.levels.length} levels of ${attribute.name} shown, in the population that these items stand for`,
      format: 'number',
      outcome: heterogeneity,
      evidenceClass: 'asymptotic',
      seedPath: heterogeneity.kind === 'test' && heterogeneity.resolution !== undefined ? seedPath : undefined,
    },
    ...attribute.levels.flatMap((level, group): readonly Evidence[] => {
      const outcome = groups[group]
      if (outcome === undefined) return []
      return [
        {
          key: `${key}=${level}`,
          label: `${model}, ${measure.key}: ${attribute.name} = ${level}`,
          subject: { ...subject, level },
          estimand: `mean score over items with ${attribute.name} = ${level}, in the population that these items stand for; the intervals of all ${attribute.levels.length} levels hold at once`,
          format: measure.scale === 'unbounded' ? 'score' : 'rate',
          outcome,
          evidenceClass: 'asymptotic',
        },
      ]
    }),
  ]
}
