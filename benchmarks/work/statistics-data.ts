/** The inputs of the statistics benchmarks, made from streams of the MINSTD generator. */
import type { Battles, CrossedLogitOptions } from '../../src/stats/index.ts'
import { logistic, minstd, minstdNormal } from './minstd.ts'

/** Two systems on 14,042 items of 57 subjects with shared difficulty, and one graded score with six decimals. */
export function itemScores() {
  const n = 14_042
  const difficulty = minstdNormal(101, n)
  const subject = minstdNormal(102, 57)
  const [uniformA, uniformB, noise] = [minstd(103, n), minstd(104, n), minstdNormal(105, n)]
  const a = new Float64Array(n)
  const b = new Float64Array(n)
  const graded = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    const shared = -1.2 * at(difficulty, i) + 0.5 * at(subject, Math.floor((i * 57) / n))
    a[i] = at(uniformA, i) < logistic(1.35 + shared) ? 1 : 0
    b[i] = at(uniformB, i) < logistic(1.25 + shared) ? 1 : 0
    graded[i] = Math.round(1e6 * logistic(0.8 + shared + 0.6 * at(noise, i))) / 1e6
  }
  return { a, b, graded }
}

/** 100,000 rows in 5,000 clusters of unequal size. */
export function clusteredRows() {
  const [rows, count] = [100_000, 5_000]
  const clusters = Int32Array.from(minstd(201, rows), (u) => Math.floor(count * u ** 1.5)).sort()
  const effect = minstdNormal(202, count)
  const uniform = minstd(203, rows)
  const values = Float64Array.from(uniform, (u, i) => (u < logistic(0.7 + 0.9 * at(effect, at(clusters, i))) ? 1 : 0))
  return { values, clusters }
}

const models = [-0.6, -0.2, 0, 0.3, 0.9]

/** 500 items × 20 prompts × 5 models, one 0/1 response each, with item, prompt and item × model effects. */
export function crossedResponses() {
  const [items, prompts] = [500, 20]
  const itemEffect = minstdNormal(301, items)
  const promptEffect = minstdNormal(302, prompts)
  const interaction = minstdNormal(303, items * models.length)
  const rows = items * prompts * models.length
  const uniform = minstd(304, rows)
  const scores = new Float64Array(rows)
  const item = new Int32Array(rows)
  const prompt = new Int32Array(rows)
  const cell = new Int32Array(rows)
  const design = new Float64Array(rows * models.length)
  for (let row = 0; row < rows; row++) {
    const model = row % models.length
    prompt[row] = Math.floor(row / models.length) % prompts
    item[row] = Math.floor(row / (models.length * prompts))
    cell[row] = at(item, row) * models.length + model
    const eta =
      0.5 +
      1.2 * at(itemEffect, at(item, row)) +
      0.4 * at(promptEffect, at(prompt, row)) +
      (models[model] ?? 0) +
      0.5 * at(interaction, at(cell, row))
    scores[row] = at(uniform, row) < logistic(eta) ? 1 : 0
    design[row * models.length] = 1
    if (model > 0) design[row * models.length + model] = 1
  }
  const logit: CrossedLogitOptions = {
    successes: scores,
    trials: new Float64Array(rows).fill(1),
    design,
    columns: models.length,
    factors: [
      { name: 'item', levelOf: item, levels: items },
      { name: 'prompt', levelOf: prompt, levels: prompts },
      { name: 'item × model', levelOf: cell, levels: items * models.length },
    ],
    units: { unitOf: item, units: items },
  }
  return { scores, items, prompts, models: models.length, logit }
}

/** 1,000 persons × 100 items under a two-parameter logistic model. */
export function itemResponses() {
  const [persons, items] = [1_000, 100]
  const ability = minstdNormal(401, persons)
  const slope = minstdNormal(402, items).map((value) => Math.exp(0.3 * value))
  const difficulty = minstdNormal(403, items)
  const responses = minstd(404, persons * items).map((u, k) => {
    const j = k % items
    return u < logistic(at(slope, j) * (at(ability, Math.floor(k / items)) - at(difficulty, j))) ? 1 : 0
  })
  return { responses, persons, items, counts: new Float64Array(persons).fill(1) }
}

/** 100,000 battles of 100 models, 15 % of them ties. */
export function battles(): Battles {
  const [count, n] = [100, 100_000]
  const strength = minstdNormal(501, count).map((value) => 0.8 * value)
  const [one, two, win, tie] = [minstd(502, n), minstd(503, n), minstd(504, n), minstd(505, n)]
  const first = Int32Array.from(one, (u) => Math.floor(count * u))
  const second = first.map((model, i) => (model + 1 + Math.floor((count - 1) * at(two, i))) % count)
  const outcome = Float64Array.from(win, (u, i) => {
    if (at(tie, i) < 0.15) return 0.5
    return u < logistic(at(strength, at(first, i)) - at(strength, at(second, i))) ? 1 : 0
  })
  return { models: count, first, second, outcome }
}

/** 1,000,000 pairs k of n, n from 10 to 1,000,000. */
export function countPairs() {
  const rows = 1_000_000
  const n = Int32Array.from(minstd(601, rows), (u) => Math.floor(10 ** (1 + 5 * u)))
  const k = minstd(602, rows).map((u, i) => Math.floor(at(n, i) * u ** 3))
  return { k, n }
}

function at(values: ArrayLike<number>, i: number): number {
  return values[i] ?? Number.NaN
}
