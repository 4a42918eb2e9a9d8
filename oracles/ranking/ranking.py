"""Ability models fitted by general-purpose optimisation in SciPy, independent of the product's Newton steps.

Run: python3 ranking.py > ranking.json
"""
import json

import numpy as np
import scipy
from scipy.optimize import minimize

W = np.array([[0, 14, 18, 20], [10, 0, 15, 17], [6, 9, 0, 13], [4, 7, 11, 0]], float)
T = np.array([[0, 6, 3, 2], [6, 0, 5, 4], [3, 5, 0, 6], [2, 4, 6, 0]], float)
CYCLE = np.array([[0, 14, 8, 16], [6, 0, 14, 15], [12, 6, 0, 14], [4, 5, 6, 0]], float)


def fit(loglik, size):
    best = minimize(lambda x: -loglik(x), np.zeros(size), method="BFGS", options={"gtol": 1e-10, "maxiter": 5000})
    return minimize(lambda x: -loglik(x), best.x, method="Nelder-Mead",
                    options={"xatol": 1e-11, "fatol": 1e-13, "maxiter": 20000, "maxfev": 40000}).x


def centre(b):
    return (b - b.mean()).tolist()


def bt(points):
    n = len(points)

    def loglik(x):
        b = np.append(x, 0)
        d = b[:, None] - b[None, :]
        return -np.sum(points * np.logaddexp(0, -d))

    x = fit(loglik, n - 1)
    return {"abilities": centre(np.append(x, 0)), "logLikelihood": loglik(x)}


def davidson(wins, ties):
    n = len(wins)

    def loglik(x):
        b = np.append(x[:-1], 0)
        d = (b[:, None] - b[None, :]) / 2
        norm = np.logaddexp(np.logaddexp(d, -d), x[-1])
        return np.sum(wins * (d - norm)) + np.sum(np.triu(ties, 1) * (x[-1] - norm))

    x = fit(loglik, n)
    return {"abilities": centre(np.append(x[:-1], 0)), "tieParameter": float(np.exp(x[-1])), "logLikelihood": loglik(x)}


def rao_kupper(wins, ties):
    n = len(wins)

    def loglik(x):
        b = np.append(x[:-1], 0)
        t = np.exp(x[-1])  # ln θ = exp(x) > 0
        d = b[:, None] - b[None, :]
        win = -np.logaddexp(0, -(d - t))
        tie = np.log1p(-np.exp(win) - np.exp(win.T))
        return np.sum(wins * win) + np.sum(np.triu(ties * tie, 1))

    x = fit(loglik, n)
    return {"abilities": centre(np.append(x[:-1], 0)), "tieParameter": float(np.exp(np.exp(x[-1]))), "logLikelihood": loglik(x)}


def hodge(points):
    n = len(points)
    rows, ys, ws = [], [], []
    for i in range(n):
        for j in range(i):
            m = points[i, j] + points[j, i]
            if m:
                e = np.zeros(n)
                e[i], e[j] = 1, -1
                rows.append(e)
                ys.append(np.log((points[i, j] + .5) / (points[j, i] + .5)))
                ws.append(m)
    a, y, w = np.array(rows), np.array(ys), np.array(ws)
    s = np.linalg.lstsq(a * np.sqrt(w)[:, None], y * np.sqrt(w), rcond=None)[0]
    return {"ratio": float(np.sum(w * (y - a @ s) ** 2) / np.sum(w * y**2)), "potentials": (s - s.mean()).tolist()}


print(json.dumps({
    "source": f"oracles/ranking/ranking.py, SciPy {scipy.__version__}, BFGS then Nelder-Mead;",
    "wins": W.ravel().tolist(), "ties": T.ravel().tolist(), "cycle": CYCLE.ravel().tolist(),
    "bradleyTerry": bt(W), "halfWins": bt(W + T / 2), "davidson": davidson(W, T), "raoKupper": rao_kupper(W, T),
    "hodge": hodge(W), "hodgeCycle": hodge(CYCLE),
    "wikipedia": {"source": "Wikipedia, Bradley-Terry model, worked example (geometric mean 1)",
                  "wins": [0, 2, 0, 1, 3, 0, 5, 0, 0, 3, 0, 1, 4, 0, 3, 0], "strengths": [0.64, 1.043, 0.66, 2.27]},
}, indent=1))
