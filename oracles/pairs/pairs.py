"""Reference values for differences of rates: Tango, Newcombe (paired and independent), Bonett-Price, McNemar.

Run: python3 pairs.py > pairs.json      (Python 3.11, mpmath 1.4.1)

Tango's interval is derived here from its definition: for each difference the nuisance P(only B) is found by maximising the
constrained likelihood numerically, not by the closed form of the code under test, and the score is inverted by bisection.
McNemar's p-values are exact fractions. The airway row is the worked example of Fagerland, Lydersen and Laake (2014),
"Recommended tests and confidence intervals for paired binomial proportions", Statistics in Medicine 33:2850: published
Tango (-0.517, -0.026), Newcombe (-0.507, -0.026), Bonett-Price (-0.508, -0.013), McNemar exact .070, mid-p .039.
"""
import json
from fractions import Fraction
from math import comb

import mpmath as mp

mp.mp.dps = 30


def z_of(level):
    return mp.sqrt(2) * mp.erfinv(mp.mpf(level))


def nuisance(b, c, n, delta):
    """Maximiser q in [max(0, -delta), (1 - delta)/2] of b ln(q + delta) + c ln q + (n - b - c) ln(1 - 2q - delta)."""
    low, high = max(mp.mpf(0), -delta), (1 - delta) / 2
    rest = n - b - c

    def slope(q):
        # Limits at the ends: a count of 0 adds nothing there.
        total = mp.mpf(0)
        if b:
            total += b / (q + delta)
        if c:
            total += c / q
        if rest:
            total -= 2 * rest / (1 - 2 * q - delta)
        return total

    for _ in range(110):
        middle = (low + high) / 2
        if slope(middle) > 0:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def tango(a, b, c, d, level):
    n, z = a + b + c + d, z_of(level)
    value = mp.mpf(b - c) / n

    def inside(delta):
        q = nuisance(b, c, n, delta)
        return abs(b - c - n * delta) <= z * mp.sqrt(n * (2 * q + delta * (1 - delta)))

    ends = []
    for end in (-1, 1):
        if value == end:
            ends.append(end)
            continue
        near, far = value, mp.mpf(end) * (1 - mp.mpf(10) ** -25)
        for _ in range(90):
            middle = (near + far) / 2
            near, far = (middle, far) if inside(middle) else (near, middle)
        ends.append(float(near))
    return ends


def wilson(k, n, z):
    k, n = mp.mpf(k), mp.mpf(n)
    p = k / n
    half = z * mp.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    centre = (p + z * z / (2 * n)) / (1 + z * z / n)
    return centre - half, centre + half


def newcombe_paired(a, b, c, d, level):
    n, z = a + b + c + d, z_of(level)
    p1, p2 = mp.mpf(a + b) / n, mp.mpf(a + c) / n
    l1, u1 = wilson(a + b, n, z)
    l2, u2 = wilson(a + c, n, z)
    product = (a + b) * (c + d) * (a + c) * (b + d)
    if product == 0:
        phi = mp.mpf(0)
    else:
        cross = mp.mpf(a * d - b * c)
        if cross > 0:
            cross = max(cross - mp.mpf(n) / 2, mp.mpf(0))
        phi = cross / mp.sqrt(product)
    low = mp.sqrt((p1 - l1) ** 2 - 2 * phi * (p1 - l1) * (u2 - p2) + (u2 - p2) ** 2)
    high = mp.sqrt((u1 - p1) ** 2 - 2 * phi * (u1 - p1) * (p2 - l2) + (p2 - l2) ** 2)
    return [float(p1 - p2 - low), float(p1 - p2 + high)]


def newcombe_independent(k1, n1, k2, n2, level):
    z = z_of(level)
    p1, p2 = mp.mpf(k1) / n1, mp.mpf(k2) / n2
    l1, u1 = wilson(k1, n1, z)
    l2, u2 = wilson(k2, n2, z)
    return [float(p1 - p2 - mp.sqrt((p1 - l1) ** 2 + (u2 - p2) ** 2)), float(p1 - p2 + mp.sqrt((u1 - p1) ** 2 + (p2 - l2) ** 2))]


def bonett_price(a, b, c, d, level):
    n, z = a + b + c + d, z_of(level)
    p, q = mp.mpf(b + 1) / (n + 2), mp.mpf(c + 1) / (n + 2)
    half = z * mp.sqrt((p + q - (p - q) ** 2) / (n + 2))
    return [float(max(-1, p - q - half)), float(min(1, p - q + half))]


def mcnemar(b, c):
    m, k = b + c, min(b, c)
    if m == 0:
        return 1.0, 1.0
    below = Fraction(sum(comb(m, j) for j in range(k + 1)), 2**m)
    at = Fraction(comb(m, k), 2**m)
    return float(min(1, 2 * below)), float(min(1, 2 * below - at))


tables = [
    ("airway, Fagerland et al. 2014", 1, 1, 7, 12),
    ("dominated", 0, 16, 0, 4),
    ("sparse", 1, 1, 0, 38),
    ("all agree", 30, 0, 0, 10),
    ("300 pairs", 180, 40, 22, 58),
    ("14,042 pairs", 9000, 1400, 1200, 2442),
    ("one pair", 0, 1, 0, 0),
    ("only B", 0, 0, 20, 0),
    ("both always", 25, 0, 0, 0),
    ("reference 5 against 15", 40, 5, 15, 40),
    ("reference 25 against 12", 60, 25, 12, 3),
]
out = {"source": f"mpmath {mp.__version__} and exact fractions; oracles/pairs/pairs.py", "tables": [], "independent": []}
for name, a, b, c, d in tables:
    for level in (0.95, 0.99):
        exact, mid = mcnemar(b, c)
        out["tables"].append(
            {"name": name, "both": a, "onlyA": b, "onlyB": c, "neither": d, "level": level, "tango": tango(a, b, c, d, level),
             "newcombe": newcombe_paired(a, b, c, d, level), "bonettPrice": bonett_price(a, b, c, d, level), "exact": exact, "midP": mid}
        )
for row in [(56, 70, 48, 80), (9, 10, 3, 10), (6, 7, 2, 7), (5, 56, 0, 29), (0, 10, 0, 20), (0, 10, 0, 10), (10, 10, 0, 20), (10, 10, 0, 10)]:
    out["independent"].append([*row, *newcombe_independent(*row, 0.95)])
print(json.dumps(out, indent=1))
