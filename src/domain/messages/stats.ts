import type { Messages } from './message.ts'

/** Caveats and reasons that statistics give. */
export const statsMessages = {
  'too-few-values': {
    text: 'Needs at least {needed:count} independent units; there are {given:count}.',
    fix: 'collect more items or clusters',
    priority: 40,
  },
} as const satisfies Messages
