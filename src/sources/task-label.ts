/** What a run of several tasks is called. */
export function taskLabel(tasks: readonly string[]): string {
  if (tasks.length <= 3) return tasks.join(', ')
  return `${tasks[0]} and ${tasks.length - 1} more`
}
