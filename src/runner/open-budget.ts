/** The budget of a run, with what it may have paid written down before it is. */
import type { Paid, Protocol } from '../domain/index.ts'
import { RunBudget } from './run-budget.ts'
import type { RunStudyOptions } from './run-study-options.ts'

export function openBudget(options: {
  readonly limits: Protocol['budget']
  readonly spent: Paid
  readonly journal: RunStudyOptions['journal']
  readonly concurrency: number
}): RunBudget {
  const { limits, spent, journal, concurrency } = options
  const budget = new RunBudget({
    limits,
    spent,
    toldAhead: concurrency,
    tell(upTo) {
      journal.append({ kind: 'allowance', ...upTo })
      // Without a limit nothing can be exceeded: what a power cut costs is then a figure on the page only.
      if (budget.limited) journal.flush()
      else journal.write()
    },
  })
  return budget
}
