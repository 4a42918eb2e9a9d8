/**
 * `npm run build`: writes dist for publishing: declarations by the compiler, and the code in tens of files instead of a
 * thousand, as opening those takes half the time of a short command. Dependencies stay outside.
 */
import { execFileSync } from 'node:child_process'
import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'rolldown'

process.chdir(dirname(fileURLToPath(new URL('.', import.meta.url))))
rmSync('dist', { recursive: true, force: true })
execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], { stdio: 'inherit' })

await build({
  // All at once, so that a protocol that imports `assay` shares the modules of the command that reads it.
  input: {
    index: 'src/index.ts',
    'stats/index': 'src/stats/index.ts',
    'stats-worker/node': 'src/stats-worker/node.ts',
    'stats-worker/node-thread': 'src/stats-worker/node-thread.ts',
    'stats-worker/web': 'src/stats-worker/web.ts',
    'stats-worker/web-thread': 'src/stats-worker/web-thread.ts',
    'cli/main': 'src/cli/main.ts',
    // A thread is found by its place beside the module that starts it, which is one of the parts.
    'parts/compute-worker': 'src/runner/compute-worker.ts',
  },
  platform: 'node',
  external: /^(?!@oxc-project\/|src\/|\0)[a-z@]/,
  transform: { target: 'node24' },
  output: { dir: 'dist', chunkFileNames: 'parts/[name]-[hash].js' },
})

// A bundler rewrites the endings of imports, not those of the entries of threads.
for (const path of ['dist/stats-worker/node.js', 'dist/stats-worker/web.js']) {
  writeFileSync(path, readFileSync(path, 'utf8').replace(/\.ts(?=['"], import\.meta\.url\))/g, '.js'))
}

const command = 'dist/cli/main.js'
if (!readFileSync(command, 'utf8').startsWith('#!/usr/bin/env node\n'))
  throw new Error(`${command} lost its first line`)
chmodSync(command, 0o755)
