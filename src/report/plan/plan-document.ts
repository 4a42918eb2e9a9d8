/** A plan as data: what to run, why, and what it rests on. The terminal, the page and the JSON say the same. */
import type { Figure, Table } from '../../domain/index.ts'

export interface PlanDocument {
  readonly title: string
  /** Sentences, most important first: the first is the plan itself. */
  readonly answer: readonly string[]
  readonly tables: readonly PlanTable[]
  /** The terminal draws the first; all are on the page. */
  readonly figures: readonly Extract<Figure, { kind: 'curves' }>[]
  /** What the numbers rest on, most important first. */
  readonly notes: readonly string[]
}

export interface PlanTable {
  readonly table: Table
  /** A terminal has room for the tables that decide; a page has room for all. */
  readonly shownIn: 'terminal-and-page' | 'page'
}
