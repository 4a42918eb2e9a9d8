/** Preloaded into a measured process (`node --import`): writes what it used, as JSON, when it ends. */
import { writeFileSync } from 'node:fs'
import { isMainThread } from 'node:worker_threads'

const path = process.env.ASSAY_USAGE_FILE
if (isMainThread && path !== undefined) {
  process.on('exit', () => {
    // Over the whole life of the process, threads included: kilobytes and microseconds.
    const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage()
    writeFileSync(
      path,
      JSON.stringify({
        peakMegabytes: (maxRSS * 1024) / 1e6,
        processorMilliseconds: (userCPUTime + systemCPUTime) / 1e3,
      }),
    )
  })
}
