/** Four formats, one model that cares and one that does not: `assay run examples/planted/format-effect.ts`. */
import { meanClaim, study } from './shared.ts'
import { sums } from './sums.ts'

export const protocol = {
  ...study,
  title: 'planted format effect',
  models: [
    { id: 'sensitive', endpoint: 'simulated:format-sensitive' },
    { id: 'steady', endpoint: 'simulated:steady' },
  ],
  items: { inline: sums(100) },
  factors: [{ use: 'format', with: { formats: 3 } }],
  claims: [meanClaim('steady')],
  seed: 'planted-format',
}
