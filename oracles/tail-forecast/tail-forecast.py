"""Exact limits for the quantile of an exponential tail that one value in n exceeds.

python3 tail-forecast.py > tail-forecast.json            (SciPy 1.17.1)

The pivot k (ln n + ln U)/G, U ~ Beta(k + 1, m - k) and G ~ Gamma(k), by adaptive integration over U and Brent's method.
"""
import json

import numpy as np
import scipy
from scipy.integrate import quad
from scipy.optimize import brentq
from scipy.stats import beta, gamma


def limits(k, m, n, level):
    tail = (1 - level) / 2
    density = beta(k + 1, m - k)
    low, high = density.ppf(1e-14), density.isf(1e-14)

    def below(t):
        def part(u):
            reach = k * np.log(n * u)
            if t > 0:
                inside = gamma.sf(reach / t, k) if reach > 0 else 1.0
            else:
                inside = gamma.cdf(reach / t, k) if reach < 0 else 0.0
            return density.pdf(u) * inside
        points = [x for x in (1 / n, (k + 1) / m) if low < x < high]
        return quad(part, low, high, points=points, limit=500, epsabs=1e-12, epsrel=1e-11)[0]

    return [brentq(lambda t: below(t) - q, -8, 80, xtol=1e-12) for q in (tail, 1 - tail)]


cases = [(10, 1000, 1e3, 0.95), (10, 1000, 1e5, 0.95), (5, 300, 3e4, 0.95), (20, 1000, 1e6, 0.9), (2, 11, 11, 0.95), (30, 31, 400, 0.99)]
top = [0.02, 0.012, 0.009, 0.006, 0.0045, 0.004, 0.003, 0.0026, 0.0022, 0.002, 0.0018]
scores = -np.log(-np.log(top))
scale = (scores[:10] - scores[10]).mean()
probability = lambda score: float(np.exp(-np.exp(-score)))
print(json.dumps(dict(
    version=scipy.__version__,
    limits=[dict(tailSize=k, tested=m, queries=n, level=level, limits=limits(k, m, n, level)) for k, m, n, level in cases],
    fixture=[probability(scores[10] + scale * t) for t in limits(10, 1000, 1e5, 0.95)],
)))
