/** Runs a protocol against simulated models in memory: the product's runner, its records and its reader, without a disk. */
import {
  type Host,
  itemsOfProtocol,
  type JournalRecord,
  type Observations,
  ObservationsBuilder,
  protocolSchema,
  type RunRecord,
  type StartRecord,
  type Study,
} from '../../src/domain/index.ts'
import { designs } from '../../src/methods/designs/index.ts'
import { factors } from '../../src/methods/factors/index.ts'
import { scorers } from '../../src/methods/scorers/index.ts'
import { techniques } from '../../src/methods/techniques/index.ts'
import { type Model, openModel, withPlantedItems } from '../../src/providers/index.ts'
import { nothingBefore, type PreparedStudy, prepareStudy, type RunOutcome, runStudy } from '../../src/runner/index.ts'
import { observeCell } from '../../src/sources/assay-run/observe-cell.ts'
import { RunTally } from '../../src/sources/assay-run/run-tally.ts'

export interface PlantedRun {
  readonly study: Study
  readonly observations: Observations
  readonly runs: readonly RunRecord[]
}

/** A protocol as a file would hold it, with its items inline. */
export type PlantedProtocol = Readonly<Record<string, unknown>>

const plugIns = { factors, designs, techniques, scorers }

const host: Host = {
  now: () => performance.now(),
  time: () => '2026-01-01T00:00:00.000Z',
  processId: 1,
  isAlive: () => false,
  secret: () => undefined,
}

export async function runPlanted(given: PlantedProtocol): Promise<PlantedRun> {
  const { prepared, records } = await executePlanted(given, { concurrency: 16 })
  const { study, protocol } = prepared
  const start: StartRecord = {
    kind: 'start',
    format: 'assay-run',
    version: 1,
    time: host.time(),
    software: '',
    study,
    endpoints: Object.fromEntries(protocol.models.map(({ id, endpoint }) => [id, endpoint])),
    settings: {},
  }
  return { study, ...readRecords(start, records) }
}

export interface ExecutedPlanted {
  readonly prepared: PreparedStudy
  readonly outcome: RunOutcome
  readonly records: readonly JournalRecord[]
}

export async function executePlanted(
  given: PlantedProtocol,
  { concurrency }: { readonly concurrency: number },
): Promise<ExecutedPlanted> {
  const parsed = protocolSchema.parse(given)
  if (!('inline' in parsed.items)) throw new Error('the items of a planted protocol are inline')
  const protocol = { ...parsed, items: parsed.items }
  const prepared = prepareStudy({ protocol, plugIns })
  const items = () => itemsOfProtocol(protocol.items.inline)
  const open = (model: (typeof protocol.models)[number]): Promise<Model> =>
    openModel({
      endpoint: model.endpoint,
      options: withPlantedItems({ ...model, items }),
      secret: host.secret,
      workingDirectory: '/',
      now: host.now,
      readRecordings: async () => [],
    })
  const records: JournalRecord[] = []
  const outcome = await runStudy({
    prepared,
    models: await Promise.all(protocol.models.map(open)),
    judges: new Map(),
    limits: { concurrency },
    attempts: 1,
    journal: { append: (record) => records.push(record), write: () => undefined, flush: () => undefined },
    previous: nothingBefore(prepared.study),
    host,
    signal: new AbortController().signal,
    onProgress: () => undefined,
  })
  return { prepared, outcome, records }
}

/** As the reader of journals does: what came after the decision counts nowhere. */
function readRecords(start: StartRecord, records: readonly JournalRecord[]): Omit<PlantedRun, 'study'> {
  const { study } = start
  const tally = new RunTally({ start, path: study.title })
  const stop = records.find((record) => record.kind === 'stop')
  const counted = stop?.reason === 'decided' ? stop.cells : Number.POSITIVE_INFINITY
  const rows = new ObservationsBuilder()
  for (const [line, cell] of records.entries()) {
    if (cell.kind !== 'cell' || cell.index >= counted) continue
    for (const row of observeCell({
      cell,
      study,
      ends: new Map(),
      source: study.title,
      line,
      runOf: (model) => tally.idOf(model),
    })) {
      rows.add(row)
      tally.countRow(row)
    }
    tally.countCell(cell)
  }
  return {
    observations: rows.finish(),
    runs: tally.finish({ stop, digests: [], chain: '', torn: false, lost: { calls: 0, tokens: 0, usd: 0 } }),
  }
}
