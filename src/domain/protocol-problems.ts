/** What a schema cannot see: names that must agree across a protocol. Each problem has the path it stands at. */
import type { Protocol, ProtocolItem } from './protocol.ts'
import { numberedLabels } from './study.ts'

export interface ProtocolProblem {
  readonly path: readonly (string | number)[]
  readonly message: string
}

export function protocolProblems(protocol: Protocol): readonly ProtocolProblem[] {
  return [
    ...repeated(
      'models',
      protocol.models.map(({ id }) => id),
    ),
    ...repeated(
      'judges',
      protocol.judges.map(({ id }) => id),
    ),
    ...repeated(
      'claims',
      protocol.claims.map(({ id }) => id),
    ),
    ...repeated(
      'factors',
      protocol.factors.map(({ use }) => use),
    ),
    ...claimProblems(protocol),
    ...ruleProblems(protocol),
    ...budgetProblems(protocol),
    ...('inline' in protocol.items ? itemProblems(protocol.items.inline, ['items', 'inline']) : []),
  ]
}

/** Items without the rest of the protocol: ids used twice, and targets that are no option. */
export function itemProblems(
  items: readonly ProtocolItem[],
  at: readonly (string | number)[],
): readonly ProtocolProblem[] {
  const problems: ProtocolProblem[] = []
  const seen = new Set<string>()
  for (const [index, { id, options, target }] of items.entries()) {
    if (seen.has(id)) problems.push({ path: [...at, index, 'id'], message: `the id “${id}” is used twice` })
    seen.add(id)
    if (options === undefined) continue
    const twice = options.find((text, at) => options.findIndex((other) => other.trim() === text.trim()) < at)
    if (twice !== undefined)
      problems.push({ path: [...at, index, 'options'], message: `the option “${twice}” is there twice` })
    for (const each of Array.isArray(target) ? target : [target]) {
      const known = typeof each === 'number' ? each >= 0 && each < options.length : options.includes(each)
      if (!known) {
        const words = typeof each === 'number' ? `an index from 0 to ${options.length - 1}` : 'one of the options'
        problems.push({ path: [...at, index, 'target'], message: `the target must be ${words}, got “${each}”` })
      }
    }
  }
  return problems
}

function repeated(field: string, names: readonly string[]): readonly ProtocolProblem[] {
  return names.flatMap((name, index) =>
    names.indexOf(name) === index ? [] : [{ path: [field, index], message: `“${name}” is there twice` }],
  )
}

function claimProblems({ claims, models, scorers }: Protocol): readonly ProtocolProblem[] {
  const ids = models.map(({ id }) => id)
  const labels = numberedLabels(scorers.map(({ use }) => use))
  return claims.flatMap((claim, index) => {
    const problems: ProtocolProblem[] = []
    const unknown = (field: 'model' | 'baseline' | 'scorer', known: readonly string[]): void => {
      const name = claim[field]
      if (name !== undefined && !known.includes(name))
        problems.push({ path: ['claims', index, field], message: `“${name}” is none of ${known.join(', ')}` })
    }
    unknown('model', ids)
    unknown('baseline', ids)
    unknown('scorer', labels)
    if (claim.baseline === claim.model)
      problems.push({ path: ['claims', index, 'baseline'], message: 'a model is not compared with itself' })
    return problems
  })
}

/** The ratio test knows two rates and independent 0/1 responses; nothing else. */
function ruleProblems({ claims, stopping, replicates }: Protocol): readonly ProtocolProblem[] {
  if (stopping.rule !== 'sprt') return []
  return claims.flatMap((claim, index) => {
    const path = ['claims', index]
    const problems: ProtocolProblem[] = []
    if (claim.alternative === undefined)
      problems.push({ path: [...path], message: 'the ratio test (stopping rule sprt) needs an alternative' })
    if (claim.quantifier !== 'rate' || claim.kind === 'comparison')
      problems.push({ path: [...path, 'quantifier'], message: 'the ratio test decides rates of one model only' })
    if (claim.population !== 'items-like-these')
      problems.push({
        path: [...path, 'population'],
        message: 'the ratio test needs independent draws: write items-like-these, or use the rule anytime',
      })
    if (replicates > 1)
      problems.push({ path: ['replicates'], message: 'the ratio test needs one response per item: write 1' })
    return problems
  })
}

function budgetProblems({ budget, models, judges, decoding }: Protocol): readonly ProtocolProblem[] {
  const problems: ProtocolProblem[] = []
  const bounded = budget.tokens !== undefined || budget.usd !== undefined
  if (bounded && decoding.maxTokens === undefined)
    problems.push({
      path: ['budget'],
      message: 'a budget of tokens or money needs decoding.maxTokens, so that no call can overrun it',
    })
  for (const [index, { id, maxTokens }] of judges.entries())
    if (bounded && maxTokens === undefined)
      problems.push({ path: ['judges', index], message: `a budget of tokens or money needs the maxTokens of “${id}”` })
  if (budget.usd === undefined) return problems
  for (const [field, asked] of [
    ['models', models],
    ['judges', judges],
  ] as const)
    for (const [index, { id, price, endpoint }] of asked.entries())
      if (price === undefined && !costsNothing(endpoint))
        problems.push({ path: [field, index], message: `a budget of money needs the price of “${id}”` })
  return problems
}

/** Endpoints that answer from this machine's own numbers or files. */
export function costsNothing(endpoint: string): boolean {
  return /^(simulated|replay):/.test(endpoint)
}
