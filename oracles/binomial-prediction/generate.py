"""Exact prediction limits by trying every count of the second sample. Python 3.11, standard library only.

python3 oracles/binomial-prediction/generate.py > oracles/binomial-prediction/values.json
"""
import json
from fractions import Fraction
from math import comb


def limits(x, n, m, tail):
    kept = []
    for y in range(m + 1):
        total = x + y
        support = range(max(0, total - m), min(n, total) + 1)
        pmf = {k: Fraction(comb(n, k) * comb(m, total - k), comb(n + m, total)) for k in support}
        if sum(p for k, p in pmf.items() if k <= x) > tail and sum(p for k, p in pmf.items() if k >= x) > tail:
            kept.append(y)
    return [min(kept), max(kept)]


CASES = [(0, 20, 20), (0, 100, 100), (3, 20, 40), (10, 20, 10), (20, 20, 30), (57, 60, 60), (130, 200, 150), (1, 7, 3)]
print(json.dumps({
    "source": "Python 3.11, exact rational arithmetic over every count of the second sample; generate.py beside this file",
    "level": 0.95,
    "cases": [{"successes": x, "trials": n, "futureTrials": m, "counts": limits(x, n, m, Fraction(1, 40))} for x, n, m in CASES],
}, indent=1))
