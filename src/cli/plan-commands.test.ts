import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import claims from '../../oracles/claims/claims.json' with { type: 'json' }
import { runCommandLine } from './run-command-line.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-plan-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

async function assay(line: string) {
  const out: string[] = []
  const err: string[] = []
  const exitCode = await runCommandLine({
    args: line.split(' '),
    workingDirectory: folder,
    environment: {},
    stdout: { write: (text) => out.push(text), columns: 80 },
    stderr: { write: (text) => err.push(text), columns: 80 },
    signal: new AbortController().signal,
    now: () => 0,
    host: { now: () => 0, time: () => '', processId: 1, isAlive: () => false, secret: () => undefined },
  })
  return { exitCode, stdout: out.join(''), stderr: err.join('') }
}

async function planOf(line: string) {
  const { exitCode, stdout, stderr } = await assay(`plan ${line} --json`)
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
  return JSON.parse(stdout).plan
}

const trials = (plan: { rows: { trials: number }[] }) => plan.rows.map((row) => row.trials)
const anytime = (plan: { rows: { anytimeTrials: number }[] }) => plan.rows.map((row) => row.anytimeTrials)

test('assay plan rate gives the exact trials of the reference table for 0, 1, 2, 3, 5 and 10 allowed events', async () => {
  const table = [
    ['1e-2', '0.95', [299, 473, 628, 773, 1_049, 1_693]],
    ['1e-3', '0.95', [2_995, 4_742, 6_294, 7_752, 10_511, 16_959]],
    ['1e-4', '0.95', [29_956, 47_437, 62_956, 77_535, 105_128, 169_619]],
    ['1e-4', '0.99', [46_050, 66_381, 84_057, 100_448, 131_081, 201_442]],
    ['1e-4', '0.999', [69_075, 92_331, 112_285, 130_618, 164_542, 241_333]],
    ['1e-4', '0.99999', [115_124, 142_360, 165_529, 186_651, 225_372, 311_695]],
    ['1e-6', '0.95', [2_995_731, 4_743_863, 6_295_792, 7_753_655, 10_513_033, 16_962_216]],
  ] as const
  for (const [below, confidence, expected] of table) {
    const plan = await planOf(`rate --below ${below} --confidence ${confidence}`)
    expect({ below, confidence, trials: trials(plan) }).toEqual({ below, confidence, trials: expected })
  }
})

test('assay plan rate gives the anytime-valid trials 33,274 / 67,666 / 86,150 / 104,634', async () => {
  const plan = await planOf('rate --below 1e-4 --confidence 0.95')
  expect(anytime(plan).slice(0, 4)).toEqual([33_274, 67_666, 86_150, 104_634])
})

test('assay plan rate gives the pass probabilities of the plans with 0 and 3 allowed events', async () => {
  const plan = await planOf(
    'rate --below 1e-4 --confidence 0.95 --expected 1e-6 --expected 1e-5 --expected 2e-5 --expected 5e-5',
  )
  const shown = (row: number) => plan.rows[row].passProbabilities.map((value: number) => value.toFixed(3))
  expect(shown(0)).toEqual(['0.970', '0.741', '0.549', '0.224'])
  expect(shown(3).slice(1)).toEqual(['0.992', '0.928', '0.458'])
})

test('assay plan rate chooses the fewest allowed events that pass with probability 0.8 at the expected rate', async () => {
  const plan = await planOf('rate --below 1e-4 --confidence 0.95 --expected 1e-5')
  expect(plan.recommended).toMatchObject({ allowed: 1, trials: 47_437 })
  const demanding = await planOf('rate --below 1e-4 --confidence 0.95 --expected 2e-5 --pass-probability 0.9')
  expect(demanding.recommended).toMatchObject({ allowed: 3, trials: 77_535 })
  expect(await planOf('rate --below 1e-4 --confidence 0.95')).not.toHaveProperty('recommended')
})

test('assay plan rate --judge-sensitivity 190/200 takes 40,537 clean trials for 1e-4 at 95 %', async () => {
  const plan = await planOf('rate --below 1e-4 --confidence 0.95 --judge-sensitivity 190/200')
  expect(plan.judge.lowerBound).toBeCloseTo(0.90997, 5)
  expect(plan.rows[0].trials).toBe(40_537)
})

test('assay plan rate prints priors with their plans, 29,955 uniform and 19,207 Jeffreys, and the deployment promise', async () => {
  const { priors, deployment } = await planOf('rate --below 1e-4 --confidence 0.95')
  expect(priors).toMatchObject([
    { a: 1, b: 1, cleanTrials: 29_955 },
    { a: 0.5, b: 0.5, cleanTrials: 19_207 },
    { a: 1, b: 10_000 },
  ])
  // Uniform: (n + 1)/(n + 1 + D).
  expect(priors[0].noEvent).toBeCloseTo(29_956 / 1_029_956, 10)
  expect(deployment).toMatchObject({ uses: 1_000_000, promise: 0.05, cleanTrials: 58_403_975 })
  expect((await planOf('rate --below 1e-4 --confidence 0.99')).priors[1].cleanTrials).toBe(33_173)
})

test('assay plan rate: judge and clusters cost the promise over a million uses as much as they cost the claim', async () => {
  // L = SciPy 1.17.1 beta.ppf(.005, 190, 11) = .8959868; ln 200 / (L · −ln .95) · 1e6.
  const judged = await planOf('rate --below 1e-4 --confidence 0.99 --judge-sensitivity 190/200')
  expect(judged.deployment.cleanTrials / 1.15279219e8).toBeCloseTo(1, 7)
  const plain = await planOf('rate --below 1e-3 --confidence 0.95')
  const clustered = await planOf('rate --below 1e-3 --confidence 0.95 --cluster-size 10 --icc 0.2')
  expect(clustered.deployment.cleanTrials).toBe(Math.ceil(2.8 * plain.deployment.cleanTrials))
  const { stdout } = await assay('plan rate --below 1e-4 --confidence 0.99 --judge-sensitivity 190/200')
  expect(stdout).toMatch(/clean trials with this judge/)
  expect(stdout).toMatch(/for\s+a judge that misses nothing/)
})

test('assay plan compare with the most agreement knows no wrong sign: no rounding shows as a probability', async () => {
  const plan = await planOf('compare --accuracy 0.80 --difference 0.02')
  expect(plan.scenarios[0]).toMatchObject({ name: 'most agreement', onlyOld: 0, atItems: { typeS: 0 } })
})

test('assay plan mde refuses scores without variance, and says which prompt an item count speaks of', async () => {
  const none = await assay('plan mde --items 100 --item-variance 0')
  expect(none).toMatchObject({ exitCode: 2, stdout: '' })
  expect(none.stderr).toMatch(/no variance/)
  const { stdout } = await assay(
    'plan mde --items 446 --item-variance .12 --response-variance .08 --variant-variance .002 --interaction-variance .03 --budget 5000 --cost-per-item 2 --cost-per-variant 10 --cost-per-response 1',
  )
  expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(/find a difference of 7\.0 points on one given prompt/)
})

test('assay plan names a flag that is missing as missing', async () => {
  const { exitCode, stderr } = await assay('plan rate --below 1e-4')
  expect(exitCode).toBe(2)
  expect(stderr).toMatch(/--confidence = "required"/)
})

test('assay plan rate reads 1e-4, 0.01%, 1/10000 and 1/10,000 as one rate', async () => {
  const plans = await Promise.all(
    ['1e-4', '0.0001', '0.01%', '1/10000', '1/10,000'].map((below) => planOf(`rate --below ${below} --confidence 95%`)),
  )
  for (const plan of plans) expect(trials(plan)[0]).toBe(29_956)
})

test('assay plan rate with clusters multiplies trials by the design effect and offers the exact count of clusters', async () => {
  const plan = await planOf('rate --below 1e-3 --confidence 0.95 --cluster-size 10 --icc 0.2')
  expect(plan.rows[0].trials).toBe(Math.ceil(2.8 * 2_995))
  expect(plan.cleanClusters).toBe(2_995)
  expect(plan.rows[0]).not.toHaveProperty('anytimeTrials')
})

test('assay plan refuses what it cannot read or use, names the flag and says what would be right', async () => {
  for (const [line, ...words] of [
    ['rate --confidence 0.95', '--below'],
    ['rate --below 1e-4 --confidence 95', '--confidence', 'below 1'],
    ['rate --below often --confidence 0.95', '--below', 'often'],
    ['rate --below 0 --confidence 0.95', '--below', 'above 0'],
    ['rate --below 1e-4 --confidence 0.95 --judge-sensitivity 0.95', '--judge-sensitivity', '190/200'],
    ['rate --below 1e-4 --confidence 0.95 --judge-sensitivity 210/200', 'counts more than there are'],
    ['rate --below 1e-4 --confidence 0.95 --judge-sensitivity 0/200', 'judge sees nothing'],
    ['rate --below 1e-4 --confidence 0.95 --expected 1e-4', 'expected rate not below claim'],
    ['rate --below 1e-4 --confidence 0.95 --icc 0.2', '--cluster-size'],
    ['rate --below 1e-4 --confidence 0.95 --design-effect 0.5', 'design effect out of range'],
    ['compare --difference 0.02', 'neither accuracy nor agreement'],
    ['compare --accuracy 0.8', 'effect out of range'],
    ['compare --accuracy 0.8 --difference 0.3', 'out of range'],
    ['compare --margin 0.02 --agreement 0.9 --response-variance 0.02', 'repeats without difference'],
    ['compare --difference 0.02 --agreement 0.99', 'agreement too high'],
    ['compare --difference 0.02 --accuracy 0.99 --agreement 0.2', 'out of range'],
    ['compare --difference 0.02 --accuracy 0.95 --agreement 0.2', 'agreement too low'],
    ['compare --difference 0.02 --agreement 0.9 --discordance 0.1', 'given twice'],
    ['mde --item-variance 1/9', 'nothing to plan'],
    ['mde --items 100', 'variance unknown', '--from'],
    ['mde --items 100 --item-variance 0.1 --cost-per-item 2', 'costs without budget'],
    ['mde --items 0 --item-variance 0.1', '--items'],
    ['mde --items 100 --from nowhere', 'nowhere'],
  ] as const) {
    const { exitCode, stdout, stderr } = await assay(`plan ${line}`)
    expect({ line, exitCode, stdout }).toEqual({ line, exitCode: 2, stdout: '' })
    for (const word of words) expect(`${line}: ${stderr}`).toContain(word)
  }
})

test('assay plan compare reproduces Card et al. (2020): power .1207, .9999 and .7976 with their type M and S', async () => {
  const { scenarios } = await planOf('compare --accuracy 0.70 --difference 0.02 --items 1000')
  const [most, , least] = scenarios
  expect(least.atItems.power).toBeCloseTo(0.1207296733, 9)
  expect(least.atItems.typeM).toBeCloseTo(2.997, 3)
  expect(least.atItems.typeS).toBeCloseTo(0.0188, 4)
  expect(most.atItems.power).toBeCloseTo(0.9999, 4)
  const [given] = (await planOf('compare --difference 0.02 --agreement 0.975 --items 500')).scenarios
  expect(given.atItems.power).toBeCloseTo(0.7975770694, 9)
  expect(given.atItems.typeM).toBeCloseTo(1.116, 3)
  expect(given.atItems.midPPower).toBeCloseTo(0.862, 3)
})

test('assay plan compare gives the closed forms 3,923 / 1,742 / 626 and 1,960 / 870 / 312, and 8,080 unpaired', async () => {
  const sizes: number[] = []
  for (const discordance of [0.2, 0.1]) {
    for (const difference of [0.02, 0.03, 0.05]) {
      const { scenarios } = await planOf(`compare --difference ${difference} --discordance ${discordance}`)
      sizes.push(scenarios[0].needed.closedForm)
    }
  }
  expect(sizes).toEqual([3_923, 1_742, 626, 1_960, 870, 312])
  const { unpairedPerArm } = await planOf('compare --accuracy 0.70 --difference 0.02 --agreement 0.9')
  expect(unpairedPerArm).toBe(8_080)
})

test('assay plan compare without agreement takes the regression of Card et al., .8704 at .8 and .02, and says so', async () => {
  const plan = await planOf('compare --accuracy 0.80 --difference 0.02')
  expect(plan.agreementFrom).toBe('card-et-al-regression')
  expect(plan.scenarios[1].agreement).toBeCloseTo(0.8704, 4)
  expect((await assay('plan compare --accuracy 0.80 --difference 0.02')).stdout).toMatch(/Card\s+et\s+al/)
})

test('assay plan compare --margin sizes equivalence by (z_α + z_{β/2})² σ²/m² and non-inferiority below it', async () => {
  const { margins } = await planOf('compare --margin 0.02 --agreement 0.9')
  // (1.6448536 + 1.2815516)² · 0.1/0.0004 = 2140.96; (1.6448536 + 0.8416212)² · 250 = 1545.64.
  expect(margins).toEqual([
    { claim: 'equivalence', items: 2_141 },
    { claim: 'non-inferiority', items: 1_546 },
  ])
  // With just those items the wanted power is reached, and the curve is drawn.
  const atHand = await planOf('compare --margin 0.02 --agreement 0.9 --items 2141')
  expect(atHand.margins[0].powerAtItems).toBeCloseTo(0.8, 3)
  expect(atHand.margins[1].powerAtItems).toBeGreaterThan(0.9)
  expect((await assay('plan compare --margin 0.02 --agreement 0.9')).stdout).toMatch(
    /\* equivalence {3}o non-inferiority/,
  )
  const none = await assay('plan compare --margin 0.02 --difference -0.03 --agreement 0.9')
  expect(none.stdout).toMatch(/no\s+room\s+inside/)
})

test('assay plan compare with a response variance needs fewer items with more repeats, never below the item part', async () => {
  const { repeats } = await planOf('compare --difference 0.03 --agreement 0.6 --response-variance 0.15')
  const items = repeats.map((row: { items: number }) => row.items)
  expect(items).toEqual(items.toSorted((a: number, b: number) => b - a))
  // Miller: (z)²·(ω² + 2σ²)/δ² at one response, ω² + 2σ² = .4 − .0009.
  expect(items[0]).toBe(Math.ceil((2.801585218 / 0.03) ** 2 * (0.4 - 0.0009)))
})

test('assay plan mde gives Miller (2024): 13.27 and 7.57 points on 198 items, and 969 items for 3 points', async () => {
  const variance = '--item-variance 1/9 --response-variance 1/6'
  expect((await planOf(`mde --items 198 ${variance}`)).detectable).toBeCloseTo(0.1327333278739942, 12)
  expect((await planOf(`mde --items 198 --repeats 10 ${variance}`)).detectable).toBeCloseTo(0.0756696392667773, 12)
  const { needed } = await planOf('mde --item-variance 1/9 --effect 0.03')
  expect(needed).toEqual([{ repeats: 1, items: 969, responses: 969 }])
  const many = await planOf(`mde --effect 0.03 ${variance}`)
  expect(many.needed.map((row: { items: number }) => row.items)).toEqual([3_876, 2_423, 1_696, 1_260])
})

test('assay plan mde --budget spends 5,000 on 446 items × 9 variants × 1 response with variance 5.18685e-4', async () => {
  const { spending } = await planOf(
    'mde --budget 5000 --item-variance 0.12 --variant-variance 0.002 --interaction-variance 0.03 ' +
      '--response-variance 0.04 --cost-per-item 2 --cost-per-variant 10 --cost-per-response 0.5',
  )
  expect(spending.best).toMatchObject({ items: 446, variants: 9, runsPerCell: 1 })
  expect(spending.best.variance).toBeCloseTo(0.0005186846, 9)
  expect(spending.singleVariant.variance).toBeCloseTo(2.138e-3, 6)
})

// NumPy, all designs: oracles/claims/claims.py. Two systems: the judgement noise and cost of each count twice.
test('assay plan mde --budget with judges finds the design of brute force, and refuses judges without a budget', async () => {
  const judges =
    'mde --item-variance 0.12 --variant-variance 0.002 --interaction-variance 0.03 --response-variance 0.04 ' +
    '--judge-variance 0.01 --item-judge-variance 0.02 --judgement-variance 0.025'
  const costs =
    '--cost-per-item 2 --cost-per-variant 10 --cost-per-response 0.5 --cost-per-judge 50 --cost-per-judgement 0.15'
  const { spending } = await planOf(`${judges} ${costs} --budget 5000 --most-judges 5`)
  const { items, variants, runs, judges: number, variance } = claims.judgedAllocation
  expect(spending.best).toMatchObject({ items, variants, runsPerCell: runs, judges: number })
  expect(spending.best.variance).toBeCloseTo(variance, 12)
  expect(spending.rows).toEqual([])
  const { exitCode, stderr } = await assay(`plan ${judges} --items 100`)
  expect(exitCode).toBe(2)
  expect(stderr).toContain('pass a --budget with its costs')
})

test('assay plan mde --budget lists what parts and multiples of it buy; a stock of items bounds all of them', async () => {
  const money =
    'mde --budget 5000 --item-variance 0.12 --variant-variance 0.002 --interaction-variance 0.03 ' +
    '--response-variance 0.04 --cost-per-item 2 --cost-per-variant 10 --cost-per-response 0.5'
  const { spending } = await planOf(money)
  expect(spending.budgets.map((row: { budget: number }) => row.budget)).toEqual([
    1250, 2500, 5000, 10_000, 20_000, 40_000,
  ])
  expect(spending.budgets[2].best).toEqual(spending.best)
  expect(spending.rows.find((row: { runsPerCell: number }) => row.runsPerCell === 1)).toEqual(spending.best)
  const finds = spending.budgets.map(({ best }: { best: { detectable: number } }) => best.detectable)
  expect(finds).toEqual(finds.toSorted((a: number, b: number) => b - a))
  // (z.975 + z.8) √V with V = 5.18685e-4.
  expect(spending.best.detectable).toBeCloseTo(2.801585 * Math.sqrt(5.18684597e-4), 6)
  const bounded = (await planOf(`${money} --most-items 200`)).spending
  for (const { best } of bounded.budgets) expect(best.items).toBeLessThanOrEqual(200)
  for (const row of bounded.rows) expect(row.items).toBeLessThanOrEqual(200)
  const free = await assay('plan mde --budget 10 --item-variance 0.1')
  expect(free.stderr).toContain('--most-items')
})

/** 60 items, two systems, three runs of each: the noise of answering is known apart from the items. */
function writePilot(): void {
  const rows = ['model,item,replicate,score']
  for (const model of ['a', 'b']) {
    for (let item = 0; item < 60; item++) {
      for (let run = 1; run <= 3; run++) {
        // Items differ in difficulty, systems in which items they find hard, and runs now and then.
        const right = (item * (model === 'a' ? 7 : 5)) % 11 < 7 !== (item + run * 3) % 13 < 2
        rows.push(`${model},q${item},${run},${right ? 1 : 0}`)
      }
    }
  }
  writeFileSync(join(folder, 'pilot.csv'), `${rows.join('\n')}\n`)
}

test('assay plan mde --from logs and --from their report.json find the same variances and the same effect', async () => {
  writePilot()
  expect((await assay('report pilot.csv --out report')).exitCode).toBe(0)
  const fromLogs = JSON.parse((await assay('plan mde --from pilot.csv --items 500 --json')).stdout)
  const fromReport = JSON.parse((await assay('plan mde --from report/report.json --items 500 --json')).stdout)
  expect(fromLogs.input.pilot).toMatchObject({ items: 60, split: true, name: 'a − b' })
  expect(fromReport.input.pilot.components.item).toBeCloseTo(fromLogs.input.pilot.components.item, 12)
  expect(fromReport.plan.detectable).toBeCloseTo(fromLogs.plan.detectable, 12)
})

test('assay plan in a terminal stays within 40 lines of 80 columns, plot included', async () => {
  writePilot()
  for (const line of [
    'rate --below 1e-4 --confidence 0.99 --judge-sensitivity 190/200 --expected 1e-5',
    'rate --below 1e-4 --confidence 0.95 --expected 5e-5 --cluster-size 10 --icc 0.2',
    'compare --accuracy 0.70 --difference 0.02 --items 1000 --margin 0.03 --response-variance 0.05',
    'mde --from pilot.csv --items 500 --effect 0.02 --budget 900 --cost-per-item 1 --cost-per-response 0.1',
  ]) {
    const { exitCode, stdout } = await assay(`plan ${line}`)
    const lines = stdout.trimEnd().split('\n')
    expect({ line, exitCode }).toEqual({ line, exitCode: 0 })
    expect({ line, lines: lines.length <= 40 ? 40 : lines.length }).toEqual({ line, lines: 40 })
    expect(lines.filter((each) => each.length > 80)).toEqual([])
    expect(stdout).toMatch(/\+-{40,}/)
    expect(stdout).not.toContain('\u001b')
  }
})

test('assay plan --out writes a page and its JSON and nothing else, and refuses a folder of other files', async () => {
  const { exitCode, stdout } = await assay('plan rate --below 1e-4 --confidence 0.95 --out plan')
  expect(exitCode).toBe(0)
  expect(stdout).toContain('plan.html')
  expect(readdirSync(join(folder, 'plan')).sort()).toEqual(['plan.html', 'plan.json'])
  const page = readFileSync(join(folder, 'plan/plan.html'), 'utf8')
  expect(page).toMatch(/^<!doctype html>/)
  expect(page).toContain('<svg')
  expect(page).toContain('29,956')
  expect(page).not.toMatch(/https?:\/\/(?!www\.w3\.org)/)
  expect(JSON.parse(readFileSync(join(folder, 'plan/plan.json'), 'utf8')).plan.rows[0].trials).toBe(29_956)
  writeFileSync(join(folder, 'plan/plan.json'), 'mine')
  expect((await assay('plan rate --below 1e-3 --confidence 0.95 --out plan')).exitCode).toBe(2)
  expect(readFileSync(join(folder, 'plan/plan.html'), 'utf8')).toBe(page)
  expect(existsSync(join(folder, 'plan.html'))).toBe(false)
})

test('assay plan lists its verbs, assay plan rate --help its flags with their defaults', async () => {
  const list = await assay('plan --help')
  expect(list.exitCode).toBe(0)
  for (const verb of ['rate', 'compare', 'mde']) expect(list.stdout).toMatch(new RegExp(`^ +${verb} .*\\w`, 'm'))
  const help = await assay('plan rate --help')
  expect(help.exitCode).toBe(0)
  expect(help.stdout).toContain('--judge-sensitivity <flagged/known>')
  expect(help.stdout).toContain('default: 0.8')
  expect((await assay('plan help mde')).stdout).toContain('--item-variance')
  const none = await assay('plan')
  expect(none).toMatchObject({ exitCode: 2, stdout: '' })
  expect((await assay('plan rate --blow 1e-4')).stderr).toContain('Did you mean --below?')
})

// Garwood, handbook G1: χ²⁻¹(1 − α; 2x + 2)/2 for 0 … 3 events.
test('assay plan rate --exposure turns divides 2.9957, 4.7439, 6.2958, 7.7537 by the rate to exclude', async () => {
  const plan = await planOf('rate --below 1e-4 --confidence 0.95 --expected 1e-5 --exposure turns')
  const exposures = plan.rows.slice(0, 4).map((row: { exposure: number }) => row.exposure)
  for (const [at, limit] of [2.9957, 4.7439, 6.2958, 7.7537].entries())
    expect(exposures[at] * 1e-4).toBeCloseTo(limit, 4)
  // One event is allowed: e^(−m)(1 + m) with m = .47439 expected ones.
  expect(plan.recommended.allowed).toBe(1)
  const m = exposures[1] * 1e-5
  expect(plan.recommended.passProbabilities[0]).toBeCloseTo(Math.exp(-m) * (1 + m), 10)
  expect(plan.deployment.cleanExposure).toBeCloseTo((Math.log(20) * 1e6) / -Math.log(0.95), 3)
  const judged = await planOf('rate --below 1e-4 --confidence 0.95 --judge-sensitivity 190/200 --exposure turns')
  expect(judged.rows[0].exposure).toBeGreaterThan(1.3 * exposures[0])
  const { stdout } = await assay('plan rate --below 1e-4 --confidence 0.95 --exposure turns')
  expect(stdout).toContain('29,958 turns without an event')
  const refused = await assay('plan rate --below 1e-4 --confidence 0.95 --expected 2e-4 --exposure turns')
  expect(refused.exitCode).toBe(2)
  expect(refused.stderr).toContain('a claim can only be shown if the true rate is below it')
})

// Handbook G4: critical counts 72, 131, 299, 568, 1096 and 2652 for p ≤ 1e-5 against .5; power .7886 at n = 1000, true .58.
test('assay plan threshold gives the critical counts of the reference table, and 1,028 trials for 1e-5 at .58', async () => {
  for (const [trials, critical] of [
    [100, 72],
    [200, 131],
    [500, 299],
    [1000, 568],
    [2000, 1096],
    [5000, 2652],
  ]) {
    const plan = await planOf(`threshold --above 0.5 --expected 0.58 --alpha 1e-5 --trials ${trials}`)
    expect(plan.chosen.atHand.criticalCount).toBe(critical)
    expect(plan.chosen.needed.trials).toBe(1028)
    if (trials === 1000) expect(plan.chosen.atHand.power).toBeCloseTo(0.7886, 4)
  }
})

test('assay plan threshold --sigma 5 is p ≤ 2.8665157e-7, says what simulated tests need, and refuses what cannot be', async () => {
  const plan = await planOf('threshold --above 0.5 --expected 0.58 --sigma 5')
  expect(plan.chosen.alpha).toBeCloseTo(2.866515718791933e-7, 18)
  expect(plan.chosen).toMatchObject({ draws: 3_488_555, clusters: 22 })
  expect(plan.rows.at(-1)).toEqual(plan.chosen)
  const { stdout } = await assay('plan threshold --above 0.5 --expected 0.58 --sigma 5 --trials 20')
  expect(stdout).toContain('20 trials cannot show it at this level')
  expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
  expect(stdout.split('\n').length).toBeLessThanOrEqual(41)
  for (const [line, words] of [
    ['plan threshold --above 0.5 --expected 0.4', 'pass a true rate above the one to exclude'],
    ['plan threshold --above 0.5 --expected 0.6 --alpha 0.01 --sigma 3', 'not both'],
    ['plan threshold --above 1e-5 --expected 1e-3', 'plan rate'],
  ] as const) {
    const { exitCode, stderr } = await assay(line)
    expect(exitCode).toBe(2)
    expect(stderr).toContain(words)
  }
})
