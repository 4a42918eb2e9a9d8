/** The loopback server in a process of its own: `loopback-process.ts LATENCY_MS`. Sends its origin to its parent. */
import { startLoopbackServer } from '../../test/loopback-server.ts'

const server = await startLoopbackServer({ latencyMs: Number(process.argv[2] ?? '0') })
process.send?.(server.origin)
process.on('disconnect', () => process.exit(0))
