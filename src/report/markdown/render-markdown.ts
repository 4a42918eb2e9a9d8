/** The report for a pull request: the answers, the problems and the reproduction, in at most some 120 lines. */
import { formatApart, formatNumber } from '../../domain/index.ts'
import { fromJsonNumbers } from '../compose/json-numbers.ts'
import type { ReportDocument, SectionRecord } from '../document.ts'
import { evidenceLine, known } from '../evidence-words.ts'
import { headlineEvidence } from '../headline-evidence.ts'
import { ledgerWords, procedureWords, survivors } from '../ledger-words.ts'
import { type ProblemKind, problemKinds } from '../problem-kinds.ts'
import { counted, questionWords, severityWords, statusWords } from '../question-words.ts'
import type { ReconciliationRecord } from '../record/run-record.ts'
import { reproductionWords } from '../reproduction-words.ts'
import { sentence } from '../sentence.ts'
import { escapeMarkdown, markdownCode } from './escape-markdown.ts'

const most = { problems: 12, figures: 12, numbers: 4, files: 6, families: 8 } as const

export function renderMarkdown(document: ReportDocument): string {
  const lines = [
    `# Evidence: ${escapeMarkdown(document.title)}`,
    '',
    observed(document),
    '',
    ...leading(document),
    ...answers(document),
    ...reproduction(document),
    ...document.sections.flatMap(numbers),
    ...hypotheses(document),
    ...problems(document),
    ...unread(document),
    '---',
    '',
    `assay ${escapeMarkdown(document.assay.version)}, seed ${markdownCode(document.seed)}, input ${markdownCode(document.inputHash)}. ` +
      'Method, assumptions and caveats of every number are in `report.html` and `report.json`.',
  ]
  return `${lines.join('\n')}\n`
}

function observed({ observations }: ReportDocument): string {
  const { models, tasks, items, variants, replicates, rows, scored } = observations
  return `${[
    counted(models.length, 'model', 'models'),
    counted(tasks.length, 'task', 'tasks'),
    counted(items, 'item', 'items'),
    ...(variants > 1 ? [counted(variants, 'variant', 'variants')] : []),
    replicates > 1 ? `up to ${counted(replicates, 'repeat', 'repeats')}` : 'no repeats',
    `${counted(scored, 'score', 'scores')}${scored < rows ? ` and ${counted(rows - scored, 'row', 'rows')} without one` : ''}`,
  ].join(' · ')}.`
}

function leading({ problems: [first] }: ReportDocument): readonly string[] {
  if (first === undefined) return ['**No problem was found by the checks that ran.**', '']
  const fix = first.fix === undefined ? '' : ` ${escapeMarkdown(sentence(first.fix))}`
  return [`**Most important problem: ${escapeMarkdown(first.text)}**${fix}`, '']
}

function answers({ sections }: ReportDocument): readonly string[] {
  const row = (section: SectionRecord) => {
    const evidence = headlineEvidence(section)
    const number = evidence === undefined ? '' : `${evidenceLine(evidence)}, ${evidence.label}`
    const cells = [
      `**${questionWords[section.question].name}**`,
      `${statusMarks[section.status]} ${statusWords[section.status]}`,
      escapeMarkdown(section.headline.text),
      escapeMarkdown(number),
    ]
    return `| ${cells.join(' | ')} |`
  }
  return ['| question | answer | finding | number |', '| --- | --- | --- | --- |', ...sections.map(row), '']
}

const statusMarks = { answered: '✓', partly: '◐', 'cannot-say': '?' } as const

function reproduction(document: ReportDocument): readonly string[] {
  const bad = document.runs.flatMap(({ path, reconciliations }) =>
    reconciliations.filter(({ verdict }) => verdict !== 'match').map((record) => ({ path, record })),
  )
  bad.sort((a, b) => Number(a.record.verdict === 'cannot') - Number(b.record.verdict === 'cannot'))
  const rows = bad.slice(0, most.figures).map(({ path, record }) => {
    const [said, found] = saidAndFound(record)
    return `| ${markdownCode(path)} | ${escapeMarkdown(record.metric)} | ${said} | ${found} | ${record.verdict === 'differs' ? 'differs' : 'cannot check'} |`
  })
  return [
    '## Reproduction',
    '',
    escapeMarkdown(reproductionWords(document)),
    '',
    ...(rows.length === 0
      ? []
      : ['| log | figure | harness said | recomputed | result |', '| --- | --- | ---: | ---: | --- |', ...rows, '']),
    ...more(bad.length, most.figures, 'figures'),
  ]
}

function saidAndFound(record: ReconciliationRecord): readonly [string, string] {
  const { reported, recomputed } = fromJsonNumbers(record)
  const [said, found] = formatApart(known(reported), known(recomputed))
  return [reported === undefined ? 'nothing' : said, recomputed === undefined ? 'cannot' : found]
}

function numbers({ question, status, analyses, headline }: SectionRecord): readonly string[] {
  const statements = analyses.flatMap((analysis) => analysis.statements)
  const shown = statements.length === 0 ? [headline] : statements.slice(0, most.numbers)
  return [
    `## ${questionWords[question].name}: ${questionWords[question].asks}`,
    '',
    ...shown.map(({ text, fix }) => {
      const need = status === 'answered' || fix === undefined ? '' : ` What it would take: ${sentence(fix)}`
      return `- ${escapeMarkdown(`${text}${need}`)}`
    }),
    ...more(statements.length, most.numbers, 'findings').slice(0, 1),
    '',
  ]
}

function hypotheses({ ledger }: ReportDocument): readonly string[] {
  if (ledger.families.length === 0) return []
  // With room for a few, those in which something survives come first.
  const families = ledger.families.toSorted((a, b) => survivors(b) - survivors(a))
  const rows = families.slice(0, most.families).map((family) => {
    const cells = [
      escapeMarkdown(family.family),
      formatNumber(family.hypotheses.length, 'count'),
      `${procedureWords[family.method]}, ${formatNumber(family.alpha, 'rate')}`,
      formatNumber(survivors(family), 'count'),
    ]
    return `| ${cells.join(' | ')} |`
  })
  return [
    '## Hypotheses tested',
    '',
    ledgerWords(ledger),
    '',
    '| family | hypotheses | procedure | survive |',
    '| --- | ---: | --- | ---: |',
    ...rows,
    '',
    ...more(ledger.families.length, most.families, 'families'),
  ]
}

function problems({ problems: all }: ReportDocument): readonly string[] {
  if (all.length === 0) return []
  const kinds = problemKinds(all)
  const line = ({ first, others }: ProblemKind, index: number) => {
    const { severity, text, fix } = first
    const more = others.length === 0 ? '' : ` (${formatNumber(others.length, 'count')} more like this)`
    const words = `${text}${more}${fix === undefined ? '' : ` ${sentence(fix)}`}`
    return `${index + 1}. **${severityWords[severity]}.** ${escapeMarkdown(words)}`
  }
  return [
    '## Problems',
    '',
    ...kinds.slice(0, most.problems).map(line),
    '',
    ...more(kinds.length, most.problems, 'kinds of problem'),
  ]
}

function unread({ failures }: ReportDocument): readonly string[] {
  if (failures.length === 0) return []
  const line = ({ path, message, fix }: (typeof failures)[number]) =>
    `- ${markdownCode(path)}: ${escapeMarkdown(message)}. ${escapeMarkdown(sentence(fix))}`
  return [
    '## Files that could not be read',
    '',
    ...failures.slice(0, most.files).map(line),
    '',
    ...more(failures.length, most.files, 'files'),
  ]
}

function more(total: number, shown: number, what: string): readonly string[] {
  return total <= shown ? [] : [`${formatNumber(total - shown, 'count')} more ${what} in \`report.html\`.`, '']
}
