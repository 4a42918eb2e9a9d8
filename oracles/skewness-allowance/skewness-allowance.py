"""Independent values for t intervals of means of equal clusters that allow for skewness.

python3 skewness-allowance.py > skewness-allowance.json            (SciPy 1.17.1)

The added clusters are written out as weighted observations beside the means of the clusters: z^2/2 of them at each end. With equal
clusters CR2 is s^2/G with G - 1 degrees of freedom, so the interval is that of a weighted t.
"""
import json

import numpy as np
import scipy
from scipy.stats import norm, t

rng = np.random.default_rng(12)


def case(name, rows, level, kind):
    rows = np.asarray(rows, float)
    means = rows.mean(axis=1)
    groups, mean, tail = len(means), means.mean(), (1 - level) / 2
    plain = t.interval(level, groups - 1, mean, means.std(ddof=1) / np.sqrt(groups))
    far = means - mean
    ends = [rows.min(), rows.max()] if kind == "two values" else [mean + 1.5 * far.min(), mean + 1.5 * far.max()]
    added = norm.isf(tail) ** 2
    observations = np.concatenate([means, ends])
    weights = np.concatenate([np.ones(groups), [added / 2, added / 2]])
    total = weights.sum()
    center = (weights * observations).sum() / total
    error = np.sqrt((weights * (observations - center) ** 2).sum() / (total * (total - 1)))
    margin = t.isf(tail, groups - 1) * error
    skewness = abs((far**3).sum()) / (far**2).sum() ** 1.5
    limit = 0.1 if kind == "two values" else max(0.1, np.sqrt(6) / groups)
    skewed = bool(skewness > limit)
    interval = [min(plain[0], center - margin), max(plain[1], center + margin)] if skewed else list(plain)
    return dict(name=name, rows=rows.tolist(), level=level, skewed=skewed, plain=list(plain), interval=interval)


clusters = lambda groups, size, draw: draw(size=(groups, 1)) + 0.3 * rng.standard_normal((groups, size))
cases = [
    case("24 exponential clusters of 3", clusters(24, 3, rng.exponential), 0.95, "other"),
    case("24 mirrored exponential clusters of 3", -clusters(24, 3, rng.exponential), 0.9, "other"),
    case("12 normal clusters of 4", clusters(12, 4, rng.standard_normal), 0.95, "other"),
    case("15 clusters of 5 with 4 successes", [[1.0 if (g, i) in {(3, 0), (3, 1), (3, 2), (9, 4)} else 0.0 for i in range(5)] for g in range(15)], 0.95, "two values"),
    case("10 clusters of 2, scores 3 or 5", [[5.0, 3.0 + 2 * (g < 2)] for g in range(10)], 0.99, "two values"),
    case("6 clusters of 2, evenly 0 or 1", [[0.0, g % 2] for g in range(6)], 0.95, "two values"),
]
print(json.dumps(dict(version=scipy.__version__, cases=cases)))
