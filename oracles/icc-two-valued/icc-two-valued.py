"""Independent limits for ICC(1,1) of 0/1 scores: F, jackknife over items, jackknife with z^2 unseen items.

python3 icc-two-valued.py > icc-two-valued.json            (SciPy 1.17.1)

Unseen items are written out as weighted rows of the table; mean squares come from deviations, score by score, not from sums.
"""
import json

import numpy as np
import scipy
from scipy.stats import f, norm, t


def icc(rows, weights):
    k = rows.shape[1]
    n = weights.sum()
    grand = (weights[:, None] * rows).sum() / (n * k)
    means = rows.mean(axis=1)
    between = k * (weights * (means - grand) ** 2).sum() / (n - 1)
    within = (weights[:, None] * (rows - means[:, None]) ** 2).sum() / (n * (k - 1))
    return (between - within) / (between + (k - 1) * within), between / within


def jackknife(rows, weights, level):
    k, n = rows.shape[1], weights.sum()
    fisher = lambda r: 0.5 * np.log((1 + (k - 1) * r) / (1 - r))
    scores = np.array([fisher(icc(rows, weights - (np.arange(len(rows)) == i))[0]) for i in range(len(rows))])
    mean = (weights * scores).sum() / n
    parts = (scores - mean) ** 2
    variance = (weights * parts).sum() * (n - 1) / n
    excess = (weights * parts**2).sum() / (weights * parts).sum() ** 2 - 1 / n
    df = max(1, min(n - 1, 2 / excess if excess > 0 else np.inf))
    center, margin = fisher(icc(rows, weights)[0]), t.isf((1 - level) / 2, df) * np.sqrt(variance)
    back = lambda z: (np.exp(2 * z) - 1) / (np.exp(2 * z) + k - 1)
    return [back(center - margin), back(center + margin)]


def case(name, counts, k, level):
    rows = np.array([[1.0] * c + [0.0] * (k - c) for c in counts])
    n, ones = len(rows), np.ones(len(rows))
    value, ratio = icc(rows, ones)
    tail = (1 - level) / 2
    share = lambda x: (x - 1) / (x + k - 1)
    by_f = [share(ratio / f.isf(tail, n - 1, n * (k - 1))), share(ratio * f.isf(tail, n * (k - 1), n - 1))]
    half = norm.isf(tail) ** 2 / 2
    rarer = 1.0 if rows.mean() < 0.5 else 0.0
    once = np.full(k, 1 - rarer)
    once[0] = rarer
    unseen = jackknife(np.vstack([rows, np.full(k, rarer), once]), np.append(ones, [half, half]), level)
    seen = jackknife(rows, ones, level)
    all_of_them = [by_f, seen, unseen]
    interval = [min(x[0] for x in all_of_them), max(x[1] for x in all_of_them)]
    return dict(name=name, counts=counts, k=k, level=level, value=value, jackknife=seen, unseen=unseen, interval=interval)


cases = [
    case("60 items, rare successes", [0] * 50 + [1, 1, 1, 2, 1, 4, 3, 1, 4, 2], 4, 0.95),
    case("60 items, rare failures", [4] * 50 + [3, 3, 2, 3, 0, 1, 3, 3, 2, 0], 4, 0.9),
    case("24 items near half", [0, 1, 2, 3, 3, 3, 0, 1, 1, 2, 3, 0, 0, 0, 3, 2, 1, 1, 3, 0, 2, 1, 3, 0], 3, 0.95),
]
print(json.dumps(dict(version=scipy.__version__, cases=cases)))
