/** The protocol that `assay init` writes: complete, commented, and running without a network or a key. */
export const protocolTemplate = `# yaml-language-server: $schema=./protocol.schema.json
#
# All that is fixed before a run. Its content hash is the identity of the study.
#   assay plan protocol.yaml       what it costs and what it can find, before any call
#   assay register protocol.yaml   freeze it: what follows is then confirmatory
#   assay run protocol.yaml        run it, until every claim is decided
#   assay report assay-run         the page of evidence
version: 1
title: arithmetic

# What the eval says it measures, and what it does not.
construct:
  definition: Adding, subtracting and multiplying whole numbers of two digits, asked in plain English.
  facets: [addition, subtraction, multiplication]
  includes: [questions with one right answer among four]
  excludes: [word problems, numbers of more than two digits]

# The conditions inside which the claims are meant.
envelope:
  normalUse: single questions with four options, without tools
  axes:
    - name: facet # a factor, or an attribute of the items: the report marks what of it was tried
      levels: [addition, subtraction, multiplication]

# Endpoints: simulated:NAME · replay:FILE · openai-compatible:http://localhost:8000/v1#MODEL ·
# openai:MODEL · anthropic:MODEL · google:MODEL. Keys come from the environment, never from here.
models:
  - id: steady
    endpoint: simulated:steady # answers from a planted truth: right on about 85 % of such items
    options: { accuracy: 0.85 }
  - id: weaker
    endpoint: simulated:weaker
    options: { accuracy: 0.7 }

items:
  file: items.jsonl # one JSON object per line: id, input, options, target (index or text), cluster, attributes

# letter and text show the options; likelihood weighs their texts unseen; generative asks freely and shows none.
answer: letter
# An instruction of your own takes the place of our request for the label; {{answer_request}} puts it back.
instruction: Answer the question. {{answer_request}}

# What is varied. Each factor's first level is the reference; "assay plan" lists what they become.
# factors:
#   - use: option-order
# design:
#   use: full

techniques:
  - use: zero-shot # claims are about the first technique; further ones are compared with it

scorers:
  - use: multiple-choice

decoding:
  maxTokens: 16

replicates: 1

# A claim is a sentence that a rule fixed here decides.
claims:
  - id: steady-is-able
    kind: capability # can it · propensity: does it · safeguard · comparison
    quantifier: rate # existence · rate · mean · quantile · bounded-worst-case
    scorer: multiple-choice
    model: steady
    population: items-like-these # or these-items, for exactly the items of the file
    direction: above
    threshold: 0.7
    alternative: 0.8 # a rate clearly on the claimed side: the run may also end because this is not reached
    alpha: 0.05 # accepted probability of wrong support, however often one looks
    beta: 0.05 # accepted probability of wrong refutation
    decision:
      ifSupported: use the model for exercises
      ifRefuted: look for another model
      ifInconclusive: write more items

  - id: steady-is-better
    kind: comparison
    quantifier: mean
    scorer: multiple-choice
    model: steady
    baseline: weaker
    population: items-like-these
    direction: above
    threshold: 0
    decision:
      ifSupported: prefer steady
      ifRefuted: prefer weaker
      ifInconclusive: take the cheaper one

# fixed: run everything · anytime: stop when all claims are decided, looking at any time · sprt: the ratio test
stopping:
  rule: anytime
  every: 1 # look after this many new responses
multiplicity: holm # how alpha is shared between claims: none · holm · bonferroni

# Hard limits of the whole run, resumed parts included. Never wall clock.
budget:
  calls: 5000

# Root of every draw: formats, orders, examples, designs, the order of items, seeds of calls. Draws follow from it and
# from names alone: another endpoint, title or claim draws nothing anew. Without it: assay
seed: arithmetic-1
`
