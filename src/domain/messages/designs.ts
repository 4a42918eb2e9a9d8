import type { Messages } from './message.ts'

/** What each design licenses, and what it does not. */
export const designMessages = {
  'design-full': {
    text: 'Every allowed setting is run ({settings:count} of {factors:count} {factors?factor|factors}): averages, quantiles and the worst case over these settings may be claimed, of settings that are not listed nothing.',
  },
  'design-one-at-a-time': {
    text: 'Each level is changed alone from the reference ({settings:count} settings, {forbidden:count} forbidden): it shows what one change does to the reference and that something happens; it carries no average or worst case over settings, and interactions stay unseen.',
  },
} satisfies Messages
