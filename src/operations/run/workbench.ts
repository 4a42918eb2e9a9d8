/** What a run works with: the plug-ins by name and the way to models. Handed in, so that tests bring their own. */
import type { Model, ProviderOptions } from '../../providers/index.ts'
import type { PlugIns } from '../../runner/index.ts'

export interface Workbench {
  readonly plugIns: PlugIns
  readonly openModel: (options: ProviderOptions) => Promise<Model>
}

/** The product's own. */
export async function openWorkbench(): Promise<Workbench> {
  const [{ factors }, { designs }, { techniques }, { scorers }, { openModel }] = await Promise.all([
    import('../../methods/factors/index.ts'),
    import('../../methods/designs/index.ts'),
    import('../../methods/techniques/index.ts'),
    import('../../methods/scorers/index.ts'),
    import('../../providers/index.ts'),
  ])
  return { plugIns: { factors, designs, techniques, scorers }, openModel }
}
