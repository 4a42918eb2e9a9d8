"""Reference values for intervals and tests of one rate.

Run: python3 rates.py > rates.json      (Python 3.11, SciPy 1.17.1, mpmath 1.4.1)

Clopper-Pearson ends are found by bisection on the binomial sums themselves, which nothing in the code under test does;
Wilson is the quadratic formula at 40 digits; Jeffreys, Garwood and the binomial test are SciPy's.
"""
import json

import mpmath as mp
import scipy
from scipy import stats

mp.mp.dps = 40


def cdf(k, n, p):
    return mp.fsum(mp.binomial(n, j) * p**j * (1 - p) ** (n - j) for j in range(0, k + 1))


def upper(k, n, p):
    return mp.fsum(mp.binomial(n, j) * p**j * (1 - p) ** (n - j) for j in range(k, n + 1))


def root(function, start):
    """Bisection around SciPy's value, which only says where to look."""
    low, high = mp.mpf(start) * (1 - mp.mpf("1e-6")), min(mp.mpf(start) * (1 + mp.mpf("1e-6")), mp.mpf(1) - mp.mpf("1e-30"))
    rising = function(high) > function(low)
    assert (function(low) > 0) != (function(high) > 0)
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (low, middle) if (function(middle) > 0) == rising else (middle, high)
    return float((low + high) / 2)


def clopper_pearson(k, n, level, side):
    alpha = mp.mpf((1 - level) / (2 if side == "two-sided" else 1))
    low = stats.beta.ppf(float(alpha), k, n - k + 1) if k else 0
    high = stats.beta.isf(float(alpha), k + 1, n - k) if k < n else 1
    lower = root(lambda p: mp.log(upper(k, n, p)) - mp.log(alpha), low) if k and side != "upper" else 0.0
    above = root(lambda p: mp.log(cdf(k, n, p)) - mp.log(alpha), high) if k < n and side != "lower" else 1.0
    return [lower, above]


def wilson(k, n, level):
    """Roots of the score equation at 40 digits; SciPy takes z from a rounded 1 - alpha/2 and is 3e-13 off at .99999."""
    z = -mp.findroot(lambda x: mp.ncdf(x) - mp.mpf(1 - level) / 2, stats.norm.ppf((1 - level) / 2))
    p = mp.mpf(k) / n
    centre = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * mp.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return [0.0 if k == 0 else float(centre - half), 1.0 if k == n else float(centre + half)]


out = {"source": f"SciPy {scipy.__version__}, mpmath {mp.__version__}; oracles/rates/rates.py"}
cases = [(0, 20), (1, 20), (5, 20), (10, 20), (15, 20), (19, 20), (20, 20), (5, 100), (3, 1000), (700, 1000), (0, 100), (1, 1), (0, 1), (2, 3), (999, 1000)]
out["twoSided"] = []
for k, n in cases:
    for level in [0.95, 0.99, 0.99999]:
        jeffreys = [
            0.0 if k == 0 else float(stats.beta.ppf((1 - level) / 2, k + 0.5, n - k + 0.5)),
            1.0 if k == n else float(stats.beta.isf((1 - level) / 2, k + 0.5, n - k + 0.5)),
        ]
        out["twoSided"].append(
            {"k": k, "n": n, "level": level, "clopperPearson": clopper_pearson(k, n, level, "two-sided"), "wilson": wilson(k, n, level), "jeffreys": jeffreys}
        )
out["oneSided"] = [
    {"k": k, "n": n, "level": level, "lower": clopper_pearson(k, n, level, "lower")[0], "upper": clopper_pearson(k, n, level, "upper")[1]}
    for k, n in [(0, 100), (5, 100), (100, 100), (700, 1000), (3, 1000)]
    for level in [0.9, 0.95, 0.99]
]
out["zeroEventBound"] = [
    [n, level, float(1 - mp.mpf(1 - level) ** (mp.mpf(1) / n))] for n in [1, 10, 100, 29956, 46050, 1_000_000] for level in [0.95, 0.99]
]
out["garwood"] = [
    [x, level, float(stats.chi2.ppf((1 - level) / 2, 2 * x) / 2) if x else 0.0, float(stats.chi2.isf((1 - level) / 2, 2 * x + 2) / 2), float(stats.chi2.isf(1 - level, 2 * x + 2) / 2)]
    for x in [0, 1, 2, 3, 10, 250]
    for level in [0.95, 0.99]
]
out["binomialTest"] = [
    [k, n, p, alternative, float(stats.binomtest(k, n, p, alternative).pvalue)]
    for k, n, p in [(7, 20, 0.2), (12, 1000, 0.004), (70, 100, 0.5), (0, 10, 0.3), (10, 10, 0.3), (5, 10, 0.5), (3, 10, 0.5), (40, 100, 0.55), (1, 2, 0.5), (0, 1, 0.9), (251, 999, 0.25)]
    for alternative in ["two-sided", "greater", "less"]
]
print(json.dumps(out, indent=1))
