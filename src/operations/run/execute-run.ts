/** Runs or goes on with the study in a folder: lock, models, journal, execution. */
import { resolve } from 'node:path'
import {
  type CallRecord,
  type JournalRecord,
  nothingPaid,
  type RegisteredProtocol,
  type StartRecord,
} from '../../domain/index.ts'
import {
  checkRunnable,
  type PreparedStudy,
  type PreviousRunReader,
  prepareStudy,
  proveModels,
  type RunOutcome,
  readPreviousRun,
  runStudy,
} from '../../runner/index.ts'
import { fail } from '../../stats/index.ts'
import { packageVersion } from '../../store/package-version.ts'
import { readJournal } from '../../store/read-journal.ts'
import { createRunFolder, type ProtocolInRun, readRunProtocol } from '../../store/run-folder.ts'
import { defaultBatch, defaultSegmentBytes, openRunJournal, type RunJournal } from '../../store/run-journal.ts'
import { lockRun } from '../../store/run-lock.ts'
import type { OperationContext } from '../operation.ts'
import { bindScorers } from './bind-scorers.ts'
import { type OpenedModels, openModels } from './open-models.ts'
import { gateLimits, type RunSettings } from './run-fields.ts'
import { showProgress } from './show-progress.ts'
import type { Workbench } from './workbench.ts'

export interface ExecutedRun {
  readonly outcome: RunOutcome
  readonly prepared: PreparedStudy
  readonly start: StartRecord
}

export interface StartRunOptions {
  readonly protocol: ProtocolInRun
  readonly folder: string
  readonly registered: RegisteredProtocol | undefined
  readonly settings: RunSettings
  readonly workbench: Workbench
  readonly context: OperationContext
}

export async function startRun(options: StartRunOptions): Promise<ExecutedRun> {
  const { protocol, folder, registered, settings, workbench, context } = options
  const prepared = prepareStudy({ protocol, plugIns: workbench.plugIns })
  await checkRunnable(prepared)
  // Models are opened before the folder is made: a key that is missing leaves nothing behind.
  const opened = await openModels({ prepared, workbench, context })
  return closing(opened, async () => {
    // So are they proved: an endpoint that does not hold what it says leaves nothing behind either.
    const proofs = await proveModels({ ...opened, prepared, spent: nothingPaid, journal: unwritten, ...context })
    const absolute = resolve(context.workingDirectory, folder)
    const start = startRecord({ prepared, opened, context, registered })
    const release = createRunFolder({ folder: absolute, shownAs: folder, protocol, host: context.host })
    try {
      const reader = readPreviousRun(prepared.study)
      const prove = async (): Promise<readonly CallRecord[]> => proofs
      const outcome = await execute({ ...opened, prepared, reader, absolute, settings, context, first: start, prove })
      return { outcome, prepared, start }
    } finally {
      release()
    }
  })
}

export async function resumeRun(options: {
  readonly folder: string
  /** Files with scorers of the user's own: the same as when it was started. */
  readonly scorerPaths: readonly string[]
  readonly settings: RunSettings
  readonly workbench: Workbench
  readonly context: OperationContext
}): Promise<ExecutedRun> {
  const { folder, scorerPaths, context } = options
  const { workingDirectory } = context
  const absolute = resolve(workingDirectory, folder)
  const { protocol, workbench } = await bindScorers({
    protocol: readRunProtocol(absolute, folder),
    protocolPath: undefined,
    scorerPaths,
    workingDirectory,
    workbench: options.workbench,
  })
  const prepared = prepareStudy({ protocol, plugIns: workbench.plugIns })
  const release = lockRun(absolute, context.host)
  try {
    return await goOn({ ...options, absolute, prepared })
  } finally {
    release()
  }
}

async function goOn(options: {
  readonly folder: string
  readonly absolute: string
  readonly settings: RunSettings
  readonly workbench: Workbench
  readonly context: OperationContext
  readonly prepared: PreparedStudy
}): Promise<ExecutedRun> {
  const { folder, absolute, settings, workbench, context, prepared } = options
  const reader = readPreviousRun(prepared.study)
  readJournal(absolute, (record) => reader.take(record))
  const { start, spent, stopped } = reader.finish()
  if (start !== undefined && start.study.protocolHash !== prepared.study.protocolHash)
    fail(
      'run-protocol-changed',
      { folder, started: start.study.protocolHash.slice(0, 12), found: prepared.study.protocolHash.slice(0, 12) },
      'restore protocol.json of this run; a changed protocol is a new run',
    )
  const opened = await openModels({ prepared, workbench, context })
  return closing(opened, async () => {
    // A run that was killed before its first record has nothing to go on from but its protocol.
    const known = start ?? startRecord({ prepared, opened, context, registered: undefined })
    const first: JournalRecord =
      start === undefined ? known : { kind: 'resume', time: context.host.time(), software: packageVersion() }
    const prove = async (journal: RunJournal): Promise<readonly CallRecord[]> =>
      stopped ? [] : proveModels({ ...opened, prepared, spent, journal, ...context })
    const outcome = await execute({ ...opened, prepared, reader, absolute, settings, context, first, prove })
    return { outcome, prepared, start: known }
  })
}

/** Models are closed whatever becomes of what they were opened for. */
async function closing<Result>({ models, judges }: OpenedModels, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } finally {
    await Promise.allSettled([...models, ...judges.values()].map((model) => model.close()))
  }
}

/** Before a run has a journal: a kill then leaves no run whose budget could be exceeded. */
const unwritten = { append: () => undefined, write: () => undefined, flush: () => undefined }

function startRecord(options: {
  readonly prepared: PreparedStudy
  readonly opened: OpenedModels
  readonly context: OperationContext
  readonly registered: RegisteredProtocol | undefined
}): StartRecord {
  const { prepared, opened, context, registered } = options
  const { protocol } = prepared
  return {
    kind: 'start',
    format: 'assay-run',
    version: 1,
    time: context.host.time(),
    software: packageVersion(),
    study: prepared.study,
    endpoints: Object.fromEntries(protocol.models.map(({ id }, index) => [id, opened.models[index]?.endpoint ?? ''])),
    settings: settingsOf(protocol),
    ...(registered === undefined ? {} : { registered }),
  }
}

async function execute(
  options: OpenedModels & {
    readonly prepared: PreparedStudy
    readonly reader: PreviousRunReader
    readonly absolute: string
    readonly settings: RunSettings
    readonly context: OperationContext
    readonly first: JournalRecord
    /** What proving the endpoints was paid with. */
    readonly prove: (journal: RunJournal) => Promise<readonly CallRecord[]>
  },
): Promise<RunOutcome> {
  const { prepared, reader, absolute, settings, context, first, prove, models, judges } = options
  let failed: unknown
  let outcome: RunOutcome | undefined
  try {
    const stop = new AbortController()
    const journal = openRunJournal({
      folder: absolute,
      batch: defaultBatch,
      segmentBytes: defaultSegmentBytes,
      onError: (error) => {
        failed ??= error
        stop.abort()
      },
    })
    try {
      const keep = (record: JournalRecord): void => {
        journal.append(record)
        reader.take(record)
      }
      keep(first)
      for (const record of await prove(journal)) keep(record)
      outcome = await runStudy({
        prepared,
        models,
        judges,
        limits: gateLimits(settings),
        attempts: settings.attempts,
        journal,
        previous: reader.finish(),
        host: context.host,
        signal: AbortSignal.any([context.signal, stop.signal]),
        onProgress: showProgress(context),
      })
    } finally {
      try {
        journal.close()
      } catch (error) {
        failed ??= error
      }
    }
  } catch (error) {
    // What the disk said comes first: everything after it is a consequence.
    throw failed ?? error
  }
  if (failed !== undefined) throw failed
  return outcome
}

function settingsOf({
  decoding,
  instruction,
  system,
  answer,
}: PreparedStudy['protocol']): Readonly<Record<string, string>> {
  const given: Record<string, string> = { answer }
  for (const [name, value] of Object.entries(decoding)) if (value !== undefined) given[name] = String(value)
  if (instruction !== '') given.instruction = instruction
  if (system !== undefined) given.system = system
  return given
}
