/** `assay paraphrase`: other wordings of a protocol's instruction, checked by two judges, doubts left to a person. */
import { resolve } from 'node:path'
import { z } from 'zod'
import { blindItem, explain, itemsOfProtocol } from '../domain/index.ts'
import { openModel } from '../providers/index.ts'
import {
  type DecidedQueue,
  type DropReason,
  makeParaphrases,
  type ParaphraseHarvest,
  queueLines,
  readQueue,
} from '../runner/index.ts'
import { readRecordings } from '../sources/index.ts'
import { fail } from '../stats/index.ts'
import { packageVersion } from '../store/package-version.ts'
import { readProtocol } from '../store/read-protocol.ts'
import { readTextFile } from '../store/read-text-file.ts'
import { replaceFiles } from '../store/replace-files.ts'
import { defineOperation, type OperationContext, type OperationResult } from './operation.ts'
import { askModel } from './paraphrase/ask-model.ts'

const input = z.object({
  protocol: z
    .string()
    .min(1)
    .describe('protocol whose instruction is to be worded otherwise')
    .meta({ positional: true, placeholder: 'protocol' }),
  generator: z
    .string()
    .min(1)
    .describe('endpoint of the model that writes, such as openai:MODEL')
    .meta({ placeholder: 'endpoint' }),
  judge: z
    .array(z.string().min(1))
    .default([])
    .describe('endpoint of a judge; give two different models, best of other families than the model under test')
    .meta({ placeholder: 'endpoint' }),
  perRecipe: z.coerce
    .number()
    .int()
    .min(1)
    .max(100)
    .default(4)
    .describe('wordings wanted from each of the three recipes')
    .meta({ placeholder: 'number' }),
  decided: z
    .string()
    .min(1)
    .optional()
    .describe('queue of an earlier call that a person has gone through; what they accepted is added')
    .meta({ placeholder: 'file' }),
  out: z
    .string()
    .min(1)
    .default('paraphrases')
    .describe('folder for paraphrases.json and human-queue.jsonl')
    .meta({ placeholder: 'folder' }),
})

export const paraphrase = defineOperation({
  name: 'paraphrase',
  summary: 'Word the instruction of a protocol otherwise, and keep what two judges find to ask for the same.',
  input,
  examples: [
    'assay paraphrase protocol.yaml --generator openai:MODEL --judge anthropic:MODEL --judge google:MODEL',
    'assay paraphrase protocol.yaml --generator openai:A --judge openai:B --judge google:C --decided paraphrases/human-queue.jsonl --out more',
  ],
  run: (given, context): Promise<OperationResult> => paraphraseProtocol(given, context),
})

async function paraphraseProtocol(given: z.infer<typeof input>, context: OperationContext): Promise<OperationResult> {
  const { workingDirectory, signal, host } = context
  const [first, second, ...others] = given.judge
  if (first === undefined || second === undefined || others.length > 0 || first === second)
    return fail('needs-two-judges', { judges: given.judge.join(', ') }, 'pass --judge twice, with different models')
  const protocol = await readProtocol({ path: given.protocol, workingDirectory })
  const [example] = itemsOfProtocol(protocol.items.inline)
  if (protocol.instruction.trim() === '' || example === undefined)
    return fail('no-instruction', { protocol: given.protocol }, 'write an instruction into the protocol')
  const decided =
    given.decided === undefined
      ? undefined
      : readQueue(await readTextFile(resolve(workingDirectory, given.decided), given.decided))
  const opened = await Promise.all(
    [given.generator, first, second].map((endpoint) =>
      openModel({
        endpoint,
        options: {},
        secret: host.secret,
        now: host.now,
        workingDirectory,
        readRecordings: (path) => readRecordings({ path, workingDirectory, signal }),
      }),
    ),
  )
  let calls = 0
  const most = 3 * (3 + 4 * given.perRecipe)
  const asked = (): void =>
    context.progress({ step: 'asking for wordings and judgements', done: ++calls, total: most, unit: 'responses' })
  const [generator, one, other] = opened.map((model) => askModel({ model, signal, asked }))
  if (generator === undefined || one === undefined || other === undefined) throw new Error('three models were opened')
  try {
    const harvest = await makeParaphrases({
      template: protocol.instruction,
      example: blindItem(example),
      perRecipe: given.perRecipe,
      generator,
      judges: [one, other],
    })
    const tokens = [generator, one, other].map((each) => each.tokens())
    return await written({ harvest, decided, tokens, given, context })
  } finally {
    await Promise.all(opened.map((model) => model.close()))
  }
}

const dropCodes: readonly (readonly [DropReason, string])[] = [
  ['not-equivalent', 'paraphrases-not-equivalent'],
  ['placeholders-differ', 'paraphrases-lost-placeholders'],
  ['duplicate', 'paraphrases-repeated'],
  ['control-characters', 'paraphrases-with-control-characters'],
  ['reply-unreadable', 'paraphrase-replies-unreadable'],
  ['call-failed', 'paraphrase-calls-failed'],
]

async function written(made: {
  readonly harvest: ParaphraseHarvest
  readonly decided: DecidedQueue | undefined
  readonly tokens: readonly (number | undefined)[]
  readonly given: z.infer<typeof input>
  readonly context: OperationContext
}): Promise<OperationResult> {
  const { harvest, decided, given, context } = made
  const { queue, dropped, judged, calls, promptsHash } = harvest
  const byPerson = (decided?.accepted ?? []).map((each) => ({ ...each, name: `human-${each.name}` }))
  const paraphrases = [...harvest.accepted, ...byPerson]
  const { generator, judge: judges } = given
  const spent = {
    calls,
    tokens: made.tokens.includes(undefined) ? null : made.tokens.reduce<number>((a, b) => a + (b ?? 0), 0),
  }
  const record = {
    schemaVersion: 1,
    assay: { version: packageVersion() },
    generator,
    judges,
    promptsHash,
    spent,
    judged,
    dropped,
  }
  const json = `${JSON.stringify({ ...record, queued: queue.length, paraphrases }, undefined, 1)}\n`
  await replaceFiles({
    folder: resolve(context.workingDirectory, given.out),
    shownAs: given.out,
    files: { 'paraphrases.json': json, 'human-queue.jsonl': queueLines(queue) },
    signature: { file: 'paraphrases.json', isOurs: (head) => /^\{\s*"schemaVersion": \d+,\s*"assay": \{/.test(head) },
    signal: context.signal,
  })
  const values = { accepted: paraphrases.length, queued: queue.length, judged, calls, folder: given.out }
  const lines = [
    explain({ code: 'paraphrases-made', values }).text,
    ...dropCodes
      .map(([reason, code]) => ({ code, values: { count: dropped[reason] } }))
      .filter(({ values: { count } }) => count > 0)
      .map((coded) => explain(coded).text),
    explain({ code: 'paraphrases-next', values }).text,
  ]
  return { exitCode: 0, json, text: () => `${lines.join('\n')}\n`, complaints: [] }
}
