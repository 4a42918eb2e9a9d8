/** The consensus above which a vote is trusted more than a direct answer, chosen on items that are not reported. */

export interface RoutedItem {
  /** Share of samples that gave the winning answer. */
  readonly consensus: number
  readonly voteRight: boolean
  readonly directRight: boolean
}

export interface Threshold {
  readonly threshold: number
  /** Right answers on the items it was chosen on: optimistic, because it was the best of several. */
  readonly right: number
  readonly items: number
}

/**
 * Tries every threshold at which the choice can change: 0 (always the vote), each share j/k, and beyond 1 (never). Of
 * equally good ones the lowest wins, so that the vote is kept unless giving it up helped.
 */
export function chooseThreshold(items: readonly RoutedItem[], samples: number): Threshold {
  const grid = [...Array.from({ length: samples + 1 }, (_, votes) => votes / samples), 1 + 1 / samples]
  const tried = grid.map((threshold): Threshold => {
    const right = items.filter(({ consensus, voteRight, directRight }) =>
      consensus >= threshold ? voteRight : directRight,
    )
    return { threshold, right: right.length, items: items.length }
  })
  return tried.reduce((best, next) => (next.right > best.right ? next : best))
}
