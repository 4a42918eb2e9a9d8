/** Which hypotheses were tested, in which families, and what survives. */
import type { ReportDocument } from '../document.ts'
import { controlWords, ledgerWords, procedureWords, survivors } from '../ledger-words.ts'
import type { TableRecord } from '../record/figure-record.ts'
import type { LedgerRecord } from '../record/ledger-record.ts'
import { foldingTable } from './data-table.ts'
import { type Html, html } from './html.ts'
import type { PageLimits } from './page-limits.ts'

export function ledger({ ledger: record, sections }: ReportDocument, limits: PageLimits): Html | undefined {
  if (record.families.length === 0) return undefined
  const titles = new Map(sections.flatMap(({ analyses }) => analyses.map(({ name, title }) => [name, title] as const)))
  return html`<section id="ledger" aria-labelledby="ledger-title">
<h2 id="ledger-title">Hypotheses tested</h2>
<p class="lead">${ledgerWords(record)}</p>
${foldingTable(familyTable(record, titles), limits.tableRows)}
${foldingTable(hypothesisTable(record), limits.tableRows)}
</section>`
}

function familyTable({ families }: LedgerRecord, titles: ReadonlyMap<string, string>): TableRecord {
  return {
    title: 'Families of hypotheses, each decided together',
    columns: [
      { key: 'number', label: 'No.', format: 'count' },
      { key: 'family', label: 'Family', format: 'text' },
      { key: 'analysis', label: 'Under', format: 'text' },
      { key: 'hypotheses', label: 'Hypotheses', format: 'count' },
      { key: 'procedure', label: 'Procedure', format: 'text' },
      { key: 'alpha', label: 'Error rate', format: 'rate' },
      { key: 'controls', label: 'of what', format: 'text' },
      { key: 'survivors', label: 'Survive', format: 'count' },
    ],
    rows: families.map((family, index) => ({
      number: index + 1,
      family: family.family,
      analysis: titles.get(family.analysis) ?? family.analysis,
      hypotheses: family.hypotheses.length,
      procedure: procedureWords[family.method],
      alpha: family.alpha,
      controls: controlWords[family.controls],
      survivors: survivors(family),
    })),
    omittedRows: 0,
  }
}

/** The smallest adjusted p first: where there is no room for all, those that survive are shown. */
function hypothesisTable({ families }: LedgerRecord): TableRecord {
  const rows = families.flatMap(({ hypotheses }, index) =>
    hypotheses.map(({ name, kind, value, adjusted, survives }) => ({
      number: index + 1,
      name,
      p: kind === 'p-value' ? value : null,
      e: kind === 'e-value' ? value : null,
      adjusted,
      survives: survives ? 'yes' : 'no',
    })),
  )
  const withE = rows.some(({ e }) => e !== null)
  return {
    title: 'Hypotheses, smallest adjusted p first',
    columns: [
      { key: 'number', label: 'Family', format: 'count' },
      { key: 'name', label: 'Hypothesis', format: 'text' },
      { key: 'p', label: 'p', format: 'p-value' },
      ...(withE ? [{ key: 'e', label: 'e-value', format: 'number' as const }] : []),
      { key: 'adjusted', label: 'p, adjusted', format: 'p-value' },
      { key: 'survives', label: 'Survives', format: 'text' },
    ],
    rows: rows.toSorted((a, b) => (a.adjusted ?? 2) - (b.adjusted ?? 2) || a.number - b.number),
    omittedRows: 0,
  }
}
