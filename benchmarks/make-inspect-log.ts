/**
 * Writes a large Inspect log as Inspect itself lays it out: a zip of Zstandard members with ZIP64 records, full samples,
 * journal, summaries, reductions and header. Deterministic in its seed, so that timings compare.
 *
 * node benchmarks/make-inspect-log.ts OUT.eval --items 50000 --epochs 4 --seed 1
 */
import { createWriteStream, type WriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { constants, crc32, zstdCompressSync } from 'node:zlib'
import { openRandom, type Random } from '../src/random/index.ts'

export interface InspectLogOptions {
  readonly path: string
  readonly items: number
  readonly epochs: number
  readonly seed: number
  readonly model: string
}

export interface WrittenLog {
  readonly samples: number
  readonly bytes: number
}

/** Each sample takes about 2.5 kB in the file, as in the logs of single-turn tasks. */
export async function makeInspectLog({ path, items, epochs, seed, model }: InspectLogOptions): Promise<WrittenLog> {
  const zip = new ZipWriter(path)
  const random = openRandom(seed).split('inspect-log')
  const header = headerOf({ path, items, epochs, seed, model })
  await zip.add('_journal/start.json', JSON.stringify({ version: 2, eval: header.eval, plan: header.plan }))
  const difficulty = Float64Array.from({ length: items }, () => random.normal())
  const totals = new Float64Array(items)
  const summaries: string[] = []
  let buffered: string[] = []
  let parts = 0
  for (let epoch = 1; epoch <= epochs; epoch++) {
    for (let item = 0; item < items; item++) {
      const correct = random.normal() > (difficulty[item] ?? 0) - 0.3
      if (correct) totals[item] = (totals[item] ?? 0) + 1
      const sample = sampleOf({ item, epoch, correct, random, model })
      await zip.add(`samples/${sample.summary.id}_epoch_${epoch}.json`, JSON.stringify(sample.full))
      const summary = JSON.stringify(sample.summary)
      summaries.push(summary)
      buffered.push(summary)
      if (buffered.length === 1000) {
        await zip.add(`_journal/summaries/${++parts}.json`, `[${buffered.join(',')}]`)
        buffered = []
      }
    }
  }
  if (buffered.length > 0) await zip.add(`_journal/summaries/${++parts}.json`, `[${buffered.join(',')}]`)
  await zip.add('summaries.json', `[${summaries.join(',')}]`)
  const means = totals.map((total) => total / epochs)
  const samples = Array.from(means, (value, item) => ({ value, history: [], sample_id: itemId(item) }))
  await zip.add('reductions.json', JSON.stringify([{ scorer: 'match', reducer: 'mean', samples }]))
  await zip.add('header.json', JSON.stringify({ ...header, results: resultsOf(means, epochs) }))
  return { samples: items * epochs, bytes: await zip.finish() }
}

function itemId(item: number): string {
  return `item-${String(item).padStart(6, '0')}`
}

function headerOf({ items, epochs, seed, model }: InspectLogOptions) {
  return {
    version: 2,
    status: 'success',
    eval: {
      eval_id: `bench-${items}-${epochs}-${seed}-${model.replaceAll('/', '-')}`,
      run_id: `bench-${seed}`,
      created: '2026-01-01T00:00:00+00:00',
      task: 'bench_arithmetic',
      task_id: `bench-${seed}`,
      task_version: 1,
      task_args: {},
      task_args_passed: {},
      dataset: {
        name: 'bench',
        samples: items,
        sample_ids: Array.from({ length: items }, (_, item) => itemId(item)),
        shuffled: false,
      },
      model,
      model_generate_config: { temperature: 0.7, seed },
      model_args: {},
      config: { epochs, epochs_reducer: ['mean'], fail_on_error: false, log_samples: true },
      packages: { inspect_ai: '0.3.260' },
      scorers: [{ name: 'match', options: {}, metrics: [{ name: 'accuracy' }, { name: 'stderr' }], metadata: {} }],
    },
    plan: { name: 'plan', steps: [{ solver: 'generate', params: {} }], config: {} },
    stats: { started_at: '2026-01-01T00:00:00+00:00', completed_at: '2026-01-01T01:00:00+00:00' },
  }
}

function resultsOf(means: Float64Array, epochs: number) {
  const mean = means.reduce((sum, value) => sum + value, 0) / means.length
  const squares = means.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  const stderr = Math.sqrt(squares / (means.length - 1) / means.length)
  return {
    total_samples: means.length * epochs,
    completed_samples: means.length * epochs,
    scores: [
      {
        name: 'match',
        scorer: 'match',
        reducer: 'mean',
        scored_samples: means.length,
        unscored_samples: 0,
        params: {},
        metrics: {
          accuracy: { name: 'accuracy', value: mean, params: {} },
          stderr: { name: 'stderr', value: stderr, params: {} },
        },
      },
    ],
  }
}

interface SampleOptions {
  readonly item: number
  readonly epoch: number
  readonly correct: boolean
  readonly random: Random
  readonly model: string
}

function sampleOf({ item, epoch, correct, random, model }: SampleOptions) {
  const answer = String(correct ? item : item + 1 + random.integer(9))
  const question = prose(random, 18)
  const explanation = prose(random, 40)
  const usage = { input_tokens: 40 + random.integer(60), output_tokens: 60 + random.integer(90), total_tokens: 200 }
  const summary = {
    id: itemId(item),
    epoch,
    input: question,
    target: String(item),
    metadata: { passage_id: `p${Math.floor(item / 5)}`, subject: subjects[item % subjects.length] },
    scores: { match: { value: correct ? 'C' : 'I', answer, explanation, history: [] } },
    model_usage: { [model]: usage },
    role_usage: {},
    started_at: '2026-01-01T00:00:00.000000+00:00',
    completed_at: '2026-01-01T00:00:01.000000+00:00',
    total_time: 1 + random.integer(4000) / 1000,
    working_time: 1,
    uuid: `${random.uint32().toString(36)}${random.uint32().toString(36)}`,
    retries: 0,
    completed: true,
    message_count: 2,
  }
  const messages = [
    { id: summary.uuid, role: 'user', content: question },
    {
      id: `${summary.uuid}a`,
      role: 'assistant',
      content: `${prose(random, 340)} ANSWER: ${answer}`,
      source: 'generate',
    },
  ]
  const full = {
    ...summary,
    messages,
    output: { model, choices: [{ message: messages[1], stop_reason: 'stop' }], usage, time: summary.total_time },
    store: {},
    events: Array.from({ length: 6 }, (_, at) => ({ event: 'info', uuid: random.uint32().toString(36), data: { at } })),
  }
  return { summary, full }
}

const subjects = ['algebra', 'geometry', 'number theory', 'statistics', 'logic', 'calculus', 'combinatorics']
const syllables = 'ka lo mi ter an vi so re du pel ist or na em qua zi fer tu'.split(' ')

/** Invented words: text with about the redundancy of language. */
function prose(random: Random, words: number): string {
  const text: string[] = []
  for (let word = 0; word < words; word++) {
    let letters = ''
    for (let part = 1 + random.integer(3); part > 0; part--) letters += syllables[random.integer(syllables.length)]
    text.push(letters)
  }
  return text.join(' ')
}

/** Writes members one after the other, with ZIP64 fields throughout, as any number and size may come. */
class ZipWriter {
  readonly #stream: WriteStream
  readonly #directory: Buffer[] = []
  #at = 0
  #members = 0

  constructor(path: string) {
    this.#stream = createWriteStream(path)
  }

  async add(name: string, text: string): Promise<void> {
    const raw = Buffer.from(text)
    const data = zstdCompressSync(raw, { params: { [constants.ZSTD_c_compressionLevel]: 3 } })
    const nameBytes = Buffer.from(name)
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(63, 4)
    local.writeUInt16LE(93, 8)
    local.writeUInt32LE(crc32(raw), 14)
    local.writeUInt32LE(data.length, 18)
    local.writeUInt32LE(raw.length, 22)
    local.writeUInt16LE(nameBytes.length, 26)
    const entry = Buffer.alloc(46 + nameBytes.length + 12)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(63, 4)
    entry.writeUInt16LE(63, 6)
    entry.writeUInt16LE(93, 10)
    local.copy(entry, 16, 14, 28)
    entry.writeUInt16LE(12, 30)
    entry.writeUInt32LE(0xffffffff, 42)
    nameBytes.copy(entry, 46)
    entry.writeUInt16LE(0x0001, 46 + nameBytes.length)
    entry.writeUInt16LE(8, 48 + nameBytes.length)
    entry.writeBigUInt64LE(BigInt(this.#at), 50 + nameBytes.length)
    this.#directory.push(entry)
    this.#members++
    await this.#write(Buffer.concat([local, nameBytes, data]))
  }

  /** Bytes of the whole file. */
  async finish(): Promise<number> {
    const directoryAt = this.#at
    const directory = Buffer.concat(this.#directory)
    await this.#write(directory)
    const end = Buffer.alloc(98)
    end.writeUInt32LE(0x06064b50, 0)
    end.writeBigUInt64LE(44n, 4)
    end.writeUInt16LE(63, 12)
    end.writeUInt16LE(63, 14)
    end.writeBigUInt64LE(BigInt(this.#members), 24)
    end.writeBigUInt64LE(BigInt(this.#members), 32)
    end.writeBigUInt64LE(BigInt(directory.length), 40)
    end.writeBigUInt64LE(BigInt(directoryAt), 48)
    end.writeUInt32LE(0x07064b50, 56)
    end.writeBigUInt64LE(BigInt(directoryAt + directory.length), 64)
    end.writeUInt32LE(1, 72)
    end.writeUInt32LE(0x06054b50, 76)
    end.writeUInt16LE(0xffff, 84)
    end.writeUInt16LE(0xffff, 86)
    end.writeUInt32LE(0xffffffff, 88)
    end.writeUInt32LE(0xffffffff, 92)
    await this.#write(end)
    this.#stream.end()
    await finished(this.#stream)
    return this.#at
  }

  async #write(bytes: Buffer): Promise<void> {
    this.#at += bytes.length
    if (!this.#stream.write(bytes)) await new Promise<void>((resolve) => this.#stream.once('drain', () => resolve()))
  }
}

if (import.meta.main) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      items: { type: 'string', default: '50000' },
      epochs: { type: 'string', default: '4' },
      seed: { type: 'string', default: '1' },
      model: { type: 'string', default: 'bench/model-a' },
    },
  })
  const path = positionals[0]
  if (path === undefined) throw new Error('name the file to write: node benchmarks/make-inspect-log.ts OUT.eval')
  const written = await makeInspectLog({
    path,
    items: Number(values.items),
    epochs: Number(values.epochs),
    seed: Number(values.seed),
    model: values.model,
  })
  console.log(`${written.samples} samples, ${(written.bytes / 1e6).toFixed(1)} MB`)
}
