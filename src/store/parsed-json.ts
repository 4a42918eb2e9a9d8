/** Text that may be no JSON: whoever reads it has a message of its own for that. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
