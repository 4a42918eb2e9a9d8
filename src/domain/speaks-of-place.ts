/** Options that only mean what they say where they stand. */

/**
 * Whether an option speaks of the others by their place; such an option must not be moved.
 *
 * speaksOfPlace('None of the above') // => true
 */
export function speaksOfPlace(option: string): boolean {
  return placeWords.test(option)
}

const placeWords =
  /\b(?:all|none|both|neither|any|each|two|some)\b.{0,12}\b(?:above|below|preceding|following|these|the others?|other options)\b/i
