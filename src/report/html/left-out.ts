import { formatNumber } from '../../domain/index.ts'
import { type Html, html } from './html.ts'

/** Says how much of a list is not on the page; nothing where all of it is. */
export function leftOut(total: number, shown: number, what: string): Html | undefined {
  if (total <= shown) return undefined
  const count = formatNumber(total - shown, 'count')
  return html`<p class="left-out">${count} more ${what} are left out here and complete in report.json.</p>`
}
