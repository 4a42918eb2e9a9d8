/** What a protocol declared before its run: construct, envelope, exclusions, and which parts of the envelope were tried. */
import { type Statement, type Study, type Table, variantLabel, variesSettings } from '../../../domain/index.ts'

/** Items are asked in their order; a run that ended early asked the first so many. */
export interface AskedStudy extends Study {
  readonly asked: number
}

export function declaredTables(study: AskedStudy): readonly Table[] {
  return [declarationTable(study), envelopeTable(study), settingsTable(study)].filter(({ rows }) => rows.length > 0)
}

/** Counts levels of the envelope: nothing is claimed where nothing was tried. */
export function envelopeStatements(study: AskedStudy): readonly Statement[] {
  const cells = envelopeCells(study)
  if (cells.length === 0) return []
  const count = (wanted: EnvelopeCell['tried']): number => cells.filter(({ tried }) => tried === wanted).length
  const values = { levels: cells.length, tried: count('yes'), untried: count('no'), unknown: count('cannot tell') }
  const code = values.untried + values.unknown === 0 ? 'envelope-tried' : 'envelope-partly-tried'
  return [{ code, values }]
}

function declarationTable({ construct, envelope }: Study): Table {
  const rows = [
    ['Measured', construct === undefined ? [] : [construct.definition]],
    ['Facets', construct?.facets ?? []],
    ['Includes', construct?.includes ?? []],
    ['Excludes', construct?.excludes ?? []],
    ['Meant for', envelope === undefined ? [] : [envelope.normalUse]],
    ['Outside the envelope', envelope?.exclusions ?? []],
  ] as const
  return {
    title: 'What the protocol declares',
    columns: [
      { key: 'what', label: 'Part' },
      { key: 'words', label: 'In the words of the protocol' },
    ],
    rows: rows.flatMap(([what, words]) => (words.length === 0 ? [] : [{ what, words: words.join('; ') }])),
    omittedRows: 0,
  }
}

interface EnvelopeCell {
  readonly axis: string
  readonly level: string
  readonly tried: 'yes' | 'no' | 'cannot tell'
  readonly by: string
}

function envelopeTable(study: AskedStudy): Table {
  return {
    title: 'Envelope of the claims, level by level',
    columns: [
      { key: 'axis', label: 'Axis' },
      { key: 'level', label: 'Level' },
      { key: 'tried', label: 'Tried' },
      { key: 'by', label: 'Known from' },
    ],
    rows: envelopeCells(study).map((cell) => ({ ...cell })),
    omittedRows: 0,
  }
}

const settingsShown = 60

/** The settings that a sentence averages over, by name. */
function settingsTable(study: Study): Table {
  const settings = variesSettings(study) ? study.settings : []
  return {
    title: 'Settings that were run',
    columns: [
      { key: 'number', label: 'No.', format: 'count' },
      { key: 'setting', label: 'Setting' },
    ],
    rows: settings
      .slice(0, settingsShown)
      .map((levels, index) => ({ number: index + 1, setting: variantLabel(levels) })),
    omittedRows: Math.max(0, settings.length - settingsShown),
  }
}

/** An axis is known by a factor or an attribute of items with its name; of any other axis the run says nothing. */
function envelopeCells({ envelope, settings, items, asked }: AskedStudy): readonly EnvelopeCell[] {
  return (envelope?.axes ?? []).flatMap(({ name: axis, levels }) => {
    const ofSettings = new Set(settings.map((setting) => setting[axis]))
    const ofItems = new Set(items.slice(0, asked).map(({ attributes }) => attributes[axis]))
    const isFactor = settings.some((setting) => setting[axis] !== undefined)
    const isAttribute = items.some(({ attributes }) => attributes[axis] !== undefined)
    const by = isFactor ? 'factor' : isAttribute ? 'attribute of items' : 'neither a factor nor an attribute'
    return levels.map((level): EnvelopeCell => {
      if (!isFactor && !isAttribute) return { axis, level, tried: 'cannot tell', by }
      return { axis, level, tried: ofSettings.has(level) || ofItems.has(level) ? 'yes' : 'no', by }
    })
  })
}
