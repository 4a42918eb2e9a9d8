/** Which fit items are shown as worked examples, and in which order. */
import type { Random } from '../../random/index.ts'
import { fail } from '../../stats/index.ts'
import type { BlindItem, Item } from '../item.ts'
import type { Exemplar } from '../render.ts'
import { lexicalSimilarity } from './lexical-similarity.ts'

/** The same examples for every question. */
export type FixedChoice =
  | { readonly by: 'random' | 'balanced'; readonly count: number; readonly random: Random }
  | { readonly by: 'listed'; readonly ids: readonly string[] }

export function exemplarOf(item: Item, reasoning: string | undefined): Exemplar {
  const { id: itemId, input, context, options, target } = item
  return { itemId, input, context, options, reasoning, answer: target[0] ?? '' }
}

/**
 * Balanced takes one example of every answer in turn (classes by first accepted answer, in an order that chance decides),
 * so that no answer stands in more than one example above another; what is shown is shuffled again.
 * Refuses more examples than there are, and listed ids that are not in the pool.
 */
export function chooseExemplars(pool: readonly Exemplar[], choice: FixedChoice): readonly Exemplar[] {
  if (choice.by === 'listed')
    return choice.ids.map((id) => {
      const found = pool.find(({ itemId }) => itemId === id)
      return found ?? fail('exemplar-not-in-fit-items', { item: id }, 'list ids of items that have the role fit')
    })
  const { by, count, random } = choice
  needExemplars(pool, count)
  const shuffled = shuffledBy(sorted(pool), random)
  if (by === 'random') return shuffled.slice(0, count)
  const classes = [...Map.groupBy(shuffled, ({ answer }) => answer).values()]
  const rounds = Math.max(...classes.map(({ length }) => length))
  const dealt = Array.from({ length: rounds }, (_, round) =>
    classes.flatMap((members) => members.slice(round, round + 1)),
  ).flat()
  return shuffledBy(dealt.slice(0, count), random.split('shown'))
}

/**
 * The examples nearest to a question, most similar last: what stands next to the question is copied most.
 * Equally similar ones go by id, so that the order of a file never matters.
 */
export function nearestExemplars(pool: readonly Exemplar[], count: number): (item: BlindItem) => readonly Exemplar[] {
  needExemplars(pool, count)
  const candidates = sorted(pool)
  const similarity = lexicalSimilarity(candidates.map(textOf))
  return (item) => {
    const likeness = similarity(textOf(item))
    return candidates
      .map((exemplar, index) => ({ exemplar, likeness: likeness[index] ?? 0 }))
      .filter(({ exemplar }) => exemplar.itemId !== item.id)
      .sort((a, b) => b.likeness - a.likeness)
      .slice(0, count)
      .reverse()
      .map(({ exemplar }) => exemplar)
  }
}

function needExemplars(pool: readonly Exemplar[], count: number): void {
  if (pool.length < count)
    fail('too-few-fit-items', { needed: count, usable: pool.length }, 'raise roles.fit of the protocol, or show fewer')
}

function textOf({ context, input, options }: Pick<Exemplar, 'context' | 'input' | 'options'>): string {
  return [context ?? '', input, ...(options ?? [])].join(' ')
}

function sorted(pool: readonly Exemplar[]): readonly Exemplar[] {
  return [...pool].sort((a, b) => (a.itemId < b.itemId ? -1 : 1))
}

function shuffledBy(pool: readonly Exemplar[], random: Random): readonly Exemplar[] {
  const order = Int32Array.from(pool, (_, index) => index)
  random.shuffle(order)
  return [...order].flatMap((index) => pool.slice(index, index + 1))
}
