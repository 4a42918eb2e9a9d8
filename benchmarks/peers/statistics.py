"""Times one statistic of SciPy, scikit-learn or statsmodels on the data of benchmarks/work/statistics-data.ts.

usage: python statistics.py CASE; prints one line of JSON: elapsedMs of the call alone, peakMegabytes of the process, and
what was run. Data are made before the clock starts, from the same MINSTD streams.
"""
import json
import math
import resource
import sys
import time
import warnings

import numpy as np

warnings.filterwarnings("ignore")
MODULUS = 2_147_483_647


def minstd(seed, count):
    out = np.empty(count)
    state = seed
    for i in range(count):
        state = state * 16_807 % MODULUS
        out[i] = state
    return out / MODULUS


def normals(seed, count):
    pairs = minstd(seed, 2 * count).reshape(count, 2)
    return np.sqrt(-2 * np.log(pairs[:, 0])) * np.cos(2 * math.pi * pairs[:, 1])


def logistic(x):
    return 1 / (1 + np.exp(-x))


def item_scores():
    n = 14_042
    shared = -1.2 * normals(101, n) + 0.5 * normals(102, 57)[np.arange(n) * 57 // n]
    a = (minstd(103, n) < logistic(1.35 + shared)).astype(float)
    b = (minstd(104, n) < logistic(1.25 + shared)).astype(float)
    graded = np.round(logistic(0.8 + shared + 0.6 * normals(105, n)), 6)
    return a, b, graded


def battles():
    models, n = 100, 100_000
    strength = 0.8 * normals(501, models)
    first = np.floor(models * minstd(502, n)).astype(int)
    second = (first + 1 + np.floor((models - 1) * minstd(503, n)).astype(int)) % models
    won, tied = minstd(504, n) < logistic(strength[first] - strength[second]), minstd(505, n) < 0.15
    return models, first, second, np.where(tied, 0.5, won.astype(float))


def bootstrap(values, method):
    from scipy.stats import bootstrap as resample

    options = dict(n_resamples=10_000, method=method, batch=200, rng=np.random.default_rng(1))
    return lambda: resample((values,), np.mean, **options).confidence_interval.low


def permutation(differences):
    from scipy.stats import permutation_test

    options = dict(permutation_type="samples", n_resamples=10_000, vectorized=True, batch=500, rng=np.random.default_rng(1))
    mean = lambda x, axis: np.mean(x, axis=axis)
    return lambda: permutation_test((differences,), mean, **options).pvalue


def logistic_regression(models, first, second, points):
    """Aggregated Bradley-Terry as an unpenalised logistic regression without intercept; a tie is half a win each."""
    from sklearn.linear_model import LogisticRegression

    wins = np.zeros((models, models))
    np.add.at(wins, (first, second), points)
    np.add.at(wins, (second, first), 1 - points)
    i, j = np.nonzero(wins)
    rows = np.zeros((len(i), models))
    rows[np.arange(len(i)), i] = 1
    rows[np.arange(len(i)), j] = -1
    # Every win is there twice, once from each side: both classes must occur.
    design, label, weight = np.r_[rows, -rows], np.r_[np.ones(len(i)), np.zeros(len(i))], np.r_[wins[i, j], wins[i, j]]
    fit = LogisticRegression(C=np.inf, fit_intercept=False, tol=1e-6).fit(design, label, sample_weight=weight)
    return fit.coef_[0]


def bradley_terry():
    models, first, second, points = battles()
    logistic_regression(models, first[:1000], second[:1000], points[:1000])
    return lambda: logistic_regression(models, first, second, points)[0]


def bradley_terry_bootstrap():
    models, first, second, points = battles()
    logistic_regression(models, first[:1000], second[:1000], points[:1000])
    rng = np.random.default_rng(1)

    def run():
        for _ in range(1_000):
            drawn = rng.integers(0, len(first), len(first))
            last = logistic_regression(models, first[drawn], second[drawn], points[drawn])
        return last[0]

    return run


def cluster_rows():
    import statsmodels.api as sm

    clusters = np.sort(np.floor(5_000 * minstd(201, 100_000) ** 1.5).astype(int))
    values = (minstd(203, 100_000) < logistic(0.7 + 0.9 * normals(202, 5_000)[clusters])).astype(float)
    ones = np.ones((len(values), 1))
    return lambda: sm.OLS(values, ones).fit(cov_type="cluster", cov_kwds={"groups": clusters}).bse[0]


def clopper_pearson():
    from scipy.stats import beta

    n = np.floor(10 ** (1 + 5 * minstd(601, 1_000_000))).astype(int)
    k = np.floor(n * minstd(602, 1_000_000) ** 3).astype(int)

    def run():
        lower = np.where(k == 0, 0, beta.ppf(0.025, k, n - k + 1))
        upper = np.where(k == n, 1, beta.ppf(0.975, k + 1, n - k))
        return float(np.nansum(lower)), float(np.nansum(upper))

    return run


def crossed_logit():
    import pandas as pd
    from statsmodels.genmod.bayes_mixed_glm import BinomialBayesMixedGLM

    items, prompts, models = 500, 20, 5
    item, prompt, model = (axis.ravel() for axis in np.meshgrid(*map(np.arange, (items, prompts, models)), indexing="ij"))
    eta = 0.5 + 1.2 * normals(301, items)[item] + 0.4 * normals(302, prompts)[prompt]
    eta += np.array([-0.6, -0.2, 0, 0.3, 0.9])[model] + 0.5 * normals(303, items * models)[item * models + model]
    y = (minstd(304, len(eta)) < logistic(eta)).astype(int)
    frame = pd.DataFrame(dict(y=y, item=item, prompt=prompt, model=model))
    random = {"item": "0 + C(item)", "prompt": "0 + C(prompt)"}
    return lambda: BinomialBayesMixedGLM.from_formula("y ~ C(model)", random, frame).fit_vb().fe_mean[0]


def crossed_scores():
    items, prompts, models = 500, 20, 5
    eta = 0.5 + 1.2 * normals(301, items)[:, None, None] + 0.4 * normals(302, prompts)[None, :, None]
    eta = eta + np.array([-0.6, -0.2, 0, 0.3, 0.9]) + 0.5 * normals(303, items * models).reshape(items, 1, models)
    return (minstd(304, eta.size).reshape(eta.shape) < logistic(eta)).astype(float)


def expected_mean_squares():
    """Random-effects components of items x prompts x models, one run a cell, by expected mean squares; no intervals."""
    y = crossed_scores()

    def run():
        sizes, axes, squares, left = y.shape, (0, 1, 2), {}, {}
        for effect in ((), (0,), (1,), (2,), (0, 1), (0, 2), (1, 2), axes):
            mean = y.mean(axis=tuple(a for a in axes if a not in effect), keepdims=True)
            left[effect] = mean - sum(part for inner, part in left.items() if set(inner) < set(effect))
            degrees = math.prod(sizes[a] - 1 for a in effect)
            squares[effect] = (left[effect] ** 2).sum() * (y.size / left[effect].size) / degrees
        found = {axes: squares[axes]}
        for pair in ((0, 1), (0, 2), (1, 2)):
            (other,) = set(axes) - set(pair)
            found[pair] = (squares[pair] - squares[axes]) / sizes[other]
        for a in axes:
            pairs = [pair for pair in ((0, 1), (0, 2), (1, 2)) if a in pair]
            rest = y.size / sizes[a]
            found[(a,)] = (squares[(a,)] - squares[pairs[0]] - squares[pairs[1]] + squares[axes]) / rest
        return [found[effect] for effect in sorted(found)]

    return run


def item_response():
    """2PL by EM on 61 points with two Newton steps an item, stopped at a relative change of 1e-8; no errors."""
    persons, items = 1_000, 100
    ability, slope, difficulty = normals(401, persons), np.exp(0.3 * normals(402, items)), normals(403, items)
    y = (minstd(404, persons * items).reshape(persons, items) < logistic(slope * (ability[:, None] - difficulty))).astype(float)
    theta = np.linspace(-6, 6, 61)
    prior = np.exp(-(theta**2) / 2)
    log_prior = np.log(prior / prior.sum())

    def run():
        a, d = np.ones(items), np.log(y.mean(0) / (1 - y.mean(0)))
        before = -np.inf
        for _ in range(500):
            logits = a[:, None] * theta + d[:, None]
            joint = y @ logits - np.logaddexp(0, logits).sum(0) + log_prior
            top = joint.max(1, keepdims=True)
            posterior = np.exp(joint - top)
            total = posterior.sum(1, keepdims=True)
            likelihood = float((top + np.log(total)).sum())
            if likelihood - before < 1e-8 * abs(likelihood):
                break
            before = likelihood
            posterior /= total
            count, solved = posterior.sum(0), y.T @ posterior
            for _ in range(2):
                p = logistic(a[:, None] * theta + d[:, None])
                pull, weight = solved - count * p, count * p * (1 - p)
                ga, gd = (pull * theta).sum(1), pull.sum(1)
                aa, ad, dd = (weight * theta**2).sum(1), (weight * theta).sum(1), weight.sum(1)
                spread = aa * dd - ad**2
                a, d = a + (dd * ga - ad * gd) / spread, d + (aa * gd - ad * ga) / spread
        return likelihood

    return run


def peak_megabytes():
    """Since this program was loaded: ru_maxrss counts the process that started it, VmHWM of Linux does not."""
    try:
        with open("/proc/self/status") as status:
            kilobytes = next(int(line.split()[1]) for line in status if line.startswith("VmHWM:"))
    except (OSError, StopIteration):
        kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return kilobytes * 1024 / 1e6


def quarters(values):
    return np.round(4 * values) / 4


def binomial_test():
    from scipy.stats import binomtest

    a, b, _ = item_scores()
    return lambda: binomtest(int(((a - b) > 0).sum()), int((a != b).sum()), 0.5).pvalue


CASES = {
    "bootstrap-percentile-graded": lambda: bootstrap(item_scores()[2], "percentile"),
    "bootstrap-bca-graded": lambda: bootstrap(item_scores()[2], "BCa"),
    "bootstrap-percentile-binary": lambda: bootstrap(item_scores()[0], "percentile"),
    "bootstrap-bca-binary": lambda: bootstrap(item_scores()[0], "BCa"),
    "bootstrap-percentile-quarters": lambda: bootstrap(quarters(item_scores()[2]), "percentile"),
    "bootstrap-bca-quarters": lambda: bootstrap(quarters(item_scores()[2]), "BCa"),
    "permutation-binary": binomial_test,
    "permutation-quarters": lambda: permutation(quarters(item_scores()[2]) - np.round(2 * item_scores()[0] + 0.6) / 4),
    "permutation-real": lambda: permutation(np.random.default_rng(5).normal(size=14_042)),
    "cluster-cr2": cluster_rows,
    "generalizability": expected_mean_squares,
    "item-response-2pl": item_response,
    "clopper-pearson-million": clopper_pearson,
    "bradley-terry-fit": bradley_terry,
    "bradley-terry-bootstrap": bradley_terry_bootstrap,
    "crossed-logit": crossed_logit,
}

run = CASES[sys.argv[1]]()
started = time.perf_counter()
value = run()
elapsed = time.perf_counter() - started
print(json.dumps(dict(elapsedMs=1e3 * elapsed, peakMegabytes=peak_megabytes(), value=np.asarray(value).tolist())))
