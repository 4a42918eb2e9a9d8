/** Renders an item under a setting: factors in the order of their stage, the technique's change before the layout. */
import {
  type BlindItem,
  finishRender,
  type Levels,
  type ModelRequest,
  type RenderState,
  startRender,
} from '../domain/index.ts'
import type { PreparedStudy } from './prepare-study.ts'

/** From this stage on factors lay the prompt out; what a technique adds is laid out with the rest. */
const layoutStage = 40

export interface RenderedCell {
  readonly request: ModelRequest
  readonly state: RenderState
}

export function renderCell(options: {
  readonly prepared: PreparedStudy
  readonly item: BlindItem
  readonly levels: Levels
  readonly change: (state: RenderState) => RenderState
}): RenderedCell {
  const { prepared, item, levels, change } = options
  const { protocol, random } = prepared
  const ordered = [...prepared.factors].sort((a, b) => a.plugIn.stage - b.plugIn.stage)
  const apply = (state: RenderState, factors: PreparedStudy['factors']): RenderState =>
    factors.reduce((current, { plugIn, parameters, levels: all }) => {
      const level = levels[plugIn.name] ?? all[0]
      if (level === undefined) return current
      // Named by factor, item and level: the same wording of an item wherever and whenever it is rendered.
      const shared = random.split('factor').split(plugIn.name)
      const stream = shared.split(item.id).split(level)
      return plugIn.apply({ state: current, item, level, parameters, random: stream, sharedRandom: shared })
    }, state)
  const started = startRender({
    item,
    instruction: protocol.instruction,
    system: protocol.system,
    answerMode: protocol.answer,
    decoding: protocol.decoding,
    exemplarPool: prepared.exemplars,
  })
  const worded = apply(
    started,
    ordered.filter(({ plugIn }) => plugIn.stage < layoutStage),
  )
  const state = apply(
    change(worded),
    ordered.filter(({ plugIn }) => plugIn.stage >= layoutStage),
  )
  return { state, request: finishRender(state) }
}
