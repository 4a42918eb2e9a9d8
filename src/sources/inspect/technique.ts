/**
 * Which elicitation technique a run used, from the names of its solvers.
 *
 * Only solvers whose effect is known count. A plan of plain steps is `direct`; a plan with any unknown step has no
 * known technique, because a custom solver may do anything.
 */
import { recordOf, textOf } from '../files/json-access.ts'
import type { InspectHeader } from './header.ts'

const techniques: ReadonlyMap<string, string> = new Map([
  ['chain_of_thought', 'chain-of-thought'],
  ['self_critique', 'self-critique'],
  ['basic_agent', 'basic-agent'],
  ['basic_agent_loop', 'basic-agent'],
  ['react', 'react'],
  ['human_agent', 'human-agent'],
  ['human_cli', 'human-agent'],
])

const plain: ReadonlySet<string> = new Set([
  'generate',
  'system_message',
  'user_message',
  'assistant_message',
  'prompt_template',
  'multiple_choice',
])

/** Steps that go with an agent and are no technique of their own. */
const accompanying: ReadonlySet<string> = new Set(['use_tools', 'submit_tool'])

/** `chain-of-thought + self-critique`, `direct`, or undefined where the plan has a solver of unknown effect. */
export function techniqueOf(header: InspectHeader): string | undefined {
  // A log that assay exported says which technique it was, in the words of the protocol.
  const declared = textOf(recordOf(header.eval.metadata)?.assay_technique)
  if (declared !== undefined) return declared
  const found = new Set<string>()
  let known = 0
  const steps = stepsOf(header)
  for (const step of steps) {
    const name = unqualified(textOf(step.solver) ?? '')
    const technique = techniques.get(name)
    const thinks = name === 'multiple_choice' && recordOf(step.params)?.cot === true
    if (technique !== undefined) found.add(technique)
    if (thinks) found.add('chain-of-thought')
    if (technique !== undefined || plain.has(name) || accompanying.has(name)) known++
  }
  if (found.size > 0) return [...found].sort().join(' + ')
  const isPlain = steps.length > 0 && steps.every((step) => plain.has(unqualified(textOf(step.solver) ?? '')))
  return isPlain && known === steps.length ? 'direct' : undefined
}

/** Names of the solvers in order, `system_message > generate`. */
export function solverChain(header: InspectHeader): string | undefined {
  const names = stepsOf(header).map((step) => textOf(step.solver) ?? 'unnamed')
  return names.length === 0 ? textOf(header.eval.solver) : names.join(' > ')
}

function stepsOf(header: InspectHeader): readonly Readonly<Record<string, unknown>>[] {
  const steps = header.plan.steps
  return Array.isArray(steps) ? steps.map((step) => recordOf(step) ?? {}) : []
}

function unqualified(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1)
}
