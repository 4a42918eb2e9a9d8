/** Runs one command line from arguments to exit code. Everything it touches is passed in, so tests need no process. */
import { styleText } from 'node:util'
import { Command, CommanderError } from 'commander'
import type { Host } from '../domain/host.ts'
import { defaultVerbs, type OperationListing, operationGroups, operations } from '../operations/index.ts'
// Not the index of stats: help must not wait for every statistic to load.
import { AssayError } from '../stats/fail.ts'
import { packageVersion } from '../store/package-version.ts'
import type { CommandInput } from './command-from-operation.ts'
import { openProgressLine } from './progress-line.ts'
import type { TextStream } from './text-stream.ts'

export interface CommandLine {
  /** Without the program's own name. */
  readonly args: readonly string[]
  readonly workingDirectory: string
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly stdout: TextStream
  readonly stderr: TextStream
  readonly signal: AbortSignal
  /** Milliseconds of a clock that only moves forward; used to pace progress. */
  readonly now: () => number
  readonly host: Host
  /** The product's verbs, unless a test brings its own. */
  readonly listings?: readonly OperationListing[]
}

/** 0 done · 1 verdict not supported · 2 user error · 3 our bug · 130 interrupted. */
export async function runCommandLine(line: CommandLine): Promise<number> {
  let exitCode = 0
  try {
    const program = await programFor(line, async (command) => {
      exitCode = await runOperation(line, command)
    })
    await program.parseAsync([...withDefaultVerb(line)], { from: 'user' })
    return exitCode
  } catch (error) {
    return explainFailure(line, error)
  }
}

async function programFor(line: CommandLine, onRun: (command: CommandInput) => Promise<void>): Promise<Command> {
  const program = new Command('assay')
    .description('Turns evaluations of language models into evidence that a sceptical reader can check.')
    .version(packageVersion(), '--version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .helpCommand('help [command]', 'show help for a command')
    .addHelpText(
      'after',
      '\nExit codes: 0 done · 1 verdict not supported · 2 something given could not be used · 3 our bug',
    )
  // Only the verb that was asked for is loaded; the others are names with summaries.
  const asked = withDefaultVerb(line).filter((argument) => !argument.startsWith('-') && argument !== 'help')
  for (const listing of line.listings ?? operations) {
    const words = listing.name.split(' ')
    const parent = words.length === 1 ? program : groupOf(program, words[0] ?? '')
    parent.addCommand(
      words.every((word, at) => asked[at] === word)
        ? await loadedCommand(listing, onRun)
        : new Command(words.at(-1)).description(listing.summary),
    )
  }
  for (const command of [program, ...program.commands.flatMap((each) => [each, ...each.commands])]) {
    command.exitOverride().configureOutput({
      writeOut: (text) => line.stdout.write(text),
      writeErr: (text) => line.stderr.write(text),
      getOutHelpWidth: () => line.stdout.columns ?? 100,
      getErrHelpWidth: () => line.stderr.columns ?? 100,
    })
  }
  return program
}

/** `assay plan protocol.yaml`: where a group has a verb for plain arguments, its name may be left out. */
function withDefaultVerb({ args, listings = operations }: CommandLine): readonly string[] {
  const [group = '', second] = args
  const verb = defaultVerbs[group]
  if (verb === undefined || second === undefined || second.startsWith('-') || second === 'help') return args
  return listings.some(({ name }) => name === `${group} ${second}`) ? args : [group, verb, ...args.slice(1)]
}

/** The command that verbs of two words stand under; made when the first of them comes. */
function groupOf(program: Command, name: string): Command {
  const known = program.commands.find((command) => command.name() === name)
  if (known !== undefined) return known
  const group = new Command(name).description(operationGroups[name] ?? '').helpCommand('help [command]', 'show help')
  program.addCommand(group)
  return group
}

/** Imported late: help must not wait for the schema library to load. */
async function loadedCommand(
  listing: OperationListing,
  onRun: (command: CommandInput) => Promise<void>,
): Promise<Command> {
  const [{ commandFromOperation }, operation] = await Promise.all([
    import('./command-from-operation.ts'),
    listing.load(),
  ])
  return commandFromOperation({ operation, onRun })
}

async function runOperation(line: CommandLine, { operation, input, output }: CommandInput): Promise<number> {
  const progress = openProgressLine({ stream: line.stderr, now: line.now })
  try {
    const result = await operation.run(input, {
      signal: line.signal,
      workingDirectory: line.workingDirectory,
      host: line.host,
      progress: progress.show,
    })
    progress.clear()
    for (const each of result.complaints) {
      line.stderr.write(complaint(each.message, each.fix))
      if (each.cause !== undefined && debugging(line)) line.stderr.write(`${stackOf(each.cause)}\n`)
    }
    const text =
      output === 'json'
        ? result.json
        : result.text({
            columns: line.stdout.columns ?? 80,
            style: colored(line)
              ? (style, piece) => styleText(style, piece, { validateStream: false })
              : (_, piece) => piece,
          })
    if (text !== '') line.stdout.write(text.endsWith('\n') ? text : `${text}\n`)
    // What was interrupted is complete in itself, and still not what was asked for.
    return line.signal.aborted && result.exitCode === 0 ? 130 : result.exitCode
  } finally {
    progress.clear()
  }
}

/** https://no-color.org: any non-empty value asks for none. */
function colored(line: CommandLine): boolean {
  const refusal = line.environment.NO_COLOR
  return line.stdout.isTTY === true && (refusal === undefined || refusal === '')
}

function explainFailure(line: CommandLine, error: unknown): number {
  // Commander has already printed its own sentence; help that was asked for is no error.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  if (line.signal.aborted) {
    line.stderr.write('assay: stopped; nothing was left half-written\n')
    return 130
  }
  if (error instanceof AssayError) {
    line.stderr.write(complaint(error.message, error.fix))
    if (debugging(line)) line.stderr.write(`${stackOf(error)}\n`)
    return 2
  }
  const message = error instanceof Error ? error.message : String(error)
  line.stderr.write(
    `assay: this is a bug in assay ${packageVersion()}: ${message}\n` +
      `  please report it with the command you ran and what it prints with ASSAY_DEBUG=1 set\n`,
  )
  if (debugging(line)) line.stderr.write(`${stackOf(error)}\n`)
  return 3
}

function debugging(line: CommandLine): boolean {
  const value = line.environment.ASSAY_DEBUG
  return value !== undefined && value !== ''
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

function complaint(message: string, fix: string | undefined): string {
  return fix === undefined ? `assay: ${message}\n` : `assay: ${message}\n  fix: ${fix}\n`
}
