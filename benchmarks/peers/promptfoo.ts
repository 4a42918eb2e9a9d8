/**
 * promptfoo with one prompt, one assertion and no table, as `assay run` is measured beside it.
 *
 * node benchmarks/peers/promptfoo.ts CALLS CONCURRENCY LATENCY_MS; ASSAY_PEER_RUNNERS names the folder with promptfoo/node_modules
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { measureRunner } from './other-runner.ts'

const [calls = '', concurrency = '', latencyMs = ''] = process.argv.slice(2)
const installed = join(process.env.ASSAY_PEER_RUNNERS ?? '', 'promptfoo/node_modules')

await measureRunner({
  latencyMs: Number(latencyMs),
  calls: Number(calls),
  prepare(folder, origin) {
    const tests = Array.from({ length: Number(calls) }, (_, index) =>
      JSON.stringify({ vars: { q: `Say the number ${index}.` }, assert: [{ type: 'regex', value: '.' }] }),
    )
    writeFileSync(join(folder, 'tests.jsonl'), `${tests.join('\n')}\n`)
    const config = { apiBaseUrl: `${origin}/v1`, apiKey: 'x', max_tokens: 8 }
    const suite = {
      prompts: ['{{q}}'],
      providers: [{ id: 'openai:chat:tiny', config }],
      tests: 'file://tests.jsonl',
    }
    writeFileSync(join(folder, 'promptfooconfig.json'), JSON.stringify(suite))
    return {
      arguments: [
        join(installed, '.bin/promptfoo'),
        ...['eval', '-c', 'promptfooconfig.json', '-j', concurrency, '-o', 'out.json'],
        ...['--no-cache', '--no-progress-bar', '--no-table'],
      ],
      workingDirectory: folder,
      environment: {
        PROMPTFOO_CONFIG_DIR: join(folder, 'home'),
        PROMPTFOO_DISABLE_TELEMETRY: '1',
        PROMPTFOO_DISABLE_UPDATE: '1',
        PROMPTFOO_DISABLE_REMOTE_GENERATION: 'true',
        PROMPTFOO_DISABLE_SHARING: '1',
      },
    }
  },
  scored: (folder) => {
    const { results } = JSON.parse(readFileSync(join(folder, 'out.json'), 'utf8')) as {
      results: { stats: { successes: number } }
    }
    return results.stats.successes
  },
})
