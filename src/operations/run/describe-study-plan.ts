/** A study plan for a person at a terminal. */
import { explain, formatNumber, type Statement } from '../../domain/index.ts'
import { wrapLines } from '../../report/index.ts'
import type { DetectableEffects } from './detectable-effects.ts'
import type { ClaimPlan, StudyPlan } from './plan-of-study.ts'

export function describeStudyPlan(plan: StudyPlan, columns: number): string {
  const { items } = plan
  const lines = [
    `${plan.title} · protocol ${plan.protocolHash.slice(0, 12)}`,
    '',
    `Items      ${count(items.reported)} reported in ${count(items.clusters)} units${items.fit + items.select > 0 ? `, ${items.fit} for fitting, ${items.select} for selecting` : ''}`,
    ...cellLines(plan),
    ...costLines(plan),
    `Time       at least ${duration(plan.secondsAtLeast)}`,
    '',
    `Design     ${explain(plan.design.statement).text}`,
    '',
  ]
  for (const caveat of plan.caveats) lines.push(...caveatLines(caveat), '')
  if (plan.keysMissing.length > 0)
    lines.push(`Note       Not set: ${plan.keysMissing.join(', ')}. The run needs what it holds.`, '')
  for (const claim of plan.claims) lines.push(...linesOf(claim))
  if (plan.claims.every(({ licensed }) => !licensed))
    lines.push('', 'NO CLAIM CAN GET A VERDICT: register and run refuse this protocol')
  lines.push('', 'No call was made.')
  return wrapLines(lines, columns).join('\n')
}

function costLines({ calls, tokens, usd, prompts }: StudyPlan): readonly string[] {
  const judges = calls.judge === null ? '' : `, and up to ${count(calls.judge)} of judges`
  const proof =
    calls.proof === null || calls.proof === 0 ? '' : `, and ${count(calls.proof)} of proof that they can be weighed`
  const weighing = calls.proof === null ? '' : `, one for each option${proof}`
  const over = calls.budget !== null && calls.budget < calls.most + (calls.judge ?? 0)
  const budget =
    calls.budget === null ? '' : ` (budget ${count(calls.budget)}${over ? ', which may end the run before' : ''})`
  const unbounded = 'unknown: maxTokens of decoding or of a judge is not set'
  const input = tokens.inputAtMost === null ? unbounded : `at most ${count(tokens.inputAtMost)}`
  const output = tokens.outputAtMost === null ? unbounded : `at most ${count(tokens.outputAtMost)} tokens`
  return [
    `Calls      at most ${count(calls.most)}${weighing}${judges}${budget}, retries on top`,
    `Input      about ${count(tokens.inputTypical)} tokens (bytes / 4, replies as long as they may be), ${input} (bytes)`,
    `Output     ${output}`,
    usd.atMost === null || usd.typical === null
      ? 'Money      unknown: a price or maxTokens of a model or judge is not declared'
      : `Money      at most $${dollars(usd.atMost)}, about $${dollars(usd.typical)} by the tokens above, without retries`,
    ...(prompts === 'all'
      ? []
      : ['           A sample of the prompts was written, its longest stand for all: “at most” is as good as that.']),
  ]
}

/** Rounded up: what is called the most is not less. */
function dollars(value: number): string {
  return (Math.ceil(value * 100 - 1e-9) / 100).toFixed(2)
}

function cellLines({ cells, items, settings, techniques, replicates, models, search }: StudyPlan): readonly string[] {
  if (search === null)
    return [
      `Cells      ${count(cells)} = ${counted(items.reported, 'item')} × ${counted(settings.length, 'setting')} × ${counted(techniques.length, 'technique')} × ${counted(replicates, 'replicate')} × ${counted(models.length, 'model')}`,
    ]
  const { answersAtMost, scorer, reading } = search
  return [
    `Cells      at most ${count(cells)} = ${counted(models.length, 'model')} × (${count(answersAtMost)} of the search + ${counted(items.reported, 'reported item')} × the 2 ends it finds)`,
    `Search     ${count(search.settings)} settings on ${count(search.items)} items of their own, by ${scorer} read ${reading}: the reference on all of them, then at most ${count(answersAtMost - search.items)} answers more per model`,
  ]
}

/** A caveat as a person reads it: what is so, and what to do about it. */
export function caveatLines(caveat: Statement): readonly string[] {
  const { text, fix } = explain(caveat)
  return [`Note       ${text}`, ...(fix === undefined ? [] : [`           Fix: ${fix}`])]
}

function linesOf(claim: ClaimPlan): readonly string[] {
  if (claim.refusal !== null) {
    const { text, fix } = explain(claim.refusal)
    return [text, ...(fix === undefined ? [] : [`  ${fix}`])]
  }
  const lines = [
    `${claim.claim}: decided by the rule “${claim.rule}” (${claim.method}) on up to ${count(claim.unitsAvailable)} units`,
  ]
  if (claim.fixedTestNeeds !== null)
    lines.push(`  a test of fixed length with these errors needs ${count(claim.fixedTestNeeds)} units`)
  if (claim.ratioTestNeeds !== null)
    lines.push(
      `  the ratio test would need about ${count(claim.ratioTestNeeds.atAlternative)} if the alternative is true, ${count(claim.ratioTestNeeds.atThreshold)} if the threshold is`,
    )
  if (claim.cleanUnitsNeeded !== null)
    lines.push(
      claim.rule === 'fixed'
        ? `  supported by ${count(claim.cleanUnitsNeeded.fixed)} units without a failure`
        : `  supported after ${count(claim.cleanUnitsNeeded.sequential)} units without a failure (${count(claim.cleanUnitsNeeded.fixed)} if their number were fixed in advance)`,
    )
  if (claim.halfWidthAtEnd !== null)
    lines.push(
      `  interval at the end: ± ${(claim.halfWidthAtEnd * 100).toFixed(1)} points at most, ${claim.rule === 'fixed' ? 'and nothing may be decided before' : 'and it may be looked at any time'}`,
    )
  if (claim.detectable !== null) lines.push(...detectableLines(claim.detectable))
  if (claim.unverifiable !== null) {
    const { text, fix } = explain(claim.unverifiable)
    lines.push(`  ${text}`, ...(fix === undefined ? [] : [`  Fix: ${fix}`]))
  }
  if (claim.enough === false) lines.push('  NOT ENOUGH UNITS: the claim can hardly be decided; add items')
  return lines
}

function detectableLines({ of, side, power, units, cases, allUnits }: DetectableEffects): readonly string[] {
  const within = allUnits ? '' : ` on the first ${count(units)} units`
  const words = cases.map(({ apart, value }, index) => {
    const bound = side === 'above' ? 'or more' : 'or less'
    const found = value === null ? 'out of reach' : `${Number(value.toPrecision(3))} ${bound}`
    if (of === 'difference')
      return `${found} if ${index === 0 ? 'the two differ ' : ''}on ${percent(apart)}${index === 0 ? ' of the units' : ''}`
    return of === 'mean' ? `${found}, however the scores are spread` : found
  })
  return [`  supported with ${percent(power)} probability${within} where the ${namesOf[of]} is ${words.join(', ')}`]
}

const namesOf = {
  rate: 'rate',
  mean: 'mean',
  difference: 'mean difference',
  share: 'share of responses beyond the threshold',
} as const

function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}

export function count(value: number): string {
  return formatNumber(Math.round(value), 'count')
}

function counted(value: number, noun: string): string {
  return `${count(value)} ${noun}${value === 1 ? '' : 's'}`
}

function duration(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`
  return seconds < 5_400 ? `${Math.ceil(seconds / 60)} min` : `${(seconds / 3_600).toFixed(1)} h`
}
