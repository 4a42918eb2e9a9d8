import { join } from 'node:path'
import { defineBenchmark } from '../benchmark.ts'
import { makeInspectLog } from '../make-inspect-log.ts'

export const inspectReport70k = inspectReport({ samples: 70_000, milliseconds: 4_000 })
export const inspectReport200k = inspectReport({ samples: 200_000, milliseconds: 10_000 })

function inspectReport({ samples, milliseconds }: { samples: number; milliseconds: number }) {
  const epochs = 4
  return defineBenchmark({
    name: `inspect-report-${samples / 1_000}k`,
    title: `\`assay report\` on an Inspect log of ${samples.toLocaleString('en')} samples`,
    limit: { milliseconds, peakMegabytes: 1_000 },
    clock: 'process',
    prepare: async (folder) => {
      const path = join(folder, 'log.eval')
      await makeInspectLog({ path, items: samples / epochs, epochs, seed: 1, model: 'bench/model-a' })
    },
    arguments: (folder) => ['dist/cli/main.js', 'report', join(folder, 'log.eval'), '--out', join(folder, 'report')],
  })
}
