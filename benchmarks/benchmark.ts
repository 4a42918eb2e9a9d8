/** The shape of a benchmark: a Node process to run, and what it may take. */
export interface Benchmark {
  /** kebab-case; also the name of its file. */
  readonly name: string
  readonly title: string
  readonly limit: { readonly milliseconds: number; readonly peakMegabytes?: number }
  /**
   * `process`: from start to end of the process. `reported`: the process prints `{ "elapsedMs": … }` as its last line, and
   * `firstMs` for its first call, in which Node still compiles: the limit is held against both.
   */
  readonly clock: 'process' | 'reported'
  /** Makes the input, outside the measurement, once. */
  prepare(folder: string): Promise<void>
  /** Arguments of `node`, from the root of the repository. */
  arguments(folder: string): readonly string[]
  /** What does the same elsewhere. */
  readonly peers?: readonly Peer[]
}

/** A script that prints `{ "elapsedMs": …, "peakMegabytes": … }` as its last line. */
export interface Peer {
  /**
   * `node` is always measured; `python` and `runner`, a script of Node that needs the other runners of evals installed,
   * only with `--peers`.
   */
  readonly runtime: 'node' | 'python' | 'runner'
  readonly title: string
  readonly arguments: readonly string[]
}

export function defineBenchmark(benchmark: Benchmark): Benchmark {
  return benchmark
}
