#!/usr/bin/env node
/** Entry of the command: refuses an old Node before anything newer is loaded, then runs the command line. */
import { nodeRefusal } from './node-refusal.ts'

const refusal = nodeRefusal(process.versions.node)
if (refusal !== undefined) {
  process.stderr.write(`${refusal}\n`)
  process.exitCode = 2
} else {
  // Halves the start: what Node compiles is kept in its cache folder. Loaded late, as an old Node has no such function.
  const { enableCompileCache } = await import('node:module')
  enableCompileCache()
  const { boundHeap } = await import('./bound-heap.ts')
  const { runCommandLine } = await import('./run-command-line.ts')
  const interruption = new AbortController()
  process.once('SIGINT', () => {
    interruption.abort()
    // A second Ctrl-C does not wait for the current step.
    process.once('SIGINT', () => process.exit(130))
  })
  process.once('SIGTERM', () => interruption.abort())
  // A reader that closes early (`assay … | head`) is not an error of ours.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 3))
  process.exitCode = await runCommandLine({
    args: process.argv.slice(2),
    workingDirectory: process.cwd(),
    environment: process.env,
    stdout: process.stdout,
    stderr: process.stderr,
    signal: interruption.signal,
    now: () => performance.now(),
    host: {
      now: () => performance.now(),
      time: () => new Date().toISOString(),
      processId: process.pid,
      isAlive,
      secret: (name) => process.env[name],
      settleForLongWork: boundHeap,
    },
  })
}

/** Signal 0 only asks; a process of somebody else is alive too. */
function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
