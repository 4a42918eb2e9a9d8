/** What a run may use by name. Handed in as lists, so that the runner knows the shapes and no single plug-in. */
import type { z } from 'zod'
import type { Design, Factor, Scorer, Technique } from '../domain/index.ts'
import { fail } from '../stats/index.ts'

export interface PlugIns {
  readonly factors: readonly Factor[]
  readonly designs: readonly Design[]
  readonly techniques: readonly Technique[]
  readonly scorers: readonly Scorer[]
}

/** A plug-in as a protocol names it, with its parameters checked. */
export interface Chosen<PlugIn> {
  readonly plugIn: PlugIn
  readonly parameters: Record<string, unknown>
  readonly label: string
}

interface Named {
  readonly name: string
  readonly parameters: z.ZodObject
}

export function choose<PlugIn extends Named>(options: {
  readonly kind: 'factor' | 'design' | 'technique' | 'scorer'
  readonly use: string
  readonly with: Readonly<Record<string, unknown>>
  readonly label: string
  readonly from: readonly PlugIn[]
}): Chosen<PlugIn> {
  const { kind, use, from, label } = options
  const plugIn = from.find(({ name }) => name === use)
  if (plugIn === undefined) {
    const known = from.map(({ name }) => name).join(', ')
    const own = kind === 'scorer' ? '; one of your own is passed as a file with --scorer' : ''
    return fail(`unknown-${kind}`, { name: use }, `use one of: ${known}${own}`)
  }
  const takes = Object.keys(plugIn.parameters.shape)
  const stray = Object.keys(options.with).find((field) => !takes.includes(field))
  if (stray !== undefined)
    fail(
      `${kind}-parameter-unknown`,
      { [kind]: use, field: stray },
      takes.length === 0 ? 'it takes none: leave "with" out' : `use: ${takes.join(', ')}`,
    )
  const parsed = plugIn.parameters.safeParse(options.with)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    return fail(
      `${kind}-parameters-not-usable`,
      { [kind]: use, field: issue?.path.join('.') ?? '', problem: issue?.message ?? '' },
      `correct what stands under "with" of this ${kind}`,
    )
  }
  return { plugIn, parameters: parsed.data, label }
}
