/** `npm run build`: compiles src to dist for publishing and copies what is not TypeScript. */
import { execFileSync } from 'node:child_process'
import { chmodSync, cpSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(fileURLToPath(new URL('.', import.meta.url)))
process.chdir(root)

rmSync('dist', { recursive: true, force: true })
execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], { stdio: 'inherit' })
for (const path of globSync('src/**/*.*')) {
  const isTest = path.includes('.test.') || path.includes('/fixtures/')
  if (!path.endsWith('.ts') && !isTest) cpSync(path, path.replace(/^src/, 'dist'))
}

// The compiler rewrites the endings of imports, not those of the entries of threads.
for (const path of globSync('dist/stats-worker/*.js')) {
  writeFileSync(path, readFileSync(path, 'utf8').replace(/\.ts(?=', import\.meta\.url\))/g, '.js'))
}

const command = 'dist/cli/main.js'
if (!readFileSync(command, 'utf8').startsWith('#!/usr/bin/env node\n'))
  throw new Error(`${command} lost its first line`)
chmodSync(command, 0o755)
