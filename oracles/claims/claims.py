"""Guarantees, margins and ledgers, independent of the code under test.

python3 claims.py > claims.json            (mpmath 1.4.1, scipy 1.17.1, numpy 2.4.6)

pairedMargin: every 2 x 2 x n table summed, q on a grid of 4,001 points (the code searches 129 and refines).
closedTests: Hommel by closed testing over all subsets, Holm and Hochberg by definition, in exact fractions.
harmonic: Vovk and Wang's constant by bisection at 40 digits. bounds: mpmath roots of binomial tails.
allocation: brute force over all designs. itemAllocation: brute force over all integer allocations.
"""
import itertools
import json
from fractions import Fraction
import numpy as np
from mpmath import mp, mpf, binomial as choose, log, atan, tan, pi
from scipy import stats

mp.dps = 40


def tail_upper(k, n, p):
    return sum(choose(n, j) * p**j * (1 - p) ** (n - j) for j in range(k, n + 1))


def upper(k, n, alpha):
    if k == n:
        return mpf(1)
    lo, hi = mpf(k) / n, mpf(1)
    for _ in range(200):
        mid = (lo + hi) / 2
        cdf = sum(choose(n, j) * mid**j * (1 - mid) ** (n - j) for j in range(0, k + 1))
        lo, hi = (mid, hi) if cdf > alpha else (lo, mid)
    return lo


def lower(k, n, alpha):
    return 1 - upper(n - k, n, alpha)


def tango(b, c, n, d):
    A = 2 * n
    B = -b - c + (2 * n - b + c) * d
    C = -c * d * (1 - d)
    q = (np.sqrt(max(B * B - 4 * A * C, 0)) - B) / (2 * A)
    v = n * (2 * q + d * (1 - d))
    num = b - c - n * d
    return 0.0 if num == 0 else num / np.sqrt(v) if v > 0 else np.sign(num) * np.inf


def paired_margin(b, c, n, d):
    obs = tango(b, c, n, d)
    region = [(x, y) for x in range(n + 1) for y in range(n + 1 - x) if tango(x, y, n, d) >= obs - 1e-9]
    x, y = np.array(region).T
    lg = np.array([float(mp.loggamma(n + 1)) for _ in region]) - np.array([float(mp.loggamma(a + 1) + mp.loggamma(e + 1) + mp.loggamma(n - a - e + 1)) for a, e in region])
    best = 0.0
    for q in np.linspace(max(0, -d), (1 - d) / 2, 4001):
        p = q + d
        rest = max(0.0, 1 - p - q)
        with np.errstate(divide="ignore", invalid="ignore"):
            term = lg + np.where(x > 0, x * np.log(p), 0) + np.where(y > 0, y * np.log(q), 0) + np.where(n - x - y > 0, (n - x - y) * np.log(rest), 0)
        best = max(best, float(np.exp(term[np.isfinite(term)]).sum()))
    return obs, best


def simes(p):
    s = sorted(p)
    return min(Fraction(len(s), k + 1) * v for k, v in enumerate(s))


def hommel(p):
    m = len(p)
    out = []
    for i in range(m):
        out.append(max(simes([p[j] for j in subset]) for r in range(1, m + 1) for subset in itertools.combinations(range(m), r) if i in subset))
    return [float(min(1, v)) for v in out]


def hochberg(p):
    m = len(p)
    s = sorted(p)
    return [float(min(min(1, (m - k) * s[k]) for k in range(m) if s[k] >= v)) for v in p]


def factor(K):
    f = lambda y: y * y - K * ((y + 1) * log(y + 1) - y)
    lo, hi = mpf("0.5"), mpf(K) * 1000
    for _ in range(160):
        lo, hi = ((lo + hi) / 2, hi) if f((lo + hi) / 2) < 0 else (lo, (lo + hi) / 2)
    y = lo
    return (y + K) ** 2 / ((y + 1) * K)


rng = np.random.default_rng(3)
vectors = [[Fraction(v).limit_denominator(10000) for v in row] for row in (
    [1e-4, .004, .012, .03, .04, .2, .6], [.01, .04, .03], [.02, .02, .02, .5], [.5], [1, 1], list(np.round(rng.beta(.4, 2, 8), 4)), list(np.round(rng.beta(.4, 2, 9), 4)))]
p3 = [mpf("0.01"), mpf("0.02"), mpf("0.3")]
cauchy = sum(tan((mpf("0.5") - p) * pi) for p in p3) / 3

worst = [(3, 200), (0, 200), (1, 50)]
alloc_components = dict(item=0.12, variant=0.002, interaction=0.03, rerun=0.08)


def variance(i, v, r, c):
    return c["item"] / i + c["variant"] / v + c["interaction"] / (i * v) + c["rerun"] / (i * v * r)


best = min(((variance(i, v, r, alloc_components), i, v, r) for v in range(1, 61) for r in range(1, 11) for i in [int((5000 - 10 * v) / (2 + v * r))] if i >= 1))
judged = dict(item=0.12, variant=0.002, interaction=0.03, rerun=0.08, judge=0.01, itemJudge=0.02, judgement=0.05)
bestJudged = min((variance(i, v, r, judged) + judged["judge"] / j + judged["itemJudge"] / (i * j) + judged["judgement"] / (i * v * r * j), i, v, r, j)
                 for j in range(1, 6) for v in range(1, 31) for r in range(1, 6) for i in [int((5000 - 10 * v - 50 * j) / (2 + v * r * (1 + 0.3 * j)))] if i >= 1)
items = dict(variances=[0.25, 0.1, 0.04, 0.01], budget=16)
bestItems = min((sum(v / k for v, k in zip(items["variances"], ks)), ks) for ks in itertools.product(range(1, 14), repeat=4) if sum(ks) <= 16)

out = {
    "source": "oracles/claims/claims.py with mpmath 1.4.1, scipy 1.17.1, numpy 2.4.6; holm, hochberg, hommel of Benjamini and Hochberg (1995): R 4.2.2 p.adjust",
    "pairedMargin": [dict(onlyA=b, onlyB=c, n=n, nullDifference=d, score=s, pValue=v) for b, c, n, d in [(3, 5, 30, -0.2), (8, 6, 60, -0.1), (10, 2, 40, 0.05), (0, 0, 25, -0.1), (1, 4, 50, -0.15), (12, 25, 60, 0)] for s, v in [paired_margin(b, c, n, d)]],
    "closedTests": [dict(p=[float(v) for v in p], hommel=hommel(p), hochberg=hochberg(p)) for p in vectors],
    "rAdjust": dict(p=[0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1.0],
                    hochberg=[0.0015, 0.0056, 0.0247, 0.114, 0.2211, 0.2682, 0.2682, 0.2752, 0.3213, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0],
                    hommel=[0.0015, 0.0056, 0.0247, 0.095, 0.1608, 0.1946, 0.2086, 0.2408, 0.3213, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0]),
    "rFisher": dict(p=[0.1, 0.2, 0.3, 0.04], statistic=16.6697432692, pValue=0.0337377491043),
    "harmonic": [dict(tests=K, factor=float(factor(K))) for K in (3, 4, 5, 10, 100, 10**6)],
    "combined": dict(fisher=float(stats.combine_pvalues([.01, .02, .3], method="fisher")[1]), stouffer=float(stats.combine_pvalues([.01, .02, .3], method="stouffer")[1]), weighted=float(stats.combine_pvalues([.01, .02, .3], method="stouffer", weights=[1, 2, 3])[1]), harmonicMean=float(3 / sum(1 / p for p in p3)), cauchy=float(mpf("0.5") - atan(cauchy) / pi)),
    "judged": dict(sensitivity=float(lower(190, 200, mpf("0.025"))), cleanUpper=float(-mp.expm1(log(mpf("0.025")) / 29956) / lower(190, 200, mpf("0.025"))), twoConfirmed=float(upper(2, 500, mpf("0.025")) / lower(45, 50, mpf("0.025")))),
    "worst": dict(variants=worst, upper=float(max(upper(k, n, mpf("0.05") / 3) for k, n in worst)), lower=float(max(lower(k, n, mpf("0.05") / 3) if k else 0 for k, n in worst))),
    "allocation": dict(items=best[1], variants=best[2], runs=best[3], variance=best[0]),
    "judgedAllocation": dict(items=bestJudged[1], variants=bestJudged[2], runs=bestJudged[3], judges=bestJudged[4], variance=bestJudged[0]),
    "itemAllocation": dict(**items, total=bestItems[0]),
}
print(json.dumps(out, indent=1))
