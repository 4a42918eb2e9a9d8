/** Opens the models and judges of a study, and refuses those that lack what its techniques and its way of asking need. */
import { type Item, itemsOfProtocol } from '../../domain/index.ts'
import { type Model, withPlantedItems } from '../../providers/index.ts'
import type { PreparedStudy } from '../../runner/index.ts'
import { readRecordings } from '../../sources/index.ts'
import { fail } from '../../stats/index.ts'
import type { OperationContext } from '../operation.ts'
import type { Workbench } from './workbench.ts'

export interface OpenedModels {
  readonly models: readonly Model[]
  readonly judges: ReadonlyMap<string, Model>
}

interface ModelsToOpen {
  readonly prepared: PreparedStudy
  readonly workbench: Workbench
  readonly context: OperationContext
}

/** Without a call: refuses endpoints that are none, options that they do not take, logs that cannot be read. Names the keys that are not set. */
export async function checkEndpoints(asked: ModelsToOpen): Promise<readonly string[]> {
  const { context } = asked
  const missing = new Set<string>()
  const secret = (name: string): string => {
    const key = context.host.secret(name)
    if (key !== undefined && key.trim() !== '') return key
    missing.add(name)
    return 'not-set'
  }
  const { models, judges } = await openModels({ ...asked, context: { ...context, host: { ...context.host, secret } } })
  await Promise.allSettled([...models, ...judges.values()].map((model) => model.close()))
  return [...missing].sort()
}

export async function openModels({ prepared, workbench, context }: ModelsToOpen): Promise<OpenedModels> {
  const { protocol } = prepared
  let planted: readonly Item[] | undefined
  const items = (): readonly Item[] => {
    planted ??= itemsOfProtocol(protocol.items.inline)
    return planted
  }
  const opened: Model[] = []
  const open = async (model: {
    readonly endpoint: string
    readonly options: Readonly<Record<string, unknown>>
  }): Promise<Model> => {
    const made = await workbench.openModel({
      endpoint: model.endpoint,
      options: withPlantedItems({ ...model, items }),
      secret: context.host.secret,
      workingDirectory: context.workingDirectory,
      now: context.host.now,
      readRecordings: (path) =>
        readRecordings({ path, workingDirectory: context.workingDirectory, signal: context.signal }),
    })
    opened.push(made)
    return made
  }
  try {
    const models = await Promise.all(protocol.models.map(open))
    const judges = new Map(
      await Promise.all(protocol.judges.map(async (judge) => [judge.id, await open(judge)] as const)),
    )
    checkCapabilities(prepared, models)
    return { models, judges }
  } catch (error) {
    await Promise.allSettled(opened.map((model) => model.close()))
    throw error
  }
}

function checkCapabilities(prepared: PreparedStudy, models: readonly Model[]): void {
  for (const [index, model] of models.entries()) {
    const { id } = prepared.protocol.models[index] ?? { id: '' }
    for (const { plugIn, label } of prepared.techniques) {
      for (const need of plugIn.needs) {
        if (model.capabilities.has(need)) continue
        const values = { model: id, technique: label, capability: need }
        fail('endpoint-lacks-capability', values, 'choose an endpoint that gives this, or another technique')
      }
    }
    if (prepared.weighs && !model.capabilities.has('likelihood'))
      fail(
        'endpoint-lacks-capability',
        { model: id, capability: 'likelihood' },
        'choose an endpoint that returns prompt log-probabilities, or another answer mode',
      )
  }
}
