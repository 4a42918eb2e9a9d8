/** Gives exported runs their study back: claims, verdicts, registration and bill. */
import {
  type Observations,
  type RunManifest,
  type RunRecord,
  readManifest,
  runName,
  selectRows,
} from '../../domain/index.ts'
import type { Caveat } from '../../stats/index.ts'
import { distinctCopies } from './distinct-copies.ts'
import { restoreStudy } from './restore-study.ts'

/** The text of a manifest, and the file that it stood in. */
export interface FoundManifest {
  readonly text: string
  readonly path: string
}

export function restoreExports(options: {
  readonly observations: Observations
  /** In order of id. */
  readonly runs: readonly RunRecord[]
  readonly manifests: readonly FoundManifest[]
}): { readonly observations: Observations; readonly runs: readonly RunRecord[] } {
  const { observations, runs, notes } = distinctCopies(options.observations, options.runs)
  const manifests = new Map<string, RunManifest>()
  const refused = new Map<string, Caveat>()
  for (const { text, path } of options.manifests) {
    const read = readManifest(text)
    if ('refused' in read)
      refused.set(path, { code: read.refused, severity: 'caution', values: { path }, subject: path })
    // Of a run that was exported before it was finished and after, the fuller export counts.
    else if (read.manifest.cells.finished >= (manifests.get(nameOf(read.manifest))?.cells.finished ?? 0))
      manifests.set(nameOf(read.manifest), read.manifest)
  }
  const more = new Map<string, Partial<RunRecord> & { readonly caveats: readonly Caveat[] }>()
  for (const [name, exported] of Map.groupBy(runs, ({ runName }) => runName)) {
    const [first] = exported
    if (name === undefined || first === undefined || first.source === 'assay-run') continue
    const manifest = manifests.get(name)
    const because = exported.flatMap(({ path }) => refused.get(path) ?? [])[0]
    if (manifest === undefined) {
      const missing: Caveat = { code: 'export-without-manifest', severity: 'caution', values: { path: first.path } }
      more.set(first.id, { caveats: [because ?? missing] })
      continue
    }
    const codes = new Set(exported.map(({ id }) => observations.run.values.indexOf(id)))
    const rows = selectRows(observations.rows, (row) => codes.has(observations.run.codes[row] ?? -1))
    more.set(first.id, restoreStudy({ manifest, observations, rows, path: first.path }))
  }
  return {
    observations,
    runs: runs.map((run) => {
      const { caveats = [], ...study } = more.get(run.id) ?? {}
      return { ...run, ...study, caveats: [...run.caveats, ...(notes.get(run.id) ?? []), ...caveats] }
    }),
  }
}

function nameOf({ protocolHash, start }: RunManifest): string {
  return runName(protocolHash, start.time)
}
