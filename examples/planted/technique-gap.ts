/**
 * The same questions asked plainly and with reasoning first, one model that reasoning helps and one that it does not:
 * `assay run examples/planted/technique-gap.ts`.
 */
import { meanClaim, study } from './shared.ts'
import { sums } from './sums.ts'

export const protocol = {
  ...study,
  title: 'planted technique gap',
  models: [
    { id: 'elicitable', endpoint: 'simulated:elicitable' },
    { id: 'steady', endpoint: 'simulated:steady' },
  ],
  items: { inline: sums(200) },
  techniques: [{ use: 'zero-shot' }, { use: 'chain-of-thought' }],
  claims: [meanClaim('steady')],
  seed: 'planted-technique',
}
