import { expect, test } from 'vitest'
import { headerOf } from './fixtures/write-log.ts'
import { readHeader } from './header.ts'
import { solverChain, techniqueOf } from './technique.ts'

const plan = (...steps: readonly (string | readonly [string, object])[]) =>
  readHeader(
    headerOf({
      plan: {
        steps: steps.map((step) =>
          typeof step === 'string' ? { solver: step } : { solver: step[0], params: step[1] },
        ),
      },
    }),
    { path: 'log.json', member: '' },
  )

test.each([
  [plan('generate'), 'direct'],
  [plan('system_message', 'inspect_ai/generate'), 'direct'],
  [plan('multiple_choice'), 'direct'],
  [plan(['multiple_choice', { cot: true }]), 'chain-of-thought'],
  [plan('system_message', 'chain_of_thought', 'generate'), 'chain-of-thought'],
  [plan('generate', 'self_critique', 'chain_of_thought'), 'chain-of-thought + self-critique'],
  [plan('use_tools', 'submit_tool', 'basic_agent_loop'), 'basic-agent'],
  [plan('my_solver', 'chain_of_thought'), 'chain-of-thought'],
  [plan('my_solver', 'generate'), undefined],
  [plan('use_tools', 'generate'), undefined],
  [plan(), undefined],
])('techniqueOf(plan) of case %# is %s', (header, expected) => {
  expect(techniqueOf(header)).toBe(expected)
})

test('solverChain(header) names the solvers in order', () => {
  expect(solverChain(plan('system_message', 'generate'))).toBe('system_message > generate')
  expect(solverChain(plan())).toBeUndefined()
})
