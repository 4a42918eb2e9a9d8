/** Fixes are written as fragments; on a page they stand alone. */
export function sentence(fragment: string): string {
  const text = fragment.charAt(0).toUpperCase() + fragment.slice(1)
  return /[.!?…]$/.test(text) ? text : `${text}.`
}
