/** What the model was shown in a cell and what would have been right there: question, options, messages and target agree. */
import {
  type AskedCall,
  type AskedCell,
  type CellRecord,
  type ChatMessage,
  type Item,
  type ModelRequest,
  type RenderState,
  shownOptions,
  showsOptions,
} from '../../domain/index.ts'

export interface ShownCell {
  /** As worded in this setting. */
  readonly question: string
  /** In the order shown; absent where the model saw none. */
  readonly choices: readonly string[] | undefined
  /** Right answers in the form that was asked for: labels as shown, or texts. */
  readonly targets: readonly string[]
  /** Messages of the last call, as sent; undefined where they cannot be rebuilt. */
  readonly sent: readonly ChatMessage[] | undefined
  /** What the model said; where it only weighed options, the one that the first scorer read as its choice. */
  readonly text: string
  /** All calls where there was more than one, or one that weighed options. */
  readonly calls: readonly AskedCall[]
  /** An answer of scorers, which is in canonical space, as shown. */
  readonly answerAsShown: (answer: string) => string
}

export function shownCell(options: {
  readonly cell: CellRecord & { readonly text: string }
  readonly item: Item | undefined
  readonly asked: AskedCell | undefined
}): ShownCell {
  const { cell, item, asked } = options
  const target = item?.target ?? []
  if (asked === undefined) {
    // In which order options stood is not known: texts alone cannot be wrong.
    const text = (answer: string): string => item?.options?.[Number(answer)] ?? answer
    return {
      question: item?.input ?? '',
      choices: undefined,
      targets: target.map(text),
      sent: undefined,
      text: cell.text,
      calls: [],
      answerAsShown: text,
    }
  }
  const { state, calls } = asked
  const own = calls.filter(({ purpose }) => purpose !== 'judge')
  const request = own.at(-1)?.request
  const answerAsShown = answerIn(state)
  const weighed = request?.kind === 'likelihood'
  return {
    question: state.question,
    choices: showsOptions(state) ? shownOptions(state).map(({ text }) => text) : undefined,
    targets: target.map(answerAsShown),
    sent: request === undefined ? undefined : messagesOf(request),
    text: weighed && cell.text === '' ? chosen(cell, answerAsShown) : cell.text,
    calls: calls.length > 1 || weighed ? calls : [],
    answerAsShown,
  }
}

export function messagesOf(request: ModelRequest): readonly ChatMessage[] {
  return request.kind === 'chat' ? request.messages : [{ role: 'user', content: request.prompt }]
}

function answerIn(state: RenderState): (answer: string) => string {
  const options = shownOptions(state)
  const byLabel = state.answerMode === 'letter' || (state.answerMode === 'likelihood' && showsOptions(state))
  return (answer) => {
    const option = options.find(({ canonical }) => String(canonical) === answer)
    return option === undefined ? answer : byLabel ? option.label : option.text
  }
}

function chosen({ scores }: CellRecord, answerAsShown: (answer: string) => string): string {
  const answer = Object.values(scores)[0]?.strict.answer
  return answer === undefined ? '' : answerAsShown(answer)
}
