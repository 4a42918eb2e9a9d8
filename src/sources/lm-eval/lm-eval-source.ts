/** lm-evaluation-harness: `results_*.json` with `samples_*.jsonl` beside it, either of them alone, and pre-0.4 files. */
import type { Source } from '../source.ts'
import { groupLmEvalFiles, isResultsFile, isSamplesFile } from './lm-eval-files.ts'
import { readLmEvalUnit } from './read-lm-eval-unit.ts'

export const lmEvalSource: Source = {
  name: 'lm-eval',
  title: 'lm-evaluation-harness',
  summary: 'results_*.json and samples_*.jsonl of lm-evaluation-harness; a row per document, filter and metric',
  references: ['https://github.com/EleutherAI/lm-evaluation-harness (lm_eval/loggers/evaluation_tracker.py)'],
  sniff: (file) => isResultsFile(file) || isSamplesFile(file),
  group: groupLmEvalFiles,
  read: readLmEvalUnit,
}
