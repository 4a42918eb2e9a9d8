import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { expect } from 'vitest'
import { csvRows, dataFile, numberOf, reportOnData, testOnData } from './report-on-data.ts'

testOnData(
  'livebench',
  'livebench: 47 models, 18 tasks, and the mean of every model on every task, blanks left out',
  async () => {
    const path = 'livebench/scores_wide.csv.gz'
    const document = await reportOnData(path, { item: 'q', model: 'columns:*' })
    expect(document.observations.models).toHaveLength(47)
    expect(document.observations.tasks).toHaveLength(18)
    expect(document.observations.items).toBe(1136)
    const rows = csvRows(gunzipSync(readFileSync(dataFile(path))).toString('utf8'))
    const models = Object.keys(rows[0] ?? {}).filter((name) => !['category', 'task', 'q'].includes(name))
    expect(models).toHaveLength(47)
    const known = new Set(
      document.sections.flatMap(({ analyses }) => analyses.flatMap(({ evidence }) => evidence.map(({ key }) => key))),
    )
    let compared = 0
    for (const [task, ofTask] of Map.groupBy(rows, (row) => row.task ?? '')) {
      for (const model of models) {
        const scores = ofTask.flatMap((row) => (row[model] === '' ? [] : [Number(row[model])]))
        const key = `${task}/score/${model}/population`
        if (scores.length < 2 || !known.has(key)) continue
        const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length
        const found = numberOf(document, 'headline-estimates', key)
        expect(found.value, key).toBeCloseTo(mean, 10)
        expect(found.n, key).toBe(scores.length)
        compared++
      }
    }
    expect(compared).toBeGreaterThan(750)
  },
)
