/** Everything that was read of one log, whichever flavour it came in, and what is needed to read its samples. */

import { AttributeKeys } from './attribute-keys.ts'
import type { InspectHeader } from './header.ts'
import { headlineScores } from './headline-scores.ts'
import type { SampleReading } from './sample-record.ts'
import { SampleTable } from './sample-table.ts'
import { type TrackedKeys, trackedKeys } from './tracked-keys.ts'

export interface LogContent {
  readonly header: InspectHeader
  readonly samples: SampleTable
  readonly tracked: TrackedKeys
  readonly attributes: AttributeKeys
  /** Samples written again after the log's own figures were made, and how many of them changed a score. */
  readonly rewritten: { readonly count: number; readonly changed: number }
  readonly sha256: string
  readonly bytes: number
}

export interface SampleIntake {
  readonly samples: SampleTable
  readonly tracked: TrackedKeys
  readonly attributes: AttributeKeys
  readonly reading: SampleReading
}

export function openIntake(header: InspectHeader, path: string): SampleIntake {
  const tracked = trackedKeys(header)
  const attributes = new AttributeKeys()
  return {
    samples: new SampleTable(),
    tracked,
    attributes,
    reading: {
      path,
      trackedKeys: tracked.keys,
      placeholderScorer: headlineScores(header)[0]?.root ?? 'score',
      keepMetadata: (key, value) => attributes.keep(key, value),
    },
  }
}

/** Members of a full sample that no row needs: conversations, events, files. They are most of a log's bytes. */
export const unneededMembers: ReadonlySet<string> = new Set([
  'messages',
  'events',
  'events_data',
  'timelines',
  'transcript',
  'store',
  'attachments',
  'input',
  'choices',
  'target',
  'files',
  'setup',
  'sandbox',
])

export const jsonLimits = { maximumPieceBytes: 268_435_456, maximumDepth: 512 } as const
