/** Markup that cannot be injected into: everything put into an `html` template is escaped unless it is markup itself. */
import { cleanText } from '../clean-text.ts'

export class Html {
  readonly markup: string

  constructor(markup: string) {
    this.markup = markup
  }
}

export type HtmlPart = string | Html | undefined | readonly HtmlPart[]

/** html`<p>${untrusted}</p>` escapes; lists are joined; undefined is nothing. */
export function html(strings: TemplateStringsArray, ...parts: readonly HtmlPart[]): Html {
  let markup = strings[0] ?? ''
  for (const [index, part] of parts.entries()) markup += markupOf(part) + (strings[index + 1] ?? '')
  return new Html(markup)
}

/** Markup that this program made itself, such as a drawing. Never text from a log. */
export function trusted(markup: string): Html {
  return new Html(markup)
}

/** A number keeps its percent sign, and n its value, on one line. */
export function escapeHtml(text: string): string {
  return cleanText(text)
    .replaceAll(/(?<=\d) (?=%)|(?<=\b[np]) (?=[=≤] )|(?<=\b[np] [=≤]) (?=\d)/g, '\u00a0')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}

function markupOf(part: HtmlPart): string {
  if (part === undefined) return ''
  if (part instanceof Html) return part.markup
  if (typeof part === 'string') return escapeHtml(part)
  return part.map(markupOf).join('')
}
