/** Writes docs/calibration.md from the committed results. */
import type { CommittedResult } from './committed-result.ts'
import { toleranceInStandardErrors } from './judge-row.ts'

export function calibrationPage(results: readonly CommittedResult[]): string {
  return `${[
    '# Calibration',
    '',
    'Every interval and test that Assay prints was run on simulated data whose truth is known. The tables give the share of',
    'simulations in which an interval covered the truth, or in which a test rejected a true null hypothesis, beside the rate',
    `that the procedure promises. A rate further than ${toleranceInStandardErrors} binomial standard errors from the promise, on a side that breaks it, is`,
    'marked **no** and fails the build. Where the outcomes are few enough, all of them were summed with their probabilities',
    'instead: such a rate is exact and has no tolerance. `npm run calibrate` repeats all of it; the results are in `calibration/results`.',
    '',
    '<!-- written by calibration/run.ts; do not edit -->',
    ...results.flatMap(section),
  ].join('\n')}\n`
}

function section(result: CommittedResult): readonly string[] {
  const measured = { coverage: 'covered', level: 'rejected', cost: 'taken' }[result.kind]
  return [
    '',
    `## ${result.title}`,
    '',
    `\`${result.name}\`: ${promise(result)}. Seed \`${result.seed}\`, ${result.date}, Node ${result.node}.`,
    ...(result.note === undefined ? [] : ['', result.note]),
    '',
    `| setting | promised | ${measured} | standard error | simulations | within tolerance |`,
    '| --- | ---: | ---: | ---: | ---: | :---: |',
    ...result.rows.map(
      (row) =>
        `| ${row.setting.replaceAll('|', '\\|')} | ${percent(result.nominal)} | ${percent(row.rate)} | ${row.repetitions === 'enumerated' ? '–' : percent(row.standardError)} | ` +
        `${row.repetitions === 'enumerated' ? 'all outcomes' : row.repetitions.toLocaleString('en')} | ${row.withinTolerance ? 'yes' : '**no**'} |`,
    ),
  ]
}

function promise({ kind, nominal, verdict }: CommittedResult): string {
  if (kind === 'cost')
    return `takes ${verdict === 'at-most' ? 'at most ' : ''}${percent(nominal)} of the calls that the setting states`
  const what = kind === 'coverage' ? 'covers the truth' : 'rejects a true null hypothesis'
  const words = {
    nominal: 'with probability',
    'at-least': 'with probability at least',
    'at-most': 'with probability at most',
  }
  return `${what} ${words[verdict]} ${percent(nominal)}`
}

/** 0.9506 → 95.06 %; small levels keep three significant digits. */
function percent(rate: number): string {
  const value = rate * 100
  return `${value === 0 || value >= 1 ? Number(value.toFixed(2)) : Number(value.toPrecision(3))} %`
}
