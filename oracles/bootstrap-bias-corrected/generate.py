"""Exact bootstrap bias corrected values by listing every bootstrap sample. Python 3.11, standard library only.

python3 oracles/bootstrap-bias-corrected/generate.py > oracles/bootstrap-bias-corrected/values.json
"""
import itertools
import json
from fractions import Fraction

CASES = {
    "six units, three candidates": [[1, 0, 1], [0, 1, 1], [1, 1, 0], [0, 0, 1], [1, 0, 0], [1, 1, 0]],
    "six units, one candidate ahead": [[1, 0, 0], [1, 0, 1], [1, 1, 0], [0, 0, 0], [1, 0, 0], [1, 0, 1]],
    "six units, ties everywhere": [[1, 0], [0, 1], [1, 0], [0, 1], [1, 1], [0, 0]],
}


def exact(rows):
    n, k = len(rows), len(rows[0])
    total, weight = Fraction(0), 0
    for drawn in itertools.product(range(n), repeat=n):
        outside = [i for i in range(n) if i not in drawn]
        if not outside:
            continue
        inside = [sum(rows[i][j] for i in drawn) for j in range(k)]
        best = [j for j in range(k) if inside[j] == max(inside)]
        value = sum(Fraction(sum(rows[i][j] for i in outside), len(outside)) for j in best) / len(best)
        total, weight = total + value, weight + 1
    return float(total / weight)


print(json.dumps({
    "source": "Python 3.11 exact enumeration of all n^n bootstrap samples; generate.py beside this file",
    "cases": [{"name": name, "rows": rows, "value": exact(rows)} for name, rows in CASES.items()],
}, indent=1))
