import type { Messages } from './message.ts'

/** What reading a log can bring to light. */
export const sourceMessages = {
  'header-rows-mismatch': {
    text: 'The header of {path} promises {expected:count} responses; the file holds {found:count}.',
    fix: 'find the missing samples, or report only what the file holds',
    priority: 95,
  },
  'sample-metadata-left-out': {
    text: '{path} has more kinds of sample metadata than are kept for subgroups; {count:count} were left out, last by name.',
    priority: 5,
  },
  'cluster-values-missing': {
    text: 'Some samples have no value for "{key}", over which the log groups its samples.',
    priority: 20,
  },
  'difference-unexplained': {
    text: 'It differs by {difference:number}, and nothing in the file explains why.',
    fix: 'report the recomputed figure; find out how the log was made',
    priority: 70,
  },
  'edited-log': {
    text: 'The tags or metadata of {path} were edited after the run, {count:count} times.',
    priority: 10,
  },
  'edited-scores': {
    text: '{count:count} responses in {path} have scores that were changed after the run; the last value counts.',
    fix: 'read who changed them and why, in the history of each score',
    priority: 55,
  },
  'figures-too-many': {
    text: 'The header states more figures than can be recomputed in reasonable time.',
    priority: 20,
  },
  'grouping-values-left-out': {
    text: 'In {path}, {count:count} responses lost the value that says which group they belong to: the summaries leave out long values, and the full samples are not there.',
    fix: 'pass the log with its samples, or give groups short names',
    priority: 65,
  },
  'headline-not-finite': {
    text: 'The log states {reported}, which is no finite number.',
    priority: 20,
  },
  'invalidated-samples': {
    text: '{count:count} responses in {path} were declared invalid after the run; their scores are treated as missing.',
    fix: 'run these samples again',
    priority: 75,
  },
  'invalidated-samples-unnamed': {
    text: '{path} says that samples were declared invalid, and does not hold the records that say which.',
    fix: 'pass the log with its samples',
    priority: 80,
  },
  'log-without-samples': {
    text: '{path} holds no samples, only a header; nothing in it can be recomputed or compared.',
    fix: 'pass the log that holds the samples',
    priority: 85,
  },
  'log-without-scorer': {
    text: '{path} names no scorer: its responses are there, and none has a score.',
    fix: 'score the log, for instance with "inspect score"',
    priority: 85,
  },
  'metric-is-random': {
    text: 'The metric "{metric}" draws random numbers without a recorded seed and cannot be recomputed.',
    priority: 5,
  },
  'metric-unknown': {
    text: 'The metric "{metric}" is not one of those that can be recomputed here.',
    priority: 15,
  },
  'no-answer-scored-as-zero': {
    text: 'In {path}, {count:count} responses without an answer (N) count as 0 for {scorer}, as its harness defines.',
    priority: 30,
  },
  'no-scored-items': {
    text: 'No item has a score to compute it from.',
    priority: 20,
  },
  'reducer-unknown': {
    text: 'The way "{reducer}" reduces repeats to one score is not one of those that can be recomputed here.',
    priority: 15,
  },
  'repeated-samples': {
    text: '{path} lists {count:count} samples a second time; the last record of each counts.',
    priority: 25,
  },
  'retried-samples': {
    text: '{count:count} responses in {path} come from a retry after an error. If errors depend on the answer, retries shift the score.',
    fix: 'compare the scores of retried and other samples',
    priority: 35,
  },
  'rewritten-samples': {
    text: '{path} holds samples that were written again after its summaries: {count:count}, of which {changed:count} with another score. The later score counts.',
    fix: 'find out who rewrote them; the figures in the header are older',
    priority: 80,
  },
  'rows-absent': {
    text: 'The file holds no samples to compute it from.',
    priority: 30,
  },
  'rows-incomplete': {
    text: 'The file holds {found:count} of {expected:count} responses.',
    priority: 40,
  },
  'rows-rewritten': {
    text: 'Samples that were given another score after the figure was made: {count:count}.',
    priority: 60,
  },
  'scores-edited': {
    text: '{count:count} scores were edited after the run.',
    priority: 55,
  },
  'unknown-log-version': {
    text: '{path} is written in version {version} of its format, which is not known here; what is known of it was read.',
    fix: "check the figures against the harness's own viewer",
    priority: 60,
  },
  'values-counted-as-zero': {
    text: 'In {path}, {count:count} values of {scorer} are no numbers. Its harness counts them as 0 in its own figures; here they are missing.',
    fix: 'map these values to numbers in the scorer',
    priority: 75,
  },
  // lm-evaluation-harness
  'aggregation-unknown': {
    text: 'The log does not say how {metric} was made of its rows; it is not their mean.',
    priority: 15,
  },
  'cluster-from-documents': {
    text: 'Documents of {task} share a “{field}” ({clusters:count} of them), so they are not independent of one another.',
    priority: 15,
  },
  'filter-inferred': {
    text: 'The rows of {task} do not name their filter; the filters {filters} were assigned in the order of the results file.',
    fix: 'check that the recomputed figures match, or log with a newer version of the harness',
    priority: 40,
  },
  'group-rows-missing': {
    text: 'The rows of {missing:count} of the {tasks:count} tasks of {group} are absent or incomplete.',
    priority: 20,
  },
  'metric-not-a-mean': {
    text: '{metric} is the {aggregation} of all rows together, which is not recomputed here.',
    priority: 10,
  },
  'metric-not-in-rows': { text: 'No row holds {metric}.', priority: 15 },
  'metric-not-numeric': { text: '{rows:count} rows hold something other than a number for {metric}.', priority: 25 },
  'metric-not-per-document': {
    text: '{metric} of {task} has no number per document, so there are no scores of it.',
    priority: 5,
  },
  'only-reported-figures': {
    text: '{path} holds only the figures of {task}, no samples: nothing in it can be checked, compared item by item or broken down.',
    fix: 'run with --log_samples and pass the samples files too',
    priority: 60,
  },
  'repeats-not-scored': {
    text: '{task} asked {repeats:count} times for each document, but its filter leaves one answer to score; how much the repeats differ cannot be seen.',
    fix: 'log the repeats as runs of their own, with different seeds',
    priority: 45,
  },
  'reported-not-finite': { text: 'The log states no finite number for {metric}.', priority: 20 },
  'results-file-missing': {
    text: '{path} lies alone, without its results file: model, settings and the figures to check are unknown.',
    fix: 'pass the folder that holds the results_*.json of the same time as well',
    priority: 45,
  },
  'samples-truncated': {
    text: 'The samples file holds {found:count} of the {expected:count} documents behind {metric}.',
    priority: 60,
  },
  'samples-unreadable': {
    text: 'The samples in {path} could not be read and are left out: {reason}.',
    fix: '{fix}',
    priority: 95,
  },
  'size-from-standard-error': {
    text: 'The number of documents behind {metric} is not written down; its standard error is that of {n:count} right-or-wrong scores and of no other number.',
    priority: 8,
  },
  'standard-error-bootstrapped': {
    text: 'The standard error of {metric} comes from random resampling and cannot be recomputed.',
    priority: 5,
  },
  'task-hash-differs': {
    text: 'The hash of the documents, prompts and targets in {path} is not the one in the results file: rows were changed, reordered or exchanged.',
    fix: 'find out what was done to the file; the results may belong to other rows',
    priority: 80,
  },
  'torn-last-line': {
    text: 'The last line of {path} (line {line:count}) was cut off and is left out.',
    fix: 'copy the file again, or check whether the run was interrupted',
    priority: 60,
  },
  // Tables
  'columns-not-used': {
    text: 'Columns of {path} that were left out, because they are free text, have one value, or differ within an item: {columns}.',
    fix: 'map the ones that matter with --columns, such as factor:NAME=COLUMN or attribute:NAME=COLUMN',
    priority: 3,
  },
  'replicates-inferred': {
    text: '{path} has several rows for the same item in {cells:count} cells and no column that numbers them; they are taken as repeats, in no particular order.',
    fix: 'name the column of repeats with --columns replicate=COLUMN, or the one that tells these rows apart',
    priority: 40,
  },
  'stray-scores': {
    text: 'Column {column} holds 0 and 1 in {known:count} rows but for {rows:count}, which {rows?holds|hold} {example}: marks of another kind, or codes for “no answer”. They count as scores.',
    fix: 'leave such cells empty where they mean that there is no score, or name the other column with --columns score=NAME',
    priority: 60,
  },
  'rows-without-item': {
    text: '{rows:count} rows of {path} name no item and are left out.',
    fix: 'fill the column of items, or remove rows that are totals',
    priority: 50,
  },
  'scores-beside-errors': {
    text: '{rows:count} rows of {path} hold both a score and an error; they are treated as missing, because a failed call is not a wrong answer.',
    fix: 'leave the score empty where the call failed; to count these scores, pass --columns missing=-',
    priority: 75,
  },
  'unreadable-scores': {
    text: '{rows:count} rows hold no number in {column}, such as “{example}”; they are treated as missing.',
    fix: 'write numbers, or words for right and wrong',
    priority: 55,
  },
  // Any source
  'copied-file': {
    text: '{copy} is a copy of {path} and was not counted again.',
    priority: 10,
  },
  'item-ids-reused': {
    text: 'In {task}, {items:count} item ids stand for other content here than in an earlier log; these items are kept apart.',
    fix: 'use the same version and order of the dataset in all runs that are to be compared',
    priority: 75,
  },
  'model-not-named': {
    text: '{path} names no model; it appears as “{model}”.',
    fix: 'for a table, name the column with --columns model=COLUMN, or the model itself with --columns model==NAME',
    priority: 25,
  },
  'repeated-rows': {
    text: '{rows:count} rows were written more than once and count once; {differing:count} of them disagreed with the first.',
    fix: 'find out why the same responses were written twice',
    priority: 70,
  },
  'export-without-manifest': {
    text: '{path} was exported from a run of Assay, but the claims of that run are not with it: no verdict is given.',
    fix: 'pass the whole folder of the export, or the run itself',
    priority: 55,
  },
  'export-incomplete': {
    text: '{path}: {found:count} of the {expected:count} cells of the exported run are here. No verdict is given on the claims of the run from a part of it.',
    fix: 'pass the whole folder of the export, or the run itself',
    priority: 60,
  },
  'export-changed': {
    text: '{path}: the rows are not those that were exported. No verdict is given on the claims of the run.',
    fix: 'export the run again',
    priority: 85,
  },
  'manifest-changed': {
    text: '{path}: the protocol that travels with the export was changed after it was written, so that it is not believed: no claim is judged.',
    fix: 'export the run again',
    priority: 90,
  },
  'manifest-damaged': {
    text: '{path}: what the export carries of its protocol cannot be read: no claim is judged.',
    fix: 'export the run again',
    priority: 60,
  },
  'manifest-of-another-version': {
    text: '{path}: what the export carries of its protocol was written by another version of Assay and is not understood: no claim is judged.',
    fix: 'export the run again with this version, or read it with that one',
    priority: 60,
  },
  'run-seen-twice': {
    text: '{kept} and {other} hold the same run ({held:count} and {left:count} responses); only {kept} is counted.',
    fix: 'pass one of them',
    priority: 30,
  },
  'counts-without-order': {
    text: '{path} counts {successes} in {trials}: read as a rate and as “any success” per row. The order of tries is not there, so nothing that needs single tries can be said.',
    fix: 'where there is a table of single tries, pass that',
  },
  'tries-stopped-at-success': {
    text: '{path}: tries ended when one succeeded, as it seems: rows without a success have up to {most:count} tries, while {early:count} of {rows:count} rows stopped earlier. Rates of such rows lean high; “any success” does not.',
    fix: 'read the rate with care, or try every item the same number of times',
    priority: 62,
  },
  'tries-vary': {
    text: '{path}: rows rest on {different:count} different numbers of tries, up to {most:count}; “any success” is easier to reach with more of them.',
  },
  'scores-outside-range': {
    text: '{rows:count} scores in “{column}” lie outside the declared range ({example}) and count as missing.',
    fix: 'declare the range that scores can have, or what these values stand for: score.recode=OLD:NEW',
    priority: 40,
  },
} as const satisfies Messages
