/** The model of an lm-eval run, as it should appear beside others: name, and revision where it is not the main one. */
import { type JsonRecord, printed, recordOf, textOf } from '../files/json-access.ts'

export interface ModelName {
  readonly model: string
  /** Whether the log names a model, rather than only the backend or the folder it lies in. */
  readonly named: boolean
}

/**
 * lmEvalModel({ config: { model: 'hf', model_args: 'pretrained=gpt2,revision=v2' } }, 'results.json').model // => 'gpt2@v2'
 */
export function lmEvalModel(root: JsonRecord | undefined, path: string): ModelName {
  const config = recordOf(root?.config)
  const given = modelArguments(config?.model_args)
  const name = textOf(root?.model_name) ?? firstOf(given, ['pretrained', 'model', 'engine', 'path', 'base_model'])
  if (name === undefined) return { model: unnamedModel(config, path), named: false }
  const revision = given.get('revision') ?? textOf(config?.model_revision)
  const adapter = given.get('peft') ?? given.get('delta')
  const suffix = `${adapter === undefined ? '' : `+${adapter}`}${isMain(revision) ? '' : `@${revision}`}`
  return { model: `${name}${suffix}`, named: true }
}

/** `key=value,key=value`, or an object in recent versions. */
function modelArguments(value: unknown): ReadonlyMap<string, string> {
  const record = recordOf(value)
  if (record !== undefined)
    return new Map(Object.entries(record).flatMap(([key, entry]) => pairOf(key, printed(entry))))
  if (typeof value !== 'string') return new Map()
  return new Map(
    value.split(',').flatMap((part) => {
      const at = part.indexOf('=')
      return at < 0 ? [] : pairOf(part.slice(0, at).trim(), part.slice(at + 1).trim())
    }),
  )
}

function pairOf(key: string, value: string | undefined): [string, string][] {
  return value === undefined || value === '' ? [] : [[key, value]]
}

function firstOf(values: ReadonlyMap<string, string>, names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = values.get(name)
    if (value !== undefined) return value
  }
  return undefined
}

function isMain(revision: string | undefined): boolean {
  return revision === undefined || revision === 'main' || revision === 'None'
}

/** The harness names the folder of a run after the model; without one, the file is all there is to go by. */
function unnamedModel(config: JsonRecord | undefined, path: string): string {
  const backend = textOf(config?.model)
  if (backend !== undefined) return backend
  const parts = path.split('/')
  const folder = parts.at(-2)
  return folder?.includes('__') === true ? folder : `unnamed (${parts.at(-1) ?? path})`
}
