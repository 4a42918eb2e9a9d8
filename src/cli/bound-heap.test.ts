import { execFileSync, spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'

const module = JSON.stringify(new URL('bound-heap.ts', import.meta.url).href)

test('boundHeap ends the growth of the young generation at 34 MB, however much survives', () => {
  const script = `
    import { getHeapSpaceStatistics } from 'node:v8'
    import { boundHeap } from ${module}
    boundHeap()
    const ring = new Array(200_000)
    let largest = 0
    for (let index = 0; index < 3e6; index++) {
      ring[index % ring.length] = { index, list: [index] }
      if (index % 1e5 !== 0) continue
      const young = getHeapSpaceStatistics().find((space) => space.space_name === 'new_space')
      largest = Math.max(largest, young.space_size)
    }
    console.log(largest / 1e6)`
  const output = execFileSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' })
  expect(Number(output)).toBeLessThan(34)
  expect(Number(output)).toBeGreaterThan(16)
}, 60_000)

test('V8 knows what boundHeap sets: it says nothing', () => {
  const script = `import { boundHeap } from ${module}\nboundHeap()`
  const { stderr, status } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    encoding: 'utf8',
  })
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 })
}, 60_000)
