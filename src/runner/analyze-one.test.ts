import { expect, test } from 'vitest'
import { z } from 'zod'
import { type Analysis, defineAnalysis, explain, ObservationsBuilder } from '../domain/index.ts'
import { analyses } from '../methods/analyses/index.ts'
import { openRandom } from '../random/index.ts'
import { analyzeOne } from './analyze-one.ts'
import { computeAnalyses } from './compute-analyses.ts'
import type { ComputeProgress } from './compute-progress.ts'

function analysisOf(name: string, act: () => void = () => {}, code = 'no-observations'): Analysis {
  return defineAnalysis({
    name,
    title: `Title of ${name}`,
    question: 'validity',
    version: 1,
    summary: '',
    parameters: z.object({ level: z.number().default(0.95) }),
    assumptions: [],
    references: [],
    analyze({ random, parameters }) {
      act()
      return {
        status: 'answered',
        statements: [{ code, values: { draw: random.uniform(), path: random.path, level: parameters.level } }],
        evidence: [],
        problems: [],
        figures: [],
        tables: [],
      }
    },
  })
}

const observations = new ObservationsBuilder().finish()
const task = () => ({ observations, runs: [], settings: {}, random: openRandom(7) })

test('analyzeOne gives an analysis its default parameters and a stream of its own name (seed 7)', () => {
  const { result } = analyzeOne(analysisOf('first'), task())
  expect(result.statements[0]?.values).toMatchObject({ path: '7/first', level: 0.95 })
})

test('analyzeOne after another analysis of the same run draws the same numbers (seed 7)', () => {
  const shared = task()
  const alone = analyzeOne(analysisOf('first'), task()).result
  analyzeOne(analysisOf('zeroth'), shared)
  expect(analyzeOne(analysisOf('first'), shared).result).toEqual(alone)
})

test('analyzeOne turns what an analysis throws into a result that says so, and keeps what was thrown', () => {
  const cause = new Error('index out of range')
  const bad = analysisOf('bad', () => {
    throw cause
  })
  const { result, thrown } = analyzeOne(bad, task())
  expect(result.status).toBe('cannot-say')
  const [problem] = result.problems
  expect(problem).toMatchObject({ code: 'analysis-failed', severity: 'invalid' })
  expect(problem === undefined ? '' : explain(problem).text).toContain('index out of range')
  expect(thrown).toEqual({ reason: 'index out of range', cause })
})

test('analyzeOne treats a sentence without words as a failure of its analysis, so that the report can still be written', () => {
  const { result, thrown } = analyzeOne(analysisOf('mute', undefined, 'no-such-code'), task())
  expect(result.problems[0]).toMatchObject({ code: 'analysis-failed' })
  expect(thrown?.reason).toContain('no-such-code')
})

test('computeAnalyses runs every analysis in order and announces each before it starts', () => {
  const events: ComputeProgress[] = []
  const outcomes = computeAnalyses({ observations, runs: [], seed: '7', settings: {} }, (event) => events.push(event))
  expect(outcomes).toHaveLength(analyses.length)
  expect(events).toEqual(
    analyses.map(({ title }, done) => ({ step: `analysing: ${title}`, done, total: analyses.length })),
  )
})

test('analyzeOne with a parameter set by hand uses it and keeps the defaults of the others', () => {
  const { result } = analyzeOne(analysisOf('first'), { ...task(), settings: { level: 0.9 } })
  expect(result.statements[0]?.values).toMatchObject({ path: '7/first', level: 0.9 })
})
