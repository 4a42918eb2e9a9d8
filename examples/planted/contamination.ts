/**
 * Published items and fresh twins, one model that knows the published ones by heart and two that do not:
 * `assay run examples/planted/contamination.ts`.
 */
import { meanClaim, study } from './shared.ts'
import { sums } from './sums.ts'

const twins = sums(120).map((item, index) => ({
  ...item,
  attributes: {
    pair: `pair-${Math.floor(index / 2) + 1}`,
    ...(index % 2 === 0 ? { twin: 'original', published: 'yes' } : { twin: 'fresh', published: 'no' }),
  },
}))

export const protocol = {
  ...study,
  title: 'planted contamination',
  models: [
    { id: 'contaminated', endpoint: 'simulated:contaminated' },
    { id: 'steady', endpoint: 'simulated:steady' },
    { id: 'weaker', endpoint: 'simulated:weaker' },
  ],
  items: { inline: twins },
  claims: [meanClaim('steady')],
  seed: 'planted-contamination',
}
