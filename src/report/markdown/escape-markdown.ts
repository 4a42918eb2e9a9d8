import { cleanText } from '../clean-text.ts'

/**
 * Text as GitHub would have to show it, whatever a log put into it: no markup, no link, no image, no table cell, no
 * mention of a person, no reference to an issue.
 *
 * escapeMarkdown('<b>*x*</b> @me #1') // => '&lt;b&gt;\\*x\\*&lt;/b&gt; @\u2060me #\u20601'
 */
export function escapeMarkdown(text: string): string {
  return (
    cleanText(text)
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll(/[\\`*_[\]|~$]/g, (mark) => `\\${mark}`)
      .replace(/^([-+=#])/, '\\$1')
      .replace(/^(\d+)([.)])(?=\s|$)/, '$1\\$2')
      // A word joiner is invisible and breaks what GitHub would turn into links.
      .replaceAll(/@(?=\w)|#(?=\d)|(?<=\bGH)-(?=\d)/gi, (mark) => `${mark}\u2060`)
      .replaceAll('://', ':\u2060//')
      .replaceAll(/\bwww\.(?=\S)/gi, (mark) => `${mark.slice(0, 3)}\u2060.`)
  )
}

/** The same as code, for paths and names: GitHub makes nothing of what stands in code. */
export function markdownCode(text: string): string {
  const clean = cleanText(text).replaceAll('`', 'ˋ').replaceAll('|', '\\|')
  return clean === '' ? '` `' : `\`${clean}\``
}
