/** Lets techniques learn before the first cell: from fit and select items only, each for one model. */
import { type CallOutcome, contentHash } from '../domain/index.ts'
import type { PreparedStudy } from './prepare-study.ts'
import { renderCell } from './render-cell.ts'
import type { CellCall } from './run-cell.ts'

/** Fits every technique for every model, until the run ends. `fitted` is by the positions of model and technique. */
export async function fitTechniques(options: {
  readonly prepared: PreparedStudy
  readonly call: (call: CellCall) => Promise<{ readonly outcome: CallOutcome }>
  readonly fitted: Map<string, unknown>
  readonly ended: () => boolean
}): Promise<void> {
  const { prepared, call, fitted, ended } = options
  for (const [model] of prepared.study.models.entries()) {
    for (const [technique] of prepared.techniques.entries()) {
      if (ended()) return
      fitted.set(`${model} ${technique}`, await fitTechnique({ prepared, model, technique, call }))
    }
  }
}

async function fitTechnique(options: {
  readonly prepared: PreparedStudy
  /** Positions in the study. */
  readonly model: number
  readonly technique: number
  readonly call: (call: CellCall) => Promise<{ readonly outcome: CallOutcome }>
}): Promise<unknown> {
  const { prepared, model, technique, call } = options
  const { study } = prepared
  const chosen = prepared.techniques[technique]
  const name = study.models[model]
  if (chosen === undefined || name === undefined) throw new Error(`no technique ${technique} or model ${model}`)
  const { plugIn, parameters, label } = chosen
  const identity = { protocol: study.protocolHash, model: name, technique: label, fit: true }
  const key = contentHash(identity).slice(0, 32)
  const place = { index: -1, key, itemId: '', levels: {}, technique: label, replicate: 1 }
  const random = prepared.random.split('fit').split(name).split(label)
  let sequence = 0
  return plugIn.fit(parameters, {
    fit: prepared.fit,
    select: prepared.select,
    // Not named after the model: all models are shown the same drawn examples, and stay paired.
    random: prepared.random.split('fit').split('technique').split(label),
    render: (item, change) => renderCell({ prepared, item, levels: {}, change }),
    call: async (request, purpose) => {
      const at = sequence++
      const stream = random.split('call').split(at)
      const asked = { to: model, request, purpose, sequence: at, place, seedPath: stream.path, random: () => stream }
      return (await call(asked)).outcome
    },
  })
}
