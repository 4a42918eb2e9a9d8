/**
 * What a sample of settings says of the settings it was drawn from.
 *
 * Averaging drawn settings while only items count as random shows the mean over exactly these settings. The mean over all
 * that could have been drawn is uncertain in two crossed ways, and a few settings say little of it however many items there
 * are: a setting that breaks one model in ten is missing from five draws more often than not. Its lower limit is
 *
 *   L(settings) − (x̄ − L(items)),
 *
 * each L at half of the error rate: L(settings) is Hoeffding's limit for the draws' means, which assumes nothing of how
 * settings differ; x̄ − L(items) is what the claim's own evidence allows for items. Items are answered under every drawn
 * setting, so that their deviation over all settings is no larger than over the drawn ones.
 */
import { hoeffdingLowerLimit } from '../stats/index.ts'

/** Lower limit, on the common scale, of the mean over all settings that could have been drawn. */
export function limitOverSettings(options: {
  /** Of the drawn settings, missing scores at their worst. */
  readonly mean: number
  readonly settings: number
  /** Lower limit of that mean over items, at `errorRate`. */
  readonly itemLimit: number
  /** Half of the error rate of the whole. */
  readonly errorRate: number
}): number {
  const { mean, settings, itemLimit, errorRate } = options
  const ofSettings = hoeffdingLowerLimit({ mean, n: settings, errorRate })
  return Math.max(0, ofSettings - Math.max(0, mean - itemLimit))
}
