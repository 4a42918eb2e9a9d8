/** How alike texts are by the letters they share: no model, no dependency, the same on every machine. */

/** Similarity of a text to each of the texts the measure was built on, 0 to 1, in their order. */
export type Similarity = (text: string) => readonly number[]

/**
 * Cosine of TF-IDF vectors over character n-grams of 3 to 5 inside words (Salton and Buckley 1988; sublinear term
 * frequency 1 + ln tf, smoothed inverse document frequency ln((1 + N)/(1 + df)) + 1). Grams that no text of the collection
 * holds count in the length of the query, so that a strange text is like none. Texts without letters are like none.
 *
 * lexicalSimilarity(['the cat sat', 'stock prices fell'])('a cat sits').map((value) => value > 0.1) // => [true, false]
 */
export function lexicalSimilarity(texts: readonly string[]): Similarity {
  const counts = texts.map(gramCounts)
  const documents = new Map<string, number>()
  for (const grams of counts) for (const gram of grams.keys()) documents.set(gram, (documents.get(gram) ?? 0) + 1)
  const weigh = (grams: ReadonlyMap<string, number>): Weighted => {
    const weights = new Map<string, number>()
    let squares = 0
    for (const [gram, count] of grams) {
      const rarity = Math.log((1 + texts.length) / (1 + (documents.get(gram) ?? 0))) + 1
      const weight = (1 + Math.log(count)) * rarity
      weights.set(gram, weight)
      squares += weight * weight
    }
    return { weights, length: Math.sqrt(squares) }
  }
  const collection = counts.map(weigh)
  return (text) => {
    const query = weigh(gramCounts(text))
    return collection.map((other) => cosine(query, other))
  }
}

interface Weighted {
  readonly weights: ReadonlyMap<string, number>
  readonly length: number
}

function cosine(a: Weighted, b: Weighted): number {
  if (a.length === 0 || b.length === 0) return 0
  let product = 0
  for (const [gram, weight] of a.weights) product += weight * (b.weights.get(gram) ?? 0)
  return Math.min(1, product / (a.length * b.length))
}

/** Grams of every word with a space on either side, in the order first seen. */
function gramCounts(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const [word] of text
    .normalize('NFKC')
    .toLowerCase()
    .matchAll(/[\p{L}\p{N}]+/gu)) {
    const letters = [' ', ...word, ' ']
    for (let size = 3; size <= 5; size++)
      for (let start = 0; start + size <= letters.length; start++) {
        const gram = letters.slice(start, start + size).join('')
        counts.set(gram, (counts.get(gram) ?? 0) + 1)
      }
  }
  return counts
}
