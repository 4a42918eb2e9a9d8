/** Coverage of one task's settings under constraints, and the settings that complete it. */
import { type Constraint, type FactorLevels, forbiddenLevels, type Levels } from '../../domain/index.ts'
import { factorCoverage, uncoveredWords } from '../../methods/analyses/input-coverage/factor-coverage.ts'
import type { TaskDesign } from '../../methods/analyses/input-coverage/task-design.ts'
import { covering } from '../../methods/designs/covering.ts'
import type { Random } from '../../random/index.ts'
import { fail, levelCoverage } from '../../stats/index.ts'

export interface TaskCoverage {
  readonly task: string
  readonly factors: readonly FactorLevels[]
  /** Distinct settings the logs hold. */
  readonly settings: number
  /** Factors looked at together: as asked, or as many as there are. */
  readonly strength: number
  /** Combinations the constraints allow, and those of them that the logs hold. */
  readonly possible: number
  readonly covered: number
  /** Combinations the constraints rule out. */
  readonly forbidden: number
  /** Combinations that were run although a constraint calls them impossible. */
  readonly coveredForbidden: number
  /** Combinations not held yet, in words; the first few. */
  readonly examples: string
  /** Settings to run for all possible combinations to be held. */
  readonly missing: readonly Levels[]
}

export function taskCoverage(options: {
  readonly design: TaskDesign
  readonly strength: number
  /** Levels, and factors, that count though no log has them. */
  readonly declared: ReadonlyMap<string, readonly string[]>
  /** Said by the user: a level that does not occur is a mistake. */
  readonly constraints: readonly Constraint[]
  /** Of protocols of the task: on levels that do not occur they forbid nothing. */
  readonly known: readonly Constraint[]
  readonly random: Random
}): TaskCoverage {
  const { design, declared, random } = options
  const constraints = [...options.constraints, ...options.known]
  const seen = factorCoverage({ design, strengths: [], constraints: [] })
  const factors = withDeclared(seen.factors, declared)
  const existing = seen.rows.map(
    (row): Levels =>
      Object.fromEntries(factors.map(({ name }, at) => [name, seen.factors[at]?.levels[row[at] ?? 0] ?? notSet])),
  )
  const strength = Math.min(options.strength, factors.length)
  if (factors.length === 0) {
    const none = { possible: 0, covered: 0, forbidden: 0, coveredForbidden: 0, examples: '', missing: [] }
    return { task: design.task, factors, settings: existing.length, strength, ...none }
  }
  checkConstraints(options.constraints, factors)
  const plan = covering.plan({
    factors,
    constraints,
    existing,
    parameters: covering.parameters.parse({ strength }),
    random,
  })
  const counted = levelCoverage({
    rows: existing.map((levels) => factors.map((factor) => factor.levels.indexOf(levels[factor.name] ?? ''))),
    levels: factors.map(({ levels }) => levels.length),
    strength,
    listed: 5,
    forbidden: forbiddenLevels(constraints, factors),
  })
  return {
    task: design.task,
    factors,
    settings: existing.length,
    strength,
    possible: counted.possible,
    covered: counted.covered,
    forbidden: counted.forbidden,
    coveredForbidden: counted.coveredForbidden,
    examples: uncoveredWords({ ...seen, factors }, counted),
    missing: plan.settings,
  }
}

/** Level of a factor that a log does not name. */
const notSet = '(not set)'

function withDeclared(
  seen: readonly FactorLevels[],
  declared: ReadonlyMap<string, readonly string[]>,
): readonly FactorLevels[] {
  const known = seen.map(({ name, levels }) => ({
    name,
    levels: [...new Set([...levels, ...(declared.get(name) ?? [])])],
  }))
  const added = [...declared]
    .filter(([name]) => !seen.some((factor) => factor.name === name))
    // The logs ran this factor at a level nobody wrote down: it is one more level, not one of the declared.
    .map(([name, levels]) => ({ name, levels: [...new Set([notSet, ...levels])] }))
  return [...known, ...added]
}

/** A constraint on a level that does not occur would forbid nothing, silently. */
function checkConstraints(constraints: readonly Constraint[], factors: readonly FactorLevels[]): void {
  for (const { not } of constraints) {
    for (const [name, level] of Object.entries(not)) {
      const factor = factors.find((each) => each.name === name)
      if (factor === undefined)
        fail(
          'constraint-factor-unknown',
          { factor: name },
          `use one of: ${factors.map((each) => each.name).join(', ')}`,
        )
      else if (!factor.levels.includes(level))
        fail('constraint-level-unknown', { factor: name, level }, `use one of: ${factor.levels.join(', ')}`)
    }
  }
}
