"""Time-uniform boundaries from their defining integrals, not from the closed forms that the product uses.

Each mixture is integrated numerically over its mixing law with mpmath and solved for the sum that reaches ln(1/alpha).
The published targets are those of gostevehoward/confseq 70b1ef3 (test/uniform_boundaries_unittest.cpp), tolerance 1e-5.
Run: python3 boundaries.py > boundaries.json
"""
import json

import mpmath as mp

mp.mp.dps = 20
ALPHA, V, TIGHTEST = mp.mpf("0.05"), mp.mpf(100), mp.mpf(100)


def rho(alpha):
    twice = 2 * mp.log(1 / alpha)
    return TIGHTEST / (twice + mp.log(1 + twice))


def gaussian(s, sides):
    """Mean of exp(ls - l^2 v/2) over l ~ N(0, 1/rho), or its positive half."""
    r = rho(ALPHA if sides == 2 else 2 * ALPHA)
    density = lambda l: mp.sqrt(r / (2 * mp.pi)) * mp.exp(-r * l * l / 2) * (1 if sides == 2 else 2)
    f = lambda l: density(l) * mp.exp(l * s - l * l * V / 2)
    return mp.log(mp.quad(f, [-2 if sides == 2 else 0, 0.1, 0.3, 0.6, 2] if sides == 1 else [-2, -0.5, 0, 0.3, 0.6, 2]))


def beta_binomial(s, sides, g=mp.mpf("0.2"), h=mp.mpf("0.8")):
    """Binary terms at -g and h: t = v/(gh) of them, k at h; Beta mixture of their probability, mean g/(g+h)."""
    r = max(rho(ALPHA if sides == 2 else 2 * ALPHA) - g * h, g * h / 1000)
    t = V / (g * h)
    k = (s + g * t) / (g + h)
    null = g / (g + h)
    a, b = r / (h * (g + h)), r / (g * (g + h))
    cut = 0 if sides == 2 else null
    weight = mp.quad(lambda p: p ** (a - 1) * (1 - p) ** (b - 1), [cut + (1 - cut) * mp.mpf(j) / 40 for j in range(41)])
    f = lambda p: p ** (a - 1) * (1 - p) ** (b - 1) * mp.exp(k * mp.log(p / null) + (t - k) * mp.log((1 - p) / (1 - null)))
    return mp.log(mp.quad(f, [cut + (1 - cut) * mp.mpf(j) / 40 for j in range(41)]) / weight)


def gamma(s, kind, c=mp.mpf(2)):
    """exp(ls - psi(l)v) over a gamma law in u = 1 - cl (exponential, cut to u < 1) or u = exp(cl) (Poisson, cut to u > 1)."""
    r = rho(2 * ALPHA) / c ** 2
    v = V / c ** 2
    density = lambda u: u ** (r - 1) * mp.exp(-r * u)
    if kind == "sub-exponential":
        # psi(l) = (-ln(1-cl) - cl)/c^2
        f = lambda u: density(u) * mp.exp((1 - u) * s / c + v * (mp.log(u) + 1 - u))
        points = [0, 0.2, 0.5, 0.8, 1]
    else:
        # psi(l) = (exp(cl) - cl - 1)/c^2
        f = lambda u: density(u) * mp.exp(mp.log(u) * s / c - v * (u - mp.log(u) - 1))
        points = [1, 1.5, 2, 3, 6, 12, 30]
    return mp.log(mp.quad(f, points) / mp.quad(density, points))


def bound(evidence):
    return mp.findroot(lambda s: evidence(s) - mp.log(1 / ALPHA), (mp.mpf(27), mp.mpf(31)), tol=1e-24)


def bernoulli(k, n, tightest):
    twice = 2 * mp.log(20)
    weight = max(tightest / (twice + mp.log(1 + twice)) - 1, mp.mpf("0.001"))
    log = lambda p: mp.log(mp.beta(p * weight + k, (1 - p) * weight + n - k) / mp.beta(p * weight, (1 - p) * weight)) - k * mp.log(p) - (n - k) * mp.log(1 - p) - mp.log(20)
    ends = []
    for inside, outside in ((mp.mpf(k) / n, mp.mpf(10) ** -30), (mp.mpf(k) / n, 1 - mp.mpf(10) ** -18)):
        if log(outside) < 0:
            ends.append(float(round(outside)))
            continue
        for _ in range(120):
            middle = (inside + outside) / 2
            inside, outside = (middle, outside) if log(middle) < 0 else (inside, middle)
        ends.append(float(inside))
    return ends


def stitching(v, start, c, alpha=ALPHA, s=mp.mpf("1.4"), eta=mp.mpf(2)):
    l = s * mp.log(mp.log(eta * v / start)) + mp.log(mp.zeta(s) / mp.log(eta) ** s) + mp.log(1 / alpha)
    k1, k2 = (eta ** 0.25 + eta ** -0.25) / mp.sqrt(2), (mp.sqrt(eta) + 1) / 2
    return mp.sqrt(k1 ** 2 * v * l + (k2 * c * l) ** 2) + k2 * c * l


def empirical_process(t, start, factor=mp.mpf("0.85")):
    def rate(eta, c):
        g = mp.sqrt(2 / eta) * (factor - mp.sqrt(2 * (eta - 1) / c))
        return 4 * mp.exp(-g * g * c) * (1 + 1 / ((g * g - 1) * mp.log(eta))) if g > 1 else mp.mpf(9)

    def spent(c):
        low, high = mp.mpf(1), 2 * factor ** 2
        for _ in range(7):  # each round keeps the two cells around the best of 40
            grid = [low + (high - low) * j / 40 for j in range(41)]
            best = min(range(1, 40), key=lambda j: rate(grid[j], c))
            low, high = grid[best - 1], grid[best + 1]
        return rate((low + high) / 2, c)

    low, high = mp.mpf(7), mp.mpf(10)
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if spent(middle) > ALPHA else (low, middle)
    return factor * mp.sqrt((mp.log(1 + mp.log(mp.mpf(t) / start)) + high) / t)


S = mp.mpf(10)
out = {
    "source": f"oracles/sequential/boundaries.py, mpmath {mp.__version__}; published: confseq 70b1ef3, 1e-5",
    "rho": float(rho(ALPHA)),
    "normal": [{"side": side, "evidence": float(gaussian(S, n)), "bound": float(bound(lambda s: gaussian(s, n))), "published": p}
               for side, n, p in (("two-sided", 2, [-0.6510052, 30.35209]), ("greater", 1, [-0.06502391, 27.66071]))],
    "betaBinomial": [{"side": side, "evidence": float(beta_binomial(S, n)), "bound": float(bound(lambda s: beta_binomial(s, n))), "published": p}
                     for side, n, p in (("two-sided", 2, [-0.6941012, 31.4308]), ("greater", 1, [-0.07134019, 28.41238]))],
    "gamma": [{"tail": tail, "evidence": float(gamma(S, tail)), "bound": float(bound(lambda s: gamma(s, tail))), "published": p}
              for tail, p in (("sub-exponential", [-0.2490165, 33.02017]), ("sub-poisson", [-0.06991219, 30.1949]))],
    "bernoulli": [{"successes": k, "trials": n, "tightestAt": t, "interval": bernoulli(k, n, mp.mpf(t)), "published": p}
                  for k, n, t, p in ((700, 1000, 100, [0.651629, 0.745949]), (15, 50, 50, [0.129556, 0.511896]), (5, 50, 50, [0.013021, 0.269264]),
                                     (1, 50, 50, [0, 0.13489]), (1, 2, 50, [0, 1]), (100, 200, 1, [0.328923, 0.671076]))],
    "stitching": [{"scale": c, "bound": float(stitching(V, mp.mpf(10), c)), "published": p} for c, p in ((3, 64.48755), (-1, 28.99389))],
    "empiricalProcess": {"bound": float(empirical_process(1000, 100)), "published": 0.08204769},
}
print(json.dumps(out, indent=1))
