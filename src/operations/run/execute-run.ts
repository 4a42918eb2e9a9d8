/** Runs or goes on with the study in a folder: lock, models, journal, execution. */
import { resolve } from 'node:path'
import type { JournalRecord, RegisteredProtocol, StartRecord } from '../../domain/index.ts'
import {
  checkRunnable,
  nothingBefore,
  type PreparedStudy,
  type PreviousRun,
  prepareStudy,
  type RunOutcome,
  readPreviousRun,
  runStudy,
} from '../../runner/index.ts'
import { fail } from '../../stats/index.ts'
import { packageVersion } from '../../store/package-version.ts'
import { readJournal } from '../../store/read-journal.ts'
import { createRunFolder, type ProtocolInRun, readRunProtocol } from '../../store/run-folder.ts'
import { defaultBatch, defaultSegmentBytes, openRunJournal } from '../../store/run-journal.ts'
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
  const absolute = resolve(context.workingDirectory, folder)
  const start = startRecord({ prepared, opened, context, registered })
  const release = createRunFolder({ folder: absolute, shownAs: folder, protocol, host: context.host })
  try {
    const previous = nothingBefore(prepared.study)
    const outcome = await execute({ ...opened, prepared, previous, absolute, settings, context, first: start })
    return { outcome, prepared, start }
  } finally {
    release()
  }
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
  const previous = reader.finish()
  const { start } = previous
  if (start !== undefined && start.study.protocolHash !== prepared.study.protocolHash)
    fail(
      'run-protocol-changed',
      { folder, started: start.study.protocolHash.slice(0, 12), found: prepared.study.protocolHash.slice(0, 12) },
      'restore protocol.json of this run; a changed protocol is a new run',
    )
  const opened = await openModels({ prepared, workbench, context })
  // A run that was killed before its first record has nothing to go on from but its protocol.
  const known = start ?? startRecord({ prepared, opened, context, registered: undefined })
  const first: JournalRecord =
    start === undefined ? known : { kind: 'resume', time: context.host.time(), software: packageVersion() }
  const outcome = await execute({ ...opened, prepared, previous, absolute, settings, context, first })
  return { outcome, prepared, start: known }
}

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
    readonly previous: PreviousRun
    readonly absolute: string
    readonly settings: RunSettings
    readonly context: OperationContext
    readonly first: JournalRecord
  },
): Promise<RunOutcome> {
  const { prepared, previous, absolute, settings, context, first, models, judges } = options
  let failed: unknown
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
      journal.append(first)
      const outcome = await runStudy({
        prepared,
        models,
        judges,
        limits: gateLimits(settings),
        attempts: settings.attempts,
        journal,
        previous,
        host: context.host,
        signal: AbortSignal.any([context.signal, stop.signal]),
        onProgress: showProgress(context),
      })
      if (failed !== undefined) throw failed
      return outcome
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
  } finally {
    await Promise.allSettled([...models, ...judges.values()].map((model) => model.close()))
  }
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
