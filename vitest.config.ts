import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defineConfig } from 'vitest/config'
import { SlowestFirst } from './test/slowest-first.ts'

const shared = { setupFiles: ['test/require-node-24.ts'], testTimeout: 30_000, pool: 'forks' as const }
/** Files that start the command as it is published. */
const commands = 'test/{benchmarks,command-line,docs,interrupt,package,paid-calls,run-commands}.test.ts'

export default defineConfig({
  test: {
    // Two cores are what tests may count on; the default leaves one of them idle.
    maxWorkers: 2,
    sequence: { sequencer: SlowestFirst },
    // Commands that tests start read the same files again and again.
    env: { NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? join(tmpdir(), 'assay-compile-cache') },
    projects: [
      // No test of theirs leaves anything behind in its process, so that files may share one and load the sources once.
      { extends: true, test: { ...shared, name: 'sources', include: ['src/**/*.test.ts'], isolate: false } },
      {
        extends: true,
        test: { ...shared, name: 'commands', include: [commands], globalSetup: 'test/built-command.ts' },
      },
      {
        extends: true,
        test: {
          ...shared,
          name: 'project',
          include: ['test/**/*.test.ts'],
          exclude: ['**/node_modules/**', commands],
        },
      },
    ],
  },
})
