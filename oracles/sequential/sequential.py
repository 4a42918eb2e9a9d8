"""Confidence sequences and e-processes, computed independently of the product with SciPy and plain loops.

Run: python3 sequential.py > sequential.json
"""
import json
from math import exp, log, log1p, sqrt

import numpy as np
import scipy
from scipy.optimize import brentq
from scipy.special import betaln, gammaln
from scipy.stats import binom


def log_mixture(p, s, n, a=1.0, b=1.0):
    return betaln(a + s, b + n - s) - betaln(a, b) - binom.logpmf(s, n, p) + (gammaln(n + 1) - gammaln(s + 1) - gammaln(n - s + 1))


def beta_mixture(s, n, alpha=0.05):
    f = lambda p: log_mixture(p, s, n) - log(1 / alpha)
    lo = 0.0 if s == 0 else brentq(f, 1e-12, s / n, xtol=1e-15, rtol=1e-14)
    hi = 1.0 if s == n else brentq(f, s / n if s else 1e-12, 1 - 1e-12, xtol=1e-15, rtol=1e-14)
    return [lo, hi]


def one_sided(s, n, p0):
    """ln of E = ∫_{p0}^1 (p/p0)^s ((1-p)/(1-p0))^(n-s) dp / (1-p0), by Gauss-Legendre quadrature."""
    x, w = np.polynomial.legendre.leggauss(400)
    p = p0 + (1 - p0) * (x + 1) / 2
    terms = s * np.log(p / p0) + (n - s) * np.log((1 - p) / (1 - p0))
    top = terms.max()
    return float(top + np.log(np.sum(w / 2 * np.exp(terms - top))))


def wealth(xs, m, alpha=0.05):
    up = down = 1.0
    total, squares = 0.5, 0.25
    for t, x in enumerate(xs, start=1):
        lam = sqrt(2 * log(2 / alpha) / ((squares / t) * t * log(1 + t)))
        up *= 1 + min(lam, 0.5 / m) * (x - m)
        down *= 1 - min(lam, 0.5 / (1 - m)) * (x - m)
        total += x
        squares += (x - total / (t + 1)) ** 2
    return max(up, down) / 2


def betting(xs, alpha=0.05):
    grid = np.arange(1, 10000) / 10000
    kept = [m for m in grid if wealth(xs, m, alpha) < 1 / alpha]
    return [kept[0], kept[-1]]


def eb_lower(xs, alpha1):
    num = den = pen = 0.0
    total, squares = 0.5, 0.25
    mean_sum = 0.0
    for t, x in enumerate(xs, start=1):
        lam = min(0.5, sqrt(2 * log(1 / alpha1) / ((squares / t) * t * log(1 + t))))
        before = mean_sum / (t - 1) if t > 1 else 0.0
        num += lam * x
        den += lam
        pen += (x - before) ** 2 * (-log1p(-lam) - lam)
        mean_sum += x
        total += x
        squares += (x - total / (t + 1)) ** 2
    return num / den - (log(1 / alpha1) + pen) / den


def eb(xs, alpha=0.05):
    return [max(0.0, eb_lower(xs, alpha / 2)), min(1.0, 1 - eb_lower([1 - x for x in xs], alpha / 2))]


def rare_trials(failures, p0, alpha, mixture):
    def enough(n):
        total = 0.0
        for q, w in mixture:
            if failures and q == 0:
                continue
            l = (failures * log(q / p0) if failures else 0) + (n - failures) * (log1p(-q) - log1p(-p0))
            total += w * exp(min(700, l))
        return total >= 1 / alpha

    n = failures
    step = 1 << 22
    while step:
        if not enough(n + step):
            n += step
        step >>= 1
    return n + 1


bern = [1.0 if (37 * t) % 100 < 30 else 0.0 for t in range(1, 401)]
cont = [((61 * t) % 101) / 101 / 2 for t in range(1, 401)]
p0 = 1e-4
print(json.dumps({
    "source": f"oracles/sequential/sequential.py, SciPy {scipy.__version__}",
    "betaMixture": [{"successes": s, "trials": n, "interval": beta_mixture(s, n)}
                    for s, n in [(5, 50), (15, 50), (60, 100), (700, 1000), (0, 29956), (0, 100000), (50, 50)]],
    "betaMixtureEvidence": [{"successes": s, "trials": 100, "nullRate": 0.5, "value": exp(log_mixture(0.5, s, 100))} for s in (60, 65, 70)],
    "oneSided": [{"successes": s, "trials": n, "nullRate": p, "logEvidence": one_sided(s, n, p)}
                 for s, n, p in [(75, 100, 0.6), (50, 100, 0.6), (190, 200, 0.9), (3, 400, 0.001)]],
    "betting": [{"series": name, "t": t, "interval": betting(xs[:t])} for name, xs in (("bern", bern), ("cont", cont)) for t in (50, 100, 200, 400)],
    "bettingEvidence": [{"t": 100, "mean": 0.5, "value": wealth(bern[:100], 0.5)}, {"t": 400, "mean": 0.4, "value": wealth(bern, 0.4)}],
    "empiricalBernstein": [{"series": name, "t": t, "interval": eb(xs[:t])} for name, xs in (("bern", bern), ("cont", cont)) for t in (1, 50, 100, 200, 400)],
    "rareRate": [{"failures": f, "rateBelow": p0, "errorRate": 0.05, "mixture": name, "trials": rare_trials(f, p0, 0.05, mix)}
                 for name, mix in (("default", [(0, 0.5), (p0 / 4, 0.5)]), ("quarter", [(p0 / 4, 1.0)])) for f in range(4)],
    "quantileBoundary": {"source": "gostevehoward/confseq uniform_boundaries_unittest (MIT), double stitching at t = 1000, t* = 100, alpha 0.05, tolerance 1e-5",
                         "values": [[0.5, 68.62803], [0.9, 43.72119], [0.1, 59.96521]]},
}, indent=1))
