/**
 * A study gone through without a call: every technique fits and solves against replies as long as they may be. What cannot
 * be run is refused here, by the code that would run it; and what the real prompts cost is counted, not guessed.
 */
import { type CallOutcome, cellCount, explain, followClaims, type Item, type Levels } from '../domain/index.ts'
import { fail } from '../stats/index.ts'
import { fitTechniques } from './fit-technique.ts'
import type { PreparedStudy } from './prepare-study.ts'
import { type Costs, costsOf, estimatedCosts, largestOfCosts, sumOfCosts, timesCosts } from './rehearsal/cost-tally.ts'
import { LongestReplies, replyStyles, undeclaredTokens } from './rehearsal/longest-replies.ts'
import { type CellCall, runCell } from './run-cell.ts'

export interface Rehearsal {
  /** Of one model, fitting included. */
  readonly perModel: Costs
  /** Whether every prompt was written, or the longest of a sample stand for all. */
  readonly prompts: 'all' | 'sample'
  /** Whether a prompt repeats a reply whose length nobody bounds. */
  readonly repeatsUnbounded: boolean
}

interface Place {
  readonly item: Item
  readonly levels: Levels
}

/** Bytes of prompts that are written at most, so that a plan takes seconds. */
const mostBytes = 400_000_000
const mostPlaces = 5_000
const sampled = 200

/** Refuses what the run would refuse once it had begun: fitting that lacks items, judges that nobody declared. */
export async function checkRunnable(prepared: PreparedStudy): Promise<void> {
  checkClaims(prepared)
  await requestsOfFirstCell(prepared)
}

/** Requests of the first cell under its dearest technique, judges included. */
export async function requestsOfFirstCell(prepared: PreparedStudy): Promise<number> {
  const stage = await openStage(prepared)
  let most = 0
  for (const technique of prepared.techniques.keys()) {
    const costs = [...(await stage.cell(placeAt(prepared, 0), technique)).values()]
    most = Math.max(
      most,
      costs.reduce((sum, { requests }) => sum + requests, 0),
    )
  }
  return most
}

/** Calls for claims of which none can get a verdict would be paid for nothing. */
function checkClaims({ study }: PreparedStudy): void {
  const refusals = followClaims(study)
    .standings()
    .flatMap(({ refusal }) => refusal ?? [])
  const [first] = refusals
  if (first === undefined || refusals.length < study.claims.length) return
  const { text, fix } = explain(first)
  fail('no-claim-can-get-a-verdict', { claims: refusals.length, first: text }, fix ?? 'claim what a run can decide')
}

export async function rehearse(prepared: PreparedStudy): Promise<Rehearsal> {
  const stage = await openStage(prepared)
  const { study } = prepared
  const cells = (cellCount(study) / study.models.length + (study.search?.answersAtMost ?? 0)) / study.techniques.length
  const totals: Costs[] = [stage.fitting]
  let prompts: Rehearsal['prompts'] = 'all'
  for (const technique of prepared.techniques.keys()) {
    const costsAt = async (places: readonly number[]): Promise<readonly Costs[]> => {
      const costs: Costs[] = []
      for (const at of places) costs.push(await stage.cell(placeAt(prepared, at), technique))
      return costs
    }
    const [first] = await costsAt([0])
    const bytes = [...(first ?? new Map()).values()].reduce((sum: number, { inputAtMost }) => sum + inputAtMost, 1)
    const affordable = Math.max(sampled, Math.min(mostPlaces, Math.floor(mostBytes / bytes)))
    if (study.search === undefined && placesIn(prepared) <= affordable) {
      const costs = await costsAt([...Array(placesIn(prepared)).keys()])
      totals.push(timesCosts(sumOfCosts(costs), study.replicates))
      continue
    }
    prompts = 'sample'
    const costs = await costsAt(samplePlaces(prepared))
    totals.push(timesCosts(estimatedCosts(costs), cells))
  }
  return { perModel: sumOfCosts(totals), prompts, repeatsUnbounded: stage.repeatsUnbounded() }
}

interface Stage {
  readonly fitting: Costs
  cell(place: Place, technique: number): Promise<Costs>
  repeatsUnbounded(): boolean
}

async function openStage(given: PreparedStudy): Promise<Stage> {
  const replies = new LongestReplies(given)
  const [model] = given.study.models
  const prepared: PreparedStudy = {
    ...given,
    study: { ...given.study, models: model === undefined ? [] : [model] },
    techniques: given.techniques.map((chosen) => replies.watched(chosen)),
    // Code of the user's own is for replies of models.
    scorers: given.scorers.filter((_, index) => given.study.scorers[index]?.sourceHash === undefined),
  }
  let calls: Costs[] = []
  let unbounded = false
  let repeats = false
  const call = async ({
    to,
    request,
  }: CellCall): Promise<{ readonly outcome: CallOutcome; readonly shared: boolean }> => {
    calls.push(costsOf(to, request))
    const outcome = replies.reply(request)
    if (request.kind === 'chat') {
      repeats ||= unbounded && request.messages.some(({ content }) => content.includes(longReply))
      unbounded ||= request.decoding.maxTokens === undefined
    }
    return { outcome, shared: false }
  }
  const fitted = new Map<string, unknown>()
  await fitTechniques({ prepared, call, fitted, ended: () => false })
  const fitting = sumOfCosts(calls)
  return {
    fitting,
    repeatsUnbounded: () => repeats,
    async cell(place, technique) {
      const ways: Costs[] = []
      for (const style of replyStyles) {
        replies.style = style
        calls = []
        await runCell(
          0,
          { item: 0, setting: 0, technique, replicate: 1, model: 0 },
          {
            prepared,
            fitted: (at, of) => fitted.get(`${at} ${of}`),
            call,
            locate: () => place,
            capabilities: () => new Set(),
          },
        )
        ways.push(sumOfCosts(calls))
      }
      return largestOfCosts(ways)
    },
  }
}

/** A piece of a reply of undeclared length, as a prompt that repeats it holds it. */
const longReply = 'word '.repeat(undeclaredTokens / 4)

function askedItems({ items, search }: PreparedStudy): readonly Item[] {
  return search === undefined ? items : [...items, ...search.items]
}

function placesIn(prepared: PreparedStudy): number {
  return askedItems(prepared).length * prepared.study.settings.length
}

function placeAt(prepared: PreparedStudy, at: number): Place {
  const { settings } = prepared.study
  const item = askedItems(prepared)[Math.floor(at / settings.length)]
  const levels = settings[at % settings.length]
  if (item === undefined || levels === undefined) throw new Error(`no place ${at}`)
  return { item, levels }
}

/** Places at even distances, and the longest items under as many settings: what costs most is among them. */
function samplePlaces(prepared: PreparedStudy): readonly number[] {
  const { settings } = prepared.study
  const places = placesIn(prepared)
  const count = Math.min(sampled, places)
  const even = Array.from({ length: count }, (_, index) => Math.floor((index * places) / count))
  const longest = askedItems(prepared)
    .map((item, index) => ({
      index,
      bytes: Buffer.byteLength(JSON.stringify([item.context, item.input, item.options])),
    }))
    .sort((a, b) => b.bytes - a.bytes)
    .slice(0, 5)
  const step = Math.max(1, Math.floor(settings.length / 40))
  const long = longest.flatMap(({ index }) =>
    [...settings.keys()].filter((setting) => setting % step === 0).map((setting) => index * settings.length + setting),
  )
  return [...new Set([...even, ...long])]
}
