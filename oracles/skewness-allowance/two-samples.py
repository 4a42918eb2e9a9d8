"""Independent values for Welch intervals of two independent samples that allow for skewness.

python3 two-samples.py > two-samples.json            (SciPy 1.17.1)

The pulls of all values on the difference, those of the second sample turned round, are read as observations about 0, and z^2 more
are written out beside them as weighted ones: z^2/2 at 1.5 times the farthest on either side.
"""
import json

import numpy as np
import scipy
from scipy.stats import norm, t, ttest_ind

rng = np.random.default_rng(31)


def case(name, first, second, level):
    tail = (1 - level) / 2
    welch = ttest_ind(first, second, equal_var=False)
    plain = welch.confidence_interval(level)
    value = first.mean() - second.mean()
    one = (first - first.mean()) / np.sqrt(len(first) * (len(first) - 1))
    two = -(second - second.mean()) / np.sqrt(len(second) * (len(second) - 1))
    pulls = np.concatenate([one, two])
    units = len(pulls)
    skewness = abs((pulls**3).sum()) / (pulls**2).sum() ** 1.5
    skewed = bool(skewness > max(0.1, np.sqrt(6) / (welch.df + 1)))
    spread = pulls * np.sqrt(units * (units - 1))
    added = norm.isf(tail) ** 2
    observations = np.concatenate([spread, [1.5 * spread.min(), 1.5 * spread.max()]])
    weights = np.concatenate([np.ones(units), [added / 2, added / 2]])
    total = weights.sum()
    center = (weights * observations).sum() / total
    error = np.sqrt((weights * (observations - center) ** 2).sum() / (total * (total - 1)))
    margin = t.isf(tail, welch.df) * error
    low, high = value + center - margin, value + center + margin
    interval = [min(plain.low, low), max(plain.high, high)] if skewed else [plain.low, plain.high]
    return dict(name=name, first=first.tolist(), second=second.tolist(), level=level, skewed=skewed,
                plain=[plain.low, plain.high], p=float(welch.pvalue), interval=interval)


cases = [
    case("24 exponential and 40 normal values", rng.exponential(size=24), rng.standard_normal(40), 0.95),
    case("20 normal and 30 exponential values", rng.standard_normal(20) / 2, 2 * rng.exponential(size=30), 0.9),
    case("12 and 15 normal values", rng.standard_normal(12), rng.standard_normal(15) * 2, 0.99),
]
print(json.dumps(dict(version=scipy.__version__, cases=cases)))
