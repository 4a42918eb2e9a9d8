import type { Messages } from './message.ts'

/** What methods take for granted, in words: held whether or not they were checked. */
export const assumptionMessages = {
  'clusters-fixed-in-advance': { text: 'The number of clusters was fixed before looking at any result.' },
  'clusters-independent': { text: 'Clusters are independent of one another; inside a cluster anything goes.' },
  'every-flag-adjudicated': { text: 'Every flag was checked by hand, so that false alarms are already out.' },
  'exchangeable-signs': { text: 'If the two are equally good, each difference is as likely to have either sign.' },
  'exchangeable-within-strata': {
    text: 'If groups do not matter, units of one stratum could have carried each other’s labels.',
  },
  'exponential-tail': { text: 'Beyond what was seen, the tail keeps the slope fitted to its largest values.' },
  'facets-drawn-at-random': {
    text: 'The levels of each facet (items, prompts, judges) are random draws from those the claim is about.',
  },
  'flat-prior-on-effect': { text: 'Before the first run every size of the effect was taken as equally likely.' },
  'independent-draws': { text: 'The units are independent random draws from the population that the claim names.' },
  'independent-tests': { text: 'The tests share no data and no other cause of common luck.' },
  'independent-values': { text: 'The values are independent of one another; repeats of one item are not.' },
  'items-independent': { text: 'Items are independent of one another.' },
  'judge-errors-transport': {
    text: 'The judge is as sensitive and as specific on these outputs as on those it was measured on.',
  },
  'judges-independent': { text: 'Each judge ranks without knowing what the others said.' },
  'mean-approximately-normal': {
    text: 'There are enough units, none of them dominant, that the mean is close to normal.',
  },
  'nothing-changed-between-runs': { text: 'Model, prompt, scorer and settings are the same in both runs.' },
  'references-drawn-like-the-target': { text: 'The references are drawn from where the target comes from.' },
  'repeats-independent-given-item': { text: 'Repeated runs of an item are independent of one another.' },
  'same-population-at-deployment': { text: 'Inputs at deployment come from the population that was tested.' },
  'scores-approximately-normal': {
    text: 'Scores are close to normal; for 0/1 scores the interval is rough.',
  },
  'values-approximately-normal': { text: 'Values are close to normal.' },
  'values-drawn-alike': { text: 'The next value is drawn like those that were seen.' },
  'variance-scaled-chi-squared': { text: 'The estimated variance errs like that of normal values.' },
  'variants-exchangeable-within-items': {
    text: 'If variants do not matter, an item’s scores could have come under any of them.',
  },
  'weakly-dependent-tests': { text: 'However the tests depend on one another, their extreme results rarely coincide.' },
  'uses-like-these-items': { text: 'Every use is an independent draw from what these items were drawn from.' },
} as const satisfies Messages
