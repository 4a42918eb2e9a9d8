/** Puts the settings that logs hold already into a protocol, so that they are part of what is frozen. */
import { dirname, relative, resolve } from 'node:path'
import {
  categoryAt,
  groupRows,
  type Levels,
  missingReasons,
  type Observations,
  rolesOf,
  rowsOf,
  selectRows,
} from '../../domain/index.ts'
import { readLogs, sources } from '../../sources/index.ts'
import { fail } from '../../stats/index.ts'
import type { ProtocolInRun } from '../../store/run-folder.ts'
import type { OperationContext } from '../operation.ts'

export async function bindExisting(options: {
  readonly protocol: ProtocolInRun
  /** File that the paths of logs are relative to. */
  readonly protocolPath: string
  readonly context: OperationContext
}): Promise<ProtocolInRun> {
  const { protocol, protocolPath, context } = options
  const { existing } = protocol.design
  if (existing === undefined || 'settings' in existing) return protocol
  const { workingDirectory, signal, progress } = context
  const folder = dirname(resolve(workingDirectory, protocolPath))
  const { observations, failures } = await readLogs({
    paths: existing.logs.map((path) => relative(workingDirectory, resolve(folder, path)) || '.'),
    workingDirectory,
    columns: existing.columns,
    sources,
    signal,
    onProgress: ({ bytes, totalBytes, path }) =>
      progress({ step: `reading ${path}`, done: bytes, total: totalBytes, unit: 'bytes' }),
  })
  const [failure] = failures
  if (failure !== undefined)
    fail('existing-log-not-read', { path: failure.path, problem: failure.message }, failure.fix)
  const settings = heldSettings(observations, protocol)
  return { ...protocol, design: { ...protocol.design, existing: { settings } } }
}

const unasked: ReadonlySet<number> = new Set(
  (['provider-error', 'never-run'] as const).map((reason) => missingReasons.indexOf(reason)),
)

/** Settings under which every model of the protocol answered every reported item, whatever the technique and however often. */
function heldSettings(observations: Observations, protocol: ProtocolInRun): Levels[] {
  const { task, model, item, variant, variants, missing } = observations
  const names = protocol.factors.map(({ use }) => use)
  const models = new Set(protocol.models.map(({ id }) => id))
  const items = new Set(rolesOf(protocol).report.map(({ id }) => id))
  const held = selectRows(
    observations.rows,
    (row) =>
      categoryAt(task, row) === protocol.title &&
      models.has(categoryAt(model, row) ?? '') &&
      items.has(categoryAt(item, row) ?? '') &&
      !unasked.has(missing[row] ?? 0),
  )
  const byVariant = groupRows(held, [variant.codes])
  const cells = Array.from({ length: byVariant.count }, (_, group) => {
    const rows = rowsOf(byVariant, group)
    const levels = variants[variant.codes[rows[0] ?? 0] ?? 0] ?? {}
    const own = Object.fromEntries(names.flatMap((name) => (levels[name] === undefined ? [] : [[name, levels[name]]])))
    return { levels: own, asked: groupRows(rows, [model.codes, item.codes]).count }
  })
  const whole = cells.filter(({ asked }) => asked === models.size * items.size)
  if (whole.length > 0) return whole.map(({ levels }) => levels)
  return fail(
    'existing-settings-none',
    {
      ...{ title: protocol.title, models: models.size, items: items.size, partly: cells.length },
      tasks: task.values.join(', '),
      found: model.values.join(', '),
    },
    'name the title, the models and the items of the protocol as the logs do; a setting is there when every model answered every reported item under it',
  )
}
