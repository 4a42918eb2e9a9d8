/** Reads `--set equivalence.margin=0.05`: parameters of analyses that a reader fixes before looking. */
import type { Analysis } from '../domain/index.ts'
import { fail } from '../stats/index.ts'

/** Parameters that differ from their defaults, by analysis and name, as its schema read them. */
export type AnalysisSettings = Readonly<Record<string, Readonly<Record<string, unknown>>>>

/** Values are read as JSON where they are JSON, as text otherwise; the schema of the analysis has the last word. */
export function analysisSettings(
  given: Readonly<Record<string, string>>,
  analyses: readonly Analysis[],
): AnalysisSettings {
  const settings: Record<string, Record<string, unknown>> = {}
  for (const [setting, text] of Object.entries(given)) {
    const [name = '', parameter = ''] = setting.split('.')
    const analysis = analyses.find((each) => each.name === name)
    if (analysis === undefined)
      return fail('unknown-analysis', { setting }, `write analysis.parameter=value with one of ${namesOf(analyses)}`)
    const known = Object.keys(analysis.parameters.shape)
    if (!known.includes(parameter))
      return fail(
        'unknown-parameter',
        { setting },
        known.length === 0 ? `${name} has no parameters` : `${name} has ${known.join(', ')}`,
      )
    const parsed = analysis.parameters.safeParse({ [parameter]: parsedOf(text) })
    if (!parsed.success)
      return fail(
        'parameter-not-usable',
        { [setting]: text },
        `${parsed.error.issues[0]?.message ?? 'not usable'}; see docs/analyses/${name}.md`,
      )
    settings[name] = { ...settings[name], [parameter]: parsed.data[parameter] }
  }
  return settings
}

function parsedOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function namesOf(analyses: readonly Analysis[]): string {
  return analyses.map(({ name }) => name).join(', ')
}
