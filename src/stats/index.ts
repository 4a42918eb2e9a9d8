export { AssayError, type ErrorValue, fail } from './fail.ts'
export {
  type Caveat,
  type Estimate,
  type HypothesisTest,
  type Interval,
  type NotEstimable,
  notEstimable,
  type Outcome,
  type TestOutcome,
} from './result.ts'
