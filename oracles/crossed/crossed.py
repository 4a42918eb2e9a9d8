"""Two-way clustering, crossed and multilevel bootstraps, answer agreement: independent values.

python3 crossed.py > crossed.json            (statsmodels 0.15, numpy 2.4.6)

twoWay: statsmodels cov_cluster_2groups of an intercept-only regression. pigeonhole: Owen (2007), exact variance of the
bootstrap mean of a complete table, Var = E over multinomial weights, by enumeration of all draws of a 3 x 3 table.
errorInterval: half-width of the 90 % t interval with the enumerated standard deviation, by leaving out each row and each column.
multilevel: enumeration of all equally likely draws of 2 families x 2 tasks. agreement: all subsets of runs.
"""
import itertools
import json
from fractions import Fraction
import numpy as np
import statsmodels.api as sm
from scipy.stats import t as student_t
from statsmodels.stats.sandwich_covariance import cov_cluster_2groups

rng = np.random.default_rng(9)


def two_way(y, a, b):
    fit = sm.OLS(y, np.ones((len(y), 1))).fit()
    both, va, vb = cov_cluster_2groups(fit, a, b, use_correction=True)
    return dict(values=y.tolist(), first=a.tolist(), second=b.tolist(), mean=float(y.mean()), variance=float(both[0, 0]), first_variance=float(va[0, 0]), second_variance=float(vb[0, 0]))


cases = []
for items, prompts, s_i, s_p in [(12, 8, 1, 1), (30, 5, 1, 0.6)]:
    i, p = np.meshgrid(np.arange(items), np.arange(prompts), indexing="ij")
    y = np.round(rng.normal(0, s_i, items)[i] + rng.normal(0, s_p, prompts)[p] + rng.normal(0, 1, i.shape), 3).ravel()
    cases.append((y, i.ravel(), p.ravel()))
keep = rng.uniform(size=len(cases[0][0])) < 0.8
cases.append(tuple(v[keep] for v in cases[0]))

table = [[1.0, 0.0, 2.0], [3.0, 1.0, 0.0], [0.0, 4.0, 1.0]]
means = []
for r in itertools.product(range(3), repeat=3):
    for c in itertools.product(range(3), repeat=3):
        means.append(sum(table[i][j] for i in r for j in c) / 9)

families = [[[1.0, 3.0], [2.0]], [[5.0], [0.0, 4.0]]]
weights = [[[1.0, 1.0], [2.0]], [[1.0], [3.0, 1.0]]]
draws = []
for f in itertools.product(range(2), repeat=2):
    for t in itertools.product(range(2), repeat=4):
        rows = [(x, w) for k, fam in enumerate(f) for task in t[2 * k : 2 * k + 2] for x, w in zip(families[fam][task], weights[fam][task])]
        draws.append(sum(x * w for x, w in rows) / sum(w for _, w in rows))

answers = [[1, 1, 2, 1, 1], [3, 3, 3], [1, 2, 3, 4], [5, 5, 6, 6, 6, 6]]


def agree(runs, n):
    subsets = list(itertools.combinations(runs, n))
    return float(Fraction(sum(len(set(s)) == 1 for s in subsets), len(subsets)))




def error_margin(table, sd):
    x = np.array(table, float)
    total = shrunk = spread = 0.0
    for axis in (0, 1):
        g = x.shape[axis]
        without = np.array([np.delete(x, k, axis).mean() for k in range(g)])
        parts = (without - without.mean()) ** 2
        own = (g - 1) / g * parts.sum()
        excess = (parts**2).sum() / parts.sum() ** 2 - 1 / g
        total, shrunk, spread = total + own, shrunk + own * (g - 1) / g, spread + own**2 / min(g - 1, 2 / excess)
    df = total**2 / spread
    return dict(degreesOfFreedom=df, margin=float(student_t.ppf(0.95, df) * np.sqrt(max(sd**2 * total / shrunk, total))))


out = {
    "source": "oracles/crossed/crossed.py with statsmodels 0.15 and numpy 2.4.6",
    "twoWay": [two_way(*c) for c in cases],
    "pigeonhole": dict(table=table, mean=float(np.mean(means)), sd=float(np.std(means)), q05=float(np.quantile(means, 0.05)), q95=float(np.quantile(means, 0.95))),
    "errorInterval": error_margin(table, float(np.std(means))),
    "multilevel": dict(mean=float(np.mean(draws)), sd=float(np.std(draws)), observed=sum(x * w for a, b in zip(families, weights) for c, d in zip(a, b) for x, w in zip(c, d)) / sum(w for b in weights for d in b for w in d)),
    "agreement": dict(answers=answers, two=[agree(a, 2) for a in answers], three=[agree(a, 3) for a in answers], modal=[max(a.count(v) for v in a) / len(a) for a in answers]),
}
print(json.dumps(out))
