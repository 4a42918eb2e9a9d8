import type { Messages } from './message.ts'

/** Findings, problems and unanswerable questions of the analyses that bound, rank and forecast. */
export const guaranteeAnalysisMessages = {
  // claim-verdicts
  'claims-share-by-holm': {
    text: 'The {claims:count} claims were decided together, by Holm: {supported:count} {supported?is|are} supported, and the chance that any support is wrong is at most {alpha:rate}.',
  },
  'claims-share-evenly': {
    text: 'The {claims:count} claims were decided together, each at an equal share of its error rate: {supported:count} {supported?is|are} supported, and the chance that any support is wrong is at most {alpha:rate}.',
  },
  'claims-decided-apart': {
    text: 'The protocol lets each of the {claims:count} claims have its whole error rate: {supported:count} {supported?is|are} supported, and the chance that any support is wrong may reach {alpha:rate}.',
    fix: 'set multiplicity: holm in the protocol of the next run',
  },
  // ranking
  'needs-three-models': {
    text: 'Cannot rank: no scorer of one task scored three models or more ({models:count} in all).',
    fix: 'run more models on the same items; two models are compared under “Which model is better?”',
    priority: 15,
  },
  'ranking-has-a-first': {
    text: '{measure}: {model} is first of {models:count} {models?model|models} whatever the sample ({units:count} items or clusters, all ranks together at {level}); {separated:count} of {pairs:count} {pairs?pair|pairs} are told apart.',
  },
  'ranking-shared-first': {
    text: '{measure}: {top:count} of {models:count} {models?model|models} could be first, {model} among them ({units:count} items or clusters, all ranks together at {level}); {separated:count} of {pairs:count} {pairs?pair|pairs} are told apart.',
  },
  'ranking-open': {
    text: '{measure}: no order of {models:count} {models?model|models} can be given; none of {pairs:count} {pairs?pair|pairs} is told apart on {units:count} items or clusters at {level}.',
  },
  'more-rankings-in-table': { text: 'The table ranks the models of {measures:count} more measures.' },
  'ranking-not-connected': {
    text: '{measure}: among {models:count} {models?model|models} no more than {largest:count} are connected by wins and ties both ways; no order of three or more can be given.',
  },
  'models-left-unranked': {
    text: '{measure}: {models:count} {models?model has|models have} no place in this order, having no score or no wins and ties that connect with the rest ({examples}).',
  },
  'ranking-few-items': {
    text: '{measure}: {units:count} items or clusters are too few to rank models on.',
  },
  'ranking-too-large': {
    text: '{measure}: {models:count} {models?model|models} on this many items make more than {limit:count} comparisons; they were not ranked. The comparison of pairs still holds.',
    fix: 'run this analysis alone with a larger limit of battles',
    priority: 10,
  },
  'runs-agree-on-leader': {
    text: '{measure}: two runs on as many new items would agree on which of {leader} and {next} is ahead with probability {chance:rate} ({interval}); 50.0 % is a coin.',
  },
  'order-stands-with-ties': {
    text: '{measure}: {share:rate} of comparisons are ties. Half a win each, or modelled ({better}, {parameter}; log-likelihood {lead:number} above {other}’s), they give the same order.',
  },
  'order-depends-on-ties': {
    text: '{measure}: {share:rate} of comparisons are ties. Half a win each, or modelled ({better}, {parameter}; log-likelihood {lead:number} above {other}’s), they give orders that differ for {moved:count} of {models:count} models.',
  },
  'ranking-errors-depend-on-items': {
    text: '{measure}: comparisons on one item are not independent; the error of {first} minus {second} is {ratio:number} times what it would be if they were.',
  },
  'elo-depends-on-order': {
    text: 'Elo ratings of the same comparisons in {orders:count} random orders (K = {step:number}) put neighbours on {measure} the wrong way round in up to {reversal:rate} of orders and move by {spread} points (SD): no evidence, shown as a warning.',
  },
  'no-single-ranking': {
    text: '{measure}: {ratio:rate} of what the comparisons say is cyclic, with {triads:count} circular triads ({circle} most of all), and win rates do not fit one scale (p = {p:p-value}): no single order of these models tells it.',
    fix: 'report the table of pairs, or the win rate against a declared opponent',
    priority: 55,
  },
  'ranking-null-too-large': {
    text: 'the null of the cyclic share was not simulated for {battles:count} comparisons',
    fix: 'run this analysis alone with a larger work limit',
  },
  // model-comparison, several tasks together
  'tasks-combined': {
    text: 'Tasks of one scorer taken together, {differ:count} of {pairs:count} pairs of models differ on at least one task at {level}, {both:count} of them in both directions.',
  },
  'better-on-some-task': {
    text: 'By {scorer} {better} is better than {worse} on at least one of {tasks:count} tasks (p = {p:p-value}, tests of all tasks combined); the reverse is not shown (p = {reverse:p-value}).',
  },
  'each-better-on-some-task': {
    text: 'By {scorer} {better} is better than {worse} on at least one of {tasks:count} tasks (p = {p:p-value}, tests of all tasks combined), and worse on at least one other (p = {reverse:p-value}).',
  },
  'no-task-tells': {
    text: 'By {scorer} {tasks:count} tasks taken together do not show that {better} or {worse} is better on any (p = {p:p-value} and {reverse:p-value}).',
  },
  // rate-bounds
  'needs-yes-no-scores': {
    text: 'Cannot bound any rate: no measure of {measures:count} has only scores of 0 and 1.',
    fix: 'score each response as right or wrong, or as showing the event or not',
    priority: 12,
  },
  'rate-bounds-exact': {
    text: '{model} on {measure}: at {level} a score of 1 is no rarer than {lower:rate} and, separately, no more common than {upper:rate} ({units:count} independent items, exact for a number of items fixed before).',
  },
  'rate-bounds-repeats': {
    text: '{model} on {measure}: at {level} at most {anyEvent:rate} of items show a score of {event} when asked as often as here, and its mean rate is at most {meanRate:rate} ({units:count} independent items; repeats of one item are not independent).',
  },
  'rate-bounds-clusters': {
    text: '{model} on {measure}: at {level} at most {anyEvent:rate} of clusters hold a score of {event}, and its mean rate, every cluster weighing alike, is at most {meanRate:rate} ({units:count} independent clusters).',
  },
  'rate-bounds-in-table': {
    text: '{bounds:count} models and measures have one-sided bounds at {level}; the table lists them.',
  },
  'rate-per-exposure': {
    text: '{model} on {measure}: {events:count} {events?event|events} in {exposure:number} units of {attribute}; at {level} at most {upper:number} and, separately, at least {lower:number} per unit, if events come independently and at one rate.',
  },
  'no-rate-per-exposure': {
    text: '{model} on {measure}: no rate per unit of {attribute} can be given; the evidence says why.',
    fix: 'give every item a positive {attribute}, one response each, and no shared clusters',
  },
  'exposure-unknown': {
    text: '{responses:count} of {of:count} scored responses have no positive exposure',
    fix: 'map the column that holds it: --columns attribute:turns=turns',
  },
  'exposure-not-independent': {
    text: 'events of repeats or of one cluster come together, so their number is no Poisson count',
    fix: 'keep one response per item and items that share nothing',
  },
  // anytime-bounds
  'needs-scores-in-range': {
    text: 'Cannot bound any mean at every moment: all {measures:count} {measures?measure|measures} have scores outside 0 to 1, and no range may be assumed.',
    fix: 'rescale the scores to 0–1 by the range that they can have: --columns score.range=LOW..HIGH',
    priority: 15,
  },
  'event-rate-below': {
    text: '{model} on {measure}: a score of {event} occurred in {failures:count} of {units:count} items. That it is rarer than {rateBelow:rate} is shown at {level}, whoever stopped when; it may still be as common as {upper:rate}.',
  },
  'event-rate-not-below': {
    text: '{model} on {measure}: a score of {event} occurred in {failures:count} of {units:count} items; that it is rarer than {rateBelow:rate} is not shown. It may be as common as {upper:rate} ({level}, whoever stopped when).',
  },
  'event-rate-needs': {
    text: '{model} on {measure}: to show at {level} that a score of {event} is rarer than {rateBelow:rate} takes {total:count} items in all, {more:count} more, without another one.',
  },
  'promise-over-uses': {
    text: '{model} on {measure}: at that bound, {uses:count} independent uses like these items hold at least one such score with probability up to {chance:rate}. To promise at most {tolerated:rate} takes {cleanTests:count} clean items.',
  },
  'promise-needs': {
    text: '{model} on {measure}: to promise at most {tolerated:rate} for any such score in {uses:count} independent uses like these items takes {cleanTests:count} clean items.',
  },
  'anytime-bound': {
    text: '{model} scores {value:rate} on {measure}; {lower:rate} to {upper:rate} at {level} at every number of items up to these {units:count} and beyond.',
  },
  'anytime-bound-clusters': {
    text: '{model} scores {value:rate} on {measure}, every cluster weighing alike; {lower:rate} to {upper:rate} at {level} at every number of clusters up to these {units:count} and beyond.',
  },
  'anytime-bounds-in-table': {
    text: '{bounds:count} means have bounds at {level} that hold at every number of items; the table lists them.',
  },
  'anytime-means': {
    text: 'These bounds hold if somebody watched and stopped when the result pleased, as long as model, items and scorer stayed the same. They are wider than bounds for a number of items fixed before.',
  },
  'scores-without-range': { text: 'the scores have no range, and bounds at every moment need one' },
  'most-items-reach': {
    text: '{model} on {measure}: {share:rate} of items score {lower:rate} or more ({level} at every number of items up to these {units:count} and beyond).',
  },
  'most-items-reach-in-score': {
    text: '{model} on {measure}: {share:rate} of items score {lower:score} or more ({level} at every number of items up to these {units:count} and beyond).',
  },
  'larger-threshold-not-shown': {
    text: 'Reaches its own evidence, but a larger threshold does not, so it is not claimed.',
  },
  // equivalence
  'verdicts-in-all': {
    text: 'Of {pairs:count} {pairs?pair|pairs} of models {equivalent:count} are equivalent within ±{margin:rate}, in {decided:count} one is better, and {open:count} cannot be told.',
  },
  'pair-equivalent': {
    text: '{measure}: {first} and {second} are equivalent for all that matters: {difference} apart ({interval}, inside ±{margin:rate}) on {units:count} shared items or clusters.',
  },
  'pair-better-at-margin': {
    text: '{measure}: {first} is better than {second} by {difference} ({interval}) on {units:count} shared items or clusters; the margin is {margin:rate}.',
  },
  'pair-undecided-at-margin': {
    text: '{measure}: {first} against {second}, {difference} ({interval}): {units:count} shared items or clusters can show neither a difference nor equivalence within {margin:rate}; {needed} would.',
  },
  'pairs-without-verdict': { text: '{pairs:count} {pairs?pair|pairs} share too few items for a verdict.' },
  'equivalence-too-many-pairs': {
    text: '{measure}: the pairs of {models:count} {models?model|models} would exceed the {limit:count} that a report judges; they were left out.',
    fix: 'run this analysis alone with a larger limit of pairs, or on fewer models',
    priority: 8,
  },
  'equivalence-needs-range': {
    text: '{measure}: scores have no range, so no margin in points of it can be named.',
  },
  'margin-is-a-choice': {
    text: 'The margin of {margin:rate} is what somebody must have called negligible before looking; a default is nobody’s judgement.',
  },
  // variant-claims
  'needs-variants-for-claims': {
    text: 'Cannot claim anything about variants: no model passed or failed {needed:count} items under each of two variants or more ({variants:count} {variants?variant|variants} in all).',
    fix: 'run the same items under further wordings or formats, named before looking',
    priority: 20,
  },
  'every-listed-variant': {
    text: '{model} on {measure}: under every one of the {variants:count} listed variants the pass rate is at least {lower:rate} ({level}), and under none above {upper:rate}; the lowest seen is {seen:rate} ({weakest}). Under some variant it is at most {some:rate}.',
  },
  'best-variant-reestimated': {
    text: '{model} on {measure}: “{variant}” was best of {variants:count} on half of the items with {chosen:rate}; on the other half it reaches {fresh:rate} ({lower:rate} to {upper:rate} at {level}). Of equally good variants the best leads by {lead} standard errors.',
  },
  'more-variant-claims-in-table': { text: 'The table holds {models:count} more models and measures.' },
  'most-variants': {
    text: '{model} on {measure}: {share:rate} of variants of the kind that these {variants:count} were drawn from reach a pass rate of {lower:rate} ({level}).',
  },
  'most-variants-if-random': {
    text: '{model} on {measure}: if the {variants:count} {variants?variant|variants} were drawn at random from those of interest, {share:rate} of them all reach {lower:rate} ({level}). They were listed by hand, so this may not be said.',
  },
  'most-variants-need': {
    text: 'A sentence about {share:rate} of all variants at {level} takes {needed:count} variants drawn at random; there are {variants:count}.',
    fix: 'draw variants at random from a generator that is described, rather than writing a few',
  },
  'bad-variants': {
    text: '{model} on {measure}: at most {upper:rate} of variants of the kind that these {variants:count} were drawn from have a pass rate below {floor:rate} ({level}).',
  },
  'bad-variants-if-random': {
    text: '{model} on {measure}: if the {variants:count} {variants?variant|variants} were drawn at random from those of interest, at most {upper:rate} of them all fall below {floor:rate} ({level}). They were listed by hand, so this may not be said.',
  },
  'variant-claims-in-clusters': {
    text: 'For {models:count} {models?model|models} items share clusters, and no exact sentence about variants is given; the spread over variants has intervals that know clusters.',
  },
  'first-repeat-only': {
    text: 'Of repeats of an item under a variant the first counts, as trials must be independent.',
  },
  'worst-case-not-licensed': {
    text: 'None of this licenses a sentence about the worst case: variants that nobody listed, and attackers who search, may do worse.',
  },
  'variant-trials-in-clusters': { text: 'items share clusters, and exact bounds need independent items' },
  // tail-forecast
  'needs-bad-behaviour': {
    text: 'Cannot forecast rare bad behaviour: none of {scorers:count} scorers is named after an attack, harm or jailbreak, so what a score of 1 means is not known.',
    fix: 'if a score of 1 is bad behaviour, say so: --set tail-forecast.scorers=NAME, several names joined by |',
    priority: 8,
  },
  'scorer-not-found': {
    text: 'Cannot forecast rare bad behaviour: there is no scorer “{name}”.',
    fix: 'name one of {known}',
    priority: 60,
  },
  'forecast-needs-fixed-tries': {
    text: 'Cannot forecast: tries of an item went on until one succeeded, so that rates lean high, the more the rarer the success.',
    fix: 'try every item the same number of times, whatever comes out',
    priority: 30,
  },
  'needs-rates-per-item': {
    text: 'Cannot forecast the worst query: that takes a rate of bad behaviour for every item, from {repeats:count} repeats or more of each.',
    fix: 'repeat every item ten times or more, some hundred items, or pass counts of successes in tries',
    priority: 15,
  },
  'needs-longer-tail': {
    text: 'Cannot forecast the worst query: of {items:count} {items?item|items} {positive:count} ever showed the behaviour; about {needed:count} that do are needed for a tail and for its backtest.',
    fix: 'test more items, or repeat each more often, until rare items show a rate above 0',
    priority: 15,
  },
  'worst-query-already-certain': {
    text: '{model} on {measure}: some tested query showed the behaviour every time; the worst in deployment is no better, and there is nothing left to forecast.',
  },
  'tail-forecast-of': {
    text: '{model} on {measure}: the worst of {items:count} tested queries shows the behaviour with probability {largest:rate}; the probability that one query in {queries:count} exceeds is forecast at {likelihood} at {level}, by least squares at {leastSquares:rate}; the worst query itself scatters more widely.',
  },
  'more-forecasts-in-table': { text: 'The table forecasts {models:count} more.' },
  'tail-backtest-of': {
    text: '{model} on {measure}: in {forecasts:count} splits, forecasts from a tenth of the queries came within a factor of ten of the worst of the rest in {within:rate}, and fell below it in {under:rate}.',
  },
  'forecast-is-no-guarantee': {
    text: 'This is a forecast for queries like those tested. It misses a kind of query that none of them was, which is the case that matters most.',
  },
  'forecast-fails-backtest': {
    text: '{subject}: only {within:rate} of {forecasts:count} backtests came within a factor of ten; do not rest anything on this forecast.',
    priority: 50,
  },
} as const satisfies Messages
