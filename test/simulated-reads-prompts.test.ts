import { expect, test } from 'vitest'
import { blindItem, type Levels, type ModelRequest, protocolSchema, type RenderState } from '../src/domain/index.ts'
import { designs } from '../src/methods/designs/index.ts'
import { factors } from '../src/methods/factors/index.ts'
import { scorers } from '../src/methods/scorers/index.ts'
import { techniques } from '../src/methods/techniques/index.ts'
import { openOptionReader } from '../src/providers/simulated/shown-options.ts'
import { openRandom } from '../src/random/index.ts'
import { prepareStudy } from '../src/runner/prepare-study.ts'
import { renderCell } from '../src/runner/render-cell.ts'

const sets = [
  ['Paris', 'Rome', 'New York', 'Bern'],
  ['3', '4', '12', '34'],
  ['the Treaty of Utrecht', 'the Peace of Westphalia', 'both A and B', 'none of these'],
  ['it rises', 'it falls', 'it stays the same'],
  ['yes', 'no'],
  ['a vitamin that dissolves in water', 'a vitamin that dissolves in fat', 'an amino acid', 'a fatty acid', 'a sugar'],
]
const random = openRandom('prompts')
const inline = Array.from({ length: 60 }, (_, index) => ({
  id: `item-${index}`,
  input: `Which of these is right about matter number ${index}, if any of them is?`,
  options: sets[index % sets.length] ?? [],
  target: random.integer(2),
}))

/** Names of one-factor studies, and whether the factor disturbs the texts of options themselves. */
const cases: readonly (readonly [string, Record<string, unknown>])[] = [
  ['format', { formats: 40 }],
  ['option-order', {}],
  ['option-labels', {}],
  ['persona', {}],
  ['casing', {}],
  ['spacing', {}],
  ['typos', {}],
  ['punctuation', {}],
  ['misspelling', {}],
  ['contractions', {}],
  ['mild-mix', {}],
  ['best-of-n-noise', {}],
]

function study(use: string, parameters: Record<string, unknown>) {
  const protocol = protocolSchema.parse({
    version: 1,
    title: 'prompts',
    construct: { definition: 'reads prompts' },
    envelope: { normalUse: 'plain' },
    models: [{ id: 'm', endpoint: 'simulated:steady' }],
    items: { inline },
    answer: 'letter',
    factors: [{ use, with: parameters }],
    scorers: [{ use: 'multiple-choice' }],
    claims: [
      {
        id: 'able',
        kind: 'capability',
        quantifier: 'mean',
        scorer: 'multiple-choice',
        model: 'm',
        population: 'these-items',
        direction: 'above',
        threshold: 0.5,
        decision: { ifSupported: 'a', ifRefuted: 'b', ifInconclusive: 'c' },
      },
    ],
  })
  if (!('inline' in protocol.items)) throw new Error('inline items')
  return prepareStudy({
    protocol: { ...protocol, items: protocol.items },
    plugIns: { factors, designs, techniques, scorers },
  })
}

function textOf(request: ModelRequest): string {
  return request.kind === 'chat' ? request.messages.map(({ content }) => content).join('\n\n') : request.prompt
}

test.each(cases)(
  'a simulated model reads order and labels of options from prompts under every level of %s',
  (use, parameters) => {
    const prepared = study(use, parameters)
    let wrong = 0
    let seen = 0
    const examples: string[] = []
    for (const item of prepared.items) {
      const read = openOptionReader(item.options ?? [])
      for (const levels of prepared.study.settings as readonly Levels[]) {
        const { request, state } = renderCell({
          prepared,
          item: blindItem(item),
          levels,
          change: (same: RenderState) => same,
        })
        const shown = read(textOf(request))
        const expected = state.options.map(({ canonical, label }) => ({ canonical, label }))
        seen++
        if (JSON.stringify(shown) === JSON.stringify(expected)) continue
        wrong++
        if (examples.length < 3) examples.push(`${JSON.stringify(shown)}\n${textOf(request)}`)
      }
    }
    expect(seen).toBeGreaterThan(60)
    expect(wrong / seen, examples.join('\n----\n')).toBeLessThanOrEqual(0)
  },
)
