import type { Messages } from './message.ts'

/** What each design licenses, and what it does not. */
export const designMessages = {
  'design-one-setting': {
    text: 'Nothing is varied: averages, quantiles and the worst case are of the prompt as the protocol writes it, and of no other.',
  },
  'design-full': {
    text: 'Every allowed setting is run ({settings:count} of {factors:count} {factors?factor|factors}): averages, quantiles and the worst case over these settings may be claimed; of settings that are not listed, nothing.',
  },
  'design-one-at-a-time': {
    text: 'Each level is changed alone from the reference ({settings:count} settings, {forbidden:count} forbidden): this shows what one change does to the reference, and that something happens. It carries no average and no worst case over settings, and interactions stay unseen.',
  },
  'design-random': {
    text: '{settings:count} settings drawn at random from {combinations:count} combinations, less those the constraints forbid: averages and quantiles over exactly these may be claimed. Of what they were drawn from only a mean may be, and only where a bound that takes settings as random units, too, lies beyond the threshold; the worst case may not.',
  },
  'design-fraction-clear': {
    text: '{settings:count} of {combinations:count} settings, a regular fraction of {factors:count} factors: the average effect of each factor can be told, clear of interactions of two factors. Average, quantiles and worst case over settings may not be claimed.',
  },
  'design-fraction-main-effects': {
    text: '{settings:count} of {combinations:count} settings, a regular fraction of {factors:count} factors: the average effect of each factor can be told only if interactions of two factors are absent. Average, quantiles and worst case over settings may not be claimed.',
  },
  'design-fraction-optimal': {
    text: '{settings:count} runs chosen for {effects:count} main effects, efficiency {efficiency:rate} of an orthogonal array: the average effect of each level can be told only if interactions are absent. Average, quantiles and worst case over settings may not be claimed.',
  },
  'design-covering': {
    text: '{settings:count} settings to run hold, with what exists already, all {tuples:count} allowed combinations of {strength:count} levels ({already:count} existed, {forbidden:count} are impossible): a failure that needs no more factors than that is met at least once. Rates, averages and the worst case over all settings may not be claimed.',
  },
  'design-thompson': {
    text: 'For each model a pool of {settings:count} settings is searched adaptively, within {budget:count} answers besides those of the reference, for its best and worst. Its counts are no estimates; asking the two ends about items the search did not use gives a lower bound on the spread of the pool. Averages and the worst setting there is may not be claimed.',
  },
  'design-supplied': {
    text: '{settings:count} {settings?setting|settings} listed by hand: averages, quantiles and the worst case over exactly these may be claimed; of any other setting, nothing.',
  },
  // assay coverage
  'coverage-no-factors': {
    text: '{task}: no factor is varied, so there are no combinations to cover. Vary a format, an order or a wording, or declare levels.',
  },
  'coverage-complete': {
    text: '{task}: all {possible:count} possible combinations of {strength:count} {strength?setting|settings} were tried.',
  },
  'coverage-incomplete': {
    text: '{task}: {covered:count} of {possible:count} possible combinations of {strength:count} {strength?setting|settings} were tried; {missing:count} more {missing?setting completes|settings complete} them.',
  },
  'coverage-incomplete-such-as': {
    text: '{task}: {covered:count} of {possible:count} possible combinations of {strength:count} {strength?setting|settings} were tried; {missing:count} more {missing?setting completes|settings complete} them. Not tried: {examples}.',
  },
  'coverage-forbidden-run': {
    text: '{task}: {combinations:count} combinations that were called impossible were run. Check the constraints.',
  },
  'levels-that-occur-or-are-declared-are-all-levels': {
    text: 'the levels that occur in the logs or were declared are all there are; a level nobody named is missing from the denominator',
  },
  'missing-settings-can-be-run': {
    text: 'to run only the settings to add, give a protocol with the title, the items, the models and the factors of these logs the design {design}',
  },
  // assay paraphrase
  'paraphrases-made': {
    text: '{accepted:count} {accepted?wording|wordings} accepted, {queued:count} left to a person, of {judged:count} judged, in {calls:count} {calls?call|calls}.',
  },
  'paraphrases-not-equivalent': { text: '{count:count} dropped: both judges found another task.' },
  'paraphrases-lost-placeholders': { text: '{count:count} dropped: placeholders lost or added.' },
  'paraphrases-repeated': { text: '{count:count} dropped: the same as another.' },
  'paraphrases-with-control-characters': { text: '{count:count} dropped: control characters in the wording.' },
  'paraphrase-replies-unreadable': { text: '{count:count} {count?reply|replies} held no list of wordings.' },
  'paraphrase-calls-failed': { text: '{count:count} {count?request|requests} for wordings failed.' },
  'paraphrases-next': {
    text: 'Put "paraphrases" of {folder}/paraphrases.json under the factor "paraphrase" of the protocol. Decide {folder}/human-queue.jsonl line by line, then pass it with --decided.',
  },
} satisfies Messages
