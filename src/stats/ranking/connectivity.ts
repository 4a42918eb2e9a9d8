/**
 * Which models can be compared at all.
 *
 * Bradley–Terry abilities exist and are unique only if the graph "has beaten" is strongly connected (Ford 1957): from
 * every model a chain of wins leads to every other. Found by Tarjan's algorithm.
 */
import { checkLengths, checkWhole } from '../check-inputs.ts'

/** Component number of each model, 0 …; two models share one exactly if chains of wins lead both ways. */
export function winComponents({ models, wins }: { readonly models: number; readonly wins: Float64Array }): {
  readonly component: Int32Array
  readonly count: number
} {
  checkWhole({ models }, { least: 0, most: 100_000 })
  checkLengths({ wins: wins.length, pairs: models * models })
  const index = new Int32Array(models).fill(-1)
  const low = new Int32Array(models)
  const onStack = new Uint8Array(models)
  const component = new Int32Array(models).fill(-1)
  const stack: number[] = []
  let counter = 0
  let count = 0
  for (let root = 0; root < models; root++) {
    if (index[root] !== -1) continue
    // An explicit stack: a long chain of models must not overflow the call stack.
    const path: { node: number; next: number }[] = [{ node: root, next: 0 }]
    while (path.length > 0) {
      const frame = path[path.length - 1]
      if (frame === undefined) break
      const { node } = frame
      if (frame.next === 0) {
        index[node] = low[node] = counter++
        stack.push(node)
        onStack[node] = 1
      }
      let descended = false
      let lowest = low[node] ?? 0
      let other = frame.next
      for (; other < models && !descended; other++) {
        if (!((wins[node * models + other] ?? 0) > 0)) continue
        if (index[other] === -1) {
          path.push({ node: other, next: 0 })
          descended = true
        } else if (onStack[other] === 1 && (index[other] ?? 0) < lowest) lowest = index[other] ?? 0
      }
      frame.next = other
      low[node] = lowest
      if (descended) continue
      path.pop()
      const parent = path[path.length - 1]
      if (parent !== undefined) low[parent.node] = Math.min(low[parent.node] ?? 0, low[node] ?? 0)
      if (low[node] !== index[node]) continue
      for (;;) {
        const member = stack.pop()
        if (member === undefined) break
        onStack[member] = 0
        component[member] = count
        if (member === node) break
      }
      count++
    }
  }
  return { component, count }
}
