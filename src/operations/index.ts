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
    name: 'init',
    summary: 'Write a commented protocol with items, to start from.',
    load: async () => (await import('./init.ts')).init,
  },
  {
    name: 'register',
    summary: 'Freeze a protocol before its run: content hash, time, optional signature.',
    load: async () => (await import('./register.ts')).register,
  },
  {
    name: 'run',
    summary: 'Run a protocol until every claim is decided, resumably.',
    load: async () => (await import('./run.ts')).run,
  },
  {
    name: 'resume',
    summary: 'Go on with an interrupted run; nothing that is done is asked again.',
    load: async () => (await import('./resume.ts')).resume,
  },
  {
    name: 'export',
    summary: 'Write a run as Inspect logs, Every Eval Ever records, CSV or Parquet.',
    load: async () => (await import('./export.ts')).exportRun,
  },
  {
    name: 'report',
    summary: 'Turn evaluation logs into a page of evidence on six questions.',
    load: async () => (await import('./report.ts')).report,
  },
  {
    name: 'paraphrase',
    summary: 'Word the instruction of a protocol otherwise, and keep what two judges find to ask for the same.',
    load: async () => (await import('./paraphrase.ts')).paraphrase,
  },
  {
    name: 'coverage',
    summary: 'Count which combinations of settings logs hold, and list the settings that would complete them.',
    load: async () => (await import('./coverage.ts')).coverage,
  },
  {
    name: 'demo',
    summary: 'Run the report on a bundled example with planted faults.',
    load: async () => (await import('./demo.ts')).demo,
  },
  {
    name: 'plan protocol',
    summary: 'What a protocol costs, what it can find, and which sentence it may license, before any call.',
    load: async () => (await import('./plan-protocol.ts')).planProtocol,
  },
  {
    name: 'plan rate',
    summary: 'How many trials it takes to show that a rate is below a threshold.',
    load: async () => (await import('./plan-rate.ts')).planRate,
  },
  {
    name: 'plan threshold',
    summary: 'How many trials it takes to show that a rate exceeds a threshold, up to five sigma.',
    load: async () => (await import('./plan-threshold.ts')).planThreshold,
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

/** Second words that may be left out before a plain argument: `assay plan protocol.yaml`. */
export const defaultVerbs: Readonly<Record<string, string>> = { plan: 'protocol' }
