"""CR2 of a mean made unbiased under exchangeable correlation, and its degrees of freedom, by full matrices over rows.

Imbens and Kolesar (2016); the correlation by analysis of variance, as in statsmodels or R's ICCbare. Welch's difference of two such means.
Run with SciPy: python3 exchangeable.py > exchangeable.json
"""
import json

import numpy as np
from scipy.stats import t as student

FIRST = [[1, 0, 1, 1], [0, 0], [1, 1, 1, 0, 1, 1, 1], [0], [1, 0, 0, 0, 0], [1, 1]]
SECOND = [[0.2, 0.4], [0.9, 0.7, 0.8, 1.0], [0.1], [0.5, 0.4, 0.6, 0.5, 0.3, 0.5]]


def anova(groups):
    y = np.concatenate(groups)
    n = np.array([len(g) for g in groups], float)
    between = sum(len(g) * (np.mean(g) - y.mean()) ** 2 for g in groups) / (len(groups) - 1)
    within = sum(((np.array(g) - np.mean(g)) ** 2).sum() for g in groups) / (len(y) - len(groups))
    typical = (len(y) - (n**2).sum() / len(y)) / (len(groups) - 1)
    return float(np.clip((between - within) / (between + (typical - 1) * within), 0, 1))


def variance(groups):
    y = np.concatenate([np.array(g, float) for g in groups])
    rho = anova(groups)
    rows, code = len(y), np.repeat(np.arange(len(groups)), [len(g) for g in groups])
    omega = np.where(code[:, None] == code[None, :], rho, 0.0)
    np.fill_diagonal(omega, 1)
    maker = np.eye(rows) - 1 / rows
    # Row g: the weighted residual sum of cluster g as a linear form of the data.
    forms = np.array([(code == g) @ maker / np.sqrt(1 - (code == g).sum() / rows) / rows for g in range(len(groups))])
    cr2 = ((forms @ y) ** 2).sum()
    m = forms @ omega @ forms.T
    truth = np.full(rows, 1 / rows) @ omega @ np.full(rows, 1 / rows)
    return {'variance': cr2 * truth / np.trace(m), 'degreesOfFreedom': np.trace(m) ** 2 / (m**2).sum(), 'correlation': rho}


def welch(a, b):
    va, vb = variance(a), variance(b)
    value = np.mean(np.concatenate(a)) - np.mean(np.concatenate(b))
    total = va['variance'] + vb['variance']
    df = total**2 / (va['variance'] ** 2 / va['degreesOfFreedom'] + vb['variance'] ** 2 / vb['degreesOfFreedom'])
    margin = student.ppf(0.975, df) * np.sqrt(total)
    return {'value': value, 'degreesOfFreedom': df, 'interval': [value - margin, value + margin]}


print(json.dumps({
    'first': FIRST,
    'second': SECOND,
    'firstVariance': variance(FIRST),
    'secondVariance': variance(SECOND),
    'welch': welch(FIRST, SECOND),
}, indent=1))
