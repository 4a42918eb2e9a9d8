/** Preloaded into a measured process (`node --import`): writes what it used, as JSON, when it ends. */
import { readFileSync, writeFileSync } from 'node:fs'
import { isMainThread } from 'node:worker_threads'

const path = process.env.ASSAY_USAGE_FILE
if (isMainThread && path !== undefined) {
  process.on('exit', () => {
    // Over the whole life of the process, threads included: kilobytes and microseconds.
    const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage()
    writeFileSync(
      path,
      JSON.stringify({
        peakMegabytes: ((peakOfProgram() ?? maxRSS) * 1024) / 1e6,
        processorMilliseconds: (userCPUTime + systemCPUTime) / 1e3,
      }),
    )
  })
}

/**
 * Largest resident memory since this program was loaded, in kilobytes. Linux counts the memory of the process that started
 * this one in `maxRSS`, and starts anew in VmHWM; elsewhere there is only `maxRSS`.
 */
function peakOfProgram(): number | undefined {
  try {
    const kilobytes = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]
    return kilobytes === undefined ? undefined : Number(kilobytes)
  } catch {
    return undefined
  }
}
