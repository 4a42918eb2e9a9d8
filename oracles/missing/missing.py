"""Reference values for bounds on a rate with missing scores.

Run: python3 missing.py > missing.json      (Python 3.11, SciPy 1.17.1)

Region: Clopper-Pearson at the two extremes. Parameter: Imbens and Manski (2004), equation 7, C by Brent's method, then
Clopper-Pearson limits with error Phi(-C).
"""
import json
from math import sqrt

import scipy
from scipy import optimize, stats


def region(k, f, m, level):
    n, tail = k + f + m, (1 - level) / 2
    return [
        float(stats.beta.ppf(tail, k, n - k + 1)) if k else 0.0,
        float(stats.beta.isf(tail, k + m + 1, n - k - m)) if f else 1.0,
    ]


def parameter(k, f, m, level):
    n = k + f + m
    low, high = k / n, (k + m) / n
    se = max(sqrt(low * (1 - low)), sqrt(high * (1 - high))) / sqrt(n)
    gap = (high - low) / se if se else (40 if m else 0)
    c = optimize.brentq(lambda c: stats.norm.cdf(c + gap) - stats.norm.cdf(-c) - level, 0, 10, xtol=1e-14)

    tail = stats.norm.sf(c)
    return [
        float(stats.beta.ppf(tail, k, n - k + 1)) if k else 0.0,
        float(stats.beta.isf(tail, k + m + 1, n - k - m)) if f else 1.0,
    ]


rows = []
for k, f, m in [(80, 10, 10), (50, 50, 0), (0, 10, 5), (10, 0, 5), (0, 0, 8), (3, 4, 1), (900, 80, 20), (0, 20, 0)]:
    for level in (0.95, 0.99):
        rows.append({"successes": k, "failures": f, "missing": m, "level": level, "region": region(k, f, m, level), "parameter": parameter(k, f, m, level)})
print(json.dumps({"source": f"SciPy {scipy.__version__}; oracles/missing/missing.py", "rows": rows}, indent=1))
