import { expect, expectTypeOf, test } from 'vitest'
import { openRandom } from '../random/index.ts'
import * as stats from '../stats/index.ts'
import { answerRequest } from './answer-request.ts'
import { inputs } from './fixtures/inputs.ts'
import { runStatistic } from './node.ts'
import type { StatisticInput, StatisticName } from './statistic-data.ts'
import { statistics } from './statistics.ts'
import type { StatisticAnswer } from './worker-messages.ts'

const names = Object.keys(statistics) as StatisticName[]

/** What a thread would answer, computed here on a clone of the same request. */
function answersTo(name: string, input: unknown): readonly StatisticAnswer[] {
  const answers: StatisticAnswer[] = []
  answerRequest(structuredClone({ name, input }), (answer) => answers.push(structuredClone(answer)))
  return answers
}

/** The same call without a thread, with the stream itself. */
function calledHere(name: StatisticName): unknown {
  const input = inputs[name]
  const { seed, path } = { seed: 7, path: ['inputs', 1] }
  const random = path.reduce((stream, part) => stream.split(part), openRandom(seed))
  const method = statistics[name] as (input: unknown) => unknown
  return method('random' in input ? { ...input, random } : input)
}

test('every statistic of the list takes a cloned input and returns, cloned, what its function returns', () => {
  expect(names.length).toBeGreaterThanOrEqual(40)
  for (const name of names) {
    const [last, ...earlier] = answersTo(name, inputs[name]).toReversed()
    expect({ name, last }).toEqual({ name, last: { kind: 'output', output: calledHere(name) } })
    expect(earlier.every(({ kind }) => kind === 'progress')).toBe(true)
  }
})

test('statistics that draw, iterate or search tell how far they are, in about a hundred steps at most', () => {
  const telling = names.filter((name) => answersTo(name, inputs[name]).length > 1)
  expect(telling).toEqual(
    expect.arrayContaining([
      'abilityBootstrap',
      'bootstrapBca',
      'bootstrapBiasCorrected',
      'bootstrapPercentile',
      'bootstrapTwoLevel',
      'crossedBootstrap',
      'crossedLogit',
      'cyclicFlow',
      'decisionStudy',
      'eloDispersion',
      'itemResponseModel',
      'multilevelBootstrap',
      'requiredPairs',
      'signFlipTest',
      'simultaneousIntervals',
      'variantSpread',
    ]),
  )
  const told = answersTo('crossedBootstrap', { ...inputs.crossedBootstrap, draws: 1_000 }).flatMap((answer) =>
    answer.kind === 'progress' ? [answer.progress] : [],
  )
  expect(told).toEqual(Array.from({ length: 100 }, (_, step) => ({ done: 10 * step, total: 1_000 })))
})

test('runStatistic gives byte for byte what the function gives on the main thread, with its type', async () => {
  const fit = await runStatistic('bradleyTerry', inputs.bradleyTerry)
  expectTypeOf(fit).toEqualTypeOf<stats.AbilityFit | stats.NotEstimable>()
  expectTypeOf<StatisticInput<'bootstrapBca'>['of']>().toEqualTypeOf<{ readonly values: ArrayLike<number> }>()
  expect(fit).toEqual(calledHere('bradleyTerry'))
  const told: stats.Progress[] = []
  const options = { onProgress: (progress: stats.Progress) => told.push(progress) }
  const bootstrap = await runStatistic('abilityBootstrap', inputs.abilityBootstrap, options)
  expect(bootstrap).toEqual(calledHere('abilityBootstrap'))
  expect(told.at(-1)).toEqual({ done: 49, total: 50 })
})

test('runStatistic rejects with the coded error of the function, and with one for functions and for unknown names', async () => {
  const wrong = { ...inputs.clusterMean, level: 95 }
  const error = await runStatistic('clusterMean', wrong).catch((thrown) => thrown)
  expect(error).toEqual(caught(() => stats.clusterMean(wrong)))
  expect(error).toBeInstanceOf(stats.AssayError)
  const own = { ...inputs.bootstrapBca, of: { rows: 5, statistic: () => 1 } }
  await expect(runStatistic('bootstrapBca', own as never)).rejects.toMatchObject({ code: 'input-not-data' })
  expect(answersTo('wilsonn', {})).toMatchObject([{ kind: 'thrown', coded: { code: 'statistic-unknown' } }])
})

test('runStatistic ends at once wherever the statistic is, with the reason of its signal, and the thread asking stays free', async () => {
  const interruption = new AbortController()
  let ticks = 0
  let abortedAt = Number.NaN
  const clock = setInterval(() => ticks++, 10)
  const long = { ...inputs.abilityBootstrap, draws: 1_000_000 }
  const computing = runStatistic('abilityBootstrap', long, {
    signal: interruption.signal,
    onProgress: ({ done }) => {
      if (done > 0) return
      setTimeout(() => {
        abortedAt = performance.now()
        interruption.abort(new Error('no longer wanted'))
      }, 200)
    },
  })
  await expect(computing).rejects.toThrow('no longer wanted')
  // Rejected before the thread has ended: the time is that of an event, on cores that other tests share.
  expect(performance.now() - abortedAt).toBeLessThan(500)
  clearInterval(clock)
  expect(ticks).toBeGreaterThanOrEqual(5)
  const late = { signal: AbortSignal.abort(new Error('too late')) }
  await expect(runStatistic('abilityBootstrap', long, late)).rejects.toThrow('too late')
})

function caught(act: () => unknown): unknown {
  try {
    return act()
  } catch (error) {
    return error
  }
}
