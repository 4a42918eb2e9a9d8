import type { Messages } from './message.ts'

/** Findings, problems and unanswerable questions of the analyses. */
export const analysisMessages = {
  'analysis-failed': {
    text: 'The analysis “{analysis}” could not be computed: {reason}. This is a fault of Assay, not of the data.',
    fix: 'report it with the command and the version; the other analyses are not affected',
    priority: 90,
  },
  'no-observations': {
    text: 'There are no scored responses to analyse.',
    fix: 'pass a log that holds per-sample scores',
    priority: 100,
  },
  'no-scored-responses': {
    text: 'Cannot say: none of {rows:count} judgements (a response by one measure) gave a score.',
    fix: 'score the log, or find out why its scorer failed',
    priority: 100,
  },
  'question-without-analysis': {
    text: 'No analysis of {question} was run on these logs.',
    fix: 'run the report with its default list of analyses',
    priority: 20,
  },
  // header-reconciliation
  'no-headers': {
    text: 'None of the {runs:count} logs carries a header with a promised number of responses or printed figures, so there is nothing to reconcile.',
    fix: 'pass the harness’s own log files (Inspect .eval, lm-evaluation-harness results and samples) rather than a bare table',
    priority: 30,
  },
  'runs-lack-responses': {
    text: '{short:count} of {runs:count} logs hold fewer responses than their header promises; what is said below rests only on the responses found.',
    priority: 90,
  },
  'runs-unfinished': {
    text: '{unfinished:count} of {runs:count} logs did not finish. The responses they hold are those that finished first, which is not a random sample.',
    priority: 88,
  },
  'figures-differ': {
    text: '{differs:count} of {figures:count} figures printed in the logs differ from what their own rows give.',
    priority: 90,
  },
  'figures-match': {
    text: '{match:count} of {figures:count} figures printed in the logs were recomputed from their rows and match.',
  },
  'figures-cannot-be-recomputed': {
    text: '{cannot:count} of {figures:count} printed figures cannot be recomputed from what the logs hold.',
    priority: 30,
  },
  'no-header-figures': { text: 'None of the {runs:count} logs prints a headline figure.' },
  'runs-without-header': { text: '{runs:count} logs have no header to check against.' },
  'headline-differs': {
    text: '{path} prints {metric} = {reported:number}; its rows give {recomputed:number}.',
    fix: 'trust the rows, and find out what the header was computed from',
    priority: 93,
  },
  'unfinished-log': {
    text: '{path} ended with status “{status}” after {found:count} responses.',
    fix: 'resume or repeat the run; items that finish first are often the easy ones',
    priority: 92,
  },
  'zero-standard-error': {
    text: '{path} prints {metric} = {value:number} with a standard error of 0. No rate measured on a sample is known without error, at 0 % and 100 % least of all.',
    fix: 'use the exact bounds shown under “guarantee” instead',
    priority: 72,
  },
  'impossible-standard-error': {
    text: '{path} prints {metric} = {value:number} with a standard error of {standardError:number}, which no set of differing scores in that range can have.',
    fix: 'do not use the printed standard error; recompute it from the rows',
    priority: 78,
  },
  'impossible-interval': {
    text: '{path} prints {metric} = {value:number} as the end of an interval for scores that lie between 0 and 1.',
    fix: 'use the intervals of this report, which stay inside the range',
    priority: 60,
  },
  'implied-interval-outside-range': {
    text: '{path}: {metric} = {value:number} ± 1.96 printed standard errors reaches from {lower:number} to {upper:number}, outside 0 to 1.',
    fix: 'use the intervals of this report, which stay inside the range',
    priority: 35,
  },
  // Question 1, validity: what the scorers did.
  'all-responses-scored': {
    text: 'Every response got a score: {rows:count} scores by the {measures:count} {measures?measure|measures} in the log.',
  },
  'some-responses-unscored': {
    text: '{scored:count} of {rows:count} judgements (a response by one measure) gave a score ({rate:rate}); {unparsed:count} could not be read as an answer and {refusals:count} were refusals. What has no score counts neither as right nor as wrong.',
  },
  'no-response-scored': {
    text: 'None of {rows:count} judgements (a response by one measure) gave a score: nothing was measured.',
    fix: 'score the log, or find out why its scorer failed',
  },
  'scorers-compared': {
    text: 'Two readings of one response gave the same score in {rate:rate} of {shared:count} comparisons over {pairs:count} pairs of scorers. Where they differ, the gap is the instrument’s, not the model’s.',
  },
  'scorers-compared-in-part': {
    text: 'Two readings of one response gave the same score in {rate:rate} of {shared:count} comparisons over {pairs:count} pairs of scorers; {leftOut:count} more pairs were not compared.',
  },
  'answers-not-recorded': {
    text: 'For {measures:count} {measures?measure|measures} the log does not say which answer was read, so an unread answer cannot be told from a wrong one.',
    fix: 'keep what the scorer extracted in the log',
  },
  'lenient-readings-beside': {
    text: 'Each reply was read twice, strictly and leniently. Mean scores, missing scores and the effect of wording are given for both readings; comparisons, bounds and forecasts are about the strict one.',
  },
  'scorer-error-unknown': {
    text: 'How often the {measures:count} {measures?scorer|scorers} are wrong about an answer they did read is unknown: the log holds no labels by people or by a second, independent judge.',
    fix: 'label at least 100 responses by hand, 30 of each kind, and measure sensitivity and specificity',
  },
  'unparsed-responses': {
    text: '{model} on {task} ({scorer}): {count:count} of {rows:count} responses ({rate:rate}) could not be read as an answer. {hits:count} of {cells:count} pairs of model and measure have such responses; this is the worst.',
    fix: 'read some of them: mend the parser or the output instructions before comparing models',
    priority: 75,
  },
  refusals: {
    text: '{model} on {task} ({scorer}): {count:count} of {rows:count} responses ({rate:rate}) are refusals. {hits:count} of {cells:count} pairs of model and measure have some; this is the worst.',
    fix: 'decide in the protocol whether a refusal counts against the claim, and report the score both ways',
    priority: 65,
  },
  'grader-failures': {
    text: '{model} on {task} ({scorer}): the grader failed on {count:count} of {rows:count} responses ({rate:rate}). {hits:count} of {cells:count} pairs of model and measure have such failures; this is the worst.',
    fix: 'grade those responses again; a failed judgement is neither right nor wrong',
    priority: 75,
  },
  'answer-never-read': {
    text: '{model} on {task} ({scorer}): {count:count} of {rows:count} responses ({rate:rate}) were scored 0 although no answer was read in them. {hits:count} of {cells:count} pairs of model and measure have some; this is the worst.',
    fix: 'read some of them: where the model did answer, the score measures the parser',
    priority: 80,
  },
  'strict-lenient-gap': {
    text: '{model} on {task}: reading the same responses with {lenient} instead of {strict} moves the score by {gap:points} ({differing:count} of {shared:count} responses). {hits:count} of {cells:count} such comparisons differ by more than chance; this is the largest.',
    fix: 'report both, and choose the reading in the protocol before looking at scores',
    priority: 78,
  },
  'scorers-disagree': {
    text: '{model} on {task}: the scorers {strict} and {lenient} differ by {gap:points} on the same responses ({differing:count} of {shared:count} differ). {hits:count} of {cells:count} such comparisons differ by more than chance; this is the largest.',
    fix: 'say which scorer the claim is about, and read the responses on which they differ',
    priority: 55,
  },
  'unreadable-by-model': {
    text: '{task} ({scorer}): models differ in how many of their answers could be read (p = {p:p-value}), so that the comparison is partly one of output formats. {hits:count} of {cells:count} measures show this.',
    fix: 'mend the parser for the model it fails on, or compare on responses that both could be read',
    priority: 76,
  },
  'constant-score': {
    text: '{model} on {task}: all {scored:count} scores by {scorer} are {value:score}. A score that never varies tells no items or models apart, and looks just like a scorer that never matches. {hits:count} of {cells:count} pairs of model and measure are constant.',
    fix: 'check the scorer on answers known to be right and wrong; if it works, read the score as a bound on a rate',
    priority: 60,
  },
  // Question 1, validity: items seen before.
  'twin-gap': {
    text: '{model} gains {did:points} more on {exposedName} items of {task} ({scorer}) over their {freshName} twins than {others} ({lower:points} to {upper:points}, {pairs:count} pairs; it scores {exposed:rate} on {exposedName}, {fresh:rate} on {freshName} items). With {references:count} other models as references this is evidence that it saw the {exposedName} items or close copies of them.',
    fix: 'score it on the {freshName} items only, and search its training data for the others',
    priority: 90,
  },
  'twin-gap-suspicious': {
    text: '{model} gains {did:points} more on {exposedName} items of {task} ({scorer}) over their {freshName} twins than {others} ({lower:points} to {upper:points}, {pairs:count} pairs; it scores {exposed:rate} on {exposedName}, {fresh:rate} on {freshName} items). It may have seen the {exposedName} items. With {references:count} {references?model|models} to compare with this is a suspicion, not evidence.',
    fix: 'score it on the {freshName} items only; five other models would show what gap is usual',
    priority: 85,
  },
  'gains-on-originals': {
    text: '{model} owes {did:points} of its score on {task} ({scorer}) to items that were public: it gains that much more on them, over fresh twins, than the other models do ({pairs:count} pairs).',
  },
  'no-model-gains-on-originals': {
    text: 'No model gains more on exposed items of {task} ({scorer}) than the others do, as far as {pairs:count} pairs can show: differences up to {widest:points} stay possible. This is not proof that no item was seen.',
  },
  'twin-gap-of-one-model': {
    text: '{model} scores {gap:points} higher on exposed items of {task} ({scorer}) than on their fresh twins ({pairs:count} pairs). Twins may differ in difficulty, so one model alone cannot show exposure.',
    fix: 'run the same pairs on at least one other model, five for a verdict',
  },
  'twin-gap-in-score': {
    text: '{model} gains {did:difference} more on {exposedName} items of {task} ({scorer}) over their {freshName} twins than {others} ({lower:difference} to {upper:difference}, {pairs:count} pairs; it scores {exposed:score} on {exposedName}, {fresh:score} on {freshName} items). With {references:count} other models as references this is evidence that it saw the {exposedName} items or close copies of them.',
    fix: 'score it on the {freshName} items only, and search its training data for the others',
    priority: 90,
  },
  'twin-gap-suspicious-in-score': {
    text: '{model} gains {did:difference} more on {exposedName} items of {task} ({scorer}) over their {freshName} twins than {others} ({lower:difference} to {upper:difference}, {pairs:count} pairs; it scores {exposed:score} on {exposedName}, {fresh:score} on {freshName} items). It may have seen the {exposedName} items. With {references:count} {references?model|models} to compare with this is a suspicion, not evidence.',
    fix: 'score it on the {freshName} items only; five other models would show what gap is usual',
    priority: 85,
  },
  'gains-on-originals-in-score': {
    text: '{model} owes {did:difference} of its score on {task} ({scorer}) to items that were public: it gains that much more on them, over fresh twins, than the other models do ({pairs:count} pairs).',
  },
  'no-model-gains-on-originals-in-score': {
    text: 'No model gains more on exposed items of {task} ({scorer}) than the others do, as far as {pairs:count} pairs can show: differences up to {widest:difference} stay possible. This is not proof that no item was seen.',
  },
  'twin-gap-of-one-model-in-score': {
    text: '{model} scores {gap:difference} higher on exposed items of {task} ({scorer}) than on their fresh twins ({pairs:count} pairs). Twins may differ in difficulty, so one model alone cannot show exposure.',
    fix: 'run the same pairs on at least one other model, five for a verdict',
  },
  'twin-gaps-not-comparable': {
    text: '{task} ({scorer}): {pairs:count} pairs of exposed and fresh items are too few, or too alike, to compare gaps between {models:count} {models?model|models}.',
    fix: 'add pairs, 200 at least',
  },
  'no-twins': {
    text: 'Cannot say whether a model has seen these items: no item is marked as an exposed original or as its fresh twin.',
    fix: 'write at least 200 fresh twins of the items, mark both sides with an attribute twin (original or fresh) and pair, and run six models or more on them',
  },
  'twins-in-some-measures': {
    text: 'For {failed:count} more {failed?measure|measures} nothing can be said of exposure: only {found:count} {found?measure|measures} have items marked as exposed or fresh, in pairs.',
    fix: 'write fresh twins for the other tasks, 200 or more',
  },
  'twin-levels-unknown': {
    text: 'Cannot say whether a model has seen these items: attribute {attribute} has levels {levels}, and which of them are exposed and which fresh is not known.',
    fix: 'name the levels in the parameters exposed and fresh',
  },
  'twins-without-pairs': {
    text: 'Cannot say whether a model has seen these items: attribute {attribute} marks exposed and fresh items, but nothing says which belong together.',
    fix: 'add an attribute pair with one id per original and its twin',
  },
  'no-content-hashes': {
    text: 'Whether the same content occurs under several item ids was not checked: the log carries no content hashes.',
    fix: 'log a hash of each item as attribute item_hash',
  },
  'no-duplicate-items': {
    text: 'No two of {items:count} items share their content, by the hashes in the log.',
  },
  'some-duplicate-items': {
    text: '{extra:count} of {items:count} items repeat the content of another item under a different id.',
  },
  'duplicate-items': {
    text: '{task}: {extra:count} of {items:count} items repeat the content of another under a different id ({contents:count} contents; for example {example}). They count as independent and are not. {tasks:count} {tasks?task|tasks} have such items.',
    fix: 'drop the repeats, or give items of one content a common cluster',
    priority: 58,
  },
  // Question 2, coverage: what was tried.
  'coverage-counts': {
    text: 'The result is about {items:count} items of {tasks:count} {tasks?task|tasks}, {units:count} of them independent, put to {models:count} {models?model|models} in at most {variants:count} {variants?wording|wordings} or {variants?condition|conditions}, {techniques:count} {techniques?technique|techniques} and {repeats:count} {repeats?repeat|repeats} each: {responses:count} responses.',
  },
  'denominator-undeclared': {
    text: 'The denominator is these {items:count} items: the log does not say from which inputs they were drawn, or how. Nothing here says which share of real use they stand for.',
    fix: 'declare the envelope of the claim and the sampling frame of the items in a protocol',
  },
  'denominator-declared': {
    text: 'The denominator is these {items:count} items. The protocol means its claims for “{use}”; how the items were drawn from that, and which share of it they stand for, it does not say.',
  },
  'all-pairs-of-settings-tried': {
    text: '{task}: every pair of settings of its {factors:count} factors was tried together ({covered:count} of {possible:count}), as far as the levels in the log go.',
  },
  'some-pairs-of-settings-untried': {
    text: '{task}: {covered:count} of {possible:count} pairs of settings of its {factors:count} factors were tried together. Never tried: {examples}.',
    fix: 'run the missing combinations; failures most often need one or two settings at once',
  },
  'models-on-different-items': {
    text: '{task}: its {models:count} models share only {shared:count} of {items:count} items. Their scores are about different questions.',
    fix: 'compare models on the items that both answered, or run the missing items',
    priority: 70,
  },
  'models-on-different-items-in-tasks': {
    text: 'In {hit:count} of {tasks:count} tasks the models were not run on the same items (for example {examples}).',
    fix: 'compare models on the items that both answered, or run the missing items',
    priority: 70,
  },
  'few-items': {
    text: '{task}: {items:count} items give {units:count} independent units. Where each passes or fails, so few cannot tell a true rate of {lower:rate} from one of {upper:rate}.',
    fix: 'add items, or treat the score as a pilot',
    priority: 60,
  },
  'few-items-in-tasks': {
    text: '{hit:count} of {tasks:count} tasks have too few independent items to say much one by one (for example {examples}).',
    fix: 'read the pooled score, or add items',
    priority: 45,
  },
  'single-variant': {
    text: '{task}: all {items:count} items were asked in one wording and format only. How much the score owes to that wording is unknown.',
    fix: 'run the same items in at least five formats or paraphrases',
    priority: 55,
  },
  'single-variant-in-tasks': {
    text: '{hit:count} of {tasks:count} tasks were asked in one wording and format only (for example {examples}). How much the scores owe to that wording is unknown.',
    fix: 'run the same items in at least five formats or paraphrases',
    priority: 55,
  },
  'unbalanced-design': {
    text: '{task}: {run:count} of {possible:count} combinations of model, item, variant and technique were run, with {least:count} to {most:count} repeats each. Plain averages weigh some settings more than others.',
    fix: 'compare like with like (the analyses here do), or complete the design',
    priority: 30,
  },
  'unbalanced-design-in-tasks': {
    text: '{hit:count} of {tasks:count} tasks were run unevenly over models, items, variants or repeats (for example {examples}).',
    fix: 'compare like with like (the analyses here do), or complete the design',
    priority: 30,
  },
  // headline-estimates
  'no-event-observed': {
    text: '{model} on {measure}: 0 of {n:count}. That is not a rate of 0: it may be as high as {oneSided:rate} ({level} confidence, one-sided; two-sided {twoSided:rate}), if the items are independent.',
    fix: 'to claim a rate below {rareRate:rate}, collect {total:count} independent clean samples: {more:count} more',
    priority: 60,
  },
  'no-failure-observed': {
    text: '{model} on {measure}: {n:count} of {n:count}. That is not a rate of 100 %: it may be as low as {oneSided:rate} ({level} confidence, one-sided; two-sided {twoSided:rate}), if the items are independent.',
    fix: 'to claim failures rarer than {rareRate:rate}, collect {total:count} independent samples without a failure: {more:count} more',
    priority: 60,
  },
  'header-rate': {
    text: '{path} prints {figure} = {value:rate} for {n:count} responses, of which it holds {rows:count}. If they were {n:count} independent right-or-wrong items, the rate lies between {lower:rate} and {upper:rate} ({level} confidence); repeats, clusters and missing answers cannot be checked without the rows.',
    fix: 'log the samples as well (lm-evaluation-harness: --log_samples)',
  },
  'more-header-figures': { text: '{left:count} more printed figures without their rows are in the table.' },
  'header-figure-without-rows': {
    text: '{path} prints {figure} = {value:number} but holds {rows:count} of the rows behind it, too little to put an interval on it.',
    fix: 'log the samples as well (lm-evaluation-harness: --log_samples)',
  },
  headline: {
    text: '{model} scores {value} on {measure}; for further items of the same kind the mean lies between {lower} and {upper} ({level} confidence, {units:count} independent items).',
  },
  'headline-clustered': {
    text: '{model} scores {value} on {measure}; for further items of the same kind the mean lies between {lower} and {upper} ({level} confidence, {units:count} independent clusters of items).',
  },
  'headline-range': {
    text: 'On {measure}, {models:count} models score from {lowest} ({worst}) to {highest} ({best}); every interval is in the table.',
  },
  'more-measures-in-table': { text: '{measures:count} more measures are in the table.' },
  'headline-both': {
    text: '{model} scores {value} on {measure}; for further items of the same kind the mean lies between {lower} and {upper} ({level} confidence, {units:count} independent items), on exactly these items at {same}.',
  },
  'headline-both-clustered': {
    text: '{model} scores {value} on {measure}; for further items of the same kind the mean lies between {lower} and {upper} ({level} confidence, {units:count} independent clusters of items), on exactly these items at {same}.',
  },
  'fixed-items-need-repeats': {
    text: 'For {without:count} of {all:count} scores no item was answered twice, so nothing can be said about a rerun on the same items.',
    fix: 'repeat at least 50 items 3 times',
  },
  // Question 2, coverage: subgroups.
  'subgroups-differ': {
    text: 'The average hides groups that differ: with {attribute} = {level}, {model} scores {value:rate} on {task} ({lower:rate} to {upper:rate}) against {overall:rate} overall. {outliers:count} of {groups:count} groups over {attributes:count} {attributes?attribute|attributes} stand out beyond chance.',
  },
  'subgroups-differ-in-score': {
    text: 'The average hides groups that differ: with {attribute} = {level}, {model} scores {value:score} on {task} ({lower:score} to {upper:score}) against {overall:score} overall. {outliers:count} of {groups:count} groups over {attributes:count} {attributes?attribute|attributes} stand out beyond chance.',
  },
  'no-subgroup-stands-out': {
    text: 'None of {groups:count} groups over {attributes:count} {attributes?attribute|attributes} differs from its overall score by more than chance explains. That is not proof that they are equal: the widest interval still reaches {widest:number} to either side.',
  },
  'attributes-left-out': {
    text: '{count:count} more {count?attribute|attributes} would make subgroups and are not shown: {names}.',
  },
  'attributes-too-small': {
    text: '{count:count} {count?attribute|attributes} have no two levels with enough items to compare: {names}.',
  },
  'no-subgroup-attributes': {
    text: 'Cannot say whether the average hides weak groups: of {attributes:count} item {attributes?attribute|attributes} in the log, none has 2 to {most:count} levels that are the same for all rows of an item.',
    fix: 'record category, difficulty, language or source of each item in the log',
  },
  'subgroups-too-small': {
    text: 'Cannot say whether the average hides weak groups: none of {attributes:count} {attributes?attribute|attributes} has two levels with {fewest:count} items or more.',
    fix: 'add items to the groups that matter',
  },
  'subgroup-gap': {
    text: '{task} ({scorer}), {model}: items with {attribute} = {level} score {value:rate} ({lower:rate} to {upper:rate}, {units:count} independent units) against {overall:rate} overall. {hits:count} {hits?group|groups} of {attribute} stand out.',
    fix: 'report the group beside the average, and weigh groups as they occur in use',
    priority: 62,
  },
  'subgroup-gap-in-score': {
    text: '{task} ({scorer}), {model}: items with {attribute} = {level} score {value:score} ({lower:score} to {upper:score}, {units:count} independent units) against {overall:score} overall. {hits:count} {hits?group|groups} of {attribute} stand out.',
    fix: 'report the group beside the average, and weigh groups as they occur in use',
    priority: 62,
  },
  // model-comparison
  'needs-two-models': {
    text: 'There is one model only ({models:count}), so there is nothing to compare it with.',
    fix: 'run a second model, or an earlier version, on the same items',
    priority: 20,
  },
  'pair-better': {
    text: '{better} is better than {worse} on {measure}, by {difference} ({interval}, {level} confidence; p = {p:p-value}) over {items:count} shared items.',
  },
  'pair-cannot-tell': {
    text: '{first} and {second} cannot be told apart on {measure}: the difference is {difference} ({interval}, {level} confidence; p = {p:p-value}) over {items:count} shared items.',
    fix: 'if the true difference is as large as the observed one, about {needed:count} items like these would show it ({power} power)',
  },
  'pair-level': {
    text: '{first} and {second} score the same on {measure} over {items:count} shared items (difference {interval}, {level} confidence).',
  },
  'pair-different-items': {
    text: '{first} and {second} share fewer than two items of {measure}. Their scores are about different questions and are not compared.',
    fix: 'run both models on the same items',
    priority: 70,
  },
  'pair-not-testable': {
    text: '{first} and {second} cannot be compared on {measure}: {because}',
    fix: 'add independent items that both models answer',
  },
  'unpaired-would-miss': {
    text: 'A test that ignores that the items are shared, as some tools run it, gives p = {unpaired:p-value} instead of {paired:p-value}; pairing cuts the variance {ratio:ratio}-fold.',
  },
  'comparisons-summary': {
    text: 'On {measure}, {decided:count} of {pairs:count} pairs among {models:count} models differ once all comparisons are counted (Holm, {level} confidence for the whole family).',
  },
  'comparisons-untested': {
    text: 'On {measure}, {untested:count} pairs share too few independent items to be compared.',
    fix: 'run all models on the same items',
  },
  'leader-alone': { text: '{model} leads on {measure}, and every other model is shown to be worse.' },
  'leader-not-alone': {
    text: '{model} scores highest on {measure}, but cannot be told from {open:count} of the others (for example {examples}).',
  },
  'comparisons-overall': {
    text: 'Over {measures:count} measures, {decided:count} of {pairs:count} pairs of models are decided (Holm within each measure, {level} confidence). With so many measures a few verdicts will be wrong.',
  },
  'measures-with-one-model': {
    text: '{alone:count} of {measures:count} measures have one model only, and nothing to compare it with.',
  },
  'adjusted-for-comparisons': {
    text: 'The p-value is adjusted (Holm) for {comparisons:count} comparisons on this measure.',
  },
  // rerun-agreement
  'needs-repeats-for-agreement': {
    text: 'Every one of the {items:count} items was answered once, so nothing is known about a rerun. Temperature 0 is no proof that it would agree.',
    fix: 'repeat at least 50 items 3 times under the same settings (Inspect: epochs=3; lm-evaluation-harness: repeats: 3 with sampling on)',
    priority: 60,
  },
  'rerun-disagreement': {
    text: '{model} on {measure}: two runs of the same item disagree {flip:rate} of the time ({lower:rate} to {upper:rate}, {level} confidence; {cells:count} repeated items). {identical:rate} of items scored the same in all {repeats:count} runs. Rerun noise is {share:rate} of the variance of the score.',
  },
  'rerun-disagreement-range': {
    text: 'Over {scores:count} scores, two runs of the same item disagree from {smallest:rate} to {largest:rate} of the time, {middle:rate} in the middle.',
  },
  'rerun-deviation': {
    text: '{model} on {measure}: repeats of one item scatter with a standard deviation of {deviation} ({cells:count} repeated items). Rerun noise is {share:rate} of the variance of the mean score.',
  },
  'more-agreement-in-table': { text: '{left:count} more models and measures are in the table.' },
  'answers-change-more-than-scores': {
    text: '{model} on {measure}: two runs of an item give different answers with probability {differ:rate} ({lower:rate} to {upper:rate} at {level}), and different scores with {flip:rate}: wrong answers change too.',
  },
  'typical-rerun-gap': {
    text: 'Two reruns of {model} on {measure} with one response per item would typically lie {gap} apart, from chance alone.',
  },
  'rows-are-not-independent': {
    text: '{rows:count} rows of {model} on {measure} are worth {worth:count} independent ones: an error bar that counts every row is {narrow:ratio} times too short (design effect {designEffect:ratio}).',
  },
  'run-envelope': {
    text: 'Taking the best of {repeats:count} runs of each item, {model} would reach {best:rate} on {measure}; taking the worst, {worst:rate}. Neither is its score.',
  },
  'scores-without-repeats': {
    text: '{without:count} other scores rest on one run per item and say nothing about a rerun.',
    fix: 'repeat at least 50 items 3 times under the same settings',
  },
  'suspect-cached-repeats': {
    text: '{model} on {task}: the {sign} is identical in all repeats of {identical:count} of {compared:count} items. Independent runs hardly ever do that; the repeats may have come out of a cache.',
    fix: 'rerun with the cache off, and treat the repeats as one run until then',
    priority: 86,
  },
  'repeats-identical': {
    text: '{model} on {measure}: none of {cells:count} repeated items ever changed its score. Either decoding is deterministic or the repeats are copies; both leave rerun noise unmeasured.',
    fix: 'check that caching is off and that the seed differs between repeats',
    priority: 40,
  },
  // missing-data
  'nothing-missing': { text: 'Every response in the logs has its score: {scored:count} scores.' },
  'missing-counted': {
    text: '{missing:count} of {all:count} scores ({share:rate}) are missing. They are counted as unknown, never as 0.',
  },
  'promised-without-rows': {
    text: 'Headers promise {absent:count} responses that the logs do not hold at all. The bounds below do not cover them.',
    fix: 'find the missing samples, or finish the runs',
    priority: 80,
  },
  'ranking-turned-by-missing': {
    text: '{leader} leads {other} on {measure} by {difference}, but {count:count} of the {missing:count} missing scores, going against it, would undo that.',
    fix: 'rerun the responses that have no score before ranking the two',
    priority: 74,
  },
  'rankings-turned-by-missing': {
    text: 'The order of {hit:count} pairs of models could be undone by their missing scores (for example on {examples}).',
    fix: 'rerun the responses that have no score before ranking the models',
    priority: 74,
  },
  'ranking-survives-missing': {
    text: 'No value of the missing scores could change the order of models ({pairs:count} neighbours with missing scores examined).',
  },
  'missing-bounded': {
    text: '{model} on {measure}: {missing:count} of {all:count} responses have no score ({reasons}). The mean of the others is {value}; with the missing ones at their worst or best it is {worst} or {best}, and with sampling error anywhere from {interval} ({level} confidence).',
  },
  'nothing-scored-bounded': {
    text: '{model} on {measure}: none of {all:count} responses has a score ({reasons}), so its mean is unknown.',
    fix: 'rerun, or repair the scorer',
  },
  'missing-without-range': {
    text: '{model} on {measure}: {missing:count} of {all:count} responses have no score ({reasons}). The scores have no known range, so nothing bounds what the missing ones could do.',
    fix: 'rerun the responses that have no score',
  },
  'more-missing-in-table': { text: '{left:count} more models and measures with missing scores are in the table.' },
  'threshold-turned-by-missing': {
    text: '{model} on {measure}: which side of {threshold:rate} its mean lies on would change if {count:count} of the {missing:count} missing scores went against it.',
    fix: 'rerun the responses that have no score before deciding',
  },
  'threshold-survives-missing': {
    text: '{model} on {measure}: no value of the {missing:count} missing scores moves its mean across {threshold:rate}.',
  },
  'many-missing': {
    text: '{model} on {measure}: {share:rate} of {all:count} responses have no score ({reasons}).',
    fix: 'rerun them, or report the bounds instead of the mean of what is left',
    priority: 76,
  },
  'many-missing-in-scores': {
    text: '{hit:count} scores rest on incomplete responses (for example {examples}).',
    fix: 'rerun what has no score, or report the bounds instead of the mean of what is left',
    priority: 76,
  },
  'missing-not-at-random': {
    text: '{model} on {measure}: scores are missing on {direction} items (mean elsewhere {withMissing}, against {without} where nothing is missing; p = {p:p-value}). The mean of what is left is about another mix of items.',
    fix: 'rerun what is missing, or report the bounds instead of the mean of what is left',
    priority: 82,
  },
  'missing-not-at-random-in-scores': {
    text: 'In {hit:count} scores, missing is related to how hard an item is (for example {examples}).',
    fix: 'rerun what is missing, or report the bounds instead of the means of what is left',
    priority: 82,
  },
  'differential-missingness': {
    text: '{first} and {second} on {measure}: {firstShare:rate} against {secondShare:rate} of responses to the same items have no score (p = {p:p-value}). Their means leave out different items.',
    fix: 'compare them on items that both have scores for, and look for a parser or limit that treats one of them worse',
    priority: 81,
  },
  'differential-missingness-in-pairs': {
    text: '{hit:count} pairs of models lack scores at different rates on the same items (for example {examples}).',
    fix: 'compare them on items that both have scores for, and look for a parser or limit that treats some of them worse',
    priority: 81,
  },
  // Question 3, robustness: variants.
  'variants-matter': {
    text: 'The wording or format decides part of the score: {model} scores from {worst:rate} to {best:rate} on {task} ({scorer}) over {variants:count} variants of the same items, {average:rate} on average. That spread of {spread:points} is more than chance, which shows {nullMean:points} on average (p = {p:p-value}).',
  },
  'variants-not-shown-to-matter': {
    text: '{model} scores from {worst:rate} to {best:rate} on {task} ({scorer}) over {variants:count} variants of the same items, {average:rate} on average. That spread of {spread:points} is what chance shows ({nullMean:points} on average, p = {p:p-value}). A true spread of up to {upper:points} stays possible.',
  },
  'best-variant-re-estimated': {
    text: 'Reporting the best of {variants:count} variants would flatter {model} on {task} ({scorer}): its best one scores {naive:rate} on the items that chose it, and {chosen:rate} ({lower:rate} to {upper:rate}) on items that did not.',
  },
  'worst-and-best-per-item': {
    text: '{model} on {task} ({scorer}): with each item under its worst of {variants:count} variants the score is {worst:rate}, with each under its best {best:rate}.',
  },
  'next-variant': {
    text: 'One more variant of the same kind would put {model} on {task} ({scorer}) between {lower:rate} and {upper:rate} (prediction, {level:rate}), if these {variants:count} were drawn at random; the chance that it beats them all is {beats:rate}.',
  },
  'variants-show-no-variance': {
    text: 'These variants show no variance of their own; where the interval for these variants alone reaches further, it is that one.',
  },
  'variants-drawn-too': {
    text: 'On average over variants {model} scores {average:rate} on {task} ({scorer}): {fixedLower:rate} to {fixedUpper:rate} if these {variants:count} variants are all that matters, {lower:rate} to {upper:rate} ({level:rate}) if they were drawn from the variants of interest, as items were.',
  },
  'spread-depends-on-reader': {
    text: '{model} on {task}: the spread over variants is {moreSpread:points} as read by {more} and {lessSpread:points} as read by {less}. The difference is the reader’s, not the model’s.',
  },
  'one-variant-would-take': {
    text: 'Cannot say how much the score of {model} on {task} ({scorer}) owes to its wording: {items:count} items were asked in one variant only. Five variants of them ({units:count} independent units) would show a spread of {five:points} or less with 80 % power, ten one of {ten:points}.',
    fix: 'run the same items in at least five formats or paraphrases',
  },
  'variant-sensitive': {
    text: '{task} ({scorer}): the score of {model} moves from {worst:rate} to {best:rate} with the variant ({variants:count} variants of the same items), a spread of {spread:points} where chance shows {nullMean:points} (p = {p:p-value}). {hits:count} of {models:count} models or techniques depend on the variant; this is the largest spread.',
    fix: 'report worst, average and best over variants, never one variant and never the best',
    priority: 72,
  },
  'variants-matter-in-score': {
    text: 'The wording or format decides part of the score: {model} scores from {worst:score} to {best:score} on {task} ({scorer}) over {variants:count} variants of the same items, {average:score} on average. That spread of {spread:difference} is more than chance, which shows {nullMean:difference} on average (p = {p:p-value}).',
  },
  'variants-not-shown-to-matter-in-score': {
    text: '{model} scores from {worst:score} to {best:score} on {task} ({scorer}) over {variants:count} variants of the same items, {average:score} on average. That spread of {spread:difference} is what chance shows ({nullMean:difference} on average, p = {p:p-value}). That is not proof that wording does not matter.',
  },
  'best-variant-re-estimated-in-score': {
    text: 'Reporting the best of {variants:count} variants would flatter {model} on {task} ({scorer}): its best one scores {naive:score} on the items that chose it, and {chosen:score} ({lower:score} to {upper:score}) on items that did not.',
  },
  'worst-and-best-per-item-in-score': {
    text: '{model} on {task} ({scorer}): with each item under its worst of {variants:count} variants the score is {worst:score}, with each under its best {best:score}.',
  },
  'next-variant-in-score': {
    text: 'One more variant of the same kind would put {model} on {task} ({scorer}) between {lower:score} and {upper:score} (prediction, {level:rate}), if these {variants:count} were drawn at random; the chance that it beats them all is {beats:rate}.',
  },
  'variants-drawn-too-in-score': {
    text: 'On average over variants {model} scores {average:score} on {task} ({scorer}): {fixedLower:score} to {fixedUpper:score} if these {variants:count} variants are all that matters, {lower:score} to {upper:score} ({level:rate}) if they were drawn from the variants of interest, as items were.',
  },
  'spread-depends-on-reader-in-score': {
    text: '{model} on {task}: the spread over variants is {moreSpread:difference} as read by {more} and {lessSpread:difference} as read by {less}. The difference is the reader’s, not the model’s.',
  },
  'one-variant-would-take-in-score': {
    text: 'Cannot say how much the score of {model} on {task} ({scorer}) owes to its wording: {items:count} items were asked in one variant only. Five variants of them ({units:count} independent units) would show a spread of {five:difference} or less with 80 % power, ten one of {ten:difference}.',
    fix: 'run the same items in at least five formats or paraphrases',
  },
  'variant-sensitive-in-score': {
    text: '{task} ({scorer}): the score of {model} moves from {worst:score} to {best:score} with the variant ({variants:count} variants of the same items), a spread of {spread:difference} where chance shows {nullMean:difference} (p = {p:p-value}). {hits:count} of {models:count} models or techniques depend on the variant; this is the largest spread.',
    fix: 'report worst, average and best over variants, never one variant and never the best',
    priority: 72,
  },
  'one-variant-only': {
    text: 'Cannot say how much a score owes to its wording: all items were asked in one variant only, and their scores are too few or too equal to say how many variants it would take.',
    fix: 'run the same items in at least five formats or paraphrases',
  },
  'more-spreads-in-table': {
    text: '{more:count} more combinations of model and measure are in the table; {sensitive:count} of all {tables:count} depend on the variant beyond chance.',
  },
  'order-never-reverses': {
    text: '{task} ({scorer}): no variant of {variants:count} reverses the order of two neighbours among {models:count} models ({pairs:count} pairs compared).',
  },
  'order-reverses': {
    text: '{task} ({scorer}): which of {upper} and {lower} is better depends on the variant, beyond chance: {reversed:count} of {variants:count} variants reverse their order. Over all {models:count} models the variants agree with W = {w}.',
  },
  'order-reverses-perhaps-by-chance': {
    text: '{task} ({scorer}): {reversed:count} of {variants:count} variants put {lower} before {upper}, though {upper} leads on average; chance alone can do that. Over all {models:count} models the variants agree with W = {w}.',
  },
  'order-reverses-and-gap-depends': {
    text: '{task} ({scorer}): {reversed:count} of {variants:count} variants put {lower} before {upper}, though {upper} leads on average. How far apart they are depends on the variant beyond chance; that the order itself turns is not shown. Over all {models:count} models the variants agree with W = {w}.',
  },
  'some-with-one-variant': {
    text: '{tables:count} {tables?combination|combinations} of model and measure were run in one variant only; nothing can be said of their robustness.',
    fix: 'run the same items in at least five formats or paraphrases',
  },
  'variants-on-different-items': {
    text: 'In {tables:count} {tables?combination|combinations} of model and measure the variants share no two items, so that variants cannot be told from items.',
    fix: 'run every variant on the same items',
  },
  'ranking-depends-on-variant': {
    text: '{task} ({scorer}): {upper} leads {lower} on average, but by {largest:points} under one variant and {smallest:points} under another, and {reversed:count} of {variants:count} variants reverse the order. The gap depends on the variant beyond chance.',
    fix: 'compare models over many variants, or fix the variant in the claim',
    priority: 74,
  },
  'ranking-reverses': {
    text: '{task} ({scorer}): {upper} beats {lower} by {largest:points} under one variant and by {smallest:points} under another, both beyond chance. {reversed:count} of {variants:count} variants reverse the order of their averages.',
    fix: 'compare models over many variants, or fix the variant in the claim',
    priority: 82,
  },
  // detectable-effect
  'no-design-to-judge': {
    text: 'Scores do not vary, or too few items were scored, so nothing is known about the differences that this design could show.',
    fix: 'score at least two independent items that do not all score the same',
    priority: 40,
  },
  'detectable-difference': {
    text: 'On {measure}, {items:count} shared items detect a true difference of {effect} between {models} with probability {power} (at {level} confidence); smaller ones will mostly be missed.',
  },
  'detectable-from-value': {
    text: 'On {measure}, {items:count} items detect that the mean of {models} differs from a fixed value with probability {power} (at {level} confidence) if it lies {effect} away; smaller distances will mostly be missed.',
  },
  'detectable-overall': {
    text: 'Over {measures:count} measures, the true difference that is detected with probability {power} (at {level} confidence) runs from {smallest} to {largest}, {middle} in the middle; smaller ones will mostly be missed.',
  },
  'items-for-points': {
    text: 'On {measure}, finding a difference of 5 points takes about {five:count} items like these, 2 points {two:count}, 1 point {one:count}.',
  },
  'repeats-would-help': {
    text: 'On {measure}, {share:rate} of the variance of the comparison is rerun noise, which more repeats of the same items would remove; the rest takes more items.',
  },
  'small-differences-undetectable': {
    text: '{measure}: {items:count} items detect differences of {effect} and more. One of {worthwhile} would mostly go unseen.',
    fix: 'use about {needed:count} items like these, or say beforehand that smaller differences do not matter',
    priority: 58,
  },
  'small-differences-undetectable-in-measures': {
    text: '{hit:count} of {measures:count} measures are too small to detect a difference of {worthwhile} (for example {examples}).',
    fix: 'pool related measures, add items, or say beforehand that smaller differences do not matter',
    priority: 58,
  },
  // technique-gap
  'needs-two-techniques': {
    text: 'No model was run with two elicitation techniques on the same items (techniques named in the logs: {techniques}). What it could do if asked better is unknown, and a low score may be a poor question.',
    fix: 'run the same items with the same scorer at least twice, plainly and with one more technique (step by step, few-shot examples, best of several samples), and name the technique in the logs or in the table’s technique column',
    priority: 45,
  },
  'technique-changes-score': {
    text: '{technique} changes the score of {model} on {measure} by {gap} against {baseline} ({interval}, {level} confidence, {items:count} shared items).',
  },
  'technique-gap-open': {
    text: '{technique} against {baseline} for {model} on {measure}: {gap} ({interval}, {level} confidence, {items:count} shared items). These items cannot tell whether the technique helps.',
    fix: 'run both techniques on more items',
  },
  'best-technique': {
    text: '{model} on {measure}: {technique} scored best of {techniques:count} techniques, {naive} above {baseline}. Chosen afterwards, that flatters it; on other items the best one would gain {corrected} ({interval}, {level} confidence).',
  },
  'best-technique-uncorrected': {
    text: '{model} on {measure}: {technique} scored best of {techniques:count} techniques, {naive} above {baseline}. It was chosen for that, and these items are too few or too alike to say what it would gain on others.',
    fix: 'score the chosen technique once more on items that took no part in the choice',
  },
  'technique-cost': {
    text: 'For {model} on {measure}, each point that {technique} gains costs {tokens:count} more tokens per item.',
  },
  'more-gaps-in-table': { text: '{left:count} more models and measures are in the table.' },
  'gap-is-no-upper-bound': {
    text: 'A gap shows what these techniques elicit on items like these. It is no upper bound on what the model can do: another technique, more effort or fine-tuning may show more.',
  },
  'adjusted-for-techniques': {
    text: 'The p-value is adjusted (Holm) for {comparisons:count} techniques of this model and measure.',
  },
  // rerun-prediction
  'no-rerun-to-predict': {
    text: 'Scores do not vary and no item was answered twice, or too few were scored, so where a rerun would land is unknown.',
    fix: 'score more independent items, and repeat at least 50 of them 3 times',
    priority: 35,
  },
  'rerun-both': {
    text: 'A rerun of {model} on {measure} would land at {same} on exactly these {items:count} items, and at {fresh} on as many new items of the same kind ({level} of reruns).',
  },
  'rerun-new-items': {
    text: 'A rerun of {model} on {measure} with {items:count} new items of the same kind would land at {fresh} ({level} of reruns). Without repeats nothing can be said about the same items.',
  },
  'rerun-same-items': {
    text: 'A rerun of {model} on {measure} on exactly these {items:count} items would land at {same} ({level} of reruns).',
  },
  'more-reruns-in-table': { text: '{left:count} more models and measures are in the table.' },
  'direction-agrees': {
    text: 'On {measure}, a rerun on new items would again put {better} ahead of {worse} with probability {agrees:rate}, and be significant again by itself with probability {again:rate}.',
  },
  'no-decided-comparison': {
    text: 'No pair of models is decided after all comparisons are counted, so which way a rerun would point is not predicted.',
  },
  'rerun-assumes-nothing-changed': {
    text: 'All this holds if model, settings and scorer stay as they were. It predicts a rerun, not another benchmark, another prompt or the next model.',
  },
} as const satisfies Messages
