"""Crossed logits with item and item x model integrated out: one deviance by adaptive integration, and one maximum likelihood fit.

python3 quadrature.py > quadrature.json            (SciPy 1.17.1)

The deviance: 3 items, 2 models, 2 prompts; scipy.integrate.quad inside quad, term by term, for theta of item .9 and of item x model 1.4,
prompts held at theta .5 times b. The fit: 150 items, 2 models, 2 responses in each cell and no prompts, by 80-point Gauss-Hermite
in both directions over the table of outcomes, maximised with BFGS from several starts; errors from central differences.
"""
import json
from collections import Counter

import numpy as np
import scipy
from scipy.integrate import quad
from scipy.optimize import minimize
from scipy.special import log_expit, roots_hermitenorm
from scipy.stats import norm

# One deviance.
outcome = [[[1, 0], [1, 1]], [[0, 0], [1, 0]], [[1, 1], [1, 1]]]  # item, model, prompt
beta, b, theta_item, theta_cell, theta_prompt = [-0.3, 0.8], [0.6, -1.1], 0.9, 1.4, 0.5


def cell(item, model, a):
    def integrand(v):
        value = norm.pdf(v)
        for prompt in range(2):
            eta = beta[model] + theta_item * a + theta_cell * v + theta_prompt * b[prompt]
            value *= np.exp(log_expit(eta if outcome[item][model][prompt] else -eta))
        return value
    return quad(integrand, -12, 12, epsabs=1e-13, epsrel=1e-12, limit=200)[0]


deviance = sum(x * x for x in b)
for item in range(3):
    both = lambda a: norm.pdf(a) * cell(item, 0, a) * cell(item, 1, a)
    deviance -= 2 * np.log(quad(both, -12, 12, epsabs=1e-13, epsrel=1e-11, limit=200)[0])

# One fit.
lean = [(k * 7) % 10 for k in range(150)]
first = [min(2, max(0, (lean[k] - 5 + (k * k) % 6) // 2)) for k in range(150)]
second = [min(2, max(0, (lean[k] - 6 + (k * 5 + k // 3) % 11) // 3)) for k in range(150)]
table = Counter(zip(first, second))
nodes, weights = roots_hermitenorm(80)
weights = weights / weights.sum()


def loss(p):
    item, inner, b1, b2 = p
    eta = item * nodes[:, None] + inner * nodes[None, :]
    inside = []
    for coefficient in (b1, b2):
        up, down = np.exp(log_expit(eta + coefficient)), np.exp(log_expit(-eta - coefficient))
        inside.append([(up**k * down ** (2 - k)) @ weights for k in range(3)])
    return -sum(n * np.log((inside[0][i] * inside[1][j]) @ weights) for (i, j), n in table.items())


fits = [minimize(loss, start, method="BFGS", options=dict(gtol=1e-9)) for start in ([1, 1, 0, 0], [0.5, 2, 0, 0.5], [2, 0.7, -0.5, 0])]
best = min(fits, key=lambda f: f.fun)
x, h = best.x, 1e-4
hessian = np.empty((4, 4))
for i in range(4):
    for j in range(4):
        step = lambda s, t: loss(x + h * s * np.eye(4)[i] + h * t * np.eye(4)[j])
        hessian[i, j] = (step(1, 1) - step(1, -1) - step(-1, 1) + step(-1, -1)) / (4 * h * h)
covariance = np.linalg.inv(hessian)[2:, 2:]
print(json.dumps(dict(
    version=scipy.__version__, deviance=deviance, first=first, second=second,
    deviations=[abs(x[0]), abs(x[1])], coefficients=x[2:].tolist(), covariance=covariance.ravel().tolist(), spread=[f.fun - best.fun for f in fits],
)))
