import { execFileSync, spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'

/** Largest size of two heap spaces in MB while much lives for a short and much for a longer time. */
function largestSpaces(prepare: string): { readonly young: number; readonly old: number } {
  const script = `
    import { getHeapSpaceStatistics } from 'node:v8'
    import { boundHeap } from ${JSON.stringify(new URL('bound-heap.ts', import.meta.url).href)}
    ${prepare}
    const ring = new Array(200_000)
    const largest = { young: 0, old: 0 }
    for (let index = 0; index < 6e6; index++) {
      ring[index % ring.length] = { index, list: [index] }
      if (index % 1e5 !== 0) continue
      for (const { space_name: name, space_size: bytes } of getHeapSpaceStatistics()) {
        if (name === 'new_space') largest.young = Math.max(largest.young, bytes / 1e6)
        if (name === 'old_space') largest.old = Math.max(largest.old, bytes / 1e6)
      }
    }
    console.log(JSON.stringify(largest))`
  const options = { encoding: 'utf8' } as const
  return JSON.parse(execFileSync(process.execPath, ['--input-type=module', '--eval', script], options))
}

test('boundHeap ends the growth of the young generation at 34 MB, and the old one grows less', () => {
  const free = largestSpaces('')
  const bound = largestSpaces('boundHeap()')
  expect(bound.young).toBeLessThan(34)
  expect(bound.young).toBeGreaterThan(16)
  expect(bound.old).toBeLessThan(free.old)
}, 60_000)

test('V8 knows what boundHeap sets: it says nothing', () => {
  const script = `import { boundHeap } from ${JSON.stringify(new URL('bound-heap.ts', import.meta.url).href)}\nboundHeap()`
  const { stderr, status } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    encoding: 'utf8',
  })
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 })
})
