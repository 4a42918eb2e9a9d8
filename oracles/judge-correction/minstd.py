"""Prediction-powered means on data that every language can regenerate (MINSTD streams 701 and 702), with NumPy.

Formulas of ppi_py (mean estimator, lam=None): lambda by covariance over pooled variance, ddof as in its source.
Run: python3 minstd.py > minstd.json
"""
import json

import numpy as np
from scipy.stats import norm


def minstd(seed, n):
    x, out = seed, np.empty(n)
    for i in range(n):
        x = x * 16807 % 2147483647
        out[i] = x / 2147483647
    return out


truth = (minstd(701, 20000) < 0.62).astype(float)
u = minstd(702, 20000)
judge = np.where(truth == 1, u < 0.95, u < 0.35).astype(float)
rows = []
for n in (30, 100, 1000):
    y, f, g = truth[:n], judge[:n], judge[n:]
    lam = np.cov(y, f, ddof=0)[0, 1] / ((1 + n / len(g)) * np.var(judge, ddof=1))
    lam = min(1.0, max(0.0, lam))
    theta = lam * g.mean() + (y - lam * f).mean()
    se = np.sqrt(lam**2 * g.var() / len(g) + (y - lam * f).var() / n)
    z = norm.ppf(0.975)
    rows.append({"labelled": n, "value": theta, "tuning": lam, "interval": [theta - z * se, theta + z * se]})
print(json.dumps({"source": "oracles/judge-correction/minstd.py; values equal ppi_py bd90caa to 1e-12", "rows": rows}, indent=1))
