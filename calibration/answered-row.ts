/** Coverage among the samples for which a method gave an interval at all: refusals say nothing false. */
import type { Random } from '../src/random/index.ts'
import type { Outcome } from '../src/stats/index.ts'
import type { CalibrationRow } from './calibration.ts'

const mostSamplesPerAnswer = 200

/**
 * Several intervals of every sample, a row for each label: `covered` says which of them held, in that order, or `undefined`
 * for a sample that was refused. Samples are drawn until `repetitions` are answered.
 */
export function answeredRows(options: {
  readonly setting: string
  readonly labels: readonly string[]
  readonly random: Random
  readonly repetitions: number
  readonly covered: (random: Random) => readonly boolean[] | undefined
}): readonly CalibrationRow[] {
  const { setting, labels, repetitions, covered } = options
  const stream = options.random.split(setting)
  const counts = new Int32Array(labels.length)
  let answered = 0
  for (let sample = 0; answered < repetitions && sample < mostSamplesPerAnswer * repetitions; sample++) {
    const held = covered(stream.split(sample))
    if (held === undefined) continue
    answered++
    for (const [at, holds] of held.entries()) if (holds) counts[at] = (counts[at] ?? 0) + 1
  }
  if (answered === 0) throw new Error(`${setting}: every sample was refused`)
  return labels.map((label, at) => ({
    setting: label === '' ? setting : `${setting}: ${label}`,
    rate: (counts[at] ?? 0) / answered,
    repetitions: answered,
    seed: stream.path,
  }))
}

/** One interval of every sample. */
export function answeredRow(options: {
  readonly setting: string
  readonly random: Random
  readonly repetitions: number
  readonly truth: number
  readonly answer: (random: Random) => Outcome
}): CalibrationRow {
  const { truth, answer, ...shared } = options
  const [row] = answeredRows({
    ...shared,
    labels: [''],
    covered: (random) => {
      const outcome = answer(random)
      if (outcome.kind === 'not-estimable') return undefined
      return [outcome.interval.lower <= truth && truth <= outcome.interval.upper]
    },
  })
  if (row === undefined) throw new Error(`${options.setting}: no row`)
  return row
}
