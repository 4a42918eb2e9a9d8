import { inspectSource } from '../../src/sources/inspect/inspect.ts'
import { lmEvalSource } from '../../src/sources/lm-eval/lm-eval-source.ts'
import { tableSource } from '../../src/sources/table/table-source.ts'
import { describeSource } from './source-contract.ts'

const logs = 'test/fixtures/logs'
const inspect = ['arith.eval', 'mcq.json', 'crashed.eval', 'odd-scores.eval', 'early.json', 'fewer-than-promised.eval']
const ownOf = {
  inspect: inspect.map((name) => `${logs}/inspect/${name}`),
  'lm-eval': [`${logs}/lm-eval`],
  table: ['gpqa_diamond_scores.csv', 'formats.tsv', 'formats.jsonl'].map((name) => `${logs}/table/${name}`),
}

describeSource({
  source: inspectSource,
  own: ownOf.inspect,
  foreign: [...ownOf['lm-eval'], ...ownOf.table],
  columns: {},
})
describeSource({
  source: lmEvalSource,
  own: ownOf['lm-eval'],
  foreign: [`${logs}/inspect`, ...ownOf.table],
  columns: {},
})
describeSource({
  source: tableSource,
  own: ownOf.table,
  foreign: [`${logs}/inspect`, ...ownOf['lm-eval']],
  columns: {},
})
describeSource({
  source: tableSource,
  own: [`${logs}/table/nested.json`],
  foreign: [`${logs}/inspect`, ...ownOf['lm-eval']],
  columns: { score: 'scores.exact|scores.judge' },
})
describeSource({
  source: tableSource,
  own: [`${logs}/table/wide.csv.gz`],
  foreign: [`${logs}/inspect`, ...ownOf['lm-eval']],
  columns: { item: 'question', model: 'columns:*' },
})
