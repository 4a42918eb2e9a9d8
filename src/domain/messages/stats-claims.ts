import type { Messages } from './message.ts'

/** What comparisons against a margin, guarantees, ledgers, reliability studies and crossed resampling give as reasons. */
export const statsClaimMessages = {
  'approximate-under-clustering': {
    text: 'The {trials:count} trials in {clusters:count} clusters are counted by their effective number: an approximation, not a guarantee.',
    fix: 'for a guarantee use the share of clusters that hold an event',
    priority: 20,
  },
  'claim-after-failed-one': {
    text: 'Its own evidence would do, but an earlier claim of the sequence failed (adjusted p {adjusted:p-value}, α {alpha:number}).',
    fix: 'register claims in the order in which they are likely to hold',
    priority: 10,
  },
  'claim-not-supported': {
    text: 'Not supported: the adjusted p-value {adjusted:p-value} is above α = {alpha:number}.',
    priority: 10,
  },
  'claim-supported': {
    text: 'Supported: the adjusted p-value {adjusted:p-value} is at most α = {alpha:number}.',
    priority: 0,
  },
  'claim-without-evidence': {
    text: 'No test was made ({because}); the claim still counts in its family.',
    fix: 'collect what the test needs; do not drop a registered claim',
    priority: 30,
  },
  'combination-valid-in-tail-only': {
    text: 'The Cauchy combination of {tests:count} dependent tests holds its level only for small p-values.',
    fix: 'read the harmonic combination where p is not far below 0.05',
    priority: 15,
  },
  'few-levels-of-facet': {
    text: 'Only {levels:count} {facet}: how much they vary is little more than a guess.',
    fix: 'add {facet}; read the interval, not the value',
    priority: 25,
  },
  'few-units-inside': {
    text: 'At depth {depth:count} there are {units:number} units per parent; resampling so few understates how much they vary.',
    fix: 'add units inside each parent, or resample the outer level only',
    priority: 20,
  },
  'interval-decides-near-end-of-range': {
    text: 'The t test is not used near the end of the range, or where few of {n:count} units carry the spread; the interval decides.',
    priority: 5,
  },
  'judge-found-nothing': {
    text: 'The judge flagged none of {known:count} known events: whatever it does not flag may still be one.',
    fix: 'use a better judge, or show it more known events',
    priority: 70,
  },
  'ledger-confirm': {
    text: 'Holm: each of the {claims:count} claims will be stated, and the procedure assumes nothing about their dependence.',
  },
  'ledger-e-values': {
    text: 'e-BH: the evidence of the {claims:count} claims is e-values, which stay valid under any dependence and stopping.',
  },
  'ledger-ordered': {
    text: 'Fixed sequence: the {claims:count} claims were ordered beforehand, so each is tested at the full α until one fails.',
  },
  'ledger-screen': {
    text: 'Benjamini–Hochberg: the {claims:count} claims are leads to follow up, and their tests are positively dependent.',
  },
  'ledger-screen-dependent': {
    text: 'Benjamini–Yekutieli: the {claims:count} claims are leads to follow up, and nothing is known of their dependence.',
  },
  'margin-beyond-range': {
    text: 'A difference of rates is never as large as the margin {margin:number}; there is nothing to test.',
    fix: 'declare a smaller margin',
    priority: 30,
  },
  'objects-never-differ': {
    text: 'All {objects:count} objects have exactly the same mean: there is nothing to tell apart, reliably or not.',
    fix: 'check that the objects are different systems',
    priority: 20,
  },
  'units-beyond-count': {
    text: 'With a standard error of {standardError:number} no countable number of units would show a margin of {margin:number}.',
    fix: 'check the units of the scores and of the margin',
    priority: 20,
  },
  'p-value-floor-too-high': {
    text: 'A simulated p-value cannot fall below {floor:p-value}; times {claims:count} claims that is above α = {alpha:number}.',
    fix: 'use more draws, or an exact test',
    priority: 35,
  },
  'p-value-of-one': {
    text: 'One of the {tests:count} p-values is 1, which this combination turns into no evidence at all, whatever the others are.',
    fix: 'use Fisher’s combination, or one-sided p-values that are not capped',
    priority: 20,
  },
  'p-value-of-zero': {
    text: 'One of the {tests:count} p-values is 0: it was rounded, or simulated without counting the observed outcome.',
    fix: 'pass the exact p-value, or (b + 1)/(B + 1)',
    priority: 40,
  },
  'resamples-empty': {
    text: '{empty:count} of {draws:count} resamples hit empty cells only and are left out.',
    fix: 'fill the table, or resample one facet',
    priority: 20,
  },
  'too-many-trials-to-expand': {
    text: '{trials:count} trials are more than this approximation lays out in memory ({most:count}).',
    fix: 'use the share of clusters that hold an event, or the betting bound',
    priority: 10,
  },
  'two-way-variance-floored': {
    text: 'The two-way variance came out as {sum:number}, below that of one way alone ({larger:number}), which is used instead.',
    priority: 5,
  },
  'ratings-per-unit-differ': {
    text: 'Some units have {fewest:count} ratings and some {most:count}; this test needs the same number for all.',
    fix: 'keep the units that all raters rated',
    priority: 40,
  },
  'mean-moved': {
    text: 'After {after:count} scores the intervals contradict one another: the mean has not stayed the same.',
    fix: 'look for what changed during the run, and analyse the parts apart',
    priority: 70,
  },
  'mean-beside-intersection': {
    text: 'The mean of all scores lies outside what earlier intervals left; the interval was stretched to it.',
    fix: 'look for what changed during the run',
    priority: 30,
  },
  'length-difference-constant': {
    text: 'In all {battles:count} battles the answers differ in length by the same: length cannot be told from quality.',
    fix: 'report the raw win rate',
    priority: 40,
  },
  'length-moves-win-rate': {
    text: 'At equal length the win rate is {controlled:rate} where it is {raw:rate} as it stands.',
    fix: 'report both, and say that length may itself be quality',
    priority: 30,
  },
  'no-variation-in-source': {
    text: 'Values do not vary between one {source} and the next, so that its variance cannot be bounded.',
    fix: 'check that repeats are not copies',
    priority: 40,
  },
} as const satisfies Messages
