"""Reference values of small closed-form methods, each by another route than the product takes.

nested: REML of Pastes (Davies and Goldsmith 1972; R lme4 data) by numerical optimisation of the dense likelihood.
lengthControlled: SciPy's root of the penalised score; sandwich by matrices.
fleissNull: variance of kappa over random allocations of the observed categories, simulated (10,000 draws) beside the
published .016965 (Fleiss, Nee and Landis 1979; R irr kappam.fleiss z = 12.4).
empiricalBernstein: the formula with Python's statistics module. Run: python3 closed-forms.py > closed-forms.json
"""
import json
from math import log, sqrt
from statistics import fmean, variance

import numpy as np
import scipy
from scipy.optimize import minimize, root

PASTES = [62.8, 62.6, 60.1, 62.3, 62.7, 63.1, 60.0, 61.4, 57.5, 56.9, 61.1, 58.9, 58.7, 57.5, 63.9, 63.1, 65.4, 63.7, 57.1, 56.4,
          56.9, 58.6, 64.7, 64.5, 55.1, 55.1, 54.7, 54.2, 58.8, 57.5, 63.4, 64.9, 59.3, 58.1, 60.5, 60.0, 62.5, 62.6, 61.0, 58.7,
          56.9, 57.7, 59.2, 59.4, 65.2, 66.0, 64.8, 64.1, 54.8, 54.8, 64.0, 64.0, 57.7, 56.8, 58.3, 59.3, 59.2, 59.2, 58.9, 56.6]


def reml(parameters):
    batch, cask, rest = np.exp(parameters)
    v = np.kron(np.eye(10), np.ones((6, 6))) * batch + np.kron(np.eye(30), np.ones((2, 2))) * cask + np.eye(60) * rest
    y, x = np.array(PASTES), np.ones(60)
    inverse = np.linalg.inv(v)
    information = x @ inverse @ x
    residual = y - (x @ inverse @ y) / information
    return np.linalg.slogdet(v)[1] + log(information) + residual @ inverse @ residual + 59 * log(2 * np.pi)


fit = minimize(reml, np.log([1.0, 8.0, 0.7]), method="Nelder-Mead", options={"xatol": 1e-10, "fatol": 1e-12, "maxiter": 4000})

LENGTHS = [1.2, 0.8, -0.3, 0.5, 1.5, -1.0, 0.2, 0.9, -0.6, 0.4, 1.1, -0.2]
WINS = [1, 1, 0, 1, 1, 0, 1, 1, 0, 0, 1, 1]


def length_controlled(lengths, wins, ridge):
    x = np.column_stack([np.ones(len(wins)), np.tanh(np.array(lengths) / np.std(lengths, ddof=1))])
    y = np.array(wins, float)
    score = lambda b: x.T @ (y - 1 / (1 + np.exp(-x @ b))) - np.array([0, ridge * b[1]])
    b = root(score, np.zeros(2), method="hybr", tol=1e-14).x
    p = 1 / (1 + np.exp(-x @ b))
    bread = np.linalg.inv(x.T @ (x * (p * (1 - p))[:, None]) + np.diag([0, ridge]))
    sandwich = bread @ (x.T @ (x * ((y - p) ** 2)[:, None])) @ bread
    return {"lengths": list(lengths), "outcomes": list(wins), "ridge": ridge, "ability": b[0], "lengthEffect": b[1],
            "winRate": 1 / (1 + np.exp(-b[0])), "abilityError": sqrt(sandwich[0, 0])}


COUNTS = [[0, 0, 0, 0, 14], [0, 2, 6, 4, 2], [0, 0, 3, 5, 6], [0, 3, 9, 2, 0], [2, 2, 8, 1, 1], [7, 7, 0, 0, 0], [3, 2, 6, 3, 0],
          [2, 5, 3, 2, 2], [6, 5, 2, 1, 0], [0, 2, 2, 3, 7]]


def fleiss(counts):
    n = counts.sum(1)[0]
    p = counts.sum(0) / counts.sum()
    chance = (p ** 2).sum()
    return (((counts * (counts - 1)).sum(1) / (n * (n - 1))).mean() - chance) / (1 - chance)


generator = np.random.default_rng(1979)
shares = np.sum(COUNTS, 0) / np.sum(COUNTS)
simulated = np.std([fleiss(generator.multinomial(14, shares, size=10)) for _ in range(10_000)])

SCORES = [((61 * t) % 101) / 101 for t in range(1, 41)]


def bernstein(values, delta):
    n = len(values)
    return sqrt(2 * variance(values) * log(2 / delta) / n) + 7 * log(2 / delta) / (3 * (n - 1))


mean = fmean(SCORES)
print(json.dumps({
    "source": f"oracles/closed-forms/closed-forms.py, SciPy {scipy.__version__}, NumPy {np.__version__}",
    "nested": {"values": PASTES, "subgroups": 3, "repeats": 2, "group": float(np.exp(fit.x[0])), "subgroup": float(np.exp(fit.x[1])),
               "repeat": float(np.exp(fit.x[2])), "criterion": float(fit.fun), "published": [1.657311, 8.433666, 0.678, 246.9907]},
    "lengthControlled": [length_controlled(LENGTHS, WINS, 1), length_controlled([float(np.sin(7 * k) * (k % 5)) for k in range(60)],
                         [[1, 0, 0.5, 1][(k * k) % 7 % 4] for k in range(60)], 0.2)],
    "fleissNull": {"counts": COUNTS, "kappa": float(fleiss(np.array(COUNTS))), "published": [0.209931, 0.016965, 12.374], "simulated": float(simulated)},
    "empiricalBernstein": {"values": SCORES, "mean": mean, "twoSided": [max(0, mean - bernstein(SCORES, 0.025)), min(1, mean + bernstein(SCORES, 0.025))],
                           "lower": max(0, mean - bernstein(SCORES, 0.05)), "upper": min(1, mean + bernstein(SCORES, 0.05))},
}, indent=1))
