/** The p-value of a hypothesis once more, adjusted by Holm for those it was decided with. */
import type { HypothesisTest } from '../stats/index.ts'

const suffix = '-holm'

export function adjustedTest(
  test: HypothesisTest,
  adjustment: {
    readonly pValue: number
    readonly comparisons: number
    readonly code: 'adjusted-for-comparisons' | 'adjusted-for-techniques'
  },
): HypothesisTest {
  const { pValue, comparisons, code } = adjustment
  return {
    ...test,
    pValue,
    method: `${test.method}${suffix}`,
    caveats: [...test.caveats, { code, severity: 'note', values: { comparisons } }],
  }
}

export function isAdjusted({ method }: Pick<HypothesisTest, 'method'>): boolean {
  return method.endsWith(suffix)
}
