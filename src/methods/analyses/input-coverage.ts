/** How much of the input space was tried: the denominator of every other number in a report. */
import { z } from 'zod'
import {
  type AnalysisResult,
  cannotSay,
  defineAnalysis,
  type Evidence,
  type Observations,
  type RunRecord,
  type Statement,
  type Table,
} from '../../domain/index.ts'
import { type Caveat, clopperPearson, zeroEventBound } from '../../stats/index.ts'
import { attributeTable } from './input-coverage/attribute-table.ts'
import { type FactorCoverage, factorCoverage, uncoveredWords } from './input-coverage/factor-coverage.ts'
import { type TaskDesign, taskDesigns } from './input-coverage/task-design.ts'

interface Covered {
  readonly design: TaskDesign
  readonly factors: FactorCoverage
}

export const inputCoverage = defineAnalysis({
  name: 'input-coverage',
  title: 'How much of the input space was tried?',
  question: 'coverage',
  version: 2,
  summary: 'Counts items, variants, techniques, repeats and the combinations of settings that were tried together.',
  parameters: z.object({
    level: z.number().gt(0).lt(1).default(0.95).describe('confidence of the bound on unseen variants'),
    fewUnits: z.number().int().min(2).default(30).describe('independent units below which a task counts as small'),
    strength: z.number().int().min(2).max(4).default(3).describe('largest number of factors looked at together'),
    rows: z.number().int().min(1).default(60).describe('rows shown per table; the rest are counted'),
  }),
  assumptions: ['levels-that-occur-are-all-levels', 'variants-drawn-at-random'],
  references: [
    'Kuhn, Kacker and Lei 2013, Combinatorial coverage measurement, NIST',
    'Hanley and Lippman-Hand 1983, If nothing goes wrong, is everything all right?, JAMA 249',
  ],
  analyze({ observations, runs, parameters }): AnalysisResult {
    const strengths = Array.from({ length: parameters.strength - 1 }, (_, i) => i + 2)
    const covered = taskDesigns(observations).map((design) => {
      const constraints = runs.flatMap(({ study }) =>
        study?.study.title === design.task ? (study.study.constraints ?? []) : [],
      )
      return { design, factors: factorCoverage({ design, strengths, constraints }) }
    })
    if (covered.length === 0) return cannotSay({ code: 'no-observations', values: {} })
    const single = covered.some(({ design }) => design.variants.length < 2)
    return {
      status: single ? 'partly' : 'answered',
      statements: [countStatement(observations, covered), denominator(covered, runs), ...factorStatements(covered)],
      evidence: covered.flatMap(({ design }) => unseenVariants(design, parameters.level)),
      problems: problemsOf(covered, parameters),
      figures: [],
      tables: [
        designTable(covered, parameters.rows),
        factorTable(covered, parameters.rows),
        attributeTable(observations, parameters.rows),
      ].filter(({ rows }) => rows.length > 0),
    }
  },
})

function countStatement(observations: Observations, covered: readonly Covered[]): Statement {
  const sum = (of: (design: TaskDesign) => number) => covered.reduce((total, { design }) => total + of(design), 0)
  const most = (of: (design: TaskDesign) => number) => Math.max(...covered.map(({ design }) => of(design)))
  return {
    code: 'coverage-counts',
    values: {
      tasks: covered.length,
      items: sum(({ items }) => items),
      units: sum(({ units }) => units),
      variants: most(({ variants }) => variants.length),
      techniques: most(({ techniques }) => techniques.length),
      repeats: most(({ mostRepeats }) => mostRepeats),
      models: observations.model.values.length,
      responses: sum(({ responses }) => responses),
    },
  }
}

function denominator(covered: readonly Covered[], runs: readonly RunRecord[]): Statement {
  const items = covered.reduce((sum, { design }) => sum + design.items, 0)
  const uses = new Map(runs.flatMap(({ study }) => (study === undefined ? [] : [[study.study.title, study.study]])))
  const declared = covered.map(({ design }) => uses.get(design.task)?.envelope?.normalUse)
  return declared.includes(undefined)
    ? { code: 'denominator-undeclared', values: { items } }
    : { code: 'denominator-declared', values: { items, use: [...new Set(declared)].join('”, “') } }
}

function factorStatements(covered: readonly Covered[]): readonly Statement[] {
  return covered.slice(0, 5).flatMap(({ design, factors }): readonly Statement[] => {
    const pairs = factors.coverage[0]
    if (pairs === undefined) return []
    const values = {
      task: design.task,
      factors: factors.factors.length,
      covered: pairs.covered,
      possible: pairs.possible,
    }
    return pairs.covered === pairs.possible
      ? [{ code: 'all-pairs-of-settings-tried', values }]
      : [{ code: 'some-pairs-of-settings-untried', values: { ...values, examples: uncoveredWords(factors, pairs) } }]
  })
}

/** Exact bound on the share of bad variants when none of those run is bad: 1 − (1 − level)^(1/m). */
function unseenVariants({ task, variants }: TaskDesign, level: number): readonly Evidence[] {
  const trials = variants.length
  if (trials < 2) return []
  return [
    {
      key: `${task}/unseen-variants`,
      label: `${task}: most unseen variants that could fail, had all ${trials} variants passed`,
      subject: { task },
      estimand:
        'share of the variants that the generator of these variants could have made which fail a requirement that ' +
        'every variant run here meets; only if the variants were drawn at random',
      format: 'rate',
      outcome: zeroEventBound({ n: trials, level }),
      evidenceClass: 'guarantee',
    },
  ]
}

interface Limits {
  readonly level: number
  readonly fewUnits: number
}

function problemsOf(covered: readonly Covered[], { level, fewUnits }: Limits): readonly Caveat[] {
  const designs = covered.map(({ design }) => design)
  return [
    ...perTask({
      code: 'models-on-different-items',
      severity: 'caution',
      designs,
      affected: ({ models, sharedItems, items }) => models.length > 1 && sharedItems < items,
      values: ({ models, sharedItems, items }) => ({ models: models.length, shared: sharedItems, items }),
    }),
    ...perTask({
      code: 'few-items',
      severity: 'caution',
      designs,
      affected: ({ units }) => units < fewUnits,
      values: ({ items, units }) => ({ items, units, ...openAtOneHalf(units, level) }),
    }),
    ...perTask({
      code: 'single-variant',
      severity: 'caution',
      designs,
      affected: ({ variants }) => variants.length < 2,
      values: ({ items }) => ({ items }),
    }),
    ...perTask({
      code: 'unbalanced-design',
      severity: 'note',
      designs,
      affected: ({ cellsRun, cellsPossible, leastRepeats, mostRepeats }) =>
        cellsRun < cellsPossible || leastRepeats < mostRepeats,
      values: ({ cellsRun, cellsPossible, leastRepeats, mostRepeats }) => ({
        run: cellsRun,
        possible: cellsPossible,
        least: leastRepeats,
        most: mostRepeats,
      }),
    }),
  ]
}

interface TaskProblem {
  readonly code: string
  readonly severity: Caveat['severity']
  readonly designs: readonly TaskDesign[]
  readonly affected: (design: TaskDesign) => boolean
  readonly values: (design: TaskDesign) => Caveat['values']
}

/** Up to three tasks are named one by one; a benchmark of fifty-seven tasks gets one problem that counts them. */
function perTask({ code, severity, designs, affected, values }: TaskProblem): readonly Caveat[] {
  const hit = designs.filter(affected)
  if (hit.length <= 3) {
    return hit.map((design) => ({
      code,
      severity,
      values: { task: design.task, ...values(design) },
      subject: design.task,
    }))
  }
  const examples = hit.slice(0, 3).map(({ task }) => task)
  return [
    {
      code: `${code}-in-tasks`,
      severity,
      values: { hit: hit.length, tasks: designs.length, examples: examples.join(', ') },
    },
  ]
}

/** Ends of the exact interval of a rate near one half: the least that so many units can leave open. */
function openAtOneHalf(units: number, level: number): { lower: number; upper: number } {
  const outcome = clopperPearson({ successes: Math.floor(units / 2), trials: units, level, side: 'two-sided' })
  if (outcome.kind !== 'estimate') return { lower: 0, upper: 1 }
  return { lower: outcome.interval.lower, upper: outcome.interval.upper }
}

function designTable(covered: readonly Covered[], limit: number): Table {
  return {
    title: 'What was run of each task',
    columns: [
      { key: 'task', label: 'Task', format: 'text' },
      { key: 'models', label: 'Models', format: 'count' },
      { key: 'items', label: 'Items', format: 'count' },
      { key: 'units', label: 'Independent units', format: 'count' },
      { key: 'shared', label: 'Items all models share', format: 'count' },
      { key: 'variants', label: 'Variants', format: 'count' },
      { key: 'techniques', label: 'Techniques', format: 'count' },
      { key: 'repeats', label: 'Repeats per cell', format: 'text' },
      { key: 'run', label: 'Cells run', format: 'count' },
      { key: 'possible', label: 'Cells possible', format: 'count' },
      { key: 'responses', label: 'Responses', format: 'count' },
      { key: 'scored', label: 'Scored', format: 'count' },
    ],
    rows: covered.slice(0, limit).map(({ design }) => ({
      task: design.task,
      models: design.models.length,
      items: design.items,
      units: design.units,
      shared: design.sharedItems,
      variants: design.variants.length,
      techniques: design.techniques.length,
      repeats:
        design.leastRepeats === design.mostRepeats
          ? String(design.mostRepeats)
          : `${design.leastRepeats} to ${design.mostRepeats}`,
      run: design.cellsRun,
      possible: design.cellsPossible,
      responses: design.responses,
      scored: design.scored,
    })),
    omittedRows: Math.max(0, covered.length - limit),
  }
}

function factorTable(covered: readonly Covered[], limit: number): Table {
  const rows = covered.flatMap(({ design, factors }) =>
    factors.coverage.map((coverage) => ({
      task: design.task,
      factors: factors.factors.map(({ name, levels }) => `${name} (${levels.length})`).join(', '),
      strength: coverage.strength,
      covered: coverage.covered,
      possible: coverage.possible,
      share: coverage.covered / coverage.possible,
      untried: uncoveredWords(factors, coverage),
    })),
  )
  return {
    title: 'Combinations of settings that were tried together',
    columns: [
      { key: 'task', label: 'Task', format: 'text' },
      { key: 'factors', label: 'Factors (levels)', format: 'text' },
      { key: 'strength', label: 'Factors at a time', format: 'count' },
      { key: 'covered', label: 'Combinations tried', format: 'count' },
      { key: 'possible', label: 'Combinations possible', format: 'count' },
      { key: 'share', label: 'Share', format: 'rate' },
      { key: 'untried', label: 'First untried', format: 'text' },
    ],
    rows: rows.slice(0, limit),
    omittedRows: Math.max(0, rows.length - limit),
  }
}
