import { blindItem, type Item, type Levels } from '../domain/index.ts'
import type { PreparedStudy } from './prepare-study.ts'
import { renderCell } from './render-cell.ts'

/** The text of a prompt under a setting, without what a technique adds: for looking at and for estimates of size. */
export function renderedPrompt(options: {
  readonly prepared: PreparedStudy
  readonly item: Item
  readonly levels: Levels
}): string {
  const { prepared, item, levels } = options
  const { request } = renderCell({ prepared, item: blindItem(item), levels, change: (same) => same })
  return request.kind === 'likelihood' ? request.prompt : request.messages.map(({ content }) => content).join('\n\n')
}
