/** The text noise of best-of-N attacks, harmless here: letters scrambled, case flipped, characters off by one. */
import { z } from 'zod'
import { changeText, defineFactor, textFieldsSchema } from '../../domain/index.ts'
import type { Random } from '../../random/index.ts'

export const bestOfNNoise = defineFactor({
  name: 'best-of-n-noise',
  title: 'Best-of-N noise',
  version: 1,
  summary:
    'With strength σ: inner letters of a word scrambled with probability √σ, case of a letter flipped with √σ, a character moved by one code with σ³.',
  kind: 'lexical',
  preserves: 'judged',
  parameters: z.strictObject({
    draws: z.int().min(1).max(1000).default(3).describe('number of independent draws'),
    strength: z.number().gt(0).max(1).default(0.4).describe('strength σ'),
    fields: textFieldsSchema,
  }),
  references: ['Hughes et al. 2024, Best-of-N jailbreaking, arXiv 2412.03556'],
  stage: 39,
  levels: ({ draws }) => ['as-is', ...Array.from({ length: draws }, (_, draw) => `draw-${draw + 1}`)],
  apply({ state, level, parameters: { strength, fields }, random }) {
    if (level === 'as-is') return state
    return changeText(state, {
      factor: 'best-of-n-noise',
      fields,
      change(text, place) {
        const stream = random.split(place)
        const scrambled = scramble({ text, rate: Math.sqrt(strength), random: stream.split('scramble') })
        const flipped = flipCase({ text: scrambled, rate: Math.sqrt(strength), random: stream.split('case') })
        return nudge({ text: flipped, rate: strength ** 3, random: stream.split('characters') })
      },
    })
  },
})

interface Noise {
  readonly text: string
  readonly rate: number
  readonly random: Random
}

/** First and last letter stay; words of three letters or fewer stay whole. */
function scramble({ text, rate, random }: Noise): string {
  return text.replace(/\S{4,}/g, (word) => {
    if (random.uniform() >= rate) return word
    const letters = [...word]
    const places = letters.slice(1, -1).map((_, index) => index + 1)
    random.shuffle(places)
    return [letters[0], ...places.map((place) => letters[place]), letters.at(-1)].join('')
  })
}

function flipCase({ text, rate, random }: Noise): string {
  return text.replace(/[a-z]/gi, (letter) => {
    if (random.uniform() >= rate) return letter
    return letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase()
  })
}

/** Printable ASCII moves to the code before or after, if that is printable too. */
function nudge({ text, rate, random }: Noise): string {
  return text.replace(/[!-~]/g, (character) => {
    if (random.uniform() >= rate) return character
    const code = character.charCodeAt(0) + (random.integer(2) === 0 ? -1 : 1)
    return code > 32 && code < 127 ? String.fromCharCode(code) : character
  })
}
