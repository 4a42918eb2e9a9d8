/** How often a claim is supported beyond what holds, where settings are a sample and matter a lot. */
import { claimOf, studyOf } from '../../src/domain/fixtures/study-of.ts'
import { cellCount, followClaims } from '../../src/domain/index.ts'
import type { Random } from '../../src/random/index.ts'
import { hoeffdingLowerLimit } from '../../src/stats/index.ts'
import { defineCalibration } from '../calibration.ts'
import { betaDeviate, simulatedRow } from '../simulated-scores.ts'

/** Rate of a drawn setting; its mean over all settings is 0.7. */
interface SettingsWorld {
  readonly name: string
  readonly rate: (random: Random) => number
}

const worlds: readonly SettingsWorld[] = [
  { name: 'standard deviation 0.25', rate: (random) => betaDeviate(random, { mean: 0.7, correlation: 0.3 }) },
  { name: 'one in ten a disaster', rate: (random) => (random.uniform() < 0.1 ? 0.07 : 0.77) },
  { name: 'settings do not matter', rate: () => 0.7 },
]

function overSettings(
  random: Random,
  options: { readonly settings: number; readonly rule: 'anytime' | 'fixed'; readonly world: SettingsWorld },
): boolean {
  const { settings, rule, world } = options
  const study = studyOf({
    items: 60,
    claims: [claimOf({ quantifier: 'mean', threshold: 0.7 })],
    rule,
    changes: {
      settings: Array.from({ length: settings }, (_, index) => ({ f: `${index}` })),
      design: {
        name: 'random',
        selection: 'random-draw',
        licenses: ['mean'],
        statement: { code: 'design-random', values: {} },
      },
    },
  })
  const rates = Array.from({ length: settings }, () => world.rate(random))
  const follower = followClaims(study)
  for (let index = 0; index < cellCount(study) && follower.stoppedAt === undefined; index++) {
    const score = random.uniform() < (rates[index % settings] ?? 0) ? 1 : 0
    follower.add(index, { s: { strict: score, lenient: score } })
  }
  return follower.standings().some(({ decision, track }) => decision === 'supported' && track?.overSettings()?.beyond)
}

export const drawnSettingsCalibration = defineCalibration({
  name: 'claims-over-drawn-settings',
  title: 'Claim of a mean over all settings, supported at the threshold itself, from a few that were drawn',
  kind: 'level',
  nominal: 0.05,
  verdict: 'at-most',
  note: '60 items under each setting. A two-way t interval of the same rows, settings as random units, lies above the threshold in 24 % of runs of the second world with 5 settings and in 12 % with 20: the disaster is then not among them.',
  run: ({ random, repetitions }) =>
    worlds.flatMap((world) =>
      (['anytime', 'fixed'] as const).flatMap((rule) =>
        [1, 2, 5, 20].map((settings) =>
          simulatedRow({
            setting: `${settings} ${settings === 1 ? 'setting' : 'settings'}, ${world.name}, rule ${rule}`,
            random,
            repetitions,
            holds: (stream) => overSettings(stream, { settings, rule, world }),
          }),
        ),
      ),
    ),
})

export const hoeffdingLimitCalibration = defineCalibration({
  name: 'hoeffding-limit',
  title: 'Lower limit of Hoeffding for a mean of bounded draws, 95 %',
  kind: 'coverage',
  nominal: 0.95,
  verdict: 'at-least',
  note: 'Conservative for every distribution on the unit interval; the third world is drawn without replacement from 30 values.',
  run: ({ random, repetitions }) =>
    [1, 2, 5, 20].flatMap((n) => {
      const covers = (values: readonly number[], truth: number): boolean =>
        hoeffdingLowerLimit({ mean: values.reduce((sum, value) => sum + value, 0) / n, n, errorRate: 0.05 }) <= truth
      const draws = (stream: Random, draw: (random: Random) => number): readonly number[] =>
        Array.from({ length: n }, () => draw(stream))
      const list = Array.from({ length: 30 }, (_, index) => (index < 3 ? 0 : 0.9))
      const row = (setting: string, holds: (random: Random) => boolean) =>
        simulatedRow({ setting: `${n} draws, ${setting}`, random, repetitions, holds })
      const tight = 0.049 ** (1 / n)
      return [
        row('0/1 at the rate where only all successes mislead', (stream) =>
          covers(
            draws(stream, (each) => (each.uniform() < tight ? 1 : 0)),
            tight,
          ),
        ),
        row('0/1 at rate 0.95', (stream) =>
          covers(
            draws(stream, (each) => (each.uniform() < 0.95 ? 1 : 0)),
            0.95,
          ),
        ),
        row('0.77, one in ten 0.07', (stream) =>
          covers(
            draws(stream, (each) => (each.uniform() < 0.1 ? 0.07 : 0.77)),
            0.7,
          ),
        ),
        row('without replacement, three of thirty 0', (stream) => {
          const places = Int32Array.from(list, (_, index) => index)
          stream.shuffle(places)
          return covers(
            Array.from(places.slice(0, n), (place) => list[place] ?? 0),
            0.81,
          )
        }),
      ]
    }),
})
