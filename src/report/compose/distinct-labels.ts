/** Labels that tell the numbers of one analysis apart: where several share one, what differs about their subjects is added. */
import type { Evidence } from '../../domain/index.ts'

/** By key. */
export function distinctLabels(
  evidence: readonly Pick<Evidence, 'key' | 'label' | 'subject'>[],
): ReadonlyMap<string, string> {
  const labels = new Map<string, string>()
  for (const [label, alike] of Map.groupBy(evidence, (each) => each.label)) {
    const names = [...new Set(alike.flatMap(({ subject }) => Object.keys(subject)))].sort()
    const differing = names.filter((name) => new Set(alike.map(({ subject }) => subject[name])).size > 1)
    for (const { key, subject } of alike) {
      const what = differing.flatMap((name) => subject[name] ?? [])
      labels.set(key, what.length === 0 ? label : `${label} (${what.join(', ')})`)
    }
  }
  return labels
}
