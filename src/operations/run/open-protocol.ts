/** A protocol as it is planned, registered and run: read, with the settings of logs and the scorers of files bound into it. */
import { readProtocol } from '../../store/read-protocol.ts'
import type { OperationContext } from '../operation.ts'
import { bindExisting } from './bind-existing.ts'
import { type BoundProtocol, bindScorers } from './bind-scorers.ts'
import { openWorkbench } from './workbench.ts'

export async function openProtocol(options: {
  /** As the user named it. */
  readonly path: string
  /** Files named with --scorer. */
  readonly scorerPaths: readonly string[]
  readonly context: OperationContext
}): Promise<BoundProtocol> {
  const { path, scorerPaths, context } = options
  const { workingDirectory } = context
  const read = await readProtocol({ path, workingDirectory })
  return bindScorers({
    protocol: await bindExisting({ protocol: read, protocolPath: path, context }),
    protocolPath: path,
    scorerPaths,
    workingDirectory,
    workbench: await openWorkbench(),
  })
}
