"""Noncentral tails and the power of t tests, independent of the code under test.

python3 noncentral.py > noncentral.json            (mpmath 1.4.1, scipy 1.17.1)

Noncentral chi-squared and F: the Poisson mixture of central tails at 60 digits. Noncentral t: adaptive quadrature of
E[1 - Phi(t S - delta)] over s itself at 40 digits (the code integrates over ln s by the trapezoidal rule in doubles).
Power of t tests: scipy.stats.nct. rPower: R 4.2.2, power.t.test(delta = .02, sd = .35, type = "one.sample", power = .8),
pwr 1.3 pwr.t.test(d = .2, power = .8, type = "paired") and pwr.t.test(n = 64, d = .5, type = "two.sample").
Equivalence power: scipy.integrate.quad of the conditional probability of both one-sided rejections.
"""
import json
from mpmath import mp, mpf, quad, gamma, gammainc, betainc, erfc, sqrt, exp, log, factorial, inf, pi
from scipy import stats, integrate
import numpy as np

mp.dps = 40


def poisson_sum(mean, term):
    mean = mpf(mean)
    if mean == 0:
        return term(0)
    j, total, p = 0, mpf(0), exp(-mean)
    while True:
        add = p * term(j)
        total += add
        j += 1
        p = p * mean / j
        if j > mean and j > 60 and abs(add) < total * mpf(10) ** -30 and p < total * mpf(10) ** -35:
            return total


def chi(x, df, nc):
    a = mpf(df) / 2
    upper = poisson_sum(mpf(nc) / 2, lambda j: gammainc(a + j, mpf(x) / 2, inf, regularized=True))
    lower = poisson_sum(mpf(nc) / 2, lambda j: gammainc(a + j, 0, mpf(x) / 2, regularized=True))
    return lower, upper


def f(x, df1, df2, nc):
    x, a, b = mpf(x), mpf(df1) / 2, mpf(df2) / 2
    y = mpf(df1) * x / (df1 * x + df2)
    upper = poisson_sum(mpf(nc) / 2, lambda j: betainc(b, a + j, 0, 1 - y, regularized=True))
    lower = poisson_sum(mpf(nc) / 2, lambda j: betainc(a + j, b, 0, y, regularized=True))
    return lower, upper


def t_upper(t, df, nc):
    t, n, d = mpf(t), mpf(df), mpf(nc)
    density = lambda s: 2 * (n / 2) ** (n / 2) / gamma(n / 2) * s ** (n - 1) * exp(-n * s * s / 2)
    integrand = lambda s: density(s) * erfc((t * s - d) / sqrt(mpf(2))) / 2
    # Break points around the bulk of the density and around the fall of the normal tail.
    marks = {mpf(0), inf}
    for k in range(-12, 13):
        marks.add(max(mpf(0), 1 + k / sqrt(2 * n) / 2))
        if t != 0:
            marks.add(max(mpf(0), (d + k) / t))
            marks.add(abs((d + k) / t) / 50)
    return quad(integrand, sorted(marks))


def text(value):
    return mp.nstr(value, 17)


def equivalence(se, df, margin, alpha, difference):
    crit = stats.t.isf(alpha, df)

    def inner(s):
        room = stats.norm.cdf((margin - difference) / se - crit * s) - stats.norm.cdf((-margin - difference) / se + crit * s)
        return max(0.0, room) * stats.chi.pdf(s * np.sqrt(df), df) * np.sqrt(df)

    edge = margin / se / crit
    return integrate.quad(inner, 0, edge, epsabs=1e-13, epsrel=1e-12, limit=400)[0]


out = {"source": "oracles/noncentral/noncentral.py with mpmath 1.4.1 and scipy 1.17.1; rPower: R 4.2.2"}
out["chiSquared"] = []
for x, df, nc in [(5, 4, 10), (0.01, 3, 2), (500, 3, 10), (7.814727903251179, 3, 10), (1, 0.7, 100), (1500, 20.5, 900), (60, 1, 0), (1e-6, 5, 50), (2500, 10, 1)]:
    lower, upper = chi(x, df, nc)
    out["chiSquared"].append(dict(x=x, df=df, noncentrality=nc, lower=text(lower), upper=text(upper)))
out["f"] = []
for x, df1, df2, nc in [(2, 3, 20, 8), (200, 3, 20, 8), (0.01, 4, 7.5, 6), (3, 1, 1000, 25), (1.2, 50, 50, 0), (40, 2, 60, 3), (0.5, 10, 200, 300)]:
    lower, upper = f(x, df1, df2, nc)
    out["f"].append(dict(f=x, df1=df1, df2=df2, noncentrality=nc, lower=text(lower), upper=text(upper)))
mp.dps = 30
out["t"] = []
for t, df, nc in [(2, 10, 1), (2, 10, -3), (30, 5, 2), (-2, 10, 1), (-2, 10, -9), (5, 3, 0), (2.5, 200, -4), (6, 29.3, 1.5), (0, 4, 1.3), (1.96, 5000, 2.8), (50, 1, 0.5), (-1, 2, 6)]:
    out["t"].append(dict(t=t, df=df, noncentrality=nc, upper=text(t_upper(t, df, nc)), lower=text(t_upper(-t, df, -nc))))
out["power"] = []
for effect, sd, n, alpha, groups in [(0.5, 1, 64, 0.05, 2), (0.2, 1, 199, 0.05, 1), (0.02, 0.35, 2406, 0.05, 1), (0.3, 0.5, 8, 0.01, 1), (1e-3, 1, 10, 0.05, 1), (1, 1, 3, 0.05, 2)]:
    df = n - 1 if groups == 1 else 2 * n - 2
    delta = effect / sd * np.sqrt(n / groups)
    crit = stats.t.isf(alpha / 2, df)
    out["power"].append(dict(effect=effect, standardDeviation=sd, n=n, alpha=alpha, groups=groups,
                             twoSided=float(stats.nct.sf(crit, df, delta) + stats.nct.cdf(-crit, df, delta)),
                             oneSided=float(stats.nct.sf(stats.t.isf(alpha, df), df, delta))))
out["rPower"] = dict(oneSampleN=2405.64085926, pairedN=198.150821655, twoSamplePower=0.801459557922)
out["equivalence"] = [dict(standardError=se, degreesOfFreedom=df, margin=m, alpha=a, difference=d, power=equivalence(se, df, m, a, d))
                      for se, df, m, a, d in [(0.01, 99, 0.03, 0.05, 0), (0.01, 99, 0.03, 0.05, 0.01), (0.005, 9, 0.02, 0.05, 0), (0.02, 30, 0.03, 0.05, 0), (0.1, 5, 0.25, 0.1, 0.05), (0.01, 400, 0.03, 0.05, 0.03)]]
print(json.dumps(out, indent=1))
