/** The design effect that was given, or that follows from the cluster size and correlation that were. */
import { designEffectOfIcc, fail } from '../../stats/index.ts'

export function designEffectOf({
  designEffect,
  clusterSize,
  icc,
}: {
  readonly designEffect?: number | undefined
  readonly clusterSize?: number | undefined
  readonly icc?: number | undefined
}): number {
  if (designEffect !== undefined && (clusterSize !== undefined || icc !== undefined)) {
    fail('design-effect-given-twice', { designEffect }, 'pass --design-effect, or --cluster-size with --icc')
  }
  if (designEffect !== undefined) return designEffect
  if (clusterSize === undefined && icc === undefined) return 1
  if (clusterSize === undefined || icc === undefined) {
    return fail('design-effect-half-given', {}, 'pass --cluster-size and --icc together')
  }
  return designEffectOfIcc({ rowsPerCluster: clusterSize, icc })
}
