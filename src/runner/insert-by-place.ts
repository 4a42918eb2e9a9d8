/** Puts what waits where it belongs in the order of the run, behind what has the same place. */
export function insertByPlace<Waiting extends { readonly place: number }>(queue: Waiting[], waiting: Waiting): void {
  let at = queue.length
  while (at > 0 && (queue[at - 1]?.place ?? 0) > waiting.place) at--
  queue.splice(at, 0, waiting)
}
