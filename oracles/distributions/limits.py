"""Clopper-Pearson limits and t tails, by mpmath at 40 digits, solved on the exact tail. Run: python3 limits.py > limits.json"""
import json

import mpmath as mp
from scipy.stats import beta

mp.mp.dps = 40


def upper_tail(k, n, p):
    """P(X >= k), the shorter of the two finite sums."""
    q = 1 - p
    if k <= n - k:
        term, total = q ** n, mp.mpf(0)
        for i in range(k):
            total += term
            term *= (n - i) * p / ((i + 1) * q)
        return 1 - total
    term, total = p ** n, mp.mpf(0)
    for i in range(n, k - 1, -1):
        total += term
        term *= i * q / ((n - i + 1) * p)
    return total


def solve(f, start):
    """Root by secant steps from SciPy's double; the residual at 40 digits is what counts."""
    root = mp.findroot(f, (mp.mpf(start), mp.mpf(start) * (1 + mp.mpf(10) ** -9)), tol=mp.mpf(10) ** -40)
    return root


def lower(k, n, tail):
    return mp.mpf(0) if k == 0 else solve(lambda p: mp.log(upper_tail(k, n, p) / tail), beta.ppf(float(tail), k, n - k + 1))


def upper(k, n, tail):
    if k == n:
        return mp.mpf(1)
    if k == 0:
        return 1 - tail ** (mp.mpf(1) / n)
    return solve(lambda p: mp.log((1 - upper_tail(k + 1, n, p)) / tail), beta.isf(float(tail), k + 1, n - k))


def half_range(nu, t):
    """∫ (1 + x²/ν)^(−(ν+1)/2) dx from t, by x = t + u/(1 − u) in 40 panels."""
    f = lambda u: (1 + (t + u / (1 - u)) ** 2 / nu) ** (-(nu + 1) / 2) / (1 - u) ** 2
    return mp.quad(f, [mp.mpf(j) / 40 for j in range(40)] + [mp.mpf(39.999) / 40, mp.mpf(1)])


limits = []
for k, n, level in [(0, 30, 0.95), (0, 10_000, 0.95), (0, 30_000, 0.95), (1, 10_000, 0.95), (3, 1_000_000, 0.95), (13, 20, 0.95),
                    (20, 20, 0.95), (10_260, 14_042, 0.95), (0, 30_000, 0.99999), (5, 100_000, 0.99999)]:
    alpha = 1 - mp.mpf(level)
    limits.append({"successes": k, "trials": n, "level": level, "lower": float(lower(k, n, alpha / 2)),
                   "upper": float(upper(k, n, alpha / 2)), "oneSidedUpper": float(upper(k, n, alpha))})
tails = []
for t, df in [(2.0, 4), (1.899, 49), (5.0, 10), (12.0, 30), (2.0, 1e6), (40.0, 100)]:
    # 2 P(T > t) = Γ((ν+1)/2) / (Γ(ν/2) √(νπ)) · 2 ∫ (1 + x²/ν)^(−(ν+1)/2) dx from t
    nu = mp.mpf(df)
    scale = mp.exp(mp.loggamma((nu + 1) / 2) - mp.loggamma(nu / 2)) / mp.sqrt(nu * mp.pi)
    tails.append({"t": t, "df": df, "twoSided": float(2 * scale * half_range(nu, mp.mpf(t)))})
print(json.dumps({"source": f"oracles/distributions/limits.py, mpmath {mp.__version__}", "clopperPearson": limits, "studentT": tails}, indent=1))
