/** Wins over one opponent, with how much longer each answer is than the opponent's. */
import {
  categoryAt,
  type Measure,
  type Observations,
  onePerItem,
  type ResponseScores,
  responseScores,
} from '../../../domain/index.ts'
import {
  type LengthControlledWinRate,
  lengthControlledWinRate,
  type NotEstimable,
  notEstimable,
} from '../../../stats/index.ts'

export interface LengthControl {
  readonly measure: Measure
  readonly model: string
  /** Items with a score and both lengths, one response each. */
  readonly battles: number
  readonly raw: number
  /** Mean length of the model's answers over that of the opponent's. */
  readonly lengthRatio: number
  /** Items on which the model's answer is the longer one. */
  readonly longerShare: number
  readonly fit: LengthControlledWinRate | NotEstimable
}

const opponentNames = /(opponent|reference|baseline)[ _-]?(answer[ _-]?)?(length|len|tokens|chars|characters)$/i

/** Attribute that holds the length of the opponent's answer: as the caller says, else by its name. */
export function opponentLength(observations: Observations, named: string | undefined): string | undefined {
  return [...observations.attributes.keys()].find((name) =>
    named === undefined ? opponentNames.test(name) : name === named,
  )
}

interface LengthOptions {
  readonly measure: Measure
  readonly attribute: string
  readonly ridge: number
  readonly level: number
}

export function lengthControls(observations: Observations, options: LengthOptions): readonly LengthControl[] {
  const { measure } = options
  return responseScores(observations, { task: measure.task, measures: [measure] }).flatMap((table) => {
    const found = controlOf(observations, table, options)
    return found === undefined ? [] : [{ measure, model: table.model, ...found }]
  })
}

function controlOf(
  observations: Observations,
  table: ResponseScores,
  { attribute, ridge, level }: LengthOptions,
): Omit<LengthControl, 'measure' | 'model'> | undefined {
  const column = observations.attributes.get(attribute)
  const own = (response: number) => observations.outputTokens[table.row[response] ?? 0] ?? Number.NaN
  const other = (response: number) =>
    Number(column === undefined ? Number.NaN : (categoryAt(column, table.row[response] ?? 0) ?? Number.NaN))
  const scored = (response: number) => table.values[response] ?? Number.NaN
  const known = (response: number) => [own, other, scored].every((of) => Number.isFinite(of(response)))
  const { chosen, clusters } = onePerItem(observations, table, (response) => (known(response) ? 0 : -1))
  if (chosen.length === 0) return undefined
  const outcomes = Float64Array.from(chosen, scored)
  const lengths = { own: Float64Array.from(chosen, own), other: Float64Array.from(chosen, other) }
  const differences = lengths.own.map((length, at) => length - (lengths.other[at] ?? Number.NaN))
  const total = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0)
  return {
    battles: chosen.length,
    raw: total(outcomes) / chosen.length,
    lengthRatio: total(lengths.own) / total(lengths.other),
    longerShare: differences.filter((difference) => difference > 0).length / chosen.length,
    fit:
      clusters !== undefined
        ? notEstimable('battles-in-clusters', {})
        : lengthControlledWinRate({ lengthDifferences: differences, outcomes, ridge, level }),
  }
}
