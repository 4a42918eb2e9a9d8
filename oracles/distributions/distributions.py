"""Reference values for the numerical kernel, by mpmath at 450 digits.

Run: python3 distributions.py > distributions.json      (Python 3.11, mpmath 1.3 or later)

Every input is first rounded to the double that TypeScript will hold, so that the values test the code and not the
rounding of its input. Quantiles are solved by Newton's method on the exact tail at the same precision, not taken from an inverse function.
"""
import json
import sys

import mpmath as mp

mp.mp.dps = 450


def exact(x):
    return mp.mpf(float(x))


def log_beta(a, b):
    return mp.loggamma(a) + mp.loggamma(b) - mp.loggamma(a + b)


def beta_series(x, y, a, b):
    """x^a y^b / (a B) times the positive series 1 + (a+b)/(a+1) x + …"""
    term, total, n = mp.mpf(1), mp.mpf(1), 0
    stop = mp.mpf(10) ** (-mp.mp.dps)
    while term > total * stop or n < 5:
        term *= (a + b + n) * x / (a + 1 + n)
        total += term
        n += 1
    return mp.exp(a * mp.log(x) + b * mp.log(y) - mp.log(a) - log_beta(a, b)) * total


def terms(x, a, b):
    """Roughly how many terms the series in x needs."""
    peak = max(0, ((a + b) * x - a - 1) / (1 - x)) if x < 1 else mp.inf
    return peak + (1000 / -mp.log(x) if x < 1 else mp.inf)


def beta_tail(x, y, a, b):
    """I_x(a, b) for x + y = 1, from whichever of the two series is shorter, with digits to spare for a subtraction."""
    if terms(x, a, b) <= terms(y, b, a):
        return beta_series(x, y, a, b)
    mean = a / (a + b)
    lost = (a * mp.log(mean / x) + b * mp.log((1 - mean) / y)) / mp.log(10) if x < mean else 0
    with mp.workdps(mp.mp.dps + int(lost) + 10):
        rest = 1 - beta_series(y, x, b, a)
    return +rest


def gamma_p(a, x):
    term, total, n = mp.mpf(1), mp.mpf(1), 0
    while True:
        n += 1
        term *= x / (a + n)
        total += term
        if term < total * mp.mpf(10) ** (-mp.mp.dps):
            break
    return mp.exp(a * mp.log(x) - x - mp.loggamma(a + 1)) * total


def gamma_q(a, x):
    """1 − P with enough digits that the subtraction keeps 30."""
    rough = abs(float(mp.log10(mp.e)) * float((x - a) - a * mp.log(x / a))) if x > a else 0
    with mp.workdps(60 + int(rough) + 20):
        return +(1 - gamma_p(mp.mpf(a), mp.mpf(x)))


def normal_upper(x):
    return mp.erfc(exact(x) / mp.sqrt(2)) / 2


def newton(function, slope, start):
    """Root of function(v) by Newton's method in mpmath."""
    v = mp.mpf(start)
    for _ in range(3000):
        step = max(-0.5, min(0.5, function(v) / slope(v)))
        v -= step
        if abs(step) < (abs(v) + mp.mpf("1e-300")) * mp.mpf(10) ** (-25):
            return v
    raise RuntimeError(f"no convergence from {start}")


def beta_quantile(p, a, b, tail):
    """logit of the point with I_x(a, b) = p, or 1 − I_x(a, b) = p: Newton on the log tail in the logit."""
    if p > 0.5:
        p, tail = 1 - p, "upper" if tail == "lower" else "lower"

    def tail_at(u):
        x, y = 1 / (1 + mp.exp(-u)), 1 / (1 + mp.exp(u))
        return beta_tail(x, y, a, b) if tail == "lower" else beta_tail(y, x, b, a)

    def density(u):
        x, y = 1 / (1 + mp.exp(-u)), 1 / (1 + mp.exp(u))
        return mp.exp(a * mp.log(x) + b * mp.log(y) - log_beta(a, b))

    sign = 1 if tail == "lower" else -1
    return newton(lambda u: mp.log(tail_at(u)) - mp.log(p), lambda u: sign * density(u) / tail_at(u), mp.log(a / b))


def number(x):
    return float(mp.nstr(x, 25))


out = {
    "source": f"mpmath {mp.__version__}, 450 digits; oracles/distributions/distributions.py",
    "tolerance": "1e-12 relative; SciPy 1.17.1 itself is off by up to 6e-12 on some of these points",
}

out["logGamma"] = [
    [x, number(mp.loggamma(exact(x)))]
    for x in [1e-8, 0.01, 0.25, 0.5, 0.9, 0.999999, 1.000001, 1.3, 1.5, 1.999999, 2.000001, 2.4, 2.6, 3.7, 7.25, 9.99, 10.0, 15.5, 100.25, 1e3, 1e5 + 0.5, 1e8, 1e15]
]
out["erfc"] = [[x, number(mp.erfc(exact(x)))] for x in [-5.0, -1.0, -0.3, 1e-9, 0.1, 0.46, 0.47, 1.0, 2.5, 3.99, 4.01, 8.0, 15.0, 26.0]]
out["logErfc"] = [[x, number(mp.log(mp.erfc(exact(x))))] for x in [-1.0, 0.2, 3.0, 10.0, 40.0, 1000.0]]
out["normalUpperTail"] = [
    [x, number(normal_upper(x))] for x in [-8.0, -2.0, -0.5, 0.0, 0.1, 0.66, 0.99, 1.0, 1.5, 1.959963984540054, 3.0, 4.0, 4.264890793922825, 5.0, 6.0, 8.0, 10.0, 15.0, 20.0, 25.0, 30.0, 35.0, 37.0]
]
out["normalLogUpperTail"] = [[x, number(mp.log(normal_upper(x)))] for x in [-10.0, -3.0, 0.5, 5.0, 38.0, 40.0, 100.0, 1e5]]
out["normalUpperQuantile"] = [
    [p, number(newton(lambda z: mp.log(mp.erfc(z / mp.sqrt(2)) / 2) - mp.log(exact(p)), lambda z: -mp.npdf(z) / (mp.erfc(z / mp.sqrt(2)) / 2), 0.001))]
    for p in [0.975, 0.9, 0.5000001, 0.4999, 0.3, 0.1, 0.07, 0.025, 0.005, 1e-4, 1e-5, 2.866515718791939e-07, 1e-10, 1e-20, 1e-50, 1e-100, 1e-200, 1e-300]
]

out["incompleteBeta"] = []
for x, a, b in [
    (0.5, 70, 31), (0.5, 600, 401), (0.5, 900, 101), (0.4, 2, 3), (0.9, 2, 3), (0.01, 0.5, 0.5), (0.99, 0.5, 0.5),
    (0.3, 0.5, 20.5), (1e-6, 1, 1e6), (3e-6, 4, 999997), (1e-5, 4, 999997), (1e-9, 3, 999998), (3e-5, 6, 999995),
    (0.499, 5e5, 5e5), (0.5, 5e5, 5e5 + 1), (0.505, 5e5, 5e5), (0.48, 5e5, 5e5), (0.3, 1234.5, 2345.75), (0.1, 200, 300),
    (1e-100, 2, 5), (1e-30, 10, 1e6), (0.7, 9000, 5043), (0.2, 3.3, 0.7), (0.999999, 100, 2),
]:
    X, A, B = exact(x), exact(a), exact(b)
    low = beta_tail(X, 1 - X, A, B)
    high = beta_tail(1 - X, X, B, A)
    out["incompleteBeta"].append([x, a, b, number(low), number(high)])

out["incompleteGamma"] = []
for a, x in [
    (0.5, 0.1), (0.5, 3.0), (0.5, 100.0), (1, 1e-10), (1, 5.0), (3, 1e-3), (5, 250.0), (10, 4.0), (10, 30.0), (100, 50.0),
    (100, 99.0), (100, 180.0), (1000, 900.0), (1000, 1000.0), (1000, 1001.0), (1000, 1050.0), (1000, 1500.0), (1000, 500.0),
    (1e5, 99000.0), (1e5, 1e5), (1e5, 101000.0), (1e5, 1.1e5), (2.5, 700.0),
]:
    A, X = exact(a), exact(x)
    out["incompleteGamma"].append([a, x, number(gamma_p(A, X)), number(gamma_q(A, X))])

out["studentTUpperTail"] = []
for t, df in [
    (0.0, 3), (1e-8, 5), (0.3, 0.7), (2.0, 4), (1.899, 49), (5.0, 10), (12.0, 30), (40.0, 100), (2.0, 1e6), (6.0, 1e6), (1.0, 9.40271740382),
    (1e5, 1), (1e10, 2), (30.0, 2.5), (3.0, 1e9), (300.0, 100.0), (37.0, 1e5),
]:
    T, D = exact(t), exact(df)
    x, y = D / (D + T * T), T * T / (D + T * T)
    # Above the mean of the beta the series in the other variable is the fast one.
    tail = beta_tail(x, y, D / 2, mp.mpf(1) / 2) if t else mp.mpf(1)
    out["studentTUpperTail"].append([t, df, number(tail / 2)])

out["studentTUpperQuantile"] = []
for p, df in [
    (0.025, 1), (0.025, 2), (0.025, 4), (0.025, 10), (0.025, 9.40271740382), (0.005, 30), (0.3, 7), (0.499999, 12), (0.1, 0.8), (1e-5, 5),
    (1e-10, 20), (1e-20, 100), (1e-100, 50), (1e-300, 1000), (0.025, 1e6), (1e-12, 1e6), (0.45, 3.3),
]:
    P, D = exact(p), exact(df)

    # T² / (df + T²) is Beta(1/2, df/2).
    u = beta_quantile(2 * P, mp.mpf(1) / 2, D / 2, "upper")
    out["studentTUpperQuantile"].append([p, df, number(mp.sqrt(D * mp.exp(u)))])

out["chiSquaredUpperTail"] = []
for x, df in [(3.841458820694124, 1), (66.01, 1), (2.78, 5), (200, 1), (500, 10), (2000, 2000), (2100, 2000), (1800, 2000), (1e5, 99000), (7.5, 3.7), (1400, 3)]:
    out["chiSquaredUpperTail"].append([x, df, number(gamma_q(exact(df) / 2, exact(x) / 2))])

out["chiSquaredQuantile"] = []
for p, df in [(0.025, 20), (0.975, 20), (0.5, 1), (1e-10, 4), (0.01, 0.6), (0.05, 2000), (0.9, 2000), (0.05, 2e5), (1e-5, 2)]:
    P, D = exact(p), exact(df)
    root = 2 * mp.exp(
        newton(
            lambda v: mp.log(gamma_p(D / 2, mp.exp(v))) - mp.log(P),
            lambda v: mp.exp(D / 2 * v - mp.exp(v) - mp.loggamma(D / 2)) / gamma_p(D / 2, mp.exp(v)),
            mp.log(D / 2) - 2 / D,
        )
    )
    out["chiSquaredQuantile"].append([p, df, number(root)])

out["fUpperTail"] = []
for f, df1, df2 in [(11.0272479564, 5, 15), (1.79467849224, 5, 18), (1.0, 10, 10), (0.05, 3, 40), (50.0, 2, 8.5), (3.0, 1e4, 1e4), (1.1, 1e5, 1e5), (900.0, 4, 200), (1.5, 1, 1e6)]:
    F, A, B = exact(f), exact(df1), exact(df2)
    x, y = B / (B + A * F), A * F / (B + A * F)
    out["fUpperTail"].append([f, df1, df2, number(beta_tail(x, y, B / 2, A / 2))])

out["betaUpperQuantile"] = []
for p in [0.05, 1e-5, 1e-10]:
    for n in [100, 10_000, 1_000_000]:
        for k in range(6):
            P, A, B = exact(p), mp.mpf(k + 1), mp.mpf(n - k)
            root = 1 / (1 + mp.exp(-beta_quantile(P, A, B, "upper")))
            out["betaUpperQuantile"].append([p, k + 1, n - k, number(root)])

out["betaQuantile"] = []
for p, a, b in [
    (0.025, 1, 14042), (0.025, 9000, 5043), (0.975, 9001, 5042), (1e-10, 3, 999998), (0.025, 0.5, 0.5), (0.975, 0.5, 20.5),
    (0.025, 0.5, 20.5), (1e-300, 40, 60), (1e-100, 2, 3), (0.3, 0.2, 0.3), (0.025, 5e5, 5e5), (0.975, 5e5, 5e5), (1e-12, 14, 7), (0.4, 3.5, 900.25),
]:
    P, A, B = exact(p), exact(a), exact(b)
    root = 1 / (1 + mp.exp(-beta_quantile(P, A, B, "lower")))
    out["betaQuantile"].append([p, a, b, number(root)])

out["binomialUpperTail"] = []
for k, n, p in [(16, 20, 0.5), (60, 100, 0.5), (2202, 4281, 0.5), (520, 1000, 0.5), (600, 1000, 0.5), (12, 10000, 1e-4), (900, 1000, 0.5), (12, 1000, 0.004), (3, 1_000_000, 1e-9), (995, 1000, 0.5)]:
    P = exact(p)
    total = mp.fsum(mp.binomial(n, j) * P**j * (1 - P) ** (n - j) for j in range(k, min(n, k + 4000) + 1))
    out["binomialUpperTail"].append([k, n, p, number(total)])

out["binomialLogPmf"] = []
for k, n, p in [(0, 10, 0.3), (3, 10, 0.3), (10, 10, 0.3), (500, 1000, 0.5), (5, 1_000_000, 1e-6), (400_000, 1_000_000, 0.5), (999_999, 1_000_000, 0.5), (1, 5, 1e-300)]:
    P = exact(p)
    log = mp.loggamma(n + 1) - mp.loggamma(k + 1) - mp.loggamma(n - k + 1) + k * mp.log(P) + (n - k) * mp.log(1 - P)
    out["binomialLogPmf"].append([k, n, p, number(log)])

out["poissonUpperTail"] = []
for k, mean in [(1, 1e-12), (5, 0.01), (10, 3.0), (200, 100.0), (1500, 1000.0), (1000, 1000.0), (80, 0.5)]:
    out["poissonUpperTail"].append([k, mean, number(gamma_p(mp.mpf(k), exact(mean)))])

points = sum(len(rows) for rows in out.values() if isinstance(rows, list))
out["points"] = points
print(f"{points} points", file=sys.stderr)


def line(value):
    return json.dumps(value)


body = ",\n".join(
    f'  "{key}": ' + ("[\n    " + ",\n    ".join(map(line, value)) + "\n  ]" if isinstance(value, list) else line(value))
    for key, value in out.items()
)
print("{\n" + body + "\n}")
