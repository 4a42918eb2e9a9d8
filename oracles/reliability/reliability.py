"""Independent values for repeats: ICC, pass@k, flips, replication.

python3 reliability.py > reliability.json            (numpy 2.4.6, scipy 1.17.1)
shroutFleiss: R 4.2.2, psych 2.2.9, ICC(x, lmer = FALSE) on the table of Shrout and Fleiss (1979).
"""
import itertools
import json
from fractions import Fraction
from math import comb
import numpy as np
from scipy import stats

rng = np.random.default_rng(11)

shrout_fleiss = {"data": [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]], "type": ["ICC1", "ICC2", "ICC3", "ICC1k", "ICC2k", "ICC3k"], "icc": [0.165741768405, 0.289763779528, 0.714840714841, 0.442797133679, 0.620050547599, 0.909315542377], "lo": [-0.132932324875, 0.0187865133747, 0.342464765034, -0.884442155238, 0.0711368153025, 0.675674713816], "hi": [0.722560062328, 0.761084369649, 0.945858259955, 0.912415420341, 0.927232040168, 0.985891678169]}


def hyper(n, c, k, least):
    return float(sum(Fraction(comb(c, j) * comb(n - c, k - j), comb(n, k)) for j in range(least, min(c, k) + 1) if k - j <= n - c))


def one_way(groups, level=0.95):
    """Unbalanced ICC(1,1) by regression sums of squares."""
    y = np.concatenate(groups)
    n = np.array([len(g) for g in groups])
    msb = sum(len(g) * (np.mean(g) - y.mean()) ** 2 for g in groups) / (len(groups) - 1)
    msw = sum(((np.array(g) - np.mean(g)) ** 2).sum() for g in groups) / (n.sum() - len(groups))
    k = (n.sum() - (n**2).sum() / n.sum()) / (len(groups) - 1)
    d1, d2, f = len(groups) - 1, n.sum() - len(groups), msb / msw
    fl, fu = f / stats.f.ppf((1 + level) / 2, d1, d2), f * stats.f.ppf((1 + level) / 2, d2, d1)
    return dict(value=(f - 1) / (f + k - 1), lower=(fl - 1) / (fl + k - 1), upper=(fu - 1) / (fu + k - 1))


def flips(runs):
    pairs = list(itertools.permutations(range(len(runs)), 2))
    return float(Fraction(sum(runs[i] != runs[j] for i, j in pairs), len(pairs)))


groups = [np.round(rng.normal(m, 1, s), 3).tolist() for m, s in zip(rng.normal(0, 1.5, 9), [2, 3, 5, 1, 4, 2, 7, 3, 2])]
answers = [rng.integers(0, 3, s).tolist() for s in [2, 3, 5, 4, 6]]
z = [1.2, 1.959963984540054, 2.5758293035489004, 3.2905267314919255, -4.0]
crit = stats.norm.ppf(0.975)
out = {
    "source": "oracles/reliability/reliability.py with numpy 2.4.6 and scipy 1.17.1; shroutFleiss: R 4.2.2, psych 2.2.9",
    "shroutFleiss": shrout_fleiss,
    "unbalanced": dict(groups=groups, **one_way(groups)),
    "flips": dict(answers=answers, perItem=[flips(a) for a in answers]),
    "attempts": [
        dict(n=n, c=c, k=k, tau=t, pass_at=hyper(n, c, k, 1), pass_hat=hyper(n, c, k, k), g=hyper(n, c, k, least))
        for n, c, k, t, least in [(10, 3, 5, 0.6, 3), (200, 5, 100, 0.02, 2), (10, 8, 4, 0.75, 3), (16, 10, 8, 0.5, 4), (16, 10, 8, 0.25, 2), (7, 7, 7, 0.5, 4), (7, 0, 3, 0.34, 2), (1000, 13, 400, 0.01, 4), (10, 8, 10, 0.7, 7)]
    ],
    "replication": [dict(z=v, point=float(stats.norm.cdf(abs(v) - crit)), predictive=float(stats.norm.cdf((abs(v) - crit) / np.sqrt(2)))) for v in z],
    "rankAgreement": [dict(d=d, p=float(stats.norm.cdf(d) ** 2 + stats.norm.cdf(-d) ** 2)) for d in [0, 0.5, 1, 2, 3]],
}
print(json.dumps(out, default=float))
