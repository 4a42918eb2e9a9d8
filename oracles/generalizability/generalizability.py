"""G-studies and D-studies, independent of the code under test.

python3 generalizability.py > generalizability.json            (numpy 2.4.6, scipy 1.17.1)

Mean squares: sums of squares as differences of residual sums of nested least-squares fits on dummy variables (the code
takes them from margins). Components: solved from the matrix of expected mean squares (the code uses inclusion and
exclusion). pxi, penicillin: R 4.2.2 (lme4 1.1-31), from the data of Shrout and Fleiss (1979) and lme4::Penicillin.
crossed50k: numpy closed form and R lmer on the MINSTD data of src/stats/fixtures (500 items x 20 prompts x 5 models).
"""
import itertools
import json
import numpy as np

rng = np.random.default_rng(5)


def dummies(codes):
    return (codes[:, None] == np.unique(codes)[None, :]).astype(float)


def interaction(a, b):
    return np.einsum("ni,nj->nij", a, b).reshape(len(a), -1)


def residual_sum(x, y):
    fit, *_ = np.linalg.lstsq(x, y, rcond=None)
    return float(((y - x @ fit) ** 2).sum())


def study(y):
    """y[p, i, o, r]; every effect's sum of squares by model comparison."""
    p, i, o, r = y.shape
    idx = np.indices(y.shape).reshape(4, -1)
    d = {"p": dummies(idx[0]), "i": dummies(idx[1]), "o": dummies(idx[2])}
    one = np.ones((y.size, 1))
    flat = y.ravel()
    x = {"": one}
    for k in (1, 2, 3):
        for names in itertools.combinations("pio", k):
            m = one
            for n in names:
                m = interaction(m, d[n])
            x["".join(names)] = m
    rss = lambda names: residual_sum(np.hstack([x[n] for n in names]), flat)
    ss = {}
    sizes = {"p": p, "i": i, "o": o}
    df = {}
    for e in ("p", "i", "o"):
        ss[e] = rss([""]) - rss(["", e])
        df[e] = sizes[e] - 1
    for a, b in (("p", "i"), ("p", "o"), ("i", "o")):
        ss[a + b] = rss(["", a, b]) - rss([a + b])
        df[a + b] = (sizes[a] - 1) * (sizes[b] - 1)
    ss["pio"] = rss(["pi", "po", "io"]) - rss(["pio"])
    df["pio"] = (p - 1) * (i - 1) * (o - 1)
    ms = {e: ss[e] / df[e] / r for e in ss}  # of cell means
    effects = ["p", "i", "o", "pi", "po", "io", "pio"]
    ems = np.zeros((7, 7))
    for a, e in enumerate(effects):
        for b, f in enumerate(effects):
            if set(e) <= set(f):
                ems[a, b] = np.prod([sizes[c] for c in "pio" if c not in f])
    vc = dict(zip(effects, np.linalg.solve(ems, [ms[e] for e in effects])))
    if r > 1:
        cell = y.mean(axis=3, keepdims=True)
        vc["rerun"] = float(((y - cell) ** 2).sum() / (p * i * o * (r - 1)))
        vc["pio"] -= vc["rerun"] / r
    return {e: float(v) for e, v in ms.items()}, {e: float(v) for e, v in vc.items()}


handbook = np.array([
    [[86, 78, 72, 85, 81, 75], [88, 83, 75, 95, 85, 77], [95, 88, 82, 96, 89, 84], [100, 100, 88, 105, 96, 93]],
    [[81, 75, 70, 84, 74, 73], [89, 82, 75, 92, 84, 77], [95, 86, 77, 96, 87, 83], [99, 93, 86, 104, 93, 87]],
    [[77, 68, 68, 80, 71, 67], [80, 78, 72, 87, 76, 74], [92, 84, 76, 89, 85, 82], [95, 90, 80, 100, 90, 85]],
]).astype(float).transpose(1, 2, 0)[..., None]
random = np.round(rng.normal(0, 1, (3, 1, 1, 1)) + rng.normal(0, 2, (1, 5, 1, 1)) + rng.normal(0, 0.5, (1, 1, 4, 1)) + rng.normal(0, 1, (3, 5, 4, 2)), 3)


def packed(y):
    ms, vc = study(y)
    return dict(shape=list(y.shape), values=y.ravel().tolist(), meanSquares=ms, components=vc)


out = {
    "source": "oracles/generalizability/generalizability.py with numpy 2.4.6; pxi, penicillin and crossed50k.lmer: R 4.2.2, lme4 1.1-31",
    "handbook": packed(handbook),
    "repeated": packed(random),
    "decisions": [dict(items=a, conditions=b, g=g, phi=f) for a, b, g, f in [(6, 3, 0.992695, 0.855368), (20, 3, 0.996066, 0.914988), (20, 10, 0.99831846, 0.95219682), (100, 5, 0.998278, 0.959115)]],
    "pxi": dict(values=[9, 2, 5, 8, 6, 1, 3, 2, 8, 4, 6, 8, 7, 1, 2, 6, 10, 5, 6, 9, 6, 2, 4, 7], meanSquares=[11.2416666667, 32.4861111111, 1.01944444444], components=[2.55555555556, 5.24444444444, 1.01944444444], n=[1, 2, 4, 8], g=[0.714840714841, 0.833710919801, 0.909315542377, 0.952504206031], phi=[0.289763779528, 0.449328449328, 0.620050547599, 0.765470618825]),
    "penicillin": dict(values=[27, 23, 26, 23, 23, 21, 27, 23, 26, 23, 23, 21, 25, 21, 25, 24, 24, 20, 26, 23, 25, 23, 23, 20, 25, 22, 26, 22, 23, 20, 24, 22, 25, 23, 22, 19, 24, 20, 23, 21, 22, 19, 26, 22, 26, 24, 24, 21, 24, 21, 24, 22, 22, 20, 24, 21, 24, 23, 22, 19, 26, 23, 26, 24, 24, 21, 25, 22, 26, 24, 24, 20, 26, 24, 26, 24, 25, 22, 26, 23, 26, 23, 23, 20, 26, 23, 25, 24, 24, 22, 25, 22, 25, 23, 23, 20, 25, 21, 24, 23, 23, 20, 25, 22, 24, 23, 23, 19, 24, 21, 23, 21, 21, 19, 26, 23, 26, 24, 24, 21, 25, 21, 24, 22, 22, 18, 25, 22, 25, 22, 22, 20, 24, 21, 24, 22, 24, 19, 24, 21, 24, 22, 21, 18], samples=6, plate=0.716905, sample=3.731132, residual=0.302415, mean=22.97222),
    "crossed50k": dict(meanSquares=[4.956681523, 15.27023579, 81.65127, 0.1716744563, 0.3658190982, 0.1566384211, 0.1739192986], components=dict(item=0.04593107267, condition=0.006046336884, object=0.008130273178, itemCondition=-0.0004489684632, objectItem=0.00959498998, objectCondition=-3.456175509e-05, residual=0.1739192986)),
}
print(json.dumps(out))
