/** `npm run demo-data`: writes examples/demo, the data with planted faults that `assay demo` reports on. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { demoFiles } from './demo/demo-files.ts'

const folder = fileURLToPath(new URL('../examples/demo/', import.meta.url))
for (const [name, bytes] of demoFiles()) {
  const path = folder + name
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, bytes)
  console.log(`${String(bytes.length).padStart(9)} ${name}`)
}
