/** What runs cost that stop when their claim is decided, by the runner's own rule. */

import { claimOf, studyOf } from '../../src/domain/fixtures/study-of.ts'
import { type ClaimStanding, followClaims } from '../../src/domain/follow-claims.ts'
import type { Study } from '../../src/domain/study.ts'
import type { Random } from '../../src/random/index.ts'
import { fixedRateTest } from '../../src/stats/index.ts'
import { type CalibrationRow, defineCalibration } from '../calibration.ts'
import { callsOfSequentialRun, type SequentialRunCalls } from '../planted/sequential-run.ts'

export type Rule = 'anytime' | 'sprt'

const declared = { threshold: 0.7, alternative: 0.8 }
const fixedCalls = fixedRateTest({ nullRate: 0.7, alternativeRate: 0.8, alpha: 0.05, beta: 0.05 }).trials

export const sequentialCallsCalibration = defineCalibration({
  name: 'sequential-calls',
  title: 'Calls of a run that stops when "above .70" is decided against .80, both errors 5 %',
  kind: 'cost',
  nominal: 1,
  verdict: 'at-most',
  note: `Mean number of calls, as a share of what the setting allows. A test of fixed length with the same errors takes ${fixedCalls} calls. The ratio test and the mixture see the same answers. All calls of a run, those read ahead in vain as well, are these times what whole runs of the runner paid for each call that their decision counts, with a simulated model and the concurrency that \`assay run\` has by default.`,
  run: async ({ random, repetitions }) => {
    const truths = [0.7, 0.8, 0.9].map((truth) => ({ truth, calls: callsAt({ truth, random, repetitions }) }))
    const rows = truths.flatMap(({ truth, calls: { ratio, mixture, seed } }): readonly CalibrationRow[] => {
      const allowed = allowedAt(truth)
      const shared = { repetitions, seed }
      return [
        {
          setting: `ratio test, truth ${truth}: ${allowed} of the fixed test`,
          ...shareOf(
            ratio,
            Array.from(ratio, () => allowed * fixedCalls),
          ),
          ...shared,
        },
        {
          setting: `default mixture, truth ${truth}: 1.4 times the ratio test`,
          ...shareOf(
            mixture,
            Array.from(ratio, (calls) => 1.4 * calls),
          ),
          ...shared,
        },
      ]
    })
    for (const { truth, calls } of truths) rows.push(await paidAt({ truth, counted: calls.ratio, random, repetitions }))
    return rows
  },
})

function allowedAt(truth: number): number {
  return truth === 0.9 ? 0.3 : 0.6
}

/** What is paid for a call that counts varies little from run to run: one run for twenty of the other repetitions will do. */
async function paidAt(options: {
  readonly truth: number
  /** Calls of the rule alone. */
  readonly counted: readonly number[]
  readonly random: Random
  readonly repetitions: number
}): Promise<CalibrationRow> {
  const { truth, counted, random } = options
  const repetitions = Math.max(10, Math.round(options.repetitions / 20))
  const stream = random.split(`run, truth ${truth}`)
  const runs: SequentialRunCalls[] = []
  for (let seed = 0; seed < repetitions; seed++)
    runs.push(await callsOfSequentialRun({ truth, claim: declared, seed: stream.split(seed).path }))
  const rule = shareOf(
    counted,
    counted.map(() => allowedAt(truth) * fixedCalls),
  )
  const paid = shareOf(
    runs.map((run) => run.paid),
    runs.map((run) => run.counted),
  )
  return {
    setting: `all calls of a run by the ratio test, truth ${truth}: ${allowedAt(truth)} of the fixed test`,
    rate: rule.rate * paid.rate,
    standardError: Math.hypot(rule.standardError * paid.rate, rule.rate * paid.standardError),
    repetitions,
    seed: stream.path,
  }
}

interface Calls {
  readonly ratio: readonly number[]
  readonly mixture: readonly number[]
  readonly seed: string
}

function callsAt(options: { readonly truth: number; readonly random: Random; readonly repetitions: number }): Calls {
  const { truth, random, repetitions } = options
  const stream = random.split(`truth ${truth}`)
  const units = (rule: Rule): readonly number[] => {
    const study = studyOf({ items: 4_000, claims: [claimOf(declared)], rule })
    return Array.from({ length: repetitions }, (_, seed) => follow(study, coin(stream.split(seed), truth)).units)
  }
  return { ratio: units('sprt'), mixture: units('anytime'), seed: stream.path }
}

/** Ratio of two means over the same seeds, with its standard error by linearisation. */
function shareOf(calls: readonly number[], allowed: readonly number[]): { rate: number; standardError: number } {
  const n = calls.length
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
  const rate = sum(calls) / sum(allowed)
  const residual = sum(calls.map((value, seed) => (value - rate * (allowed[seed] ?? 0)) ** 2)) / Math.max(1, n - 1)
  return { rate, standardError: Math.sqrt(residual / n) / (sum(allowed) / n) }
}

export const rareRateCallsCalibration = defineCalibration({
  name: 'rare-rate-calls',
  title: 'Calls until "rarer than 1 in 10,000" is supported at 95 %, over the calls that the setting states',
  kind: 'cost',
  nominal: 1,
  verdict: 'nominal',
  note: 'No chance is in these rows: all calls are clean but for the stated failures, the first of them at the start. With half of the weight on "never" and half on a quarter of the threshold.',
  run: ({ random }) => {
    const study = studyOf({ items: 110_000, claims: [claimOf({ direction: 'below', threshold: 1e-4, beta: 1e-9 })] })
    return [33_274, 67_666, 86_150, 104_634].map((stated, failures): CalibrationRow => {
      // Spread over the run, so that no failure comes so early that the claim is refuted.
      const failing = new Set(Array.from({ length: failures }, (_, index) => (index + 1) * 15_000))
      const { decision, units } = follow(study, (index) => (failing.has(index) ? 1 : 0))
      return {
        setting: `${failures} failures: ${stated.toLocaleString('en')} calls`,
        rate: decision === 'supported' ? units / stated : 0,
        repetitions: 'enumerated',
        seed: random.path,
      }
    })
  },
})

export function coin(random: Random, rate: number): () => number {
  return () => (random.uniform() < rate ? 1 : 0)
}

/** Feeds scores in the order of the run until the claim is decided. */
export function follow(study: Study, score: (index: number) => number): ClaimStanding {
  const follower = followClaims(study)
  for (let index = 0; index < study.items.length && follower.stoppedAt === undefined; index++) {
    const value = score(index)
    follower.add(index, { s: { strict: value, lenient: value } })
  }
  const [standing] = follower.standings()
  if (standing === undefined) throw new Error('a study with one claim')
  return standing
}
