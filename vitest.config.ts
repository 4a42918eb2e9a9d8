import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    setupFiles: ['test/require-node-24.ts'],
    testTimeout: 30_000,
    pool: 'forks',
    // Two cores are what tests may count on; the default leaves one of them idle.
    maxWorkers: 2,
  },
})
