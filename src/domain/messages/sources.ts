import type { Messages } from './message.ts'

/** What reading a log can bring to light. */
export const sourceMessages = {
  'header-rows-mismatch': {
    text: 'The header of {path} promises {expected:count} responses; the file holds {found:count}.',
    fix: 'find the missing samples, or report only what the file holds',
    priority: 95,
  },
} as const satisfies Messages
