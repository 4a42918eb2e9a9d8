/** Imports nothing: it must run on any Node before anything newer is loaded. */

/**
 * Why this Node cannot run Assay, or undefined where it can.
 *
 * nodeRefusal('24.21.0') // => undefined
 */
export function nodeRefusal(version: string): string | undefined {
  const major = Number(version.split('.')[0])
  return major >= 24
    ? undefined
    : `assay needs Node 24 or newer; this is ${version}. Fix: install Node 24 from https://nodejs.org, or run "npx --package=node@24 --package=assay assay".`
}
