/** The names under which the columns of a table are recognised. */

/** `Item ID`, `item-id` and `itemId` are one name: `item_id`. */
export function plainName(name: string): string {
  return name
    .trim()
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '_')
    .replaceAll(/^_+|_+$/g, '')
}

export type Role =
  | 'item'
  | 'model'
  | 'task'
  | 'score'
  | 'cluster'
  | 'replicate'
  | 'technique'
  | 'scorer'
  | 'answer'
  | 'missing'
  | 'run'
  | 'inputTokens'
  | 'outputTokens'
  | 'cost'
  | 'latencyMs'

/**
 * Names of each role, surest first. Names in one inner list are equally sure: two of them in one table are ambiguous
 * where the role decides what is measured (item, score), and the first one is taken elsewhere.
 */
export const roleNames: Readonly<Record<Role, readonly (readonly string[])[]>> = {
  item: [
    ['item_id', 'item', 'question_id', 'example_id', 'sample_id', 'problem_id', 'instance_id', 'case_id', 'doc_id'],
    ['qid', 'question_number', 'item_number', 'problem', 'id', 'prompt_id'],
    ['task_id'],
  ],
  model: [['model', 'model_id', 'model_name', 'llm', 'system', 'system_id']],
  task: [['task', 'task_name', 'benchmark', 'eval', 'dataset', 'subset']],
  score: [
    ['score', 'correct', 'is_correct', 'acc', 'accuracy', 'reward', 'pass', 'passed', 'success', 'is_success'],
    ['value', 'outcome', 'result'],
  ],
  cluster: [
    [
      'cluster',
      'cluster_id',
      'family',
      'task_family',
      'passage_id',
      'passage',
      'context_id',
      'document_id',
      'story_id',
    ],
  ],
  replicate: [['replicate', 'epoch', 'trial', 'repeat', 'repetition', 'attempt', 'seed', 'run']],
  technique: [['technique', 'elicitation', 'solver', 'method']],
  scorer: [['scorer', 'metric', 'judge', 'grader', 'rater', 'annotator']],
  // Not `answer`: that is as often the right one as the given one.
  answer: [['predicted', 'prediction', 'predicted_answer', 'model_answer', 'parsed_answer']],
  missing: [['missing', 'missing_reason', 'error', 'error_type', 'status']],
  // Ids of runs are often one per row: a run is only what the user says.
  run: [],
  inputTokens: [['input_tokens', 'prompt_tokens', 'tokens_in']],
  outputTokens: [['output_tokens', 'completion_tokens', 'response_tokens', 'tokens_out']],
  cost: [['cost', 'cost_usd', 'usd', 'total_cost']],
  latencyMs: [['latency_ms', 'duration_ms', 'time_ms', 'latency_milliseconds']],
}

/** Names of factors that are varied over the same items. */
export const factorNames: readonly string[] = [
  ...['format', 'prompt', 'prompt_id', 'prompt_name', 'prompt_format', 'template', 'template_id', 'variant'],
  ...['variant_id', 'wording', 'paraphrase', 'paraphrase_id', 'phrasing', 'option_order', 'temperature', 'n_shot'],
  ...['num_fewshot', 'fewshot', 'shots', 'language_variant', 'perturbation', 'persona', 'system_prompt'],
]

/** Names that only tables of totals have: one row per model, not per response. */
export const totalNames =
  /(^|_)(std_?err|stderr|standard_error|std|stdev|ci_?(low|high|lower|upper|95)|n_total|total|win_rate|p_value|avg|average|mean|published)($|_)/

/** Names of a number of tries and of the successes among them. */
export const triesNames =
  /^(n_(samples|attempts|trials|tries|total)|num_(samples|attempts|trials)|attempts|trials|total)$/
export const successesNames =
  /^(n_(correct|success|successes|passed|solved)|num_(correct|success|successes|passed)|successes|n_wins|correct_count)$/

/** Columns that say what came out rather than what was asked: no subgroups, even where they do not vary. */
export const outcomeNames =
  /(^|_)(pred|predicted|prediction|predictions|correct|judged|score|scores|reward|response|responses|output|completion|outcome|result|tokens|latency|duration|cost|attempts|queries|messages|len|length|chars|success)($|_)/
