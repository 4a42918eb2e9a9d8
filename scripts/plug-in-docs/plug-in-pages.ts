/** Pages of plug-ins: written by hand down to a mark, and from there on taken from the definition. */
import { z } from 'zod'
import { designs } from '../../src/methods/designs/index.ts'
import { factors } from '../../src/methods/factors/index.ts'
import { scorers } from '../../src/methods/scorers/index.ts'
import { techniques } from '../../src/methods/techniques/index.ts'

interface Definition {
  readonly name: string
  readonly title: string
  readonly summary: string
  readonly parameters: z.ZodObject
  readonly references: readonly string[]
}

export interface PlugInPage {
  readonly path: string
  readonly text: string
}

export const mark = '<!-- from the definition, by scripts/write-plug-in-docs.ts; do not edit below -->'

/** Every page as it should be; `read` gives a page as it is and throws where there is none. */
export function plugInPages(read: (path: string) => string): readonly PlugInPage[] {
  const page = (path: string, derived: readonly string[]): PlugInPage => {
    const [written = ''] = read(path).split(mark)
    return { path, text: `${written.trimEnd()}\n\n${mark}\n\n${derived.join('\n').trimEnd()}\n` }
  }
  const each = (folder: string, definitions: readonly Definition[]): readonly PlugInPage[] =>
    definitions.map((definition) => page(`docs/${folder}/${definition.name}.md`, derivedOf(definition, '##')))
  return [
    ...each('factors', factors),
    ...each('techniques', techniques),
    ...each('scorers', scorers),
    page(
      'docs/designs/designs.md',
      designs.flatMap((design) => [`## ${design.name}`, '', ...derivedOf(design, '###')]),
    ),
  ]
}

function derivedOf({ summary, parameters, references }: Definition, heading: string): readonly string[] {
  const rows = parameterRows(parameters)
  return [
    summary,
    '',
    ...(rows.length === 0
      ? ['It takes no parameters.', '']
      : [
          `${heading} Parameters`,
          '',
          '| under `with` | without it | what it is |',
          '| --- | --- | --- |',
          ...rows,
          '',
        ]),
    ...(references.length === 0 ? [] : [`${heading} References`, '', ...references.map((each) => `- ${each}`), '']),
  ]
}

const schema = z.looseObject({
  properties: z
    .record(z.string(), z.looseObject({ description: z.string().default(''), default: z.unknown().optional() }))
    .default({}),
  required: z.array(z.string()).default([]),
})

function parameterRows(parameters: z.ZodObject): readonly string[] {
  const { properties, required } = schema.parse(z.toJSONSchema(parameters, { io: 'input' }))
  return Object.entries(properties).map(([name, { description, default: value }]) => {
    const absent = required.includes(name)
      ? 'refused'
      : value === undefined
        ? 'left out'
        : `\`${JSON.stringify(value)}\``
    return `| \`${name}\` | ${absent.replaceAll('|', '\\|')} | ${description.replaceAll('|', '\\|')} |`
  })
}
