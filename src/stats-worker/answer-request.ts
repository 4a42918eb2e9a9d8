/** The work of a thread, wherever it runs: computes the statistic that it is asked for. */
import { openRandom, type Random } from '../random/index.ts'
import { AssayError, fail } from '../stats/fail.ts'
import type { OnProgress } from '../stats/progress.ts'
import type { RandomName, StatisticInput, StatisticName, StatisticOutput } from './statistic-data.ts'
import { statistics } from './statistics.ts'
import type { StatisticAnswer, StatisticRequest } from './worker-messages.ts'

export function answerRequest({ name, input }: StatisticRequest, answer: (message: StatisticAnswer) => void): void {
  try {
    if (!isStatistic(name)) {
      fail('statistic-unknown', { name }, `ask for one of ${Object.keys(statistics).join(', ')}`)
    }
    // The caller's types have held the input to the name; between the threads there is only data.
    const asked = input as StatisticInput<typeof name>
    const output = computeStatistic(name, asked, (progress) => answer({ kind: 'progress', progress }))
    answer({ kind: 'output', output })
  } catch (error) {
    answer({ kind: 'thrown', error, ...(error instanceof AssayError ? { coded: codedOf(error) } : {}) })
  }
}

function computeStatistic<Name extends StatisticName>(
  name: Name,
  input: StatisticInput<Name>,
  onProgress: OnProgress,
): StatisticOutput<Name> {
  const method = statistics[name] as (input: unknown, onProgress: OnProgress) => StatisticOutput<Name>
  return method(withStream(input), onProgress)
}

/** The same record with the stream that its `random` names. */
function withStream(input: unknown): unknown {
  if (typeof input !== 'object' || input === null || !('random' in input)) return input
  return { ...input, random: openStream(input.random as RandomName) }
}

function openStream({ seed, path = [] }: RandomName): Random {
  return path.reduce<Random>((stream, name) => stream.split(name), openRandom(seed))
}

function isStatistic(name: string): name is StatisticName {
  return Object.hasOwn(statistics, name)
}

function codedOf({ code, message, values, fix }: AssayError) {
  return { code, message, values, fix }
}
