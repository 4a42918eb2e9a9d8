/** Error rates of a ledger of claims, and levels of combined tests. */
import type { Random } from '../../src/random/index.ts'
import {
  cauchyCombination,
  claimLedger,
  fisherCombination,
  harmonicCombination,
  type LedgerMethod,
  normalUpperTail,
  stoufferCombination,
  type TestOutcome,
} from '../../src/stats/index.ts'
import { type CalibrationRow, defineCalibration } from '../calibration.ts'
import { simulatedRow } from '../simulated-scores.ts'

interface Family {
  readonly tests: number
  /** The first so many claims are true, shifted by 3 standard errors. */
  readonly real: number
  /** Correlation of the test statistics through one common cause. */
  readonly correlation: number
}

const families: readonly (readonly [setting: string, family: Family])[] = [
  ['8 true nulls, independent', { tests: 8, real: 0, correlation: 0 }],
  ['20 true nulls, correlation 0.6', { tests: 20, real: 0, correlation: 0.6 }],
  ['15 claims, 5 of them true, correlation 0.3', { tests: 15, real: 5, correlation: 0.3 }],
]

function statistics(random: Random, { tests, real, correlation }: Family): number[] {
  const common = Math.sqrt(correlation) * random.normal()
  return Array.from(
    { length: tests },
    (_, i) => common + Math.sqrt(1 - correlation) * random.normal() + (i < real ? 3 : 0),
  )
}

export const claimLedgerCalibration = defineCalibration({
  name: 'claim-ledger',
  title: 'Ledger of claims at 5 %: any false claim supported',
  kind: 'level',
  nominal: 0.05,
  verdict: 'at-most',
  note: 'Fixed sequences put the true claims first. Statistics are positively dependent where they are dependent.',
  run: ({ random, repetitions }) =>
    (['holm', 'hochberg', 'hommel', 'fixed-sequence'] as const satisfies readonly LedgerMethod[]).flatMap((method) =>
      families.map(([setting, family]) =>
        simulatedRow({
          setting: `${method}, ${setting}`,
          random,
          repetitions,
          holds: (stream) => {
            const claims = statistics(stream, family).map((z, i) => {
              const evidence = { kind: 'p-value', value: normalUpperTail(z), resolution: undefined } as const
              return { id: `${i}`, evidence }
            })
            const ledger = claimLedger({ family: setting, alpha: 0.05, method, claims })
            return ledger.claims.slice(family.real).some(({ supported }) => supported)
          },
        }),
      ),
    ),
})

export const eValueLedgerCalibration = defineCalibration({
  name: 'e-value-ledger',
  title: 'e-BH ledger at 10 %: mean share of supported claims that are false',
  kind: 'level',
  nominal: 0.1,
  verdict: 'at-most',
  note: 'Likelihood-ratio e-values exp(3z − 4.5) of correlated normal statistics.',
  run: ({ random, repetitions }) =>
    families.map(([setting, family]): CalibrationRow => {
      const stream = random.split(setting)
      let total = 0
      for (let repetition = 0; repetition < repetitions; repetition++) {
        const claims = statistics(stream, family).map((z, i) => {
          const evidence = { kind: 'e-value', value: Math.exp(3 * z - 4.5) } as const
          return { id: `${i}`, evidence }
        })
        const { claims: decided } = claimLedger({ family: setting, alpha: 0.1, method: 'e-bh', claims })
        const supported = decided.filter((claim) => claim.supported).length
        const wrong = decided.slice(family.real).filter((claim) => claim.supported).length
        total += supported === 0 ? 0 : wrong / supported
      }
      return { setting, rate: total / repetitions, repetitions, seed: stream.path }
    }),
})

export const combinedTestsCalibration = defineCalibration({
  name: 'combined-p-values',
  title: 'Combined p-values at 1 % where every null is true',
  kind: 'level',
  nominal: 0.01,
  verdict: 'at-most',
  note: 'Fisher and Stouffer need independent tests; the harmonic combination is conservative, Cauchy close to its level in the tail.',
  run: ({ random, repetitions }) => {
    const row = (setting: string, correlation: number, combine: (pValues: readonly number[]) => TestOutcome) =>
      simulatedRow({
        setting,
        random,
        repetitions,
        holds: (stream) => {
          const outcome = combine(statistics(stream, { tests: 6, real: 0, correlation }).map(normalUpperTail))
          return outcome.kind === 'test' && outcome.pValue <= 0.01
        },
      })
    return [
      row('Fisher, 6 independent tests', 0, (pValues) => fisherCombination({ pValues })),
      row('Stouffer, 6 independent tests', 0, (pValues) => stoufferCombination({ pValues, weights: undefined })),
      row('Cauchy, 6 independent tests', 0, (pValues) => cauchyCombination({ pValues })),
      row('Cauchy, 6 tests with correlation 0.6', 0.6, (pValues) => cauchyCombination({ pValues })),
      row('harmonic, 6 tests with correlation 0.6', 0.6, (pValues) => harmonicCombination({ pValues })),
      row('harmonic, 6 independent tests', 0, (pValues) => harmonicCombination({ pValues })),
    ]
  },
})
