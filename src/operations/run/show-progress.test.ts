import { expect, test } from 'vitest'
import { claimOf, studyOf } from '../../domain/fixtures/study-of.ts'
import { followClaims } from '../../domain/index.ts'
import { testHost } from '../../runner/fixtures/run-small.ts'
import type { RunProgress } from '../../runner/index.ts'
import type { ProgressEvent } from '../operation.ts'
import { showProgress } from './show-progress.ts'

function progressOf(changes: Partial<RunProgress>, claims: number): RunProgress {
  const ids = Array.from({ length: claims }, (_, index) => claimOf({ id: `claim-${index}` }))
  const follower = followClaims(studyOf({ items: 400, claims: ids, rule: 'fixed' }))
  for (let index = 0; index < 200; index++) {
    const score = index % 4 === 0 ? 0 : 1
    follower.add(index, { s: { strict: score, lenient: score } })
  }
  return {
    step: 'running',
    done: 200,
    total: 400,
    retries: 0,
    usd: 0,
    calls: 200,
    tokens: 0,
    elapsedMs: 50_000,
    doneNow: 100,
    standings: () => follower.standings(),
    ...changes,
  }
}

/** What is shown for states of a run that come a second apart. */
function shown(runs: readonly RunProgress[], apartMs = 1_000): readonly ProgressEvent[] {
  const events: ProgressEvent[] = []
  let now = 0
  const show = showProgress({
    signal: new AbortController().signal,
    workingDirectory: '/',
    host: { ...testHost, now: () => now },
    progress: (event) => events.push(event),
  })
  for (const run of runs) {
    show(run)
    now += apartMs
  }
  return events
}

test('showProgress says how much is done, the time left at this pace, the money, the retries and the running interval', () => {
  const [event] = shown([progressOf({ retries: 3, usd: 1.234 }, 1)])
  expect(event).toMatchObject({ step: 'running', done: 200, total: 400, unit: 'responses' })
  // 200 cells are left at two a second: 100 s.
  expect(event?.detail).toMatch(/^at most 2 min left · \$1\.23 · 3 retries · claim-0 /)
  expect(event?.detail).toMatch(/claim-0 .*0\.6\d.*0\.8\d/)
})

test('showProgress shows tokens where nothing has a price, and says how many claims it leaves out', () => {
  const [event] = shown([progressOf({ tokens: 4_200 }, 5)])
  expect(event?.detail).toContain('4200 tokens')
  expect(event?.detail).not.toContain('retries')
  expect(event?.detail?.match(/claim-\d/g)).toHaveLength(3)
  expect(event?.detail).toMatch(/2 more claims$/)
})

test('showProgress speaks once a second, and of the time left only when there is a pace', () => {
  const early = progressOf({ doneNow: 3 }, 1)
  expect(shown([early, early, early, early, early], 400)).toHaveLength(2)
  expect(shown([early])[0]?.detail).not.toContain('left')
})
