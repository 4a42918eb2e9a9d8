/** The order in which test files run: the slowest first, so that at the end no worker is left waiting for one of them. */
import { BaseSequencer } from 'vitest/node'

/** Files that take seconds, most of them because they start commands. */
const slow = [
  'test/docs.test.ts',
  'test/paid-calls.test.ts',
  'test/run-commands.test.ts',
  'src/operations/run/kill-run.test.ts',
  'test/data/livebench.test.ts',
  'test/calibration.test.ts',
  'src/operations/export-import.test.ts',
  'test/page/report-page.test.ts',
  'test/command-line.test.ts',
  'test/interrupt.test.ts',
  'src/cli/plan-commands.test.ts',
  'src/operations/run/rough-endpoint.test.ts',
  'test/stats-bad-input.test.ts',
]

export class SlowestFirst extends BaseSequencer {
  override async sort(...given: Parameters<BaseSequencer['sort']>): ReturnType<BaseSequencer['sort']> {
    const files = await super.sort(...given)
    const rank = ({ moduleId }: (typeof files)[number]): number => {
      const at = slow.findIndex((name) => moduleId.endsWith(name))
      return at < 0 ? slow.length : at
    }
    return files.toSorted((a, b) => rank(a) - rank(b))
  }
}
