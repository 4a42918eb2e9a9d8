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
  levelsAt,
  type SearchEnds,
  scoresOfCell,
} from '../domain/index.ts'
import { AffordableCells } from './affordable-cells.ts'
import { openCallDesk } from './call-desk.ts'
import { CallsUnderWay } from './calls-under-way.ts'
import { fitTechniques } from './fit-technique.ts'
import { HeldCells } from './held-cells.ts'
import { IdleTurns } from './idle-turns.ts'
import { KnownCalls } from './known-calls.ts'
import type { ModelCaller } from './model-caller.ts'
import { openBudget } from './open-budget.ts'
import { openCallers } from './open-callers.ts'
import { Pacing } from './pacing.ts'
import { ProgressReports } from './progress-reports.ts'
import { readAhead } from './read-ahead.ts'
import { requestsOfFirstCell } from './rehearse.ts'
import type { RunBudget } from './run-budget.ts'
import { type CellContext, runCell } from './run-cell.ts'
import { RunEnding } from './run-ending.ts'
import type { RunOutcome } from './run-outcome.ts'
import { runSearches } from './run-search.ts'
import type { RunStudyOptions } from './run-study-options.ts'
import { takeBreath } from './take-breath.ts'

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
  readonly #held: HeldCells
  readonly #cells: Omit<CellContext, 'locate'>
  readonly #fitted = new Map<string, unknown>()
  /** By model, where a search has come to its end. */
  readonly #ends = new Map<string, SearchEnds>()
  #searched = 0
  readonly #total: number
  #done: number
  readonly #reports: ProgressReports
  /** How far the budget reaches; undefined where none is set. */
  #affordable: AffordableCells | undefined
  readonly #breathe: () => Promise<void>
  readonly #ending = new RunEnding(() => this.#pacing.wake())
  readonly #pacing: Pacing
  readonly #underWay = new CallsUnderWay()
  readonly #idle = new IdleTurns()

  constructor(options: RunStudyOptions) {
    const { prepared, previous, host, journal } = options
    const { study, protocol } = prepared
    this.#options = options
    this.#follower = followClaims(study, previous.finished)
    const { concurrency } = options.limits
    this.#budget = openBudget({ limits: protocol.budget, spent: previous.spent, journal, concurrency })
    this.#known = new KnownCalls({
      ...previous,
      perItem: cellsPerItem(study),
      searchedPerItem: study.settings.length * study.models.length,
    })
    this.#total = cellCount(study)
    this.#breathe = takeBreath(host.now)
    this.#reports = new ProgressReports({
      ...options,
      step: () => this.#step(),
      spent: () => this.#budget.spent,
      standings: () => this.#follower.standings(),
    })
    this.#done = previous.finished.size
    const callers = openCallers({
      ...options,
      budget: this.#budget,
      record: (call) => {
        journal.append(call)
        previous.disbelieved.add(call)
        previous.requests.add(call)
        this.#affordable?.paid(call)
      },
      closed: this.#ending.closed,
      cut: this.#ending.cut,
      answeredBefore: previous.finished.size + previous.searched.size > 0,
      retried: ({ waitMs, index, mayStillMake }) => {
        this.#affordable?.failed(index, mayStillMake)
        this.#reports.retried(waitMs)
      },
    })
    this.#callers = callers.models
    this.#held = new HeldCells(callers)
    const desk = this.#held.watch(
      openCallDesk({
        ...callers,
        known: this.#known,
        shares: study.settings.length > 1,
        closed: () => this.#ending.closed.aborted,
      }),
    )
    this.#cells = {
      prepared,
      fitted: (model, technique) => this.#fitted.get(`${model} ${technique}`),
      call: async (call) => {
        const answer = await this.#underWay.add(desk.call(call))
        await this.#idle.turn()
        return answer
      },
      capabilities: (model) => options.models[model]?.capabilities ?? new Set(),
    }
    const ahead = readAhead({ study, inFlight: concurrency * callers.models.length })
    this.#pacing = new Pacing({
      ended: () => this.#ending.reason !== undefined,
      begins: (index) => {
        const { settledCells } = this.#follower
        const near = index < settledCells + ahead(settledCells) + this.#held.allowance
        return near && this.#affordable?.covers(index) !== false
      },
    })
  }

  async execute(): Promise<RunOutcome> {
    const { signal, journal, host } = this.#options
    if (this.#follower.stoppedAt !== undefined) this.#ending.end('decided')
    const interrupted = (): void => this.#ending.end('interrupted')
    if (signal.aborted) interrupted()
    else signal.addEventListener('abort', interrupted, { once: true })
    try {
      await fitTechniques({
        prepared: this.#options.prepared,
        call: this.#cells.call,
        fitted: this.#fitted,
        ended: () => this.#ending.reason !== undefined,
      })
      await this.#search()
      await this.#openBudgetedCells()
      await Promise.all(
        this.#callers.map((_, model) => this.#runModel(model).catch((error) => this.#ending.fail(error))),
      )
    } catch (error) {
      this.#ending.fail(error)
    } finally {
      signal.removeEventListener('abort', interrupted)
      await this.#underWay.ended()
      this.#ending.done()
    }
    const { stoppedAt } = this.#follower
    // What came back while the run was ending may have decided it.
    const ended = stoppedAt === undefined ? this.#ending.reason : 'decided'
    const reason = this.#ending.error === undefined ? (ended ?? 'complete') : 'error'
    const cells = stoppedAt ?? this.#total
    try {
      journal.append({ kind: 'stop', time: host.time(), reason, cells })
      journal.flush()
    } catch (error) {
      this.#ending.fail(error)
    }
    if (this.#ending.error !== undefined) throw this.#ending.error
    this.#reports.report()
    return {
      reason,
      done: this.#done,
      total: this.#total,
      standings: this.#follower.standings(),
      spent: this.#budget.spent,
      lost: this.#options.previous.lost,
      lateRequests: reason === 'decided' ? this.#options.previous.requests.from(cells) : 0,
      retries: this.#reports.retries,
      unscored: this.#options.previous.unscored.list(),
      failed: this.#options.previous.failed.list(),
      disbelieved: this.#options.previous.disbelieved.list(),
      ends: this.#ends,
    }
  }

  async #openBudgetedCells(): Promise<void> {
    const { prepared, previous } = this.#options
    if (!this.#budget.limited || this.#ending.reason !== undefined) return
    const firstEstimate = await requestsOfFirstCell(prepared)
    this.#affordable = new AffordableCells({
      budget: this.#budget,
      endedBefore: previous.finished.size,
      firstEstimate,
    })
  }

  async #runModel(model: number): Promise<void> {
    await Promise.all(this.#workersOf(model))
    if (this.#ending.reason === undefined) this.#held.conclude(model)
  }

  #workersOf(model: number): readonly Promise<void>[] {
    const { limits, prepared } = this.#options
    const models = prepared.study.models.length
    const cells = this.#total / models
    // As many again stand ready, so that the endpoint need not wait for what comes between two calls. Not where a
    // decision may make them needless: a request would leave before the answers before it are scored.
    const ready = prepared.study.stopping.rule === 'fixed' ? limits.concurrency : 0
    let next = 0
    const work = async (): Promise<void> => {
      while (this.#ending.reason === undefined) {
        // Before a cell is taken: of cells with identical prompts the first in the running order pays.
        await this.#breathe()
        const index = next++ * models + model
        if (next > cells) return
        if (this.#options.previous.finished.has(index)) continue
        await this.#pacing.turnOf(index)
        if (this.#ending.reason !== undefined) return
        await this.#runOne(index)
      }
    }
    return Array.from({ length: Math.min(limits.concurrency + ready, cells) }, () =>
      work().catch((error) => this.#ending.fail(error)),
    )
  }

  async #runOne(index: number): Promise<void> {
    const { prepared } = this.#options
    try {
      const cell = await runCell(index, cellAt(prepared.study, index), {
        ...this.#cells,
        locate: (place) => ({
          item: prepared.items[place.item],
          levels: levelsAt(prepared.study, place, this.#ends),
        }),
      })
      const state = this.#held.settle(index, () => this.#finish(cell))
      this.#affordable?.ended(index)
      if (state === 'held' || this.#affordable !== undefined) this.#pacing.wake()
    } catch (error) {
      this.#ending.fail(error)
    }
  }

  #finish(cell: CellRecord): void {
    this.#options.journal.append(cell)
    this.#done++
    const before = this.#follower.settledCells
    this.#follower.add(cell.index, scoresOfCell(cell))
    this.#options.previous.unscored.add(cell.index, cell.scores)
    this.#options.previous.failed.add(cell)
    const settled = this.#follower.settledCells
    if (settled > before) {
      this.#known.forgetBefore(settled)
      this.#pacing.wake()
    }
    if (this.#follower.stoppedAt !== undefined) this.#ending.end('decided')
    this.#reports.advance()
  }

  async #search(): Promise<void> {
    if (this.#options.prepared.search === undefined || this.#ending.reason !== undefined) return
    await runSearches({
      ...this.#options,
      context: this.#cells,
      held: this.#held,
      answered: () => {
        this.#searched++
        this.#reports.advance()
      },
      found: (model, ends) => this.#ends.set(model, ends),
    })
    this.#reports.restart()
  }

  #step(): { readonly step: 'searching' | 'running'; readonly done: number; readonly total: number } {
    const { search, models } = this.#options.prepared.study
    return search !== undefined && this.#ends.size < models.length
      ? { step: 'searching', done: this.#searched, total: search.answersAtMost * models.length }
      : { step: 'running', done: this.#done, total: this.#total }
  }
}
