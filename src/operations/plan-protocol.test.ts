import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { testContext } from './fixtures/small-run.ts'
import { planProtocol } from './plan-protocol.ts'
import { register } from './register.ts'
import { run } from './run.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'assay-plan-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const claim = {
  id: 'able',
  kind: 'capability',
  quantifier: 'rate',
  scorer: 'exact-match',
  model: 'm',
  population: 'items-like-these',
  direction: 'above',
  threshold: 0.5,
  decision: { ifSupported: 'a', ifRefuted: 'b', ifInconclusive: 'c' },
}

function write(changes: Readonly<Record<string, unknown>>): void {
  const protocol = {
    version: 1,
    title: 'numbers',
    construct: { definition: 'knows numbers' },
    envelope: { normalUse: 'single questions' },
    models: [{ id: 'm', endpoint: 'openai:gpt', price: { inputPerMillion: 1, outputPerMillion: 10 } }],
    items: {
      inline: Array.from({ length: 30 }, (_, index) => ({ id: `i${index}`, input: `Is ${index} odd?`, target: 'yes' })),
    },
    scorers: [{ use: 'exact-match' }],
    decoding: { maxTokens: 100 },
    claims: [claim],
    ...changes,
  }
  writeFileSync(join(root, 'p.json'), JSON.stringify(protocol))
}

const planned = async () => planProtocol.run(planProtocol.input.parse({ protocol: 'p.json' }), testContext(root))

test('plan counts judges in calls, tokens and money, and names the keys that are not set', async () => {
  const price = { inputPerMillion: 2, outputPerMillion: 20 }
  write({
    scorers: [{ use: 'exact-match' }, { use: 'model-graded', with: { rubric: 'whether it is right' } }],
    judges: [{ id: 'j', endpoint: 'anthropic:claude', maxTokens: 200, price }],
    budget: { tokens: 1_000_000, usd: 5 },
  })
  const result = await planned()
  const plan = JSON.parse(result.json)
  expect(plan.calls).toMatchObject({ most: 30, judge: 30 })
  expect(plan.tokens.outputAtMost).toBe(30 * 100 + 30 * 200)
  expect(plan.keysMissing).toEqual(['ANTHROPIC_API_KEY', 'OPENAI_API_KEY'])
  const out = (30 * 100 * 10 + 30 * 200 * 20) / 1e6
  expect(plan.usd.typical).toBeGreaterThan(out)
  expect(plan.usd.atMost).toBeGreaterThan(plan.usd.typical)
  // A judge reads the reply: at least four bytes for each of its tokens.
  expect(plan.tokens.inputAtMost).toBeGreaterThan(30 * 100 * 4)
  const text = result.text({ columns: 80, style: (_: unknown, piece: string) => piece })
  expect(text).toMatch(/Calls +at most 30, and up to 30 of judges/)
  expect(text).toMatch(/Input +about [\d,]+ tokens \(bytes \/ 4, .*\), at/s)
})

test('plan says which truths each claim is supported at four times in five, by the rule that decides it', async () => {
  const comparison = { ...claim, id: 'better', kind: 'comparison', quantifier: 'mean', baseline: 'n', threshold: 0 }
  const lasting = { ...claim, id: 'lasting', quantifier: 'quantile', probability: 0.25 }
  write({
    models: [
      { id: 'm', endpoint: 'openai:gpt' },
      { id: 'n', endpoint: 'openai:gpt-2' },
    ],
    items: {
      inline: Array.from({ length: 200 }, (_, index) => ({
        id: `i${index}`,
        input: `Is ${index} odd?`,
        target: 'yes',
      })),
    },
    claims: [claim, comparison, lasting],
    multiplicity: 'none',
  })
  const result = await planned()
  const [rate, difference, share] = JSON.parse(result.json).claims.map(
    ({ detectable }: { detectable: { cases: { value: number }[] } }) => detectable,
  )
  expect(rate).toMatchObject({ of: 'rate', side: 'above', power: 0.8, units: 200, allUnits: true })
  // Four standard errors of a rate of a half are .14; a rule without looks needs 2.5 of them.
  expect(rate.cases[0].value).toBeGreaterThan(0.59)
  expect(rate.cases[0].value).toBeLessThan(0.64)
  expect(difference.cases.map(({ apart }: { apart: number }) => apart)).toEqual([0.2, 0.5])
  expect(difference.cases[0].value).toBeGreaterThan(0.08)
  expect(difference.cases[1].value).toBeGreaterThan(difference.cases[0].value)
  expect(share).toMatchObject({ of: 'share', side: 'above' })
  expect(share.cases[0].value).toBeGreaterThan(0.8)
  const text = result.text({ columns: 80, style: (_: unknown, piece: string) => piece }).replaceAll(/\s+/g, ' ')
  expect(text).toMatch(/ supported with 80 % probability where the rate is 0\.6\d* or more /)
  expect(text).toMatch(
    /the mean difference is 0\.\d+ or more if the two differ on 20 % of the units, 0\.\d+ or more if on 50 %/,
  )
})

test('plan leaves out what is detectable where the ratio test finds its alternative or one response settles the claim', async () => {
  write({ claims: [{ ...claim, alternative: 0.7 }], stopping: { rule: 'sprt' } })
  expect(JSON.parse((await planned()).json).claims[0].detectable).toBeNull()
  write({ claims: [{ ...claim, quantifier: 'existence' }] })
  expect(JSON.parse((await planned()).json).claims[0].detectable).toBeNull()
  write({})
  const text = (await planned()).text({ columns: 200, style: (_: unknown, piece: string) => piece })
  expect(text).toMatch(/where the rate is 0\.\d+ or more/)
})

test.each([
  [
    'a judge without a length under a budget',
    { judges: [{ id: 'j', endpoint: 'anthropic:c' }], budget: { tokens: 9_999 } },
    /maxTokens of “j”/,
  ],
  [
    'a judge without a price under a budget',
    { judges: [{ id: 'j', endpoint: 'anthropic:c', maxTokens: 9 }], budget: { usd: 1 } },
    /price of “j”/,
  ],
  ['an endpoint that is none', { models: [{ id: 'm', endpoint: 'foo:bar' }] }, /provider unknown/],
  [
    'an option that the provider does not take',
    { models: [{ id: 'm', endpoint: 'simulated:steady', options: { acuracy: 1 } }] },
    /acuracy/,
  ],
  ['a log that is not there', { models: [{ id: 'm', endpoint: 'replay:nowhere.jsonl' }] }, /nowhere/],
  ['examples without fit items', { techniques: [{ use: 'few-shot' }] }, /fit|example/],
  ['a judge that nobody declared', { techniques: [{ use: 'best-of-n', with: { verifier: 'judge' } }] }, /judge/],
] as const)('plan refuses %s, and run leaves no folder', async (_, changes, words) => {
  write(changes)
  await expect(planned()).rejects.toMatchObject({ name: 'AssayError', message: expect.stringMatching(words) })
  const running = run.run(run.input.parse({ protocol: 'p.json' }), testContext(root))
  await expect(running).rejects.toMatchObject({ name: 'AssayError' })
  expect(existsSync(join(root, 'assay-run'))).toBe(false)
})

test('run and register refuse a protocol of which no claim can get a verdict; plan says why', async () => {
  write({ models: [{ id: 'm', endpoint: 'simulated:steady' }], claims: [{ ...claim, kind: 'prediction' }] })
  const refusal = { code: 'no-claim-can-get-a-verdict', message: expect.stringContaining('forecast') }
  await expect(run.run(run.input.parse({ protocol: 'p.json' }), testContext(root))).rejects.toMatchObject(refusal)
  await expect(register.run(register.input.parse({ protocol: 'p.json' }), testContext(root))).rejects.toMatchObject(
    refusal,
  )
  const text = (await planned()).text({ columns: 80, style: (_: unknown, piece: string) => piece })
  expect(text).toContain('NO CLAIM CAN GET A VERDICT')
  expect(existsSync(join(root, 'assay-run'))).toBe(false)
})
