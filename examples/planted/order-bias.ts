/**
 * Every rotation of the options, one model that is drawn to the first of them and one that is not:
 * `assay run examples/planted/order-bias.ts`. The right option is the first of the file, so a rotation moves it to one
 * place for all items: the answer-move test of Zheng et al. (2024).
 */
import { meanClaim, study } from './shared.ts'
import { sums } from './sums.ts'

export const protocol = {
  ...study,
  title: 'planted order bias',
  models: [
    { id: 'biased', endpoint: 'simulated:order-biased' },
    { id: 'steady', endpoint: 'simulated:steady' },
  ],
  items: { inline: sums(100) },
  factors: [{ use: 'option-order', with: { orders: 'cyclic', options: 4 } }],
  claims: [meanClaim('steady')],
  seed: 'planted-order',
}
