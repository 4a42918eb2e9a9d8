/** The statistics on data of the size that evaluations have, beside the libraries that compute the same. */
import { type Benchmark, defineBenchmark, type Peer } from '../benchmark.ts'

/** Name in benchmarks/work/run-statistic.ts and, where a peer has it, in benchmarks/peers/statistics.py. */
interface StatisticCase {
  readonly name: string
  readonly title: string
  readonly milliseconds: number
  readonly peer?: string
}

const graded = '10,000 × n = 14,042 scores with six decimals'
const binary = 'n = 14,042 scores 0 or 1 (exact)'
const quarters = 'n = 14,042 scores in quarters (exact)'

const cases: readonly StatisticCase[] = [
  {
    name: 'bootstrap-percentile-graded',
    title: `Percentile bootstrap of a mean, ${graded}`,
    milliseconds: 600,
    peer: 'SciPy bootstrap, batch 200',
  },
  {
    name: 'bootstrap-bca-graded',
    title: `BCa bootstrap of a mean, ${graded}`,
    milliseconds: 600,
    peer: 'SciPy bootstrap, batch 200',
  },
  {
    name: 'bootstrap-percentile-binary',
    title: `Percentile bootstrap of a mean, ${binary}`,
    milliseconds: 5,
    peer: 'SciPy bootstrap, 10,000 draws, batch 200',
  },
  {
    name: 'bootstrap-bca-binary',
    title: `BCa bootstrap of a mean, ${binary}`,
    milliseconds: 5,
    peer: 'SciPy bootstrap, 10,000 draws, batch 200',
  },
  {
    name: 'bootstrap-percentile-quarters',
    title: `Percentile bootstrap of a mean, ${quarters}`,
    milliseconds: 5,
    peer: 'SciPy bootstrap, 10,000 draws, batch 200',
  },
  {
    name: 'bootstrap-bca-quarters',
    title: `BCa bootstrap of a mean, ${quarters}`,
    milliseconds: 5,
    peer: 'SciPy bootstrap, 10,000 draws, batch 200',
  },
  {
    name: 'permutation-binary',
    title: `Paired permutation test, ${binary}`,
    milliseconds: 20,
    peer: 'SciPy binomtest on counts made beforehand',
  },
  {
    name: 'permutation-quarters',
    title: `Paired permutation test, ${quarters}`,
    milliseconds: 20,
    peer: 'SciPy permutation_test, 10,000 draws, batch 500',
  },
  {
    name: 'permutation-real',
    title: 'Paired permutation test, n = 14,042 real differences, 10,000 sign flips',
    milliseconds: 700,
    peer: 'SciPy permutation_test, batch 500',
  },
  {
    name: 'cluster-cr2',
    title: 'Cluster-robust mean, CR2 with Satterthwaite df, n = 100,000 in 5,000 clusters',
    milliseconds: 10,
    peer: 'statsmodels OLS, CR1 without df',
  },
  {
    name: 'generalizability',
    title: 'G-study, 5 models × 500 items × 20 prompts, all components with intervals',
    milliseconds: 100,
    peer: 'NumPy, mean squares written by hand, without intervals',
  },
  {
    name: 'item-response-2pl',
    title: '2PL by marginal maximum likelihood, 1,000 × 100',
    milliseconds: 600,
    peer: 'NumPy, EM written by hand to 1e-8, without errors',
  },
  {
    name: 'clopper-pearson-million',
    title: 'Clopper–Pearson, 1,000,000 intervals, sums as SciPy’s to 1e-7',
    milliseconds: 3_000,
    peer: 'SciPy beta.ppf',
  },
  {
    name: 'bradley-terry-fit',
    title: 'Bradley–Terry with sandwich errors, 100 models, counts of 100,000 battles',
    milliseconds: 30,
    peer: 'scikit-learn LogisticRegression on counts, without errors',
  },
  {
    name: 'bradley-terry-bootstrap',
    title: 'Bradley–Terry, 1,000 bootstrap refits of the same battles',
    milliseconds: 1_500,
    peer: 'scikit-learn LogisticRegression, 1,000 refits',
  },
  {
    name: 'crossed-logit',
    title: 'Logit mixed model, 500 items × 20 prompts × 5 models, item × model included (50,000 rows)',
    milliseconds: 3_000,
    peer: 'statsmodels variational Bayes, without item × model',
  },
]

export const statistics: readonly Benchmark[] = cases.map(({ name, title, milliseconds, peer }) =>
  defineBenchmark({
    name,
    title,
    limit: { milliseconds, peakMegabytes: 300 },
    clock: 'reported',
    prepare: async () => {},
    arguments: () => ['benchmarks/work/run-statistic.ts', name],
    ...(peer === undefined
      ? {}
      : {
          peers: [
            { runtime: 'python', title: peer, arguments: ['benchmarks/peers/statistics.py', name] },
          ] satisfies Peer[],
        }),
  }),
)
