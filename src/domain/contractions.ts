/** Contractions of English: pairs of words and their short forms. */

const pairs: readonly (readonly [string, string])[] = [
  ['are not', "aren't"],
  ['cannot', "can't"],
  ['could not', "couldn't"],
  ['did not', "didn't"],
  ['does not', "doesn't"],
  ['do not', "don't"],
  ['had not', "hadn't"],
  ['has not', "hasn't"],
  ['have not', "haven't"],
  ['is not', "isn't"],
  ['must not', "mustn't"],
  ['should not', "shouldn't"],
  ['was not', "wasn't"],
  ['were not', "weren't"],
  ['will not', "won't"],
  ['would not', "wouldn't"],
  ['he is', "he's"],
  ['he will', "he'll"],
  ['here is', "here's"],
  ['how is', "how's"],
  ['I am', "I'm"],
  ['I have', "I've"],
  ['I will', "I'll"],
  ['it is', "it's"],
  ['it will', "it'll"],
  ['let us', "let's"],
  ['she is', "she's"],
  ['she will', "she'll"],
  ['that is', "that's"],
  ['there is', "there's"],
  ['they are', "they're"],
  ['they have', "they've"],
  ['they will', "they'll"],
  ['we are', "we're"],
  ['we have', "we've"],
  ['we will', "we'll"],
  ['what is', "what's"],
  ['where is', "where's"],
  ['who is', "who's"],
  ['you are', "you're"],
  ['you have', "you've"],
  ['you will', "you'll"],
]

const shortOf = new Map(pairs.map(([long, short]) => [long.toLowerCase(), short]))
const longOf = new Map(pairs.map(([long, short]) => [short.toLowerCase(), long]))

/** "It is" becomes "It's"; the case of the first letter is kept. */
export function contract(text: string): string {
  return text.replace(wordsOf(shortOf), (found) =>
    inCaseOf(found, shortOf.get(found.toLowerCase().replace(/\s+/, ' '))),
  )
}

/** "It's" becomes "It is". Possessives are not touched: only listed short forms are. */
export function expandContractions(text: string): string {
  const straight = (found: string): string => found.toLowerCase().replace('’', "'")
  return text.replace(wordsOf(longOf), (found) => inCaseOf(found, longOf.get(straight(found))))
}

function wordsOf(map: ReadonlyMap<string, string>): RegExp {
  const words = [...map.keys()].map((word) => word.replace(' ', '\\s+').replace("'", "['’]"))
  return new RegExp(`(?<![\\p{L}\\p{N}'’])(?:${words.join('|')})(?![\\p{L}\\p{N}'’])`, 'giu')
}

function inCaseOf(found: string, written: string | undefined): string {
  if (written === undefined) return found
  const first = found.charAt(0)
  const starts = first === first.toUpperCase() ? written.charAt(0).toUpperCase() : written.charAt(0)
  return starts + written.slice(1)
}
