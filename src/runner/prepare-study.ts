/** Turns a protocol into a study: plug-ins found, levels drawn, settings planned, items given their roles and order. */
import {
  type Constraint,
  type Design,
  documentHash,
  type Exemplar,
  type Factor,
  type FactorLevels,
  type Item,
  type Levels,
  numberedLabels,
  type ProtocolWithItems,
  rolesOf,
  runRandom,
  type Scorer,
  type Study,
  studyOfProtocol,
  type Technique,
  variantLabel,
} from '../domain/index.ts'
import type { Random } from '../random/index.ts'
import { fail } from '../stats/index.ts'
import { checkAsking } from './check-asking.ts'
import { type Chosen, choose, type PlugIns } from './plug-ins.ts'
import { type PreparedSearch, prepareSearch } from './prepare-search.ts'

export interface PreparedFactor extends Chosen<Factor> {
  readonly levels: readonly string[]
}

export interface PreparedStudy {
  readonly study: Study
  readonly protocol: ProtocolWithItems
  /** Root of all random streams of the run. */
  readonly random: Random
  /** Its branches for cells and for the endpoints' own seeds. */
  readonly cellRandom: Random
  readonly drawRandom: Random
  /** Reported items, parallel to `study.items`. */
  readonly items: readonly Item[]
  readonly fit: readonly Item[]
  readonly select: readonly Item[]
  readonly factors: readonly PreparedFactor[]
  readonly techniques: readonly Chosen<Technique>[]
  readonly scorers: readonly Chosen<Scorer>[]
  readonly design: Chosen<Design>
  /** Adaptive designs only. */
  readonly search: PreparedSearch | undefined
  /** Whether options are weighed by their likelihoods, under some level at least. */
  readonly weighs: boolean
  /** Worked examples, from fit items only. */
  readonly exemplars: readonly Exemplar[]
}

export function prepareStudy(options: {
  readonly protocol: ProtocolWithItems
  readonly plugIns: PlugIns
}): PreparedStudy {
  const { protocol, plugIns } = options
  const protocolHash = documentHash(protocol)
  const random = runRandom(protocol)
  const factors = protocol.factors.map((named): PreparedFactor => {
    const chosen = choose<Factor>({ kind: 'factor', ...named, label: named.use, from: plugIns.factors })
    const levels = chosen.plugIn.levels(chosen.parameters, random.split('levels').split(chosen.plugIn.name))
    return { ...chosen, levels }
  })
  const techniqueLabels = numberedLabels(protocol.techniques.map(({ use }) => use))
  const techniques = protocol.techniques.map((named, index) =>
    choose<Technique>({
      kind: 'technique',
      ...named,
      label: techniqueLabels[index] ?? named.use,
      from: plugIns.techniques,
    }),
  )
  const scorerLabels = numberedLabels(protocol.scorers.map(({ use }) => use))
  const scorers = protocol.scorers.map((named, index) =>
    choose<Scorer>({
      kind: 'scorer',
      use: named.use,
      with: named.with,
      label: scorerLabels[index] ?? named.use,
      from: plugIns.scorers,
    }),
  )
  const design = choose<Design>({
    kind: 'design',
    ...protocol.design,
    label: protocol.design.use,
    from: plugIns.designs,
  })
  const factorLevels = factors.map(({ plugIn, levels }): FactorLevels => ({ name: plugIn.name, levels }))
  checkConstraints(protocol.constraints, factorLevels)
  const existing = existingSettings(protocol, { design, factors: factorLevels })
  const plan = design.plugIn.plan({
    factors: factorLevels,
    constraints: protocol.constraints,
    existing,
    parameters: design.parameters,
    random: random.split('design'),
  })
  if (plan.settings.length === 0 && existing.length > 0)
    fail(
      'nothing-missing',
      { design: design.label, settings: existing.length },
      'there is nothing to run: report on the logs',
    )
  if (plan.settings.length === 0) fail('no-settings', { design: design.label }, 'relax the constraints of the protocol')
  checkSize(protocol, plan.settings.length)
  const roles = rolesOf(protocol)
  if (roles.report.length === 0)
    fail(
      'no-items-to-report',
      { fit: protocol.roles.fit, select: protocol.roles.select },
      'keep fewer items for fitting',
    )
  const searched = prepareSearch({
    protocol,
    design,
    random,
    scorers,
    items: roles.select,
    settings: plan.settings.length,
  })
  const { caveats, weighs } = checkAsking({
    protocol,
    factors,
    scorers,
    items: roles.report,
    random: random.split('asking'),
  })
  const study = studyOfProtocol({
    protocol,
    protocolHash,
    roles,
    made: {
      settings: plan.settings,
      scorers: scorers.map(({ plugIn, label }, index) => {
        const sourceHash = protocol.scorers[index]?.sourceHash
        return { label, range: plugIn.range, ...(sourceHash === undefined ? {} : { sourceHash }) }
      }),
      design: {
        name: design.label,
        selection: plan.selection,
        licenses: plan.licenses,
        statement: plan.statement,
      },
      search: searched?.study,
      caveats,
    },
  })
  return {
    study,
    protocol,
    random,
    cellRandom: random.split('cell'),
    drawRandom: random.split('draw'),
    items: roles.report,
    fit: roles.fit,
    select: roles.select,
    factors,
    techniques,
    scorers,
    design,
    search: searched?.search,
    weighs,
    exemplars: roles.fit.map(({ id, input, context, options, target }) => ({
      itemId: id,
      input,
      context,
      options,
      answer: target[0] ?? '',
    })),
  }
}

/** Settings that were asked before. One whose levels are not those of the factors would count for nothing, silently. */
function existingSettings(
  { design: { existing } }: ProtocolWithItems,
  { design, factors }: { readonly design: Chosen<Design>; readonly factors: readonly FactorLevels[] },
): readonly Levels[] {
  if (existing === undefined) return []
  if ('logs' in existing) throw new Error('settings of logs are bound into a protocol before it is prepared')
  if (design.plugIn.countsExisting !== true)
    fail(
      'design-starts-anew',
      { design: design.label },
      'use covering, which adds only what is missing; what this design licenses rests on its own settings alone',
    )
  for (const levels of existing.settings) {
    for (const { name, levels: known } of factors) {
      const level = levels[name]
      if (level === undefined)
        fail(
          'existing-factor-unknown',
          { factor: name, setting: variantLabel(levels) },
          'name the column of this factor under existing, or drop the factor: its level in those logs is not known',
        )
      else if (!known.includes(level))
        fail('existing-level-unknown', { factor: name, level }, `the factor has: ${known.join(', ')}`)
    }
  }
  return existing.settings
}

/** Cells beyond this are refused before anything is made of them: no journal and no memory is meant for more. */
const mostCells = 10_000_000

function checkSize({ items, models, techniques, replicates }: ProtocolWithItems, settings: number): void {
  const cells = items.inline.length * models.length * techniques.length * replicates * settings
  if (cells > mostCells)
    fail(
      'too-many-cells',
      { cells, most: mostCells, items: items.inline.length, settings, replicates },
      'lower replicates, or the settings of the design',
    )
}

/** A constraint that names a level which does not exist forbids nothing, silently: that is a typing error. */
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
