import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'

test('boundYoungGeneration ends the growth of the young generation at 34 MB, and prints nothing', () => {
  const script = `
    import { getHeapSpaceStatistics } from 'node:v8'
    import { boundYoungGeneration } from ${JSON.stringify(new URL('bound-young-generation.ts', import.meta.url).href)}
    boundYoungGeneration()
    const ring = new Array(200_000)
    let largest = 0
    for (let index = 0; index < 3e6; index++) {
      ring[index % ring.length] = { index, list: [index] }
      if (index % 1e5 === 0) largest = Math.max(largest, getHeapSpaceStatistics().find((space) => space.space_name === 'new_space').space_size)
    }
    console.log(largest / 1e6)`
  const output = execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  expect(Number(output)).toBeLessThan(34)
  expect(Number(output)).toBeGreaterThan(16)
})
