"""Independent values for items x variants tables.

python3 variants.py > variants.json            (numpy 2.4.6, scipy 1.17.1, statsmodels)
friedman: R 4.2.2 friedman.test on the table of Hollander and Wolfe (1973), base running times.
"""
import itertools
import json
from collections import Counter
from fractions import Fraction
import numpy as np
from scipy import stats
from statsmodels.stats.contingency_tables import cochrans_q

rng = np.random.default_rng(23)

friedman = {"data": [[5.4, 5.5, 5.55], [5.85, 5.7, 5.75], [5.2, 5.6, 5.5], [5.55, 5.5, 5.4], [5.9, 5.85, 5.7], [5.45, 5.55, 5.6], [5.4, 5.4, 5.35], [5.45, 5.5, 5.35], [5.25, 5.15, 5.0], [5.85, 5.8, 5.7], [5.25, 5.2, 5.1], [5.65, 5.55, 5.45], [5.6, 5.35, 5.45], [5.05, 5.0, 4.95], [5.5, 5.5, 5.4], [5.45, 5.55, 5.5], [5.55, 5.55, 5.35], [5.45, 5.5, 5.55], [5.5, 5.45, 5.25], [5.65, 5.6, 5.4], [5.7, 5.65, 5.55], [6.3, 6.3, 6.25]], "chi2": 11.1428571429, "p": 0.00380504077551, "statistic": 11.1428571429}


def exact_null(rows):
    """Exact permutation distribution of (range, sum of squares) of the column totals of an integer table."""
    k = len(rows[0])
    dist = {tuple([0] * k): Fraction(1)}
    for row in rows:
        perms = Counter(itertools.permutations(row))
        total = sum(perms.values())
        nxt = {}
        for state, p in dist.items():
            for perm, times in perms.items():
                key = tuple(sorted(s + v for s, v in zip(state, perm)))
                nxt[key] = nxt.get(key, 0) + p * Fraction(times, total)
        dist = nxt
    return dist


def summary(rows):
    null = exact_null(rows)
    totals = [sum(c) for c in zip(*rows)]
    spread = max(totals) - min(totals)
    mean = Fraction(sum(totals), len(totals))
    squares = sum((t - mean) ** 2 for t in totals)
    return dict(
        spread=spread / len(rows),
        nullMean=float(sum(p * (max(s) - min(s)) for s, p in null.items()) / len(rows)),
        spreadP=float(sum(p for s, p in null.items() if max(s) - min(s) >= spread)),
        squaresP=float(sum(p for s, p in null.items() if sum((t - mean) ** 2 for t in s) >= squares)),
    )


binary = (rng.random((40, 5)) < np.clip(rng.normal(0.5, 0.4, (40, 1)) + np.array([0, 0.1, 0.2, 0, -0.1]), 0, 1)).astype(int)
q = cochrans_q(binary)
small = (rng.random((12, 3)) < np.array([0.3, 0.5, 0.8])).astype(int).tolist()
graded = rng.integers(0, 4, (8, 3)).tolist()
y = np.round(rng.normal(0, 1, (7, 1, 1)) + rng.normal(0, 0.5, (1, 4, 1)) + rng.normal(0, 0.7, (7, 4, 1)) + rng.normal(0, 0.4, (7, 4, 3)), 3)
cell = y.mean(2)
n, k, r = y.shape
ms_i = k * ((cell.mean(1) - y.mean()) ** 2).sum() / (n - 1)
ms_v = n * ((cell.mean(0) - y.mean()) ** 2).sum() / (k - 1)
ms_r = ((cell - cell.mean(1, keepdims=True) - cell.mean(0, keepdims=True) + y.mean()) ** 2).sum() / ((n - 1) * (k - 1))
rerun = y.var(axis=2, ddof=1).mean()
tied = rng.integers(0, 4, (6, 5))
ranks = np.array([stats.rankdata(row) for row in tied])
fr = stats.friedmanchisquare(*[tied[:, j] for j in range(5)])
out = {
    "source": "oracles/variants/variants.py with numpy 2.4.6, scipy 1.17.1, statsmodels; friedman: R 4.2.2 friedman.test",
    "cochran": dict(values=binary.ravel().tolist(), columns=5, statistic=q.statistic, p=q.pvalue),
    "smallBinary": dict(values=np.ravel(small).tolist(), columns=3, **summary(small)),
    "smallGraded": dict(values=np.ravel(graded).tolist(), columns=3, **summary(graded)),
    "components": dict(values=y.ravel().tolist(), variants=4, runsPerCell=3, item=(ms_i - ms_r) / k, variant=(ms_v - ms_r) / n, interaction=ms_r - rerun / r, rerun=rerun),
    "kendall": dict(values=tied.ravel().tolist(), objects=5, statistic=fr.statistic, p=fr.pvalue, w=fr.statistic / (6 * 4)),
    "friedman": friedman,
}
print(json.dumps(out, default=float))
