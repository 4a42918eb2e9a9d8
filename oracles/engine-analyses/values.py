"""Reference values for the tests of judge-agreement, anytime-bounds, ranking, item-response, generalizability, equivalence.

Run: python values.py > values.json (Python 3.11, NumPy, SciPy)
"""
import json
import sys

import numpy as np
import scipy
from scipy.optimize import brentq, minimize
from scipy.special import betaln

out = {"source": f"oracles/engine-analyses/values.py; Python {sys.version.split()[0]}, NumPy {np.__version__}, SciPy {scipy.__version__}"}


def beta_mixture(s, n, level=0.95):
    limit = np.log(1 / (1 - level))
    f = lambda p: betaln(1 + s, 1 + n - s) - betaln(1, 1) - s * np.log(p) - (n - s) * np.log1p(-p) - limit
    return [brentq(f, 1e-12, s / n, xtol=1e-14), brentq(f, s / n, 1 - 1e-12, xtol=1e-14)]


out["betaMixture"] = {"700/1000": beta_mixture(700, 1000), "5/50": beta_mixture(5, 50)}

# Bradley-Terry with the sandwich over battles.
wins = np.array([[0, 14, 18, 20], [10, 0, 15, 17], [6, 9, 0, 13], [4, 7, 11, 0]], float)


def nll(b):
    d = b[:, None] - b[None, :]
    return np.sum(wins * np.log1p(np.exp(-d)))


full = lambda x: np.append(x, -np.sum(x))
fit = minimize(lambda x: nll(full(x)), np.zeros(3), method="BFGS", options={"gtol": 1e-12})
b = full(fit.x)
H = np.zeros((4, 4))
M = np.zeros((4, 4))
for i in range(4):
    for j in range(4):
        if i == j:
            continue
        p = 1 / (1 + np.exp(b[j] - b[i]))
        e = np.zeros(4)
        e[i], e[j] = 1, -1
        H += wins[i, j] * p * (1 - p) * np.outer(e, e)
        M += wins[i, j] * (1 - p) ** 2 * np.outer(e, e)
Hp = np.linalg.pinv(H)
# Each battle a cluster of its own: scores divided by 1 - leverage, times (n - 1)/n.
J = np.zeros((4, 4))
for i in range(4):
    for j in range(4):
        if i == j:
            continue
        p = 1 / (1 + np.exp(b[j] - b[i]))
        e = np.zeros(4)
        e[i], e[j] = 1, -1
        h = p * (1 - p) * e @ Hp @ e
        J += wins[i, j] * ((1 - p) / (1 - h)) ** 2 * np.outer(e, e)
J = Hp @ J @ Hp * (wins.sum() - 1) / wins.sum()
V = Hp @ M @ Hp
games = wins.sum()
n = wins + wins.T
flow = np.log((wins + 0.5) / (wins.T + 0.5))
L = np.diag(n.sum(1)) - n
s = np.linalg.pinv(L) @ (n * flow).sum(1)
residual = flow - (s[:, None] - s[None, :])
saturated = sum(wins[i, j] * np.log(wins[i, j] / n[i, j]) for i in range(4) for j in range(4) if i != j)
out["bradleyTerry"] = {
    "difference": b[0] - b[1],
    "sandwichError": float(np.sqrt(V[0, 0] + V[1, 1] - 2 * V[0, 1])),
    "clusterError": float(np.sqrt(J[0, 0] + J[1, 1] - 2 * J[0, 1])),
    "battles": games,
    "cyclicShare": float((n * residual**2).sum() / (n * flow**2).sum()),
    "likelihoodRatio": float(2 * (saturated + nll(b))),
}

m = np.array([[1, 1, 1, 1], [1, 1, 1, 0], [1, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 0], [1, 1, 1, 0]], float)
out["itemRest"] = [float(np.corrcoef(m[:, j], m.sum(1) - m[:, j])[0, 1]) for j in range(4)]

golden = [
    ["86 78 72 85 81 75", "88 83 75 95 85 77", "95 88 82 96 89 84", "100 100 88 105 96 93"],
    ["81 75 70 84 74 73", "89 82 75 92 84 77", "95 86 77 96 87 83", "99 93 86 104 93 87"],
    ["77 68 68 80 71 67", "80 78 72 87 76 74", "92 84 76 89 85 82", "95 90 80 100 90 85"],
]
x = np.array([[[float(v) for v in row.split()] for row in block] for block in golden]).transpose(1, 2, 0)
P, I, O = x.shape
g = x.mean()
mp, mi, mo = x.mean((1, 2)), x.mean((0, 2)), x.mean((0, 1))
mpi, mpo, mio = x.mean(2), x.mean(1), x.mean(0)
MSp = I * O * ((mp - g) ** 2).sum() / (P - 1)
MSi = P * O * ((mi - g) ** 2).sum() / (I - 1)
MSo = P * I * ((mo - g) ** 2).sum() / (O - 1)
MSpi = O * ((mpi - mp[:, None] - mi[None] + g) ** 2).sum() / ((P - 1) * (I - 1))
MSpo = I * ((mpo - mp[:, None] - mo[None] + g) ** 2).sum() / ((P - 1) * (O - 1))
MSio = P * ((mio - mi[:, None] - mo[None] + g) ** 2).sum() / ((I - 1) * (O - 1))
res = x - mpi[:, :, None] - mpo[:, None, :] - mio[None] + mp[:, None, None] + mi[None, :, None] + mo[None, None, :] - g
MSr = (res**2).sum() / ((P - 1) * (I - 1) * (O - 1))
vc = {
    "object": (MSp - MSpi - MSpo + MSr) / (I * O),
    "item": (MSi - MSpi - MSio + MSr) / (P * O),
    "condition": (MSo - MSpo - MSio + MSr) / (P * I),
    "object-item": (MSpi - MSr) / O,
    "object-condition": (MSpo - MSr) / I,
    "item-condition": (MSio - MSr) / P,
    "residual": MSr,
}
c = {k: max(0, v) for k, v in vc.items()}
rel = c["object-item"] / I + c["object-condition"] / O + c["residual"] / (I * O)
absolute = rel + c["item"] / I + c["condition"] / O + c["item-condition"] / (I * O)
out["generalizability"] = {"raw": list(vc.values()), "g": c["object"] / (c["object"] + rel), "phi": c["object"] / (c["object"] + absolute)}


def tango(bb, cc, nn, level):
    from scipy.stats import norm

    z = norm.isf((1 - level) / 2)

    def score(d):
        A, B, C = 2 * nn, -bb - cc + (2 * nn - bb + cc) * d, -cc * d * (1 - d)
        q = (np.sqrt(max(0, B * B - 4 * A * C)) - B) / (2 * A)
        return (bb - cc - nn * d) / np.sqrt(nn * (2 * q + d * (1 - d)))

    d0 = (bb - cc) / nn
    return [brentq(lambda d: score(d) - z, -0.999, d0, xtol=1e-14), brentq(lambda d: score(d) + z, d0, 0.999, xtol=1e-14)]


out["tango"] = {"440,5,6,49 at .90": tango(5, 6, 500, 0.9)}
json.dump(out, sys.stdout, indent=1)
