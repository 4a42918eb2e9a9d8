/** Every verb of the product, by hand. Loading is lazy: help needs only names and summaries and stays fast. */
import type { Operation } from './operation.ts'

export type {
  Complaint,
  ExitCode,
  Operation,
  OperationContext,
  OperationResult,
  ProgressEvent,
  Terminal,
} from './operation.ts'

export interface OperationListing {
  readonly name: string
  readonly summary: string
  load(): Promise<Operation>
}

export const operations: readonly OperationListing[] = [
  {
    name: 'report',
    summary: 'Turn evaluation logs into a page of evidence on six questions.',
    load: async () => (await import('./report.ts')).report,
  },
  {
    name: 'demo',
    summary: 'Run the report on a bundled example with planted faults.',
    load: async () => (await import('./demo.ts')).demo,
  },
  {
    name: 'plan rate',
    summary: 'How many trials it takes to show that a rate is below a threshold.',
    load: async () => (await import('./plan-rate.ts')).planRate,
  },
  {
    name: 'plan compare',
    summary: 'How many items it takes to tell two systems apart, or to show that they are alike.',
    load: async () => (await import('./plan-compare.ts')).planCompare,
  },
  {
    name: 'plan mde',
    summary: 'The smallest difference that a number of items, or a budget, can find.',
    load: async () => (await import('./plan-mde.ts')).planMde,
  },
]

/** Verbs of two words stand under their first, which has a summary of its own. */
export const operationGroups: Readonly<Record<string, string>> = {
  plan: 'Say before a run what it can show, and what it would take to show more.',
}
