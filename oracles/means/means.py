"""Independent values for means, cluster-robust errors and bounded intervals.

python3 means.py > means.json            (numpy 2.4.6, scipy 1.17.1)
Matrices are formed in full, without the closed forms of src/stats. `cluster_se` is R 4.2.2 with sandwich 3.0.2 and
clubSandwich 0.5.8: vcovCL(lm(y ~ 1), cluster, type = "HC0", cadjust = FALSE / TRUE), vcovCR(type = "CR2" / "CR3"),
coef_test(vcov = "CR2", test = "Satterthwaite").
"""
import json
import numpy as np
from scipy import stats

rng = np.random.default_rng(20260823)


def robust(y, g, kind):
    """CR variance of an intercept-only regression by full matrices; Satterthwaite df for CR2 (Pustejovsky & Tipton 2018)."""
    y = np.asarray(y, float)
    codes = np.unique(g)
    n = len(y)
    residual = y - y.mean()
    hat = np.full((n, n), 1 / n)
    omega = np.zeros((n, n))
    rows = []
    for code in codes:
        at = np.flatnonzero(np.asarray(g) == code)
        block = np.eye(len(at)) - hat[np.ix_(at, at)]
        values, vectors = np.linalg.eigh(block)
        power = {"cr0": 0, "cr1": 0, "cr2": -0.5, "cr3": -1}[kind]
        a = (vectors * values**power) @ vectors.T
        rows.append(np.ones(len(at)) @ a @ (np.eye(n) - hat)[at] / n)
        omega[np.ix_(at, at)] = a @ np.outer(residual[at], residual[at]) @ a.T
    variance = np.ones(n) @ omega @ np.ones(n) / n**2
    if kind == "cr1":
        variance *= len(codes) / (len(codes) - 1)
    p = np.array(rows)
    m = p @ p.T
    df = np.trace(m) ** 2 / (m**2).sum() if kind == "cr2" else len(codes) - 1
    return float(np.sqrt(variance)), float(df)


def bounded(y, g, level=0.95):
    """Effective-sample-size interval on the unit scale, written from its description."""
    y = np.asarray(y, float)
    g = np.asarray(g)
    codes, inverse, n = np.unique(g, return_inverse=True, return_counts=True)
    rows, count, p, tail = len(y), len(codes), y.mean(), (1 - level) / 2
    kish = rows**2 / (n**2).sum()
    se, satterthwaite = robust(y, g, "cr2")
    sums = np.bincount(inverse, y)
    residual = sums - n * p
    parts = residual**2 / (1 - n / rows) / rows**2
    concentration = (parts**2).sum() / parts.sum() ** 2 - 1 / count
    df = max(1, min(satterthwaite, 2 / concentration if concentration > 0 else np.inf))
    two_valued = bool(np.isin(y, [0, 1]).all())
    one_way = 0.0
    if count < rows:
        means = sums / n
        between = (n * (means - p) ** 2).sum()
        within = ((y - means[inverse]) ** 2).sum()
        typical = (rows - (n**2).sum() / rows) / (count - 1)
        f = between / (count - 1) / (within / (rows - count)) / stats.f.ppf(0.2, count - 1, rows - count)
        rho = max(0, (f - 1) / (f + typical - 1))
        one_way = y.var(ddof=1) / rows * (1 + rho * ((n**2).sum() / rows - 1))
    known = stats.t.ppf(1 - tail, rows - 1) if two_valued else stats.norm.ppf(1 - tail)
    size = p * (1 - p) / max(se**2, one_way) * (known / stats.t.ppf(1 - tail, df)) ** 2
    size = max(kish, min(size, rows) if two_valued else size)
    if count == rows and two_valued:
        size = rows
    if not two_valued and kish * min(p, 1 - p) < 1:
        size = kish
    return dict(
        value=p,
        standardError=se,
        lower=float(stats.beta.ppf(tail, size * p, size * (1 - p) + 1)),
        upper=float(stats.beta.isf(tail, size * p + 1, size * (1 - p))),
    )


def welch(a, b):
    r = stats.ttest_ind(a, b, equal_var=False)
    ci = r.confidence_interval(0.95)
    return dict(statistic=r.statistic, p=r.pvalue, df=r.df, lower=ci.low, upper=ci.high)


sizes = [1, 2, 3, 5, 8, 13, 21, 4]
g = np.repeat(np.arange(len(sizes)), sizes)
rate = rng.beta(1.2, 0.8, len(sizes))
binary = (rng.random(len(g)) < rate[g]).astype(float)
graded = np.round(rng.beta(2 * rate[g] + 0.2, 2 * (1 - rate[g]) + 0.2), 3)
near_end = np.round(rng.beta(0.2, 8, 12), 4)
paired = np.round(rng.normal(0.2, 1, len(g)), 3)
a, b = np.round(rng.normal(0, 1, 14), 3), np.round(rng.normal(0.4, 2, 9), 3)
one_sample = stats.ttest_1samp(paired, 0)

out = {
    "source": "oracles/means/means.py with numpy 2.4.6 and scipy 1.17.1; clusterSandwich: R 4.2.2, sandwich 3.0.2, clubSandwich 0.5.8",
    "clusterSandwich": {
        "cluster": [1,1,1,2,2,2,2,2,3,3,3,3,3,3,3,3,4,4,5,5,5,5,5,5,5,5,5,6,6,6,6,7,7,7,7,7,7,8,8,8,8,8,8,8,9,9,9,10,10,10,10,10,11,11,11,11,12,12,12,12,12,12],
        "y": [1,1,1,0,1,0,0,0,1,1,1,0,1,1,0,1,1,1,1,0,1,0,0,1,0,1,1,1,1,0,1,1,1,1,1,1,1,0,0,1,0,1,1,0,1,1,1,1,1,1,1,0,1,1,1,1,1,1,1,1,1,1],
        "mean": 0.741935483871, "cr0": 0.0763074291046, "cr1": 0.0797005103432, "cr2": 0.080293344359,
        "cr3": 0.0845222718416, "satterthwaite": 9.40271740382,
    },
    "clusters": g.tolist(),
    "binary": binary.tolist(),
    "graded": graded.tolist(),
    "differences": paired.tolist(),
    "robust": {k: dict(zip(["standardError", "degreesOfFreedom"], robust(paired, g, k))) for k in ["cr0", "cr1", "cr2", "cr3"]},
    "bounded": {
        "binaryClustered": bounded(binary, g),
        "gradedClustered": bounded(graded, g),
        "binaryClustered99": bounded(binary, g, 0.99),
        "binary": bounded(binary, np.arange(len(g))),
        "graded": bounded(graded, np.arange(len(g))),
        "nearEnd": bounded(near_end, np.arange(12)),
    },
    "nearEnd": near_end.tolist(),
    "oneSample": dict(statistic=one_sample.statistic, p=one_sample.pvalue, lower=one_sample.confidence_interval().low, upper=one_sample.confidence_interval().high),
    "welch": dict(a=a.tolist(), b=b.tolist(), **welch(a, b)),
}
print(json.dumps(out, default=float))
