"""Agreement coefficients with the hull of two t intervals: of the sample, and of the sample with z^2 units at chance.

Independent of the TypeScript: every coefficient is written as a function of unit weights and its standard error comes from
central differences of that function by each weight (infinitesimal jackknife), not from the formula of Fleiss, Cohen and Everitt.
Only AC, Fleiss and Brennan-Prediger use the linearisation of Gwet 2014, which counts a unit rated once as one that does not agree
and so is no derivative where ratings are missing. Run with SciPy: python3 intervals.py > intervals.json
"""
import itertools
import json

import numpy as np
from scipy.stats import norm, t as student

NONE = None
KRIPPENDORFF = list(zip(
    [1, 2, 3, 3, 2, 1, 4, 1, 2, NONE, NONE, NONE],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NONE, 3],
    [NONE, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NONE],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NONE],
))
TABLE = [[44, 5, 1], [7, 20, 3], [9, 5, 6]]
TWO_RATERS = [(i, j) for i in range(3) for j in range(3) for _ in range(TABLE[i][j])]
PERFECT = [(0, 0)] * 10 + [(1, 1)] * 10


def weights(size, kind):
    i, j = np.indices((size, size))
    d = abs(i - j) / max(1, size - 1)
    return {'identity': (d == 0).astype(float), 'linear': 1 - d, 'quadratic': 1 - d * d}[kind]


def kappa(units, w, scale, kind):
    weight = weights(len(scale), kind)
    table = np.zeros((len(scale),) * 2)
    for (a, b), own in zip(units, w):
        table[scale.index(a), scale.index(b)] += own
    table /= table.sum()
    chance = (weight * np.outer(table.sum(1), table.sum(0))).sum()
    return ((weight * table).sum() - chance) / (1 - chance)


def chance_corrected(units, w, scale, kind, model):
    """Value and Gwet's linearised standard error, units weighted by w."""
    weight = weights(len(scale), kind)
    q = len(scale)
    rows = [(own, [scale.index(r) for r in unit if r is not None]) for unit, own in zip(units, w)]
    rows = [(own, rated) for own, rated in rows if rated]
    own = np.array([r[0] for r in rows])
    shares_of = np.array([[rated.count(k) / len(rated) for k in range(q)] for _, rated in rows])
    twice = np.array([len(rated) > 1 for _, rated in rows])
    agree = np.array([np.mean([weight[p] for p in itertools.permutations(rated, 2)]) if len(rated) > 1 else 0
                      for _, rated in rows])
    total = own.sum()
    shares = own @ shares_of / total
    paired = own[twice].sum()
    factor = weight.sum() / (q * (q - 1))
    chance, by_rating = {
        'gwet': (factor * (shares * (1 - shares)).sum(), factor * (1 - shares)),
        'fleiss': (shares @ weight @ shares, weight @ shares),
        'uniform': (weight.sum() / q**2, np.full(q, weight.sum() / q**2)),
    }[model]
    value = ((own * agree)[twice].sum() / paired - chance) / (1 - chance)
    linear = np.where(twice, total / paired * (agree - chance) / (1 - chance), 0)
    linear = linear - 2 * (1 - value) * (shares_of @ by_rating - chance) / (1 - chance)
    return value, np.sqrt((own * (linear - value) ** 2).sum() / (total * (total - 1)))


def alpha(units, w, scale, metric, sizes):
    """`sizes`: ratings a unit counts as, for units at chance that stand for the mean unit."""
    totals = dict.fromkeys(scale, 0.0)
    pairs = {}
    for position, (unit, own) in enumerate(zip(units, w)):
        rated = [r for r in unit if r is not None]
        if len(rated) < 2:
            continue
        factor = own if sizes[position] is None else own * sizes[position] / len(rated)
        for r in rated:
            totals[r] += factor
        for c, k in itertools.permutations(rated, 2):
            pairs[c, k] = pairs.get((c, k), 0.0) + factor / (len(rated) - 1)

    def distance(c, k):
        c, k = min(c, k), max(c, k)
        if metric == 'nominal':
            return float(c != k)
        if metric == 'interval':
            return (c - k) ** 2
        if metric == 'ratio':
            return ((c - k) / (c + k)) ** 2 if c != k else 0
        return (sum(totals[g] for g in scale if c <= g <= k) - (totals[c] + totals[k]) / 2) ** 2

    n = sum(totals.values())
    observed = sum(o * distance(c, k) for (c, k), o in pairs.items())
    expected = sum(totals[c] * totals[k] * distance(c, k) for c in scale for k in scale)
    return 1 - (n - 1) * observed / expected


def jackknifed(of, w, total, correct):
    squares, step = 0.0, 1e-4
    for i in range(len(w)):
        up, down = w.copy(), w.copy()
        up[i] += step
        down[i] -= step
        squares += w[i] * ((of(up) - of(down)) / (2 * step)) ** 2
    return of(w), np.sqrt(squares * (total / (total - 1) if correct else 1))


def hull(units, scale, fit, level):
    """`fit(units, weights, added units)` gives value and standard error."""
    z2 = norm.ppf((1 + level) / 2) ** 2
    count = sum(1 for unit in units if sum(r is not None for r in unit) > 1)
    chance = [(a, b) for a in scale for b in scale]
    value, error = fit(units, np.ones(len(units)), 0)
    more, wider = fit(list(units) + chance, np.array([1.0] * len(units) + [z2 / len(chance)] * len(chance)), z2)
    t = student.ppf((1 + level) / 2, count - 1)
    ends = [value - t * error, value + t * error, more - t * wider, more + t * wider]
    return {'value': value, 'standardError': error, 'interval': [max(-1, min(ends)), min(1, max(ends))]}


def kappa_case(units, scale, kind):
    return hull(units, scale, lambda every, w, added: jackknifed(
        lambda x: kappa(every, x, scale, kind), w, len(units) + added, False), 0.95)


def corrected_case(units, scale, kind, model):
    return hull(units, scale, lambda every, w, added: chance_corrected(every, w, scale, kind, model), 0.95)


def alpha_case(units, scale, metric, level=0.95):
    mean = np.mean([m for m in (sum(r is not None for r in unit) for unit in units) if m > 1])
    pairable = sum(1 for unit in units if sum(r is not None for r in unit) > 1)
    return hull(units, scale, lambda every, w, added: jackknifed(
        lambda x: alpha(every, x, scale, metric, [None] * len(units) + [mean] * (len(every) - len(units))),
        w, pairable + added, True), level)


five = [1, 2, 3, 4, 5]
print(json.dumps({
    'kappa': {kind: kappa_case(TWO_RATERS, [0, 1, 2], kind) for kind in ('identity', 'linear', 'quadratic')},
    'kappaPerfect': kappa_case(PERFECT, [0, 1], 'identity'),
    'gwet': {kind: corrected_case(KRIPPENDORFF, five, kind, 'gwet') for kind in ('identity', 'quadratic')},
    'fleiss': {kind: corrected_case(KRIPPENDORFF, five, kind, 'fleiss') for kind in ('identity', 'linear')},
    'brennanPrediger': {'identity': corrected_case(KRIPPENDORFF, five, 'identity', 'uniform')},
    'alpha': {m: alpha_case(KRIPPENDORFF, five, m) for m in ('nominal', 'ordinal', 'interval', 'ratio')},
    'alphaAt80': alpha_case(KRIPPENDORFF, five, 'ordinal', 0.8),
}, indent=1))
