/** `assay register`: freezes a protocol before its run. */
import { resolve } from 'node:path'
import { z } from 'zod'
import { wrapLines } from '../report/index.ts'
import { checkRunnable, prepareStudy } from '../runner/index.ts'
import { fail } from '../stats/index.ts'
import { fileExists } from '../store/file-exists.ts'
import { readSecretFile } from '../store/read-secret-file.ts'
import { makeRegistration, signingKey } from '../store/registration.ts'
import { writeFailure } from '../store/write-failure.ts'
import { writeThrough } from '../store/write-through.ts'
import { defineOperation, type OperationResult } from './operation.ts'
import { registrationPath } from './run/find-registration.ts'
import { openProtocol } from './run/open-protocol.ts'
import { scorerField } from './run/run-fields.ts'

export const register = defineOperation({
  name: 'register',
  summary: 'Freeze a protocol before its run: content hash, time, optional signature.',
  input: z.object({
    protocol: z.string().min(1).describe('protocol to freeze').meta({ positional: true, placeholder: 'protocol' }),
    sign: z
      .string()
      .min(1)
      .optional()
      .describe('PEM file with an Ed25519 private key')
      .meta({ placeholder: 'keyfile' }),
    ...scorerField,
  }),
  examples: [
    'assay register protocol.yaml',
    'assay register protocol.yaml --sign key.pem',
    'assay register protocol.yaml --scorer my-scorer.mts',
  ],
  async run({ protocol: path, sign, scorer }, context): Promise<OperationResult> {
    const { workingDirectory } = context
    const { protocol, workbench } = await openProtocol({ path, scorerPaths: scorer, context })
    // What could not be run is not frozen.
    await checkRunnable(prepareStudy({ protocol, plugIns: workbench.plugIns }))
    const shownAs = registrationPath(path)
    const target = resolve(workingDirectory, shownAs)
    if (fileExists(target))
      fail(
        'already-registered',
        { file: shownAs },
        'a registration is made once; register a changed protocol under another name',
      )
    const privateKey = sign === undefined ? undefined : readSecretFile(resolve(workingDirectory, sign), sign)
    const registration = makeRegistration({ protocol, title: protocol.title, time: context.host.time(), privateKey })
    const text = `${JSON.stringify(registration, undefined, 1)}\n`
    try {
      writeThrough(target, text)
    } catch (error) {
      throw writeFailure(error, { path: shownAs, retry: 'register again' })
    }
    const { hash, time, envelope } = registration
    const signed = envelope !== undefined
    const key = signingKey(registration) ?? null
    return {
      exitCode: 0,
      json: `${JSON.stringify({ file: shownAs, hash, time, signed, key })}\n`,
      complaints: [],
      text: ({ columns }) =>
        wrapLines(
          [
            `Registered ${path} at ${time}, by the clock of this machine${key === null ? ', not signed' : `, signed with the key ${key}`}, as`,
            `  ${hash}`,
            `Written to ${shownAs}; "assay run ${path}" notes it and every deviation from it.`,
          ],
          columns,
        ).join('\n'),
    }
  },
})
