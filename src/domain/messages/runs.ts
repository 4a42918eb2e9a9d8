import type { Messages } from './message.ts'

/** Words for protocols, runs and the verdicts on their claims. */
export const runMessages = {
  // Licensed sentences
  'claim-supported-rate': {
    text: '{claim}: supported. The rate of {model} ({scorer}) is {direction} {threshold:score}; the error rate of this support is at most {alpha:p-value}, on {units:count} {units?unit|units}.',
  },
  'claim-supported-rate-over-settings': {
    text: '{claim}: supported. The rate of {model} ({scorer}), averaged over the {settings:count} {settings?setting|settings} that {settings?was|were} run, is {direction} {threshold:score}; the error rate of this support is at most {alpha:p-value}, on {units:count} {units?unit|units}.',
  },
  'claim-supported-mean': {
    text: '{claim}: supported. The mean score of {model} ({scorer}) is {direction} {threshold:score}; the error rate of this support is at most {alpha:p-value}, on {units:count} {units?unit|units}.',
  },
  'claim-supported-mean-over-settings': {
    text: '{claim}: supported. The mean score of {model} ({scorer}), averaged over the {settings:count} {settings?setting|settings} that {settings?was|were} run, is {direction} {threshold:score}; the error rate of this support is at most {alpha:p-value}, on {units:count} {units?unit|units}.',
  },
  'claim-supported-difference': {
    text: '{claim}: supported. The mean difference of {model} to {baseline} ({scorer}) is {direction} {threshold:difference}; the error rate of this support is at most {alpha:p-value}, on {units:count} {units?unit|units}.',
  },
  'claim-supported-difference-over-settings': {
    text: '{claim}: supported. The mean difference of {model} to {baseline} ({scorer}), averaged over the {settings:count} {settings?setting|settings} that {settings?was|were} run, is {direction} {threshold:difference}; the error rate of this support is at most {alpha:p-value}, on {units:count} {units?unit|units}.',
  },
  'claim-supported-quantile': {
    text: '{claim}: supported. The {probability:score} quantile of the scores of {model} ({scorer}) is {direction} {threshold:score}; the error rate of this support is at most {alpha:p-value}, on {units:count} {units?unit|units}.',
  },
  'claim-supported-quantile-over-settings': {
    text: '{claim}: supported. The {probability:score} quantile of the scores of {model} ({scorer}), averaged over the {settings:count} {settings?setting|settings} that {settings?was|were} run, is {direction} {threshold:score}; the error rate of this support is at most {alpha:p-value}, on {units:count} {units?unit|units}.',
  },
  'claim-supported-worst-case': {
    text: '{claim}: supported. Under each of the {settings:count} listed settings the mean score of {model} ({scorer}) is {direction} {threshold:score}; the error rate of this support is at most {alpha:p-value}, on {units:count} {units?unit|units}. Settings that were not listed are not covered.',
  },
  'claim-witnessed': {
    text: '{claim}: supported. {model} gave a response with a score ({scorer}) {direction} {threshold:score}: item {item} ({setting}), response {responses:count} of the search. One witness says that it can happen, and nothing of how often.',
  },
  'claim-shown': {
    text: '{claim}: shown, not confirmed. {model} gave a response with a score ({scorer}) {direction} {threshold:score}: item {item} ({setting}), response {responses:count} of the search. By itself it may be an error of the scorer or of that one call.',
  },
  'witness-cannot-be-verified': {
    text: '{claim} can be shown but not supported: {scorers:count} {scorers?scorer has|scorers have} the range of its score (2 must find a witness), and replicates: {replicates:count} {replicates?gives|give} at most {reruns:count} {reruns?rerun|reruns} of one (10 are needed)',
    fix: 'add a second scorer of that range, and replicates: 11 or more',
  },
  'claim-refuted': {
    text: '{claim}: refuted. The quantity is not {direction} {threshold:score}; the error rate of this refutation is at most {beta:p-value}, on {units:count} units.',
  },
  'claim-refuted-alternative': {
    text: '{claim}: refuted. The quantity does not reach the declared alternative {alternative:score}; the error rate of this refutation is at most {beta:p-value}, on {units:count} units. It may still lie between {threshold:score} and there.',
  },
  'claim-open': {
    text: '{claim}: inconclusive. After {units:count} units neither the claim nor its opposite is decided by the rule “{rule}”.',
  },
  'claim-no-witness': {
    text: '{claim}: inconclusive. No response of {responses:count} was {direction} {threshold:score}. A search that found nothing does not show that there is nothing.',
  },
  'claim-open-fixed': {
    text: '{claim}: inconclusive. {units:count} of the {items:count} items or their clusters are in, and the rule “{rule}” decides only when all are.',
  },
  'claim-decided-at-any-time': {
    text: 'The rule may end the run at any moment: its error rate holds whenever one looks.',
  },
  'claim-decided-at-end': {
    text: 'Decided once, when all units were in, as the rule “fixed” says; the evidence would have held whenever one looks.',
  },
  'claim-decided-by-exact-test': {
    text: 'Decided once, when all units were in, by the exact binomial test of a number of units fixed in advance (p = {p:p-value}); it would not hold for one who stopped when the result pleased.',
  },
  'claim-scope-listed-settings': {
    text: 'This is about the {settings:count} {settings?setting that was|settings that were} run (the first: {first}), and no other.',
  },
  'claim-scope-drawn-settings': {
    text: 'This is about the {settings:count} {settings?setting that was|settings that were} drawn (the first: {first}), and not about what {settings?it was|they were} drawn from.',
  },
  'claim-not-beyond-settings': {
    text: 'This is about the {settings:count} {settings?setting that was|settings that were} drawn (the first: {first}), and not about what {settings?it was|they were} drawn from: with settings as random units the bound is {bound} at {level}, which is not {direction} {threshold}.',
  },
  'claim-supported-beyond-settings': {
    text: 'It may be said of all that the {settings:count} {settings?setting was|settings were} drawn from as well: with settings as random units the bound is {bound} at {level}, which is {direction} {threshold}.',
  },
  'claim-witness-verified': {
    text: 'The witness of {claim} is verified: {agreeing:count} of {scorers:count} scorers find it, and of {reruns:count} reruns of the same prompt made after it {again:count} showed it again ({interval} of such reruns at 95 %).',
  },
  'claim-witness-unverified': {
    text: 'The witness of {claim} is not verified: {agreeing:count} of {scorers:count} {scorers?scorer finds|scorers find} it ({neededScorers:count} must), and it was rerun {reruns:count} {reruns?time|times} after it was found, with {again:count} that showed it again ({neededReruns:count} are needed).',
    fix: 'add a second scorer, and replicates: 11 or more, so that every response is rerun with fresh seeds',
    priority: 65,
  },
  'claim-interval-of-two-limits': {
    text: 'The claim is open: its lower and its upper limit are those that would decide it, one with error rate {alpha:p-value} for support, the other with {beta:p-value} for refutation.',
  },
  'claim-scope-these-items': {
    text: 'This is about the answers to exactly the {items:count} reported items, taken in random order; it says nothing of other items or of a rerun.',
  },
  'claim-scope-population': {
    text: 'This is about items like these: it holds if the {units:count} units are independent draws from that population.',
  },
  'claim-missing-scores': {
    text: '{missing:count} of {responses:count} responses of {claim} have no score; they counted against the claim when it was supported and for it when it was refuted.',
    priority: 30,
  },
  'claim-as-stated': {
    text: 'The protocol words {claim} as “{statement}”; the sentence before is what the evidence licenses, and no more.',
  },
  'envelope-tried': {
    text: 'Of the envelope that the protocol declares, all {levels:count} {levels?level was|levels were} tried, each axis by itself.',
  },
  'envelope-partly-tried': {
    text: 'The declared envelope has {levels:count} {levels?level|levels}: {tried:count} tried, {untried:count} not tried, {unknown:count} without a factor or an attribute of that name, so that the run cannot tell. Nothing is claimed where nothing was tried.',
  },
  // Refusals
  'alternative-outside-range': {
    text: 'No verdict on {claim}: its alternative lies outside what {scorer} can give.',
    fix: 'declare an alternative inside the range of the score',
    priority: 80,
  },
  'claim-needs-forecast': {
    text: 'No verdict on {claim}: a run measures the models it asked; a prediction about others needs a forecast that was registered before.',
    priority: 80,
  },
  'claim-needs-optimisers': {
    text: 'No verdict on {claim}: an upper bound on what can be elicited does not follow from sampling.',
    fix: 'claim a rate or the worst of the listed settings, or bring several optimisers that level off',
    priority: 80,
  },
  'claim-needs-stronger-elicitation': {
    text: 'No verdict on {claim}: it speaks of {elicitation} elicitation, and prompting as it is today cannot show that.',
    fix: 'claim what holds as deployed or with current techniques, or bring fine-tuning evidence',
    priority: 80,
  },
  'claim-scorer-unknown': {
    text: 'No verdict on {claim}: the run has no scorer named {scorer}.',
    priority: 80,
  },
  'claim-untyped': {
    text: 'No verdict on {claim}: it does not say what of the scores is claimed.',
    fix: 'give it one of the quantifiers: existence, rate, mean, quantile, bounded-worst-case',
    priority: 80,
  },
  'comparison-of-means-only': {
    text: 'No verdict on {claim}: models are compared by their means or rates, not by {quantifier}.',
    priority: 80,
  },
  'design-does-not-license': {
    text: 'No verdict on {claim}: the design “{design}” does not license claims of the kind {quantifier}.',
    fix: 'choose a design that licenses it; “assay plan” prints what each one does',
    priority: 80,
  },
  'propensity-with-optimised-prompts': {
    text: 'No verdict on {claim}: prompts that were fitted or selected for the result cannot show what a model tends to do.',
    fix: 'ask as deployed, without fit and select shares',
    priority: 80,
  },
  'rate-needs-binary-scores': {
    text: 'No verdict on {claim}: {scorer} gave graded scores, and a rate is of scores that are 0 or 1.',
    fix: 'claim a mean, or a quantile',
    priority: 80,
  },
  'score-range-unbounded': {
    text: 'No verdict on {claim}: {scorer} declares no range, and no rule that may look at any time holds without one.',
    priority: 80,
  },
  'threshold-outside-range': {
    text: 'No verdict on {claim}: its threshold lies at or outside the ends of what {scorer} can give.',
    fix: 'declare a threshold strictly inside the range of the score',
    priority: 80,
  },
  'witness-has-no-rate': {
    text: 'A claim of existence ({claim}) has no rate.',
  },
  // The way of asking
  'options-hidden': {
    text: 'The options of {items:count} {items?item|items} are not shown: “answer: generative” asks freely. Of the scorers {scorers} can read such answers.',
    fix: 'write answer: letter or text to show the options; leave it where free answers are what you want to measure',
    priority: 55,
  },
  'options-hidden-at-levels': {
    text: 'At the levels {levels} the options of {items:count} {items?item|items} are not shown: free answers, which of the scorers {scorers} can read.',
    priority: 25,
  },
  'scorer-reads-not-all-answers': {
    text: '{scorer} cannot read all answers that are asked for ({asked}); those it leaves without a score.',
    priority: 30,
  },
  'cells-failed': {
    text: '{cells:count} {cells?cell|cells} of {model} got no usable answer ({cause}) though the endpoint answered others; they count as missing, never as wrong.',
    fix: 'look at these calls in the journal; where answers were truncated raise decoding.maxTokens in a new protocol',
    priority: 60,
  },
  'scorer-gave-no-score': {
    text: '{scorer} gave no score to {responses:count} {responses?response|responses}, which count as missing: it {because}.',
    fix: 'correct the scorer and run again under a new protocol; scores of the old one stand as they are',
    priority: 70,
  },
  'factor-changes-not-all': {
    text: '{factor} changes nothing where no options are shown (levels: {levels}; items without options: {open:count}).',
    priority: 20,
  },
  // Searches
  'no-search-in-logs': {
    text: 'No log here was run under an adaptive design, so that there are no ends of a search to compare.',
    fix: 'write design: { use: thompson } into a protocol with several settings',
  },
  'search-spread-shown': {
    text: '{measure}: on {items:count} items that the search did not use, {model} scores {difference} more under the best setting found than under the worst ({level} {interval}). Over the {settings:count} settings searched its spread is at least {least}.',
  },
  'search-spread-open': {
    text: '{measure}: the two ends that the search found for {model} among {settings:count} settings differ by {difference} on {items:count} items it did not use ({level} {interval}). No spread is shown.',
  },
  'search-spread-unknown': {
    text: '{measure}: the two ends that the search found for {model} among {settings:count} settings share {items:count} scored {items?item|items}, too few to compare.',
  },
  'search-spread-seen': {
    text: 'On the items of the search the two settings of {model} looked {seen} apart. They were chosen there, so that figure is too large and is no estimate.',
  },
  'search-is-lower-bound': {
    text: 'A search finds ends and estimates nothing else: that some setting does this well or badly is shown, the average over settings is not, and the true ends may lie further apart.',
  },
  'search-not-compared': {
    text: 'The search of {models:count} {models?model|models} has not come to its end, or its ends were not asked about the reported items yet.',
    fix: 'finish the run with “assay resume”',
  },
  'reported-settings-are-ends': {
    text: 'The two settings of {path} are ends that a search found. Averages over them are averages over extremes, not of the model.',
    fix: 'read the comparison of the ends; average over settings of a full, random or supplied design',
    priority: 65,
  },
  // The run
  'claims-not-with-export': {
    text: 'These logs were exported from a run with claims, which cannot be judged from what is here; the problems say why.',
    fix: 'export the run again and pass the whole folder, or pass the run itself',
  },
  'no-claims-in-logs': {
    text: 'No log here was run from a protocol with claims, so that there is nothing to pass a verdict on.',
    fix: 'write a protocol with “assay init”, and run it with “assay run”',
  },
  'claims-confirmatory': {
    text: 'Confirmatory: the protocol was registered on {time} before the run, signed with the key {key}, and was executed as registered. Whose key that is, and whether its clock was right, a reader has to know from elsewhere.',
  },
  'claims-confirmatory-unsigned': {
    text: 'Confirmatory on the word of whoever ran it: the protocol was registered on {time} by the clock of that machine, not signed, and was executed as registered. Nothing here would show a registration that was made afterwards.',
    fix: 'sign the next one with “assay register --sign”, and give the file to a second party before the run',
    priority: 25,
  },
  'registration-signed': {
    text: 'The registration is signed with the key {key}.',
  },
  'registration-not-signed': {
    text: 'The registration is not signed; its time is that of the machine it was made on.',
  },
  'claims-registered-late': {
    text: 'Exploratory: the protocol was registered on {time}, and the run had begun on {started}.',
    fix: 'register before the run',
    priority: 60,
  },
  'claims-exploratory': {
    text: 'Exploratory: the protocol was not registered before the run.',
    fix: 'register the next one with “assay register”, before the run',
    priority: 20,
  },
  'claims-deviating': {
    text: 'Exploratory: the run deviates from the protocol registered on {time} in {deviations:count} {deviations?place|places}, first {path}.',
    fix: 'run the protocol as registered, or register the changed one before running it',
    priority: 60,
  },
  'exemplars-from-reported-items': {
    text: '{exemplars:count} exemplars of {path} come from reported items, such as “{example}”: answers may have leaked into prompts.',
    fix: 'take exemplars from items kept for fitting',
    priority: 95,
  },
  'model-changed-during-run': {
    text: 'The endpoint of {model} reported {versions:count} different versions during the run; evidence over time assumes one.',
    fix: 'run again against a pinned version',
    priority: 75,
  },
  'run-cut-off': {
    text: '{path} ends in the middle of a record: the run was killed or still goes on. {done:count} of {total:count} cells are there.',
    fix: 'finish it with “assay resume”',
    priority: 40,
  },
  'run-not-finished': {
    text: '{done:count} of {total:count} cells of {path} are done; the run ended early ({reason}).',
    fix: 'finish it with “assay resume”',
    priority: 40,
  },
  'run-stopped-when-decided': {
    text: '{path} ended after {cells:count} of {total:count} cells because its claims were decided. Verdicts, intervals of claims and bounds valid at any moment allow for that; every other interval and test here takes the number of responses as fixed before, and means lean to the side that decided.',
    fix: 'quote the interval of the claim; for the others, run with “stopping: { rule: fixed }”',
    priority: 45,
  },
} as const satisfies Messages
