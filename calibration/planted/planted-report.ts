/** What a report says of a planted run: the evidence by key, the findings and the problems of the analyses asked for. */
import type { Analysis, AnalysisResult } from '../../src/domain/index.ts'
import type { Random } from '../../src/random/index.ts'
import { analyzeOne } from '../../src/runner/analyze-one.ts'
import { notEstimable, type Outcome } from '../../src/stats/index.ts'
import { type PlantedProtocol, runPlanted } from './run-planted.ts'

export interface PlantedReport {
  readonly settings: readonly Readonly<Record<string, string>>[]
  readonly statements: AnalysisResult['statements']
  readonly problems: AnalysisResult['problems']
  /** The estimate under a key, less the title of the study before it. */
  readonly estimate: (key: string) => Outcome
}

/** Runs the protocol under a seed of its own: other items as hard, other effects as large, other answers. */
export async function reportPlanted(options: {
  readonly protocol: PlantedProtocol & { readonly title: string; readonly models: readonly PlantedModel[] }
  readonly analyses: readonly Analysis[]
  readonly random: Random
}): Promise<PlantedReport> {
  const { protocol, analyses, random } = options
  const seed = random.path
  const { study, observations, runs } = await runPlanted({
    ...protocol,
    seed,
    models: protocol.models.map((model) => ({
      ...model,
      options: { ...model.options, seed: modelSeed(random, model.id), difficultySeed: seed },
    })),
  })
  const results = analyses.map((analysis) => {
    const { result, thrown } = analyzeOne(analysis, { observations, runs, settings: {}, random })
    if (thrown !== undefined) throw new Error(`${analysis.name} failed under seed ${seed}`, { cause: thrown.cause })
    return result
  })
  const evidence = new Map(results.flatMap((result) => result.evidence.map(({ key, outcome }) => [key, outcome])))
  return {
    settings: study.settings,
    statements: results.flatMap(({ statements }) => statements),
    problems: results.flatMap(({ problems }) => problems),
    estimate(key) {
      const outcome = evidence.get(`${protocol.title}/${key}`) ?? evidence.get(key)
      if (outcome === undefined)
        throw new Error(`no evidence under ${key}; there is ${[...evidence.keys()].join(', ')}`)
      return outcome.kind === 'test' ? notEstimable('no-estimate', {}) : outcome
    },
  }
}

export interface PlantedModel {
  readonly id: string
  readonly endpoint: string
  readonly options?: Readonly<Record<string, unknown>>
}

export function modelSeed(random: Random, id: string): string {
  return `${random.path}/${id}`
}
