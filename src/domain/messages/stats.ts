import type { Messages } from './message.ts'

/** Caveats and reasons that statistics give. */
export const statsMessages = {
  'too-few-values': {
    text: 'Needs at least {needed:count} independent units; there are {given:count}.',
    fix: 'collect more items or clusters',
    priority: 40,
  },
  'no-contrast-within-strata': {
    text: 'Nothing to compare: no set of comparable units holds two groups and two different scores ({n:count} units).',
    fix: 'score the same items in both groups',
    priority: 20,
  },
  'sparse-groups-approximate-p': {
    text: 'The smallest group is so small or its scores so one-sided that the p-value is approximate.',
    fix: 'merge small groups, or add items to them',
    priority: 15,
  },
  'forecast-too-far': {
    text: 'A forecast for {queries:count} queries from {tested:count} tested reaches more than three orders of magnitude; no tail fit supports that.',
    fix: 'forecast at most {limit:count} queries, or test more',
    priority: 30,
  },
  'no-backtest-possible': {
    text: 'No split of the {queries:count} queries leaves {tailSize:count} positive ones in the forecasting part ({fitted:count} queries); without a backtest there is no forecast.',
    fix: 'test more queries, or elicit with log-probabilities so that fewer are zero',
    priority: 30,
  },
  'prior-only': {
    text: 'There are no trials; the numbers are the prior Beta({a}, {b}) and nothing else.',
    fix: 'run trials',
    priority: 60,
  },
  'tail-flat': {
    text: 'The {tailSize:count} largest probabilities are equal, so the tail has no slope to extend.',
    fix: 'sample each query more often, or use log-probabilities',
    priority: 30,
  },
  'tail-sample-small': {
    text: 'The tail is fitted to a test set of {queries:count} queries; at least 300 are wanted.',
    fix: 'test more queries',
    priority: 25,
  },
  'tail-too-small': {
    text: 'A tail of that size needs {needed:count} queries with a probability above 0; there are {given:count}. Queries without a hit must not enter the tail.',
    fix: 'sample each query more often, use log-probabilities, or fit a smaller tail',
    priority: 30,
  },
  'no-variation': {
    text: 'All {n:count} units have the same value ({value:number}): the sample says nothing about its own uncertainty.',
    fix: 'declare the range of the score, or collect more units',
    priority: 20,
  },
  'no-variation-between-clusters': {
    text: 'All {n:count} clusters have the same mean although rows differ inside them: no error can be measured.',
    fix: 'check that the clusters are the units that were drawn, or declare the range of the score',
    priority: 20,
  },
  'no-variation-observed': {
    text: 'All {n:count} units scored the same; the interval is how far a share of different scores, missed by chance, could move the mean.',
    priority: 5,
  },
  'few-clusters': {
    text: 'Only {clusters:count} clusters: how much they differ is itself poorly known.',
    fix: 'collect rows from more clusters rather than more rows per cluster',
    priority: 30,
  },
  'few-units-differ': {
    text: 'Only {differing:count} of {units:count} units differ at all; the t interval and its p-value are rough.',
    fix: 'read the exact sign-flip test instead, or collect more items',
    priority: 20,
  },
  'interval-allows-for-unseen-clusters': {
    text: 'Few units carry the spread, so the interval allows for {added:number} more at the ends of the range; t alone would give {lower:number} to {upper:number}, too short on average.',
    fix: 'collect more independent units',
    priority: 5,
  },
  'interval-allows-for-skewness': {
    text: 'Few units carry the spread, so the interval allows for more that lie farther out; t alone would give {lower:number} to {upper:number}, too short on average.',
    fix: 'collect more independent units, or declare the range of the scores',
    priority: 5,
  },
  'too-few-units-to-show-skewness': {
    text: 'With only {units:count} units it would not show if the scores were as skewed as an exponential; a 95 % interval would then hold in about 90 % of cases.',
    fix: 'collect {needed:count} independent units or more, or declare the range of the scores',
    priority: 12,
  },
  'mean-near-end-of-range': {
    text: 'The mean lies so near the end of its range that the observed spread cannot be trusted; the interval counts the sample as {effective:number} independent 0/1 trials.',
    fix: 'collect more independent units',
    priority: 10,
  },
  'worst-case-clustering': {
    text: 'Too little varies to measure how alike rows of one cluster are: the {rows:count} rows in {clusters:count} clusters count as {effective:number} independent ones.',
    fix: 'collect rows from more clusters',
    priority: 10,
  },
  'few-units-for-bootstrap': {
    text: 'Resampling only {units:count} units understates their spread; the interval is too narrow.',
    fix: 'read the t interval beside it, or collect more units',
    priority: 25,
  },
  'bootstrap-one-sided': {
    text: 'The bootstrap cannot correct its bias here: {share:rate} of the resamples of {n:count} units fall below the estimate.',
    fix: 'use the percentile interval, and never resample a maximum or minimum',
    priority: 15,
  },
  'bootstrap-tail-unresolved': {
    text: 'The corrected ends lie so far out (shares {lower:number} and {upper:number} of the resamples) that few draws decide them.',
    fix: 'use more draws',
    priority: 10,
  },
  'significance-unreachable': {
    text: 'With {units:count} units that differ, no result could have had a p-value below {smallest:p-value}.',
    fix: 'collect more items or clusters that differ',
    priority: 25,
  },
  'comparisons-not-connected': {
    text: 'Wins do not connect the {models:count} models: they fall into {parts:count} parts (the largest has {largest:count}), and no distance between parts can be estimated.',
    fix: 'add comparisons between the parts, or rank each part by itself',
    priority: 60,
  },
  'contrast-not-estimable': {
    text: 'The difference between models {first} and {second} cannot be estimated from these comparisons.',
    fix: 'compare two different models that meet, directly or through others',
    priority: 30,
  },
  'fit-not-converged': {
    text: 'The fit did not settle after {iterations:count} steps; its numbers must not be used.',
    fix: 'check for models that always win or always lose, and add comparisons',
    priority: 70,
  },
  'no-cycle-to-test': {
    text: 'The {pairs:count} pairs that met form no cycle among {models:count} models, so a single ranking cannot be contradicted.',
    fix: 'compare more pairs',
    priority: 20,
  },
  'no-flow': {
    text: 'All {models:count} models are exactly even in every pair; there is nothing to rank and nothing to contradict.',
    priority: 20,
  },
  'no-ties': {
    text: 'No comparison ended in a tie, so a model of ties cannot be fitted.',
    fix: 'fit Bradley–Terry',
    priority: 20,
  },
  'only-ties': {
    text: 'Every comparison ended in a tie; the models cannot be told apart.',
    fix: 'use a judge or a rubric that decides',
    priority: 50,
  },
  'resamples-disconnected': {
    text: 'More than {draws:count} resamples left some model without wins or without losses; the bootstrap says nothing here.',
    fix: 'use the sandwich interval, or add comparisons for the models that rarely win or lose',
    priority: 40,
  },
  'ties-as-half-wins': {
    text: 'Ties are counted as half a win for each side; abilities are pulled together and model-based errors are wrong.',
    fix: 'use the sandwich or bootstrap errors, or a model of ties (Davidson, Rao–Kupper)',
    priority: 35,
  },
  'too-few-models': {
    text: 'Needs at least {needed:count} models; there are {given:count}.',
    fix: 'add a model to compare with',
    priority: 40,
  },
  'quantile-on-repeated-value': {
    text: 'Both ends of the interval are the value {value:number}, which many observations share.',
    fix: 'read it as: the quantile is exactly there, if scores really take that value so often',
    priority: 10,
  },
  'bootstrap-without-spread': {
    text: 'All {draws:count} resamples gave the same value, so they cannot show how far it could move.',
    fix: 'collect more items',
    priority: 30,
  },
  'needs-repeats': {
    text: 'None of the {cells:count} items was answered twice, so rerun noise cannot be measured.',
    fix: 'repeat at least 50 items 3 times',
    priority: 35,
  },
  'no-repeat-disagreed': {
    text: 'None of {cells:count} repeated items ever changed its score; the interval allows for changes that the repeats did not show.',
    priority: 15,
  },
  'no-scores': { text: 'Nothing was scored.', fix: 'see why scores are missing', priority: 80 },
  'printed-figure-of-unknown-scale': {
    text: 'The log prints this figure for {n:count} responses but not whether each score is 0 or 1.',
    fix: 'log the samples as well',
    priority: 25,
  },
  'printed-figure-without-n': {
    text: 'The log prints this figure without the number of responses behind it.',
    fix: 'log the samples as well',
    priority: 25,
  },
  'interval-cut-at-end-of-range': {
    text: 'The interval was cut at the end of the range: so near to it, resampling knows too little of scores that the sample lacks.',
    fix: 'read the interval that stands first',
    priority: 15,
  },
  'printed-rate-not-a-count': {
    text: 'A rate of {value:number} is not a whole number of {n:count} responses, so it was not computed from {n:count} right-or-wrong answers.',
    fix: 'find out what the figure averages',
    priority: 50,
  },
  'repeats-without-spread': {
    text: 'All {cells:count} repeated items scored the same each time, and the scores have no known range that would bound what a rerun could change.',
    fix: 'add repeats, or declare the range of the scores',
    priority: 25,
  },
  'needs-repeated-runs': {
    text: 'None of the {items:count} items was run at least {needed:count} times.',
    fix: 'run every item several times with the same prompt',
    priority: 40,
  },
  'items-with-too-few-runs': {
    text: '{items:count} items had fewer than {needed:count} runs and are left out.',
    fix: 'run every item equally often',
    priority: 25,
  },
  'repeats-never-differ': {
    text: 'Repeated measurements never differ on any of {items:count} items: reliability is perfect as far as seen, and its uncertainty cannot be measured.',
    fix: 'check that repeats are not served from a cache; read the bound on the flip rate instead',
    priority: 20,
  },
  'unequal-repeats-approximate': {
    text: 'Items were measured unequally often ({typical:number} times, typically); the interval is approximate.',
    priority: 5,
  },
  'no-discordant-pairs': {
    text: 'The two systems passed exactly the same items, so nothing tells them apart.',
    fix: 'compare them on more or harder items',
    priority: 10,
  },
  'rates-equal': {
    text: 'Both rates are {rate:rate}; there is no leader to overtake.',
    priority: 10,
  },
  'variants-never-differ': {
    text: 'All variants agree on every one of the {items:count} items: there is no difference to test.',
    priority: 5,
  },
  'incomplete-items-left-out': {
    text: '{items:count} items were not scored under every variant and are left out.',
    fix: 'run the missing cells, or compare on the items that all variants share',
    priority: 30,
  },
  'sparse-table-approximate-p': {
    text: 'Only {items:count} rows differ over {variants:count} columns: the χ² p-value is approximate.',
    fix: 'read the permutation p-value',
    priority: 10,
  },
  'items-do-not-vary': {
    text: 'The {items:count} items do not differ beyond chance; there is no item score to depend on.',
    priority: 10,
  },
  'extreme-of-several-leans-outward': {
    text: 'The most extreme of {columns:count} scores leans outward: read its interval, which allows for the choice.',
    fix: 'score the chosen one again on new items',
    priority: 15,
  },
  'few-references': {
    text: 'Compared with {references:count} references only; what is usual among them is poorly known.',
    fix: 'add reference models, five at least',
    priority: 35,
  },
  'agreement-at-boundary': {
    text: 'The raters agree alike on all {n:count} units; the width of the interval comes from the few units at chance that are added to the sample.',
    priority: 10,
  },
  'corrected-rate-cut': {
    text: 'The corrected rate comes out as {raw:number}, outside 0–1, and is cut to the nearest end: the judge flags fewer or more than its known errors allow.',
    fix: 'measure sensitivity and specificity on outputs of this model',
    priority: 40,
  },
  'few-labels-normal': {
    text: 'Only {labelled:count} labels; the normal interval is a little too narrow.',
    fix: 'use the t reference, or label at least 50',
    priority: 20,
  },
  'judge-contradicts-flags': {
    text: 'The judge flagged {flagged:rate}, but its known false positive rate is {falsePositiveRate:rate}: no true rate between 0 and 1 explains both.',
    fix: 'measure sensitivity and specificity on outputs of this model',
    priority: 70,
  },
  'judge-uninformative': {
    text: 'Sensitivity plus specificity minus 1 is {informedness:number}; below {needed:number} the correction multiplies every error by more than five.',
    fix: 'use a better judge, or label by hand',
    priority: 70,
  },
  'one-category-only': {
    text: 'Every rating of the {n:count} units is the same category; agreement cannot be told from habit.',
    fix: 'add units of which some are known to differ',
    priority: 40,
  },
  'too-few-labels': {
    text: 'Needs at least two labelled scores and one unlabelled; there are {labelled:count} and {unlabelled:count}.',
    fix: 'label more, or report the labels by themselves',
    priority: 40,
  },
  'too-few-rated-twice': {
    text: 'Agreement needs at least two units rated twice or more; of {units:count} units there are {paired:count}.',
    fix: 'have more units rated by two raters',
    priority: 40,
  },
  'few-draws': {
    text: 'Only {draws:count} draws: how widely they scatter is itself poorly known.',
    fix: 'draw at least five',
    priority: 20,
  },
  'contrast-without-variance': {
    text: 'The fit gives this contrast no usable error.',
    fix: 'check the caveats of the fit',
    priority: 40,
  },
  'few-items-differ': {
    text: 'The rarer outcome shows on {differing:count} {differing?item|items}: where such scores vary cannot be told from fewer than {needed:count}.',
    fix: 'read rates and flip rates instead, or add items on which the outcome varies',
    priority: 20,
  },
  'few-responses-per-level': {
    text: 'Only {perLevel:number} responses on each of {levels:count} levels of {factor}: the approximation leans toward no difference, and the integral that mends it was not to be had.',
    fix: 'ask every item more often per model, in repeats or in several variants',
    priority: 30,
  },
  'unit-without-rows': { text: 'Unit {unit} has no rows.', fix: 'number only units that have rows, from 0' },
  'curvature-not-positive': {
    text: 'The likelihood is flat or not at its maximum where the fit stopped, so its errors must not be used.',
    fix: 'drop a component or a fixed effect that the data cannot tell from others',
    priority: 60,
  },
  'factor-not-repeated': {
    text: 'Every level of {factor} was seen once, so its effect cannot be told from noise.',
    fix: 'leave the factor out, or repeat its levels',
    priority: 40,
  },
  'factor-with-one-level': {
    text: '{factor} has one level only, so it has no variance to estimate.',
    fix: 'leave the factor out',
    priority: 30,
  },
  'outcome-never-varies': {
    text: 'All {rows:count} rows have the same outcome ({successes:count} successes): a logit model has no finite fit.',
    fix: 'use an exact bound on the rate',
    priority: 40,
  },
  'separated-outcome': {
    text: 'A coefficient reached {largest:number} on the log-odds scale: some group always succeeds or always fails.',
    fix: 'report that group by an exact bound and fit the rest',
    priority: 60,
  },
  // Assumptions, in words.
  'independent-trials': { text: 'The trials are independent of one another; repeats of one item are not.' },
  'constant-rate': {
    text: 'Every trial has the same chance of success, or the trials are random draws from one population.',
  },
  'trials-fixed-in-advance': { text: 'The number of trials was fixed before looking at any result.' },
  'prior-as-stated': { text: 'The prior is the one stated; another prior gives another interval.' },
  'samples-independent': { text: 'The two samples share no items and no other cause of common luck.' },
  'independent-pairs': { text: 'The items are independent of one another; each was put to both systems.' },
  'independent-events': { text: 'Events come one at a time and independently of one another.' },
  'exposure-fixed-in-advance': { text: 'How long to observe was fixed before looking at any result.' },
  'nothing-assumed-about-missing': {
    text: 'Nothing is assumed about why scores are missing: the missing may all have failed, or all have succeeded.',
  },
  'item-response-not-identified': {
    text: 'An item response model of this kind needs at least {needed:count} answering rows; there are {rows:count}.',
    fix: 'use a common slope (1pl), or add models and prompts as rows',
    priority: 30,
  },
  'slopes-not-comparable': {
    text: 'The {rows:count} rows do not tell the {items:count} items apart well enough to compare their slopes.',
    fix: 'add rows with some items right and some wrong, each with answers to most items',
    priority: 25,
  },
  'item-errors-unknown': {
    text: 'How sure the slopes and difficulties of the {items:count} items are cannot be told: the answers hardly depend on ability.',
    fix: 'check that the items measure one ability, and add rows',
    priority: 25,
  },
  'items-without-variation': {
    text: '{dropped:count} of {items:count} items were solved by everybody or nobody; they have no slope and are left out.',
    priority: 15,
  },
  'too-few-varying-items': {
    text: 'Of {items:count} items only {varying:count} were solved by some and missed by others; at least 3 are needed.',
    fix: 'add items of middling difficulty',
    priority: 30,
  },
  'range-of-score-unknown': {
    text: 'Scores without a known range get no simultaneous bands.',
    fix: 'rescale the score to 0 to 1, if it has ends',
    priority: 10,
  },
} as const satisfies Messages
