/** Names that say "asked plainly": harnesses have a word each, and tables often none. In the order of a baseline. */
export const directNames = ['direct', 'none', 'default', 'baseline', 'zero-shot', 'zero_shot', 'as given', ''] as const

export function isDirect(technique: string): boolean {
  return directNames.some((name) => name === technique)
}
