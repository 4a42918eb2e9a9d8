/** A hash over the scores of a run, cell by cell in the running order: what shows that rows came back as they were. */
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import type { CellScoresByScorer, ScoreCell } from './claim-scale.ts'

/** Texts are hashed in pieces of about this length. */
const pieceLength = 65_536

export class ScoreDigest {
  readonly #labels: readonly string[]
  readonly #hash = sha256.create()
  #piece = ''

  constructor(labels: readonly string[]) {
    this.#labels = labels
  }

  /** Cells in the running order. A missing score counts as missing, whatever its reason: formats have words of their own. */
  add(index: number, scores: CellScoresByScorer): void {
    const texts = this.#labels.map((label) => `${textOf(scores[label]?.strict)} ${textOf(scores[label]?.lenient)}`)
    this.#piece += `${index} ${texts.join(' ')}\n`
    if (this.#piece.length >= pieceLength) this.#flush()
  }

  finish(): string {
    this.#flush()
    return bytesToHex(this.#hash.digest())
  }

  #flush(): void {
    this.#hash.update(utf8ToBytes(this.#piece))
    this.#piece = ''
  }
}

function textOf(score: ScoreCell | undefined): string {
  return typeof score === 'number' ? String(score) : 'none'
}
