/** Derives a command with its arguments, flags and help from an operation. No verb has code of its own here. */
import { Argument, Command, InvalidArgumentError, Option } from 'commander'
import type { Operation } from '../operations/index.ts'
import { fail } from '../stats/fail.ts'
import { type Field, fieldsFromSchema } from './fields-from-schema.ts'

export interface CommandInput {
  readonly operation: Operation
  readonly input: Readonly<Record<string, unknown>>
  /** What stdout carries. */
  readonly output: 'text' | 'json'
}

export interface CommandOptions {
  readonly operation: Operation
  /** Called with parsed and checked input. */
  readonly onRun: (command: CommandInput) => Promise<void>
}

export function commandFromOperation({ operation, onRun }: CommandOptions): Command {
  const fields = fieldsFromSchema(operation.input)
  const positional = fields.filter((field) => field.positional)
  const command = new Command(operation.name.split(' ').at(-1)).description(operation.summary)
  for (const field of positional) command.addArgument(argumentOf(field))
  for (const field of fields) if (!field.positional) command.addOption(optionOf(field))
  command.option('--json', 'print the whole result as JSON, and nothing else, on stdout')
  if (operation.examples.length > 0) {
    command.addHelpText('after', `\nExamples:\n${operation.examples.map((line) => `  $ ${line}`).join('\n')}`)
  }
  command.action(async (...received: unknown[]) => {
    const given: Record<string, unknown> = {}
    const options = command.opts()
    for (const [i, field] of positional.entries()) {
      const value = received[i]
      if (value !== undefined && !(Array.isArray(value) && value.length === 0)) given[field.name] = value
    }
    for (const field of fields) {
      if (!field.positional && options[field.name] !== undefined) given[field.name] = options[field.name]
    }
    await onRun({
      operation,
      input: checked({ operation, fields, given }),
      output: options.json === true ? 'json' : 'text',
    })
  })
  return command
}

function argumentOf(field: Field): Argument {
  const name = field.kind === 'list' ? `${field.placeholder}...` : field.placeholder
  return new Argument(field.required ? `<${name}>` : `[${name}]`, helpOf(field))
}

function optionOf(field: Field): Option {
  const value = `<${field.placeholder}>`
  switch (field.kind) {
    case 'switch':
      return new Option(field.defaultValue === true ? `--no-${field.flag}` : `--${field.flag}`, helpOf(field))
    case 'choice':
      return new Option(`--${field.flag} ${value}`, helpOf(field)).choices(field.choices)
    case 'number':
      return new Option(`--${field.flag} ${value}`, helpOf(field)).argParser(numberFrom)
    case 'list':
      return new Option(`--${field.flag} ${value}`, helpOf(field)).argParser(appended)
    case 'map':
      return new Option(`--${field.flag} ${value}`, helpOf(field)).argParser(paired)
    case 'text':
      return new Option(`--${field.flag} ${value}`, helpOf(field))
    default:
      return field.kind satisfies never
  }
}

/** The schema fills defaults, so commander is not told of them; the help is. */
function helpOf(field: Field): string {
  const notes: string[] = []
  if (field.kind === 'list' || field.kind === 'map') if (!field.positional) notes.push('may be repeated')
  if (field.required && !field.positional) notes.push('required')
  const { defaultValue } = field
  if (typeof defaultValue === 'string' || typeof defaultValue === 'number') notes.push(`default: ${defaultValue}`)
  return notes.length === 0 ? field.description : `${field.description} (${notes.join('; ')})`
}

function numberFrom(text: string): number {
  const value = Number(text)
  if (text.trim() === '' || Number.isNaN(value)) throw new InvalidArgumentError('Pass a number, such as 0.95.')
  return value
}

function appended(text: string, previous: unknown): readonly string[] {
  return Array.isArray(previous) ? [...previous, text] : [text]
}

/** `item=question_id`, or several with commas: `item=question_id,score=correct`. A comma that no key follows belongs to the value. */
function paired(text: string, previous: unknown): Readonly<Record<string, string>> {
  const pairs: Record<string, string> = { ...(previous as Record<string, string> | undefined) }
  for (const part of text.split(/,(?=[^,=]+=)/)) {
    const at = part.indexOf('=')
    if (at < 1 || at === part.length - 1) {
      throw new InvalidArgumentError(`Pass key=value pairs; "${part}" has no ${at < 1 ? 'key' : 'value'}.`)
    }
    pairs[part.slice(0, at).trim()] = part.slice(at + 1).trim()
  }
  return pairs
}

function checked(options: {
  readonly operation: Operation
  readonly fields: readonly Field[]
  readonly given: Readonly<Record<string, unknown>>
}): Readonly<Record<string, unknown>> {
  const { operation, fields, given } = options
  const parsed = operation.input.safeParse(given)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const field = fields.find(({ name }) => name === issue?.path[0])
  const missing = field?.required === true && given[field.name] === undefined
  return fail(
    'input-not-usable',
    {
      [field === undefined ? 'input' : field.positional ? field.name : `--${field.flag}`]: missing
        ? 'required'
        : (issue?.message ?? 'not usable'),
    },
    `run "assay ${operation.name} --help" for what is allowed`,
  )
}
