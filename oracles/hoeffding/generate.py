"""Limits of Hoeffding (1963), theorem 1, by Newton steps in 60 decimal digits. Python 3, standard library only.

Usage: python3 generate.py > limits.json
"""
import json
from decimal import Decimal, getcontext

getcontext().prec = 60


def divergence(x, m):
    rest = (1 - x) * ((1 - x) / (1 - m)).ln() if x < 1 else Decimal(0)
    return x * (x / m).ln() + rest


def limit(mean, n, error):
    x, goal = Decimal(mean), -Decimal(error).ln() / n
    m = x * Decimal(error) ** (Decimal(1) / n)
    # KL is convex in m and falls below x: from the left Newton's steps rise to the root.
    while divergence(x, m) < goal:
        m /= 2
    for _ in range(2000):
        slope = -x / m + (1 - x) / (1 - m)
        step = (goal - divergence(x, m)) / slope
        m += step
        if abs(step) < m * Decimal(10) ** -45:
            break
    return float(m)


cases = [
    {"mean": mean, "n": n, "errorRate": error, "limit": limit(mean, n, error)}
    for mean in ("1", "0.95", "0.5", "0.01")
    for n in (1, 5, 20, 500)
    for error in ("0.05", "0.025", "0.000001")
]
print(json.dumps({"source": "oracles/hoeffding/generate.py, Python decimal, 60 digits", "cases": cases}, indent=1))
