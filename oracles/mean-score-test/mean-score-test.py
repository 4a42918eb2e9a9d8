"""Kruskal–Wallis and Friedman as special cases of the mean score test, by SciPy; one exact permutation p by
enumeration. Writes mean-score-test.json.

The Friedman data are Hollander and Wolfe (1973), p. 140, as in R 4.2.2 `?friedman.test` (RoundingTimes).
"""

import itertools
import json
from pathlib import Path

import numpy as np
import scipy
from scipy import stats

groups = [[2.9, 3.0, 2.5, 2.6, 3.2], [3.8, 2.7, 4.0, 2.4], [2.8, 3.4, 3.7, 2.2, 2.0]]
kruskal = stats.kruskal(*groups)
ranks = stats.rankdata(np.concatenate(groups)).tolist()

rounding = [
    [5.40, 5.50, 5.55], [5.85, 5.70, 5.75], [5.20, 5.60, 5.50], [5.55, 5.50, 5.40], [5.90, 5.85, 5.70],
    [5.45, 5.55, 5.60], [5.40, 5.40, 5.35], [5.45, 5.50, 5.35], [5.25, 5.15, 5.00], [5.85, 5.80, 5.70],
    [5.25, 5.20, 5.10], [5.65, 5.55, 5.45], [5.60, 5.35, 5.45], [5.05, 5.00, 4.95], [5.50, 5.50, 5.40],
    [5.45, 5.55, 5.50], [5.55, 5.55, 5.35], [5.45, 5.50, 5.55], [5.50, 5.45, 5.25], [5.65, 5.60, 5.40],
    [5.70, 5.65, 5.55], [6.30, 6.30, 6.25],
]
friedman = stats.friedmanchisquare(*np.array(rounding).T)

# 0/1 scores in one stratum: Pearson's chi-squared without correction, times (n - 1) / n.
table = np.array([[12, 8], [5, 15], [9, 11]])
pearson = stats.chi2_contingency(table, correction=False)
n = table.sum()

# All 10!/(4!3!3!) = 4200 labellings of ten scores, statistic (n - 1) SSB / SST.
scores = np.array([0.1, 0.4, 0.9, 0.8, 0.3, 0.2, 0.7, 1.0, 1.0, 0.6])


def statistic(labels):
    between = sum(len(scores[labels == g]) * (scores[labels == g].mean() - scores.mean()) ** 2 for g in range(3))
    return (len(scores) - 1) * between / ((scores - scores.mean()) ** 2).sum()


observed_labels = np.array([0, 0, 1, 1, 0, 0, 1, 2, 2, 2])
observed = statistic(observed_labels)
seen = set(itertools.permutations(observed_labels.tolist()))
exact = float(np.mean([statistic(np.array(labels)) >= observed * (1 - 1e-10) for labels in seen]))

Path(__file__).with_suffix(".json").write_text(json.dumps({
    "source": f"scipy {scipy.__version__} kruskal, friedmanchisquare, chi2_contingency; enumeration: mean-score-test.py",
    "kruskal": {"ranks": ranks, "sizes": [len(g) for g in groups], "statistic": float(kruskal.statistic), "p": float(kruskal.pvalue)},
    "friedman": {"ranks": np.apply_along_axis(stats.rankdata, 1, np.array(rounding)).tolist(),
                 "statistic": float(friedman.statistic), "p": float(friedman.pvalue)},
    "pearson": {"table": table.tolist(), "statistic": float(pearson.statistic * (n - 1) / n)},
    "exact": {"scores": scores.tolist(), "groups": observed_labels.tolist(), "statistic": float(observed),
              "labellings": len(seen), "p": exact},
}, indent=1) + "\n")
