import type { Messages } from './message.ts'

/** Findings, problems and unanswerable questions of the analyses of judges and of where variance lies. */
export const engineAnalysisMessages = {
  // judge-agreement
  'needs-several-raters': {
    text: 'Cannot say whether judges agree: no response was judged by two scorers of one kind ({scorers:count} scorers, {models:count} {models?model|models}).',
    fix: 'score a random 100 responses or more a second time, by another judge or by people, in a second scorer column; for models that judge pairs, give the columns of their decision, the truth and the order shown',
    priority: 25,
  },
  'judges-agree': {
    text: '{subject}: {raters:count} {raters?rater|raters} agree beyond chance on {units:count} items, α = {alpha:number} ({lower:number} to {upper:number} at {level}, {scale} scale); the lower end reaches {rely:number}, from which judges may be relied on.',
  },
  'judges-agree-tentatively': {
    text: '{subject}: {raters:count} {raters?rater|raters} agree tolerably on {units:count} items, α = {alpha:number} ({lower:number} to {upper:number} at {level}, {scale} scale); the lower end lies between {tentative:number} and {rely:number}: conclusions are tentative.',
  },
  'judges-disagree': {
    text: '{subject}: {raters:count} {raters?rater|raters} of {units:count} items reach α = {alpha:number} ({lower:number} to {upper:number} at {level}, {scale} scale); the lower end is below {tentative:number}, so what one of them says is not what another would.',
  },
  'agreement-without-alpha': {
    text: '{subject}: alpha of {raters:count} {raters?rater|raters} on {units:count} items was not computed; Gwet’s AC1 is {gwet} ({scale} scale).',
  },
  'more-panels-in-table': { text: 'The table holds {panels:count} more groups of raters.' },
  'kappa-under-prevalence': {
    text: 'In {panels:count} of {all:count} groups nearly all ratings fall into one category. Kappa and alpha are low there however good the raters are; read them with AC1 and the observed agreement.',
  },
  'one-response-per-item-rated': {
    text: '{items:count} {items?item|items} had several judged responses or presentations; agreement rests on one of each, so that units are independent.',
  },
  'judge-between-orders': {
    text: '{judge} decides {consistency:rate} of {items:count} {items?item|items} of {task} alike in both orders ({lower:rate} to {upper:rate} at {level}); where it changes its mind it goes {towardsFirst:count} times to what stands first and {towardsSecond:count} times to what stands second (p {p}).',
  },
  'judge-inconsistent-between-orders': {
    text: '{judge} decides only {consistency:rate} of {items:count} {items?item|items} of {task} alike in both orders ({lower:rate} to {upper:rate} at {level}; {expected:rate} is expected); it goes {towardsFirst:count} times to what stands first and {towardsSecond:count} times to what stands second (p {p}).',
  },
  'needs-both-orders': {
    text: 'Whether the order of presentation sways a judge cannot be said: no item was judged in two orders.',
    fix: 'judge every pair twice, in both orders, and give the order as a column: --columns order=NAME',
    priority: 30,
  },
  'judges-do-not-agree': {
    text: '{subject}: {raters:count} judges of the same responses agree too little to stand for one another, α between {lower:number} and {upper:number} at {level}; {needed:number} is the least.',
    fix: 'find out with people which judge is right before a score by any one of them is used',
    priority: 72,
  },
  'order-sways-judge': {
    text: '{judge} on {task} is swayed by order: of {items:count} {items?item|items} it moved {towardsFirst:count} to what stood first and {towardsSecond:count} to what stood second (p = {p:p-value} after {judges:count} tests).',
    fix: 'judge in both orders and count a change of mind as a tie',
    priority: 68,
  },
  'agreement-ignores-clusters': {
    text: '{subject}: items share clusters, and the intervals of agreement treat them as independent; they are too narrow.',
    priority: 35,
  },
  'agreement-too-large': {
    text: 'alpha was not computed for {units:count} units and {categories:count} categories: too large for a report',
    fix: 'run this analysis alone with a larger work limit, or on a random part of the items',
  },
  'agreement-needs-categories': {
    text: 'this coefficient is for a few categories that vary; there are {values:count}',
  },
  'decisions-without-side': {
    text: 'the decisions do not say which of the two was preferred (A>B, B>A, A=B), so a pull towards the first cannot be told',
  },
  // length-control
  'needs-opponent-length': {
    text: 'Cannot say whether length wins: no attribute holds the length of an opponent’s answer.',
    fix: 'for win rates over one opponent, map the lengths of both answers: --columns outputTokens=LENGTH,attribute:opponent_length=OPPONENT_LENGTH',
    priority: 5,
  },
  'needs-answer-lengths': {
    text: 'Cannot say whether length wins: no scored response has its own length beside “{attribute}”.',
    fix: 'map the length of the answers too, in the same unit: --columns outputTokens=LENGTH',
    priority: 12,
  },
  'battles-in-clusters': {
    text: 'Items share clusters, and the fit of wins on length takes them as independent.',
    fix: 'take one item per cluster',
    priority: 20,
  },
  'win-rate-at-equal-length': {
    text: '{model} on {measure} wins {raw:rate} of {battles:count} items with answers {ratio:number} times as long as the opponent’s, and {controlled} at equal length ({interval} at {level}).',
  },
  'more-lengths-in-table': { text: 'The table holds {models:count} more models at equal length.' },
  'length-moves-win-rates': {
    text: 'Length moves {moved:count} of {models:count} win rates by more than 10 points, most that of {example}: {raw:rate} as it is, {controlled:rate} at equal length.',
    fix: 'report both rates, and say that length may itself be quality',
    priority: 45,
  },
  'equal-length-extrapolated': {
    text: '{outside:count} of {models:count} models ({example}, say) answer at greater length on almost all items or on almost none: their win rate at equal length is read off a curve, beyond the data.',
    fix: 'compare with an opponent that answers at a like length',
    priority: 30,
  },
  // judge-correction
  'needs-human-labels': {
    text: 'Cannot say what people would have scored: none of the {scorers:count} scorers, nor an attribute, is called human, gold, label or expert.',
    fix: 'have people label a random 100 responses or more, at least 30 of each kind, in a scorer or column called human; the rest may stay with the judge',
    priority: 28,
  },
  'labels-not-named': {
    text: 'Cannot say what people would have scored: which of {candidates} holds labels by people is not known.',
    fix: 'if one does, name it: --set "judge-correction.labels={example}"; a scorer or attribute called human, gold, expert, label or ground truth is recognised',
    priority: 28,
  },
  'labels-not-found': {
    text: 'Cannot say what people would have scored: there is no scorer or attribute “{name}”.',
    fix: 'name one of {known}',
    priority: 60,
  },
  'labels-beside-no-judge': {
    text: 'Cannot say what people would have scored: “{labels}” holds no score from 0 to 1 of a response that another scorer scored from 0 to 1 too.',
    fix: 'let the judge score the labelled responses too, in a scorer of its own on a scale from 0 to 1',
    priority: 28,
  },
  'judge-corrected': {
    text: '{model} on {task}: {judge} alone says {judgeOnly}; {labelled:count} labels ({labels}) alone say {humanOnly}; together they say {corrected} at {level}, worth {worth} labels.',
  },
  'judge-not-corrected': {
    text: '{model} on {task}: the score of {judge} cannot be corrected by {labelled:count} labels ({labels}) of {items:count} {items?item|items}; the evidence says why.',
  },
  'all-labelled': {
    text: '{model} on {task}: all {labelled:count} items carry a label ({labels}), so the labels speak for themselves: {humanOnly}; {judge} says {judgeOnly}.',
  },
  'more-corrected-in-table': { text: 'The table holds {models:count} more.' },
  'correction-rests-on-random-labels': {
    text: 'The correction holds however bad the judge is, if the labelled are a random part of what was scored and the judge was not tuned on them.',
  },
  'judge-score-outside-corrected': {
    text: '{subject}: the judge’s own figure, {judge}, lies outside what labels allow, {corrected} at {level}.',
    fix: 'report the corrected score, not the judge’s',
    priority: 78,
  },
  'labelled-unlike-the-rest': {
    text: '{subject}: the judge scores the labelled {difference:points} apart from the rest ({lower:points} to {upper:points} at {level}): they are no random part, and the correction may mislead.',
    fix: 'draw the responses to label at random, or name the attribute within which they were drawn',
    priority: 66,
  },
  'few-labels': {
    text: '{subject}: {labelled:count} labels, {positives:count} of them 1 and {negatives:count} of them 0; {wanted:count} with {perClass:count} of each kind are a fair least.',
    priority: 30,
  },
  'labels-in-clusters-refused': {
    text: '{subject}: items share clusters, and no correction here knows clusters; none is given.',
    fix: 'label whole clusters and compare cluster means, or one item of each cluster',
    priority: 45,
  },
  'labels-in-clusters': { text: 'items share clusters, which this correction does not know' },
  'labels-not-binary': { text: 'sensitivity and specificity need labels and scores of 0 and 1' },
  'labels-of-one-kind': {
    text: 'error rates of the judge need labels of both kinds and unlabelled responses; there are {positives:count}, {negatives:count} and {unlabelled:count}',
  },
  // item-response
  'needs-rows-for-items': {
    text: 'Cannot judge single items: {models:count} {models?model|models} answered them, {needed:count} are the least; nor put items on a scale: that takes {scale:count} rows (models under one variant each), and there are {rows:count}.',
    fix: 'add logs of more models on the same items, or run these models under more variants',
    priority: 12,
  },
  'items-go-against': {
    text: '{measure}: {flagged:count} of {items:count} {items?item|items} go against the rest, able models miss them and weak models solve them (of {models:count} {models?model|models}; at most {rate} of such findings are expected to be false): {examples}.',
  },
  'items-pull-together': {
    text: '{measure}: none of {items:count} {items?item|items} is shown to go against the rest, given {models:count} {models?model|models}.',
  },
  'items-not-judged': {
    text: '{measure}: {models:count} {models?model is|models are} too few to say of single items that they go against the rest; variants of one model are no independent witnesses.',
  },
  'more-item-analyses-in-table': { text: 'The table holds the items of {measures:count} more measures.' },
  'items-without-information': {
    text: '{dull:count} of {items:count} {items?item|items} were solved by all, or by none, of the rows: they tell no two rows apart.',
  },
  'scale-with-slopes': {
    text: '{measure}: a two-parameter model was fitted to {rows:count} rows; that items discriminate differently: p {p}.',
  },
  'scale-without-slopes': {
    text: '{measure}: {rows:count} rows allow one slope for all items (1PL); a slope each takes {needed:count}.',
  },
  'scale-not-identified': { text: '{measure}: {rows:count} rows do not identify an item response model.' },
  'scale-needs-binary-items': { text: '{measure}: scores are not 0 or 1, so no item response model was fitted.' },
  'scale-too-large': {
    text: '{measure}: {cells:count} cells are more than the {limit:count} to which a report fits an item response model.',
    fix: 'run this analysis alone with a larger limit of cells',
  },
  'rows-are-these-models': {
    text: 'Ability and difficulty describe these {rows:count} rows. Rows that share a base model are not independent, so errors are larger than they look.',
  },
  'items-against-the-rest': {
    text: '{measure}: {count:count} items go against the rest ({items}): their key may be wrong, or they measure something else.',
    fix: 'read these items and their keys; correct or drop them for a stated reason, for all models alike',
    priority: 58,
  },
  'items-not-binary': { text: 'item response models here are for scores of 0 and 1' },
  'too-few-rows-for-scale': { text: '{rows:count} rows; an item response model needs {needed:count}' },
  'too-few-rows-for-slopes': { text: '{rows:count} rows; comparing slopes of items needs {needed:count}' },
  'item-response-too-large': { text: '{cells:count} cells; the limit of a report is {limit:count}' },
  // mixed-model
  'needs-binary-and-models': {
    text: 'Cannot fit a mixed model: it takes scores of 0 and 1 of two models or more on one task ({models:count} {models?model|models} here).',
    fix: 'add a log of another model on the same items',
    priority: 10,
  },
  'mixed-model-needs-crossing': {
    text: '{measure}: every item was asked once and in one way, so that what an item has against one model cannot be told from chance; nothing was fitted.',
    fix: 'repeat every item, or ask it in several variants',
    priority: 10,
  },
  'mixed-model-few-items': { text: '{measure}: {items:count} {items?item|items} are too few for a mixed model.' },
  'mixed-model-too-large': {
    text: '{measure}: {cells:count} cells would exceed the {limit:count} to which a report fits mixed models; it was left out.',
    fix: 'run this analysis alone with a larger limit of cells, up to 200,000',
    priority: 8,
  },
  'mixed-model-many-models': {
    text: '{measure}: {models:count} {models?model|models} are more than the {limit:count} of one fit; compare fewer at a time.',
  },
  'mixed-model-not-fitted': { text: '{measure}: the mixed model could not be fitted; the evidence says why.' },
  'contrast-differs': {
    text: '{measure}: {first} against {second}, {value:difference} in log odds to pass ({lower:difference} to {upper:difference} at {level}; odds × {odds}), with items, variants and item × model as random.',
  },
  'contrast-open': {
    text: '{measure}: {first} against {second}, {value:difference} in log odds to pass ({lower:difference} to {upper:difference} at {level}): open once items, variants and item × model are random. Leaving item × model out would shrink the error to {narrower} of this.',
  },
  'more-contrasts-in-table': { text: 'The table holds {contrasts:count} more pairs.' },
  'latent-shares': {
    text: '{measure}: of the variance behind {cells:count} cells, on the log-odds scale: {parts}; the rest is chance of single responses.',
  },
  'few-variants-for-variance': {
    text: 'In {measures:count} {measures?measure|measures} fewer than five variants were seen: their variance is little more than a guess, and errors lean low.',
  },
  // generalizability
  'needs-models-for-generalizability': {
    text: 'Cannot say how far the order of models generalises: that takes two models or more on the same items ({models:count} here).',
    fix: 'add logs of other models on the same items',
    priority: 10,
  },
  'needs-crossed-scores': {
    text: 'Cannot say how far scores generalise: in none of {measures:count} {measures?measure|measures} did all models answer {needed:count} of the same items under the same variants, with scores that vary.',
    fix: 'run every model on every item under every variant',
    priority: 10,
  },
  'order-generalizes': {
    text: '{measure}: another draw of {items:count} {items?item|items} × {variants:count} {variants?variant|variants} × {runs:count} {runs?run|runs} would rank these {models:count} {models?model|models} much alike, g = {g:number} ({gLower:number} to {gUpper:number} at {level}); scores would repeat with Φ = {phi:number} ({phiLower:number} to {phiUpper:number}).',
  },
  'order-may-generalize': {
    text: '{measure}: whether another draw of {items:count} {items?item|items} × {variants:count} {variants?variant|variants} × {runs:count} {runs?run|runs} would rank {models:count} {models?model|models} alike is open, g = {g:number} ({gLower:number} to {gUpper:number} at {level}, {wanted:number} is wanted); Φ = {phi:number} ({phiLower:number} to {phiUpper:number}).',
  },
  'order-does-not-generalize': {
    text: '{measure}: another draw of {items:count} {items?item|items} × {variants:count} {variants?variant|variants} × {runs:count} {runs?run|runs} would rank {models:count} {models?model|models} otherwise, g = {g:number} ({gLower:number} to {gUpper:number} at {level}, {wanted:number} is wanted); Φ = {phi:number} ({phiLower:number} to {phiUpper:number}).',
  },
  'next-calls': {
    text: '{measure}: the next {calls:count} calls per model help most on {direction}: {items:count} {items?item|items} × {variants:count} {variants?variant|variants} × {runs:count} {runs?run|runs} would have a standard error of {error}, with {removed:rate} of the variance gone.',
  },
  'more-generalizability-in-table': { text: 'The tables hold {measures:count} more measures.' },
  'generalizability-too-large': {
    text: '{measure}: the crossed table has more than {limit:count} entries and was left out.',
    fix: 'run this analysis alone with a larger limit of cells',
    priority: 8,
  },
  'measures-not-crossed': {
    text: 'In {measures:count} {measures?measure|measures} the models did not answer enough of the same items under the same variants.',
  },
  'variants-never-varied': {
    text: 'In {measures:count} {measures?measure|measures} every item was asked in one way: what another wording would change is in none of these figures.',
  },
  'generalizability-ignores-clusters': {
    text: '{measure}: items carry clusters, and the components take items as independent; g and Φ lean high.',
    priority: 20,
  },
} as const satisfies Messages
