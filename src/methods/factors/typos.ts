/** Typing errors: letters replaced by a neighbour on a QWERTY keyboard. */
import { z } from 'zod'
import { changeText, defineFactor, textFieldsSchema } from '../../domain/index.ts'
import type { Random } from '../../random/index.ts'

const rows: readonly string[] = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm']

/** Keys that touch: beside it, and the two above and below on rows shifted by half a key. */
const neighbours: ReadonlyMap<string, string> = new Map(
  rows.flatMap((keys, row) =>
    [...keys].map((key, column): [string, string] => {
      const above = rows[row - 1] ?? ''
      const below = rows[row + 1] ?? ''
      const near = [
        keys[column - 1],
        keys[column + 1],
        above[column],
        above[column + 1],
        below[column - 1],
        below[column],
      ]
      return [key, near.filter((each) => each !== undefined).join('')]
    }),
  ),
)

export const typos = defineFactor({
  name: 'typos',
  title: 'Typing errors',
  version: 1,
  summary: 'Each letter a–z is replaced by a neighbouring QWERTY key with the given probability; case is kept.',
  kind: 'lexical',
  preserves: 'judged',
  parameters: z.strictObject({
    rates: z
      .array(z.number().min(0).max(1))
      .min(1)
      .default([0, 0.05, 0.1])
      .describe('probabilities per letter; the first is the reference'),
    fields: textFieldsSchema,
  }),
  references: ['Liang et al. 2022, Holistic evaluation of language models, arXiv 2211.09110'],
  stage: 35,
  levels: (given) => [...new Set(given.rates)].map(String),
  apply({ state, level, parameters: { fields }, random }) {
    const rate = Number(level)
    if (rate === 0) return state
    return changeText(state, {
      factor: 'typos',
      fields,
      change: (text, place) => withTypos({ text, rate, random: random.split(place) }),
    })
  },
})

function withTypos({
  text,
  rate,
  random,
}: {
  readonly text: string
  readonly rate: number
  readonly random: Random
}): string {
  return text.replace(/[a-z]/gi, (letter) => {
    if (random.uniform() >= rate) return letter
    const near = neighbours.get(letter.toLowerCase()) ?? letter
    const typed = near[random.integer(near.length)] ?? letter
    return letter === letter.toLowerCase() ? typed : typed.toUpperCase()
  })
}
