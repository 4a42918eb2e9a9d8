/** One file, whole or not at all, even where the disk fills up or the power fails in between. */
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs'

/** `content` in pieces is written as it comes: it may be larger than memory. */
export function writeThrough(path: string, content: string | Iterable<string | Uint8Array>): void {
  const temporary = `${path}.part`
  try {
    const descriptor = openSync(temporary, 'w')
    try {
      // A single write may end short where the disk is nearly full; this one goes on until all is written or refused.
      for (const block of typeof content === 'string' ? [content] : blocksOf(content)) writeFileSync(descriptor, block)
      fsyncSync(descriptor)
    } finally {
      closeSync(descriptor)
    }
    renameSync(temporary, path)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
}

/** Short texts are joined, so that not each of them is a write. */
function* blocksOf(pieces: Iterable<string | Uint8Array>): Generator<string | Uint8Array, void> {
  let texts: string[] = []
  let length = 0
  const joined = (): string => {
    const block = texts.join('')
    texts = []
    length = 0
    return block
  }
  for (const piece of pieces) {
    if (typeof piece === 'string') {
      texts.push(piece)
      length += piece.length
      if (length >= 65_536) yield joined()
    } else {
      yield joined()
      yield piece
    }
  }
  yield joined()
}
