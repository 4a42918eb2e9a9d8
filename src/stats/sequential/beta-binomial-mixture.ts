/**
 * Beta-binomial mixture boundary: how far a sum of bounded terms may stray from 0 at any time.
 *
 * Terms lie in [−g, h] with mean 0 given the past and S_t is their sum; intrinsic time v is g h t. Where they take only the
 * ends (a centred 0/1 score has g = p, h = 1 − p) the mixture is a martingale, otherwise a supermartingale (Howard, Ramdas,
 * McAuliffe and Sekhon 2021, Proposition 7):
 *   ln M = (v/gh) ln(g+h) − (v+hs)/(h(g+h)) ln g − (v−gs)/(g(g+h)) ln h + ln B_x(a₁, b₁) − ln B_x(a₀, b₀),
 *   a = (r+v−gs)/(g(g+h)), b = (r+v+hs)/(h(g+h)), index 0 at v = s = 0, r = max(ρ − gh, gh/1000);
 * x = 1 two-sided, x = h/(g+h) for `greater`, which mixes over positive alternatives only.
 */
import { checkAlpha } from '../check-inputs.ts'
import { fail } from '../fail.ts'
import { bisection } from '../special/bisection.ts'
import { logIncompleteBeta } from '../special/incomplete-beta.ts'
import { logBeta } from './log-beta.ts'
import { checkIntrinsicTime } from './mixture-side.ts'
import type { NormalMixtureOptions } from './normal-mixture.ts'
import { sideRho } from './normal-mixture-rho.ts'

export interface BetaBinomialMixtureOptions extends NormalMixtureOptions {
  /** How far below 0 a term can lie, g > 0. */
  readonly below: number
  /** How far above 0 a term can lie, h > 0. */
  readonly above: number
}

/** ln of the mixture at sum `sum`: evidence against mean 0. Infinite where the sum cannot be reached under mean 0. */
export function betaBinomialMixtureLogEvidence(options: BetaBinomialMixtureOptions & { readonly sum: number }): number {
  const { sum: s, time: v, below: g, above: h, side } = options
  check(options)
  if (!Number.isFinite(s)) fail('value-not-finite', { row: 0, value: s }, 'pass a finite sum of centred terms')
  const r = priorTime(options)
  const width = g + h
  const shapes = { a: (r + v - g * s) / (g * width), b: (r + v + h * s) / (h * width) }
  if (!(shapes.a > 0)) return Number.POSITIVE_INFINITY
  if (!(shapes.b > 0)) return side === 'two-sided' ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY
  const start = { a: r / (g * width), b: r / (h * width) }
  const log = ({ a, b }: { readonly a: number; readonly b: number }): number =>
    logBeta(a, b) + (side === 'two-sided' ? 0 : logIncompleteBeta({ x: h / width, complement: g / width, a, b }))
  return (
    (v / (g * h)) * Math.log(width) -
    ((v + h * s) / (h * width)) * Math.log(g) -
    ((v - g * s) / (g * width)) * Math.log(h) +
    log(shapes) -
    log(start)
  )
}

/**
 * Largest sum that does not reject at error rate α. A boundary above v/g, the most that S can reach, means that nothing can
 * be rejected yet. Two-sided, this is the upper boundary; the lower is minus the upper of the mirrored terms.
 *
 * betaBinomialMixtureBoundary({ time: 100, tightestAt: 100, errorRate: 0.05, side: 'two-sided', below: 0.2, above: 0.8 })
 * // => 31.4308…
 */
export function betaBinomialMixtureBoundary(options: BetaBinomialMixtureOptions): number {
  check(options)
  const wall = -Math.log(options.errorRate)
  return bisection({
    inside: 0,
    outside: (options.time + priorTime(options)) / options.below,
    holds: (sum) => betaBinomialMixtureLogEvidence({ ...options, sum }) < wall,
  })
}

/** r: intrinsic time that the mixing distribution is worth. */
function priorTime(options: BetaBinomialMixtureOptions): number {
  const range = options.below * options.above
  return Math.max(sideRho(options) - range, 1e-3 * range)
}

function check({ time, errorRate, below, above }: BetaBinomialMixtureOptions): void {
  checkIntrinsicTime(time)
  checkAlpha(errorRate)
  if (!(below > 0 && above > 0 && Number.isFinite(below) && Number.isFinite(above)))
    fail('range-without-width', { lower: -below, upper: above }, 'pass two positive distances from 0')
}
