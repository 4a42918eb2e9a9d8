"""Intervals that keep their level with few labels, written plainly with NumPy: every label at chance is a weighted row.

Run with SciPy: python3 intervals.py > intervals.json
"""
import json

import numpy as np
from scipy.optimize import brentq
from scipy.stats import norm, t as student

Y = [1, 0, 1, 1, 0, 0, 1, 0, 1, 1, 0, 1, 0, 0, 1, 1, 1, 0, 0, 1]
F = [1, 0, 1, 0, 0, 1, 1, 0, 1, 1, 0, 1, 0, 0, 1, 1, 0, 0, 1, 1]
U = [1] * 116 + [0] * 84
STRATA = [
    (0.7, [1, 1, 0, 1, 1, 0, 1, 1], [1, 1, 0, 1, 0, 0, 1, 1], [1] * 70 + [0] * 30),
    (0.3, [0, 0, 1, 0, 0, 1], [0, 1, 1, 0, 0, 1], [1] * 20 + [0] * 40),
]
GRADED = (1, [0.2, 0.5, 0.9, 1, 0.4, 0.7], [0.3, 0.4, 1, 0.9, 0.4, 0.5], [0.1, 0.5, 0.5, 0.9, 1, 0.3, 0.6, 0.8, 0.2])


def tuning(y, f, u):
    spread = np.var(np.concatenate([f, u]), ddof=1)
    return float(np.clip(np.cov(y, f, ddof=0)[0, 1] / ((1 + len(y) / len(u)) * spread), 0, 1))


def powered(strata, level=0.95, lam=None):
    tail = (1 - level) / 2
    labels = sum(len(y) for _, y, _, _ in strata)
    centre, parts = 0.0, []
    for weight, y, f, u in strata:
        y, f, u = (np.array(a, float) for a in (y, f, u))
        used = tuning(y, f, u) if lam is None else lam
        added = norm.isf(tail) ** 2 * len(y) / labels
        corners = np.array([(a, b) for a in (0, 1) for b in (0, 1)], float)
        w = np.concatenate([np.ones(len(y)), np.full(4, added / 4)])
        rows = np.concatenate([np.column_stack([y, f]), corners])
        residual = rows[:, 0] - used * rows[:, 1]
        mean = np.average(residual, weights=w)
        fitted = 2 if lam is None and 0 < used < 1 else 1
        variance = (w * (residual - mean) ** 2).sum() / (w.sum() - fitted)
        judged = np.average(rows[:, 1], weights=w)
        lever = (u.mean() - f.mean()) ** 2 / (w * (rows[:, 1] - judged) ** 2).sum() if fitted == 2 else 0
        wu = np.concatenate([np.ones(len(u)), np.full(2, added / 2)])
        us = np.concatenate([u, [0, 1]])
        rest = np.average(us, weights=wu)
        centre += weight * (used * rest + mean)
        parts.append((weight**2 * variance * (1 / w.sum() + lever), len(y) - fitted))
        parts.append((weight**2 * used**2 * (wu * (us - rest) ** 2).sum() / (wu.sum() - 1) / wu.sum(), len(u) - 1))
    total = sum(v for v, _ in parts)
    df = total**2 / sum(v * v / d for v, d in parts)
    margin = student.isf(tail, df) * np.sqrt(total)
    return {'degreesOfFreedom': df, 'interval': [max(0, centre - margin), min(1, centre + margin)]}


def fieller(flagged, se, sp, level=0.95):
    """Roots of the test statistic, not of its quadratic."""
    z = norm.isf((1 - level) / 2)

    def pulled(count, of):
        p = (count + z * z / 2) / (of + z * z)
        return p, p * (1 - p) / (of + z * z)

    (a, va), (s, vs), (c, vc) = pulled(*flagged), pulled(*se), pulled(*sp)

    def statistic(p):
        return (a - p * s - (1 - p) * (1 - c)) / np.sqrt(va + p * p * vs + (1 - p) ** 2 * vc)

    middle = (a + c - 1) / (s + c - 1)
    ends = []
    for sign, far in ((1, middle - 2), (-1, middle + 2)):
        ends.append(brentq(lambda p: statistic(p) - sign * z, far, middle, xtol=1e-14))
    return [min(1, max(0, e)) for e in ends]


print(json.dumps({
    'tuned': powered([(1, Y, F, U)]),
    'labelsOnly': powered([(1, Y, F, U)], lam=0),
    'plain': powered([(1, Y, F, U)], lam=1),
    'tunedAt80': powered([(1, Y, F, U)], level=0.8),
    'graded': powered([GRADED]),
    'stratified': powered(STRATA),
    'fieller': fieller((150, 500), (90, 100), (85, 100)),
    'fiellerAt99': fieller((150, 500), (90, 100), (85, 100), 0.99),
    'fiellerRare': fieller((12, 200), (28, 30), (29, 30)),
}, indent=1))
