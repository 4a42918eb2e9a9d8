/** A cell as its technique and its scorers see it: rendering and calls, whoever answers them. */
import {
  type Attempt,
  blindItem,
  type CallOutcome,
  type CellPlace,
  contentHash,
  type Item,
  type Levels,
  type ModelRequest,
  type Purpose,
  type RenderState,
} from '../domain/index.ts'
import type { Random } from '../random/index.ts'
import { fail } from '../stats/index.ts'
import type { PreparedStudy } from './prepare-study.ts'
import { renderCell } from './render-cell.ts'

export interface OpenCell {
  readonly names: CellNames
  readonly item: Item
  readonly levels: Levels
  readonly technique: string
  solve(fitted: unknown): Promise<Attempt>
  /** What the technique rendered last. */
  state(): RenderState
  judge(request: ModelRequest, judge: unknown): Promise<CallOutcome>
}

/** One call of a cell. */
export interface CellQuestion {
  /** Position of the model, or the name of a judge. */
  readonly to: number | string
  readonly request: ModelRequest
  readonly purpose: Purpose
  readonly sequence: number
}

/** Undefined where a study has no such cell. */
export function openCell(options: {
  readonly prepared: PreparedStudy
  readonly place: CellPlace
  readonly item: Item | undefined
  readonly levels: Levels | undefined
  readonly answer: (question: CellQuestion, cell: OpenCell) => Promise<CallOutcome>
}): OpenCell | undefined {
  const { prepared, place, item, levels, answer } = options
  const technique = prepared.techniques[place.technique]
  if (item === undefined || technique === undefined || levels === undefined) return undefined
  const blind = blindItem(item)
  const names = cellNames({ prepared, item, levels, place })
  let sequence = 0
  let state: RenderState | undefined
  const call = (request: ModelRequest, purpose: Purpose, to: number | string): Promise<CallOutcome> =>
    answer({ to, request: lengthBounded(prepared, request, to), purpose, sequence: sequence++ }, cell)
  const judge: OpenCell['judge'] = async (request, named) => call(request, 'judge', judgeNamed(prepared, named))
  const cell: OpenCell = {
    names,
    item,
    levels,
    technique: technique.label,
    judge,
    state: () => state ?? renderCell({ prepared, item: blind, levels, change: (same) => same }).state,
    solve: (fitted) =>
      technique.plugIn.solve({
        item: blind,
        parameters: technique.parameters,
        fitted,
        context: {
          render: (change) => {
            const rendered = renderCell({ prepared, item: blind, levels, change })
            state = rendered.state
            return rendered
          },
          call: async (request, purpose) => call(request, purpose, place.model),
          judge,
          get random() {
            return names.random().split('technique')
          },
        },
      }),
  }
  return cell
}

export interface CellNames {
  readonly key: string
  /** Stream of the cell, by its names: what a protocol says elsewhere does not move it. */
  readonly random: () => Random
  /** Its path, for which nothing is hashed. */
  readonly path: string
  /** Stream of the endpoint's own seed: the same under every setting, so that identical prompts are identical requests. */
  readonly draw: (sequence: number) => Random
}

function cellNames(options: {
  readonly prepared: PreparedStudy
  readonly item: Item
  readonly levels: Levels
  readonly place: CellPlace
}): CellNames {
  const { prepared, item, levels, place } = options
  const model = prepared.study.models[place.model] ?? ''
  const technique = prepared.techniques[place.technique]?.label ?? ''
  const { replicate } = place
  const names = contentHash({ model, item: item.id, levels, technique, replicate }).slice(0, 24)
  return {
    key: prepared.study.protocolHash.slice(0, 8) + names,
    path: `${prepared.cellRandom.path}/${names}`,
    random: () => prepared.cellRandom.split(names),
    draw: (sequence) => prepared.drawRandom.split(JSON.stringify([model, item.id, technique, replicate, sequence])),
  }
}

export function seeded(options: {
  readonly request: ModelRequest
  readonly draw: CellNames['draw']
  readonly sequence: number
  readonly capable: boolean
}): ModelRequest {
  const { request, draw, sequence, capable } = options
  if (!capable || request.kind !== 'chat' || request.decoding.seed !== undefined) return request
  // 31 bits: some servers read the seed as a signed integer.
  const seed = draw(sequence).uint32() >>> 1
  return { ...request, decoding: { ...request.decoding, seed } }
}

/** What a technique or scorer words itself has the declared length too: budgets rest on it. */
function lengthBounded({ protocol }: PreparedStudy, request: ModelRequest, to: number | string): ModelRequest {
  if (request.kind !== 'chat' || request.decoding.maxTokens !== undefined) return request
  const { maxTokens } = typeof to === 'number' ? protocol.decoding : (protocol.judges.find(({ id }) => id === to) ?? {})
  return maxTokens === undefined ? request : { ...request, decoding: { ...request.decoding, maxTokens } }
}

function judgeNamed({ protocol }: PreparedStudy, named: unknown): string {
  const { judges } = protocol
  const judge = typeof named === 'string' ? judges.find(({ id }) => id === named) : judges[0]
  if (judge !== undefined) return judge.id
  if (typeof named !== 'string')
    return fail('no-judge-declared', {}, 'declare one under "judges" of the protocol: a technique or scorer asks it')
  return fail(
    'judge-not-declared',
    { judge: named },
    `declare it under "judges" of the protocol${judges.length > 0 ? `, or use ${judges.map(({ id }) => id).join(', ')}` : ''}`,
  )
}
