import type { Messages } from './message.ts'

/** Findings, problems and unanswerable questions of the analyses. */
export const analysisMessages = {
  'no-observations': {
    text: 'There are no scored responses to analyse.',
    fix: 'pass a log that holds per-sample scores',
    priority: 100,
  },
} as const satisfies Messages
