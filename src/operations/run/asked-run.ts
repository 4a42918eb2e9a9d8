/** A run with the prompts of its cells, rebuilt from the protocol and checked against the hashes in the journal. */
import { z } from 'zod'
import { type AskedCell, defineScorer, type Scorer } from '../../domain/index.ts'
import { type PlugIns, type PreparedStudy, prepareStudy, replayCells } from '../../runner/index.ts'
import { AssayError } from '../../stats/index.ts'
import type { AskedRun, FinishedRun } from '../../store/read-run.ts'

export async function askedRun(run: FinishedRun, plugIns: PlugIns): Promise<AskedRun> {
  const asked = new Map<number, AskedCell>()
  const prepared = preparedFor(run, plugIns)
  if (prepared === undefined) return { ...run, asked }
  const replay = await replayCells({ prepared, calls: run.calls, ends: run.ends })
  const cells: FinishedRun['cells'][number][] = []
  for (const cell of run.cells) {
    const found = await replay.ask(cell)
    if (found !== undefined) asked.set(cell.index, found)
    cells.push(found !== undefined && cell.text === '' ? { ...cell, text: lastTextOf(found) } : cell)
  }
  return { ...run, cells, asked }
}

/** Earlier versions did not write down the text of a cell that shares the answer of another setting. */
function lastTextOf({ calls }: AskedCell): string {
  const last = calls.findLast(({ purpose, outcome }) => purpose !== 'judge' && outcome.kind === 'response')
  return last?.outcome.kind === 'response' ? last.outcome.response.text : ''
}

/** Undefined where this version has not the plug-ins of the run. Scorers put nothing into a prompt of the model. */
function preparedFor({ protocol, start }: FinishedRun, plugIns: PlugIns): PreparedStudy | undefined {
  const known = new Set(plugIns.scorers.map(({ name }) => name))
  const own = [...new Set(protocol.scorers.map(({ use }) => use))].filter((use) => !known.has(use))
  const scorers = [...plugIns.scorers, ...own.map((name) => absentScorer(name, protocol))]
  try {
    const prepared = prepareStudy({ protocol, plugIns: { ...plugIns, scorers } })
    return prepared.study.protocolHash === start.study.protocolHash ? prepared : undefined
  } catch (error) {
    if (error instanceof AssayError) return undefined
    throw error
  }
}

/** In the place of a scorer from a file of the user: its scores stand in the journal. */
function absentScorer(name: string, { scorers }: FinishedRun['protocol']): Scorer {
  const fields = scorers.filter(({ use }) => use === name).flatMap(({ with: given }) => Object.keys(given))
  return defineScorer({
    name,
    title: name,
    version: 1,
    summary: '',
    parameters: z.object(Object.fromEntries(fields.map((field) => [field, z.unknown()]))),
    references: [],
    reads: ['letter', 'text', 'likelihood', 'generative', 'open'],
    range: { lower: 0, upper: 1 },
    score: () => Promise.reject(new Error(`scorer ${name} is not here`)),
  })
}
