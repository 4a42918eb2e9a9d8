/** How many responses a log's header promises. */
import type { RunRecord } from '../../domain/index.ts'
import { numberOf, recordOf } from '../files/json-access.ts'
import type { InspectHeader } from './header.ts'

/**
 * Items are the listed sample ids, which Inspect writes after applying `limit`; else the smaller of limit and data set.
 * Responses are Inspect's own count (items × epochs) where it wrote one.
 */
export function expectedResponses(header: InspectHeader): RunRecord['expected'] {
  const config = recordOf(header.eval.config)
  const dataset = recordOf(header.eval.dataset)
  const ids = dataset?.sample_ids
  const items = Array.isArray(ids) ? ids.length : limited(numberOf(dataset?.samples), config?.limit)
  const replicates = numberOf(config?.epochs) ?? 1
  const stops = recordOf(header.results?.early_stopping)?.early_stops
  const planned = numberOf(header.results?.total_samples)
  // What a rule for stopping left out was not to be asked any more.
  const total = planned === undefined ? undefined : planned - (Array.isArray(stops) ? stops.length : 0)
  return { items, replicates, responses: total ?? (items === undefined ? undefined : items * replicates) }
}

/** `limit` is a count, or a range from one index to another. */
function limited(samples: number | undefined, limit: unknown): number | undefined {
  const count = Array.isArray(limit) ? (numberOf(limit[1]) ?? 0) - (numberOf(limit[0]) ?? 0) : numberOf(limit)
  if (count === undefined || count <= 0) return samples
  return samples === undefined ? count : Math.min(samples, count)
}
