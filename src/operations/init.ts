/** `assay init`: a protocol to start from. */
import { resolve } from 'node:path'
import { z } from 'zod'
import { writeNewFiles } from '../store/write-new-files.ts'
import { arithmeticItems } from './init/arithmetic-items.ts'
import { protocolTemplate } from './init/protocol-template.ts'
import { defineOperation, type OperationResult } from './operation.ts'
import { protocolSchemaText } from './protocol-schema-text.ts'

const itemsWritten = 1_500

export const init = defineOperation({
  name: 'init',
  summary: 'Write a commented protocol with items, to start from.',
  input: z.object({
    folder: z
      .string()
      .min(1)
      .default('.')
      .describe('folder to write into; it is made where it does not exist')
      .meta({ positional: true, placeholder: 'folder' }),
  }),
  examples: ['assay init', 'assay init my-study'],
  async run({ folder }, context): Promise<OperationResult> {
    const files = {
      'protocol.yaml': protocolTemplate,
      'items.jsonl': arithmeticItems(itemsWritten),
      'protocol.schema.json': await protocolSchemaText(),
    }
    writeNewFiles({ folder: resolve(context.workingDirectory, folder), shownAs: folder, files })
    const at = folder === '.' ? '' : `${folder.replace(/\/$/, '')}/`
    return {
      exitCode: 0,
      json: `${JSON.stringify({ folder, files: Object.keys(files) })}\n`,
      complaints: [],
      text: () =>
        [
          `Wrote ${at}protocol.yaml, ${at}items.jsonl and ${at}protocol.schema.json.`,
          'It runs as it is, with simulated models and without a key:',
          `  assay plan ${at}protocol.yaml`,
          `  assay run ${at}protocol.yaml`,
          '  assay report assay-run',
        ].join('\n'),
    }
  },
})
