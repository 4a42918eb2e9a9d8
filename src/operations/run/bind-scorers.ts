/** Puts scorers from files of the user into a protocol: by name, with the hash of their source as part of its identity. */
import type { Scorer } from '../../domain/index.ts'
import { fail } from '../../stats/index.ts'
import { isCodeFile, readScorerFile, type ScorerFile } from '../../store/read-scorer-file.ts'
import type { ProtocolInRun } from '../../store/run-folder.ts'
import type { Workbench } from './workbench.ts'

export interface BoundProtocol {
  readonly protocol: ProtocolInRun
  /** With the scorers of the files among its own. */
  readonly workbench: Workbench
}

export interface BindScorersOptions {
  readonly protocol: ProtocolInRun
  /** File of the protocol where it was just read: a TypeScript file may hold scorers of its own. */
  readonly protocolPath: string | undefined
  /** Files named with --scorer. */
  readonly scorerPaths: readonly string[]
  readonly workingDirectory: string
  readonly workbench: Workbench
}

/** Refuses a scorer whose file is missing, or is another than the protocol fixed. */
export async function bindScorers(options: BindScorersOptions): Promise<BoundProtocol> {
  const { protocol, protocolPath, scorerPaths, workingDirectory, workbench } = options
  const own = protocolPath !== undefined && isCodeFile(protocolPath) ? [protocolPath] : []
  const files = await Promise.all([...own, ...scorerPaths].map((path) => readScorerFile({ path, workingDirectory })))
  const scorers = files.flatMap((file) => file.scorers)
  checkNames(scorers, workbench.plugIns.scorers)
  for (const path of scorerPaths) {
    const file = files.find((each) => each.path === path)
    if (file !== undefined) checkUse(file, protocol)
  }
  return {
    protocol: { ...protocol, scorers: protocol.scorers.map((named) => bound(named, files)) },
    workbench: { ...workbench, plugIns: { ...workbench.plugIns, scorers: [...workbench.plugIns.scorers, ...scorers] } },
  }
}

type NamedScorer = ProtocolInRun['scorers'][number]

function bound(named: NamedScorer, files: readonly ScorerFile[]): NamedScorer {
  const file = files.find(({ scorers }) => scorers.some(({ name }) => name === named.use))
  if (file === undefined) {
    if (named.sourceHash !== undefined)
      fail(
        'custom-scorer-needed',
        { scorer: named.use, sourceHash: named.sourceHash.slice(0, 12) },
        'pass the file that holds it with --scorer; a protocol never runs code by itself',
      )
    return named
  }
  if (named.sourceHash !== undefined && named.sourceHash !== file.sourceHash)
    fail(
      'custom-scorer-changed',
      {
        scorer: named.use,
        file: file.path,
        fixed: named.sourceHash.slice(0, 12),
        found: file.sourceHash.slice(0, 12),
      },
      'restore the file; scores by a changed scorer are another study',
    )
  return { ...named, sourceHash: file.sourceHash }
}

function checkNames(scorers: readonly Scorer[], known: readonly Scorer[]): void {
  for (const [index, { name }] of scorers.entries()) {
    if (known.some((each) => each.name === name))
      fail('scorer-name-taken', { scorer: name }, 'give your scorer a name that no scorer of assay has')
    if (scorers.findIndex((each) => each.name === name) < index)
      fail('scorer-defined-twice', { scorer: name }, 'give each scorer a name of its own')
  }
}

function checkUse({ path, scorers }: ScorerFile, protocol: ProtocolInRun): void {
  const names = scorers.map(({ name }) => name)
  if (names.length === 0) fail('scorer-file-empty', { path }, 'export a constant named scorer')
  if (!protocol.scorers.some(({ use }) => names.includes(use)))
    fail(
      'custom-scorer-not-used',
      { path, scorers: names.join(', ') },
      `write it under "scorers" of the protocol: - use: ${names[0] ?? ''}`,
    )
}
