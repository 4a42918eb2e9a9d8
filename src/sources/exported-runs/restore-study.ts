/** The study of an exported run with its verdicts, rebuilt from the manifest and the rows; or why there is none. */
import {
  cellAt,
  followClaims,
  type Observations,
  type RunManifest,
  rolesOf,
  ScoreDigest,
  type StudyRecord,
  studyOfProtocol,
} from '../../domain/index.ts'
import type { Caveat } from '../../stats/index.ts'
import { type RunSeen, runCaveats, studyRecord, versionCaveats } from '../assay-run/study-record.ts'
import { cellsOfRows } from './cells-of-rows.ts'

export interface RestoredStudy {
  /** Absent where rows are missing or were changed: verdicts on others would be verdicts on another run. */
  readonly study?: StudyRecord
  readonly caveats: readonly Caveat[]
}

export function restoreStudy(options: {
  readonly manifest: RunManifest
  readonly observations: Observations
  readonly rows: Int32Array
  readonly path: string
}): RestoredStudy {
  const { manifest, observations, rows, path } = options
  const { protocol, protocolHash, made, start, cells: stated, searches } = manifest
  const study = studyOfProtocol({ protocol, protocolHash, roles: rolesOf(protocol), made })
  const ends = new Map(searches.map((search) => [search.model, search.ends]))
  const cells = cellsOfRows({ observations, rows, study, ends })
  const refused = (code: string): RestoredStudy => ({
    caveats: [
      {
        code,
        severity: 'caution',
        values: { path, found: cells?.length ?? 0, expected: stated.finished },
        subject: path,
      },
    ],
  })
  if (cells === undefined) return refused('export-changed')
  if (cells.length < stated.finished) return refused('export-incomplete')
  const follower = followClaims(study)
  const digest = new ScoreDigest(study.scorers.map(({ label }) => label))
  for (const { index, scores } of cells) {
    follower.add(index, scores)
    digest.add(index, scores)
  }
  if (digest.finish() !== stated.scores) return refused('export-changed')
  const first = cells.flatMap(({ index }) => {
    const { item, model } = cellAt(study, index)
    return model === 0 ? [item] : []
  })
  const seen: RunSeen = {
    ...{ path, study, follower },
    started: start.time,
    registered: start.registered,
    stop: manifest.stop,
    torn: manifest.journal.torn,
    finished: cells.length,
    late: manifest.late,
    lateRequests: manifest.lateRequests,
    shared: manifest.shared,
    askedItems: new Set(first).size,
    leakedExemplars: manifest.leakedExemplars,
    unscored: manifest.unscored,
    disbelieved: manifest.disbelieved,
    ledger: manifest.ledger,
    lost: manifest.lost,
    searches,
  }
  const versions = Object.entries(manifest.versions).flatMap(([model, count]) => versionCaveats(model, count))
  return { study: studyRecord(seen), caveats: [...runCaveats(seen), ...versions] }
}
