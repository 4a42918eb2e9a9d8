/**
 * evalite with one scorer, as `assay run` is measured beside it.
 *
 * node benchmarks/peers/evalite.ts CALLS CONCURRENCY LATENCY_MS; ASSAY_PEER_RUNNERS names the folder with evalite/node_modules
 */
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { measureRunner } from './other-runner.ts'

const [calls = '', concurrency = '', latencyMs = ''] = process.argv.slice(2)
const installed = join(process.env.ASSAY_PEER_RUNNERS ?? '', 'evalite/node_modules')

await measureRunner({
  latencyMs: Number(latencyMs),
  calls: Number(calls),
  prepare(folder, origin) {
    symlinkSync(installed, join(folder, 'node_modules'))
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module' }))
    writeFileSync(
      join(folder, 'evalite.config.ts'),
      `import { defineConfig } from 'evalite/config'\nexport default defineConfig({ maxConcurrency: ${concurrency}, testTimeout: 600000 })\n`,
    )
    writeFileSync(join(folder, 'bench.eval.ts'), suite(`${origin}/v1/chat/completions`))
    return {
      arguments: [join(folder, 'node_modules/.bin/evalite'), 'run', 'bench.eval.ts', '--outputPath=out.json'],
      workingDirectory: folder,
      environment: {},
    }
  },
  scored: (folder) => {
    const text = readFileSync(join(folder, 'out.json'), 'utf8')
    return text.match(/"score":\s*1\b/g)?.length ?? 0
  },
})

function suite(address: string): string {
  return `import { evalite } from 'evalite'
evalite('throughput', {
  data: () => Array.from({ length: ${calls} }, (_, index) => ({ input: \`Say the number \${index}.\` })),
  task: async (input) => {
    const response = await fetch('${address}', {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer x' },
      body: JSON.stringify({ model: 'tiny', messages: [{ role: 'user', content: input }], max_tokens: 8 }),
    })
    return (await response.json()).choices[0].message.content
  },
  scorers: [{ name: 'said', scorer: ({ output }) => (output.length > 0 ? 1 : 0) }],
})
`
}
