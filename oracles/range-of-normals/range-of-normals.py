"""Range of independent standard normals, by mpmath quadrature at 30 digits. Writes range-of-normals.json."""

import json
from pathlib import Path

import mpmath as mp

mp.mp.dps = 30


def tail(r, k):
    """P(range > r): k * integral of phi(z) * ((1 - Phi(z))^(k-1) - (Phi(z + r) - Phi(z))^(k-1))."""
    def f(z):
        a = mp.erfc(z / mp.sqrt(2)) / 2
        b = a - mp.erfc((z + r) / mp.sqrt(2)) / 2
        return mp.npdf(z) * (a ** (k - 1) - b ** (k - 1))
    return k * mp.quad(f, [-14, -8, -4, -2, 0, 2, 4, 8, 14])


def mean(k):
    return mp.quad(lambda x: 1 - mp.ncdf(x) ** k - (1 - mp.ncdf(x)) ** k, [-14, -8, -4, -2, 0, 2, 4, 8, 14])


tails = [
    {"range": r, "count": k, "tail": float(tail(mp.mpf(r), k))}
    for k in (2, 3, 10, 60)
    for r in (0.1, 1.0, 3.0, 4.5, 7.0, 10.0)
]
means = [{"count": k, "mean": float(mean(k))} for k in (2, 3, 5, 10, 20, 100, 1000)]
Path(__file__).with_suffix(".json").write_text(
    json.dumps({"source": f"mpmath {mp.__version__}, range-of-normals.py", "tails": tails, "means": means}, indent=1)
    + "\n"
)
