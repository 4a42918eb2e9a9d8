/**
 * Executes a study: every open cell once, in the running order, as many at a time as the endpoints take.
 *
 * Ends when all cells are done, when every claim is decided, when the budget is used up, or when it is told to. Whatever
 * ends it, what was finished is in the journal, and a later call goes on from there.
 */
import {
  type CellRecord,
  type ClaimFollower,
  cellAt,
  cellCount,
  cellsPerItem,
  followClaims,
  type Host,
  type JournalRecord,
  levelsAt,
  pause,
  type SearchEnds,
  type StopReason,
} from '../domain/index.ts'
import type { Model } from '../providers/provider.ts'
import { openCallDesk } from './call-desk.ts'
import type { GateLimits } from './endpoint-gate.ts'
import { fitTechniques } from './fit-technique.ts'
import { KnownCalls } from './known-calls.ts'
import { largestCluster } from './largest-cluster.ts'
import { CallAbandoned, type ModelCaller } from './model-caller.ts'
import { openCallers } from './open-callers.ts'
import type { PreparedStudy } from './prepare-study.ts'
import type { PreviousRun } from './previous-run.ts'
import { BudgetExhausted, RunBudget } from './run-budget.ts'
import { type CellContext, runCell } from './run-cell.ts'
import type { RunOutcome, RunProgress } from './run-outcome.ts'
import { runSearches } from './run-search.ts'
import { scoresOfCell } from './scores-of-cell.ts'
import { takeBreath } from './take-breath.ts'

export interface RunStudyOptions {
  readonly prepared: PreparedStudy
  /** Parallel to the models of the study. */
  readonly models: readonly Model[]
  /** By id. */
  readonly judges: ReadonlyMap<string, Model>
  readonly limits: GateLimits
  /** Attempts per call, the first included. */
  readonly attempts: number
  readonly journal: { append(record: JournalRecord): void; flush(): void }
  readonly previous: PreviousRun
  readonly host: Host
  /** Asks the run to end: calls under way may finish for a while, no new ones are made. */
  readonly signal: AbortSignal
  readonly onProgress: (progress: RunProgress) => void
}

/** After a request to end, calls under way have this long to come back. */
const graceMs = 10_000

/** Finished cells that may wait for a slow one before them, where nothing is decided on the way. */
const farthestAhead = 20_000

export async function runStudy(options: RunStudyOptions): Promise<RunOutcome> {
  const run = new StudyRun(options)
  return run.execute()
}

class StudyRun {
  readonly #options: RunStudyOptions
  readonly #follower: ClaimFollower
  readonly #budget: RunBudget
  readonly #known: KnownCalls
  readonly #callers: readonly ModelCaller[]
  readonly #cells: Omit<CellContext, 'locate'>
  readonly #fitted = new Map<string, unknown>()
  /** By model, where a search has come to its end. */
  readonly #ends = new Map<string, SearchEnds>()
  #searched = 0
  /** Aborts calls and pauses under way. */
  readonly #cut = new AbortController()
  readonly #total: number
  /** How far a cell may be ahead of the first unfinished one. */
  readonly #ahead: number
  readonly #startedMs: number
  #done: number
  #doneNow = 0
  #retries = 0
  readonly #breathe: () => Promise<void>
  #ending: StopReason | undefined
  #error: unknown
  #waiting: (() => void)[] = []

  constructor(options: RunStudyOptions) {
    const { prepared, previous, host } = options
    const { study, protocol } = prepared
    this.#options = options
    this.#follower = followClaims(study, previous.finished)
    this.#budget = new RunBudget(protocol.budget, previous.spent)
    this.#known = new KnownCalls({
      ...previous,
      perItem: cellsPerItem(study),
      searchedPerItem: study.settings.length * study.models.length,
    })
    this.#total = cellCount(study)
    this.#startedMs = host.now()
    this.#breathe = takeBreath(host.now)
    this.#done = previous.finished.size
    const callers = openCallers({
      ...options,
      budget: this.#budget,
      signal: this.#cut.signal,
      retried: () => {
        this.#retries++
      },
    })
    this.#callers = callers.models
    const desk = openCallDesk({
      ...callers,
      known: this.#known,
      shares: study.settings.length > 1,
      closed: () => this.#ending !== undefined && this.#ending !== 'budget',
    })
    this.#cells = {
      prepared,
      fitted: (model, technique) => this.#fitted.get(`${model} ${technique}`),
      call: (call) => desk.call(call),
      capabilities: (model) => options.models[model]?.capabilities ?? new Set(),
    }
    this.#ahead =
      study.stopping.rule === 'fixed'
        ? farthestAhead + cellsPerItem(study)
        : cellsPerItem(study) * largestCluster(study.items) + 2 * options.limits.concurrency * callers.models.length
  }

  async execute(): Promise<RunOutcome> {
    const { signal, journal, host } = this.#options
    if (this.#follower.stoppedAt !== undefined) this.#end('decided')
    const interrupted = (): void => this.#end('interrupted')
    if (signal.aborted) interrupted()
    else signal.addEventListener('abort', interrupted, { once: true })
    try {
      await fitTechniques({
        prepared: this.#options.prepared,
        call: this.#cells.call,
        fitted: this.#fitted,
        ended: () => this.#ending !== undefined,
      })
      await this.#search()
      await Promise.all(this.#callers.flatMap((_, model) => this.#workersOf(model)))
    } catch (error) {
      this.#fail(error)
    } finally {
      signal.removeEventListener('abort', interrupted)
      this.#cut.abort()
    }
    const reason = this.#error !== undefined ? 'error' : (this.#ending ?? 'complete')
    const cells = this.#follower.stoppedAt ?? this.#total
    try {
      journal.append({ kind: 'stop', time: host.time(), reason, cells })
      journal.flush()
    } catch (error) {
      this.#error ??= error
    }
    if (this.#error !== undefined) throw this.#error
    this.#report()
    return {
      reason,
      done: this.#done,
      total: this.#total,
      standings: this.#follower.standings(),
      spent: this.#budget.spent,
      retries: this.#retries,
      unscored: this.#options.previous.unscored.list(),
      ends: this.#ends,
    }
  }

  #workersOf(model: number): readonly Promise<void>[] {
    const { limits, prepared } = this.#options
    const models = prepared.study.models.length
    const cells = this.#total / models
    let next = 0
    const work = async (): Promise<void> => {
      while (this.#ending === undefined) {
        // Before a cell is taken: of cells with identical prompts the first in the running order pays.
        await this.#breathe()
        const index = next++ * models + model
        if (next > cells) return
        if (this.#options.previous.finished.has(index)) continue
        await this.#untilNear(index)
        if (this.#ending !== undefined) return
        await this.#runOne(index)
      }
    }
    return Array.from({ length: Math.min(limits.concurrency, cells) }, () => work().catch((error) => this.#fail(error)))
  }

  /** Keeps the run together, so that little has been paid for in vain when a claim is decided. */
  async #untilNear(index: number): Promise<void> {
    while (this.#ending === undefined && index >= this.#follower.settledCells + this.#ahead) {
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve)
      })
    }
  }

  async #runOne(index: number): Promise<void> {
    const { prepared, journal } = this.#options
    try {
      const cell = await runCell(index, cellAt(prepared.study, index), {
        ...this.#cells,
        locate: (place) => ({
          item: prepared.items[place.item],
          levels: levelsAt(prepared.study, place, this.#ends),
        }),
      })
      journal.append(cell)
      this.#finish(cell)
    } catch (error) {
      if (error instanceof BudgetExhausted) this.#end('budget')
      else if (!(error instanceof CallAbandoned)) throw error
    }
  }

  #finish(cell: CellRecord): void {
    this.#done++
    this.#doneNow++
    const before = this.#follower.settledCells
    this.#follower.add(cell.index, scoresOfCell(cell))
    this.#options.previous.unscored.add(cell.index, cell.scores)
    const settled = this.#follower.settledCells
    if (settled > before) {
      this.#known.forgetBefore(settled)
      this.#wake()
    }
    if (this.#follower.stoppedAt !== undefined) this.#end('decided')
    this.#report()
  }

  async #search(): Promise<void> {
    if (this.#options.prepared.search === undefined || this.#ending !== undefined) return
    await runSearches({
      ...this.#options,
      context: this.#cells,
      answered: () => {
        this.#searched++
        this.#doneNow++
        this.#report()
      },
      found: (model, ends) => this.#ends.set(model, ends),
    })
    this.#doneNow = 0
  }

  /** Calls under way were paid for: they may come back and be recorded, for a while. */
  #end(reason: StopReason): void {
    if (this.#ending === undefined) {
      this.#ending = reason
      void pause(graceMs, this.#cut.signal).then(() => this.#cut.abort())
    }
    this.#wake()
  }

  #fail(error: unknown): void {
    if (error instanceof BudgetExhausted) {
      this.#end('budget')
      return
    }
    if (error instanceof CallAbandoned) return
    this.#error ??= error
    this.#end('error')
    this.#cut.abort()
  }

  #wake(): void {
    const waiting = this.#waiting
    this.#waiting = []
    for (const resume of waiting) resume()
  }

  #report(): void {
    const { host, onProgress, prepared } = this.#options
    const { search, models } = prepared.study
    const searching = search !== undefined && this.#ends.size < models.length
    onProgress({
      step: searching ? 'searching' : 'running',
      ...(searching
        ? { done: this.#searched, total: search.answersAtMost * models.length }
        : { done: this.#done, total: this.#total }),
      retries: this.#retries,
      ...this.#budget.spent,
      elapsedMs: host.now() - this.#startedMs,
      doneNow: this.#doneNow,
      standings: () => this.#follower.standings(),
    })
  }
}
