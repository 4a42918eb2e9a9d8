import type { Messages } from './message.ts'

/** Words for what a run paid, what it was spared, and what it paid in vain. */
export const runCostMessages = {
  'claim-savings': {
    text: 'The sequential rule used {used:count} units; a test of fixed length with the same errors would have needed {fixed:count}.',
  },
  'run-saved': {
    text: 'The run ended once every claim was decided: {cells:count} of {total:count} cells were asked in {calls:count} calls. At that pace the rest would have taken about {callsSpared:count} calls more.',
  },
  'run-saved-money': {
    text: 'The run ended once every claim was decided: {cells:count} of {total:count} cells were asked in {calls:count} calls for {usd:usd}. At that pace the rest would have taken about {callsSpared:count} calls and {usdSpared:usd} more.',
  },
  'calls-beyond-decision': {
    text: 'The run paid {calls:count} {calls?call|calls}; {late:count} of them {late?was|were} under way or read ahead when the last claim was decided.',
  },
  'usage-not-believed': {
    text: '{calls:count} {calls?call|calls} of {model} came back with token counts or a cost beyond what the prompt and the longest allowed answer can come to. The most that they can come to is charged instead; the counts are unknown.',
    fix: 'look at “disbelieved” in the journal: the endpoint counts wrongly, or does not keep to the longest answer that the protocol allows',
    priority: 55,
  },
  'calls-lost': {
    text: 'Up to {calls:count} {calls?call|calls} may have been under way when a session was killed. Their answers are lost; they count as paid.',
    priority: 20,
  },
  'run-cells-after-decision': {
    text: '{cells:count} cells of {path} were under way when the claims were decided; they were paid for, are kept in the journal, and count in no verdict.',
    priority: 5,
  },
  'calls-shared-between-settings': {
    text: '{calls:count} calls of {path} had the same prompt as another setting of the same item and were paid once.',
    priority: 5,
  },
} as const satisfies Messages
