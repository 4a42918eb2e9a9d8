import { expect, test } from 'vitest'
import { pluralityVote } from './vote.ts'

/** P(the vote is right) with two possible answers, by summing over all counts of right samples. */
function majorityRight(probability: number, samples: number): number {
  let total = 0
  let choose = 1
  for (let right = 0; right <= samples; right++) {
    const answers = [...Array<string>(right).fill('right'), ...Array<string>(samples - right).fill('wrong')]
    const mass = choose * probability ** right * (1 - probability) ** (samples - right)
    if (pluralityVote(answers)?.answer === 'right') total += mass
    choose = (choose * (samples - right)) / (right + 1)
  }
  return total
}

// scipy 1.17.1 binom.sf(k // 2, k, p), rounded to four digits.
test.each([
  [0.6, 5, 0.6826],
  [0.6, 31, 0.8716],
  [0.4, 5, 0.3174],
  [0.4, 31, 0.1284],
])(
  'pluralityVote amplifies both ways: with p = %d and %i samples it is right with probability %d',
  (p, k, expected) => {
    expect(Math.abs(majorityRight(p, k) - expected)).toBeLessThan(5e-5)
  },
)

test('pluralityVote votes over answers, not over scores: 40 % right beats three wrong answers with 20 % each', () => {
  const vote = pluralityVote(['4', '5', '6', '7', '4'])
  expect(vote).toEqual({ answer: '4', first: 0, votes: 2, abstained: 0, tied: [] })
})

test('pluralityVote names ties, keeps the first seen, and lets undefined abstain', () => {
  expect(pluralityVote([undefined, 'b', 'a', 'a', 'b'])).toEqual({
    answer: 'b',
    first: 1,
    votes: 2,
    abstained: 1,
    tied: ['a'],
  })
  expect(pluralityVote([undefined, undefined])).toBeUndefined()
  expect(pluralityVote([])).toBeUndefined()
})
