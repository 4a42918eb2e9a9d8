"""Adjusted p-values from their definitions, without the step-up or step-down shortcuts.

Run: python3 multiplicity.py > multiplicity.json      (Python 3.11)

Each adjusted p-value is the smallest error rate at which the procedure, run as a decision rule, rejects that hypothesis;
found exactly with fractions among the finitely many rates where a decision can change. The second vector is Benjamini and
Hochberg (1995), for which R 4.2.2 p.adjust gives the values kept under `r`.
"""
import json
from fractions import Fraction


def holm_rejects(p, alpha):
    order = sorted(range(len(p)), key=lambda i: p[i])
    out = set()
    for rank, i in enumerate(order):
        if p[i] > alpha / (len(p) - rank):
            break
        out.add(i)
    # Ties are one decision.
    return {i for i in range(len(p)) if any(p[i] <= p[j] for j in out)}


def step_up_rejects(p, q, factor):
    order = sorted(range(len(p)), key=lambda i: p[i])
    last = -1
    for rank, i in enumerate(order):
        if p[i] <= q * (rank + 1) / (len(p) * factor):
            last = rank
    return {i for i in range(len(p)) if last >= 0 and p[i] <= p[order[last]]}


def adjusted(p, rejects, candidates):
    rates = sorted({c for c in candidates if c <= 1} | {Fraction(1)})
    return [float(next((rate for rate in rates if i in rejects(p, rate)), Fraction(1))) for i in range(len(p))]


def all_of(text):
    p = [Fraction(x) for x in text]
    m = len(p)
    harmonic = sum(Fraction(1, i) for i in range(1, m + 1))
    return {
        "p": [float(x) for x in p],
        "bonferroni": [float(min(Fraction(1), m * x)) for x in p],
        "holm": adjusted(p, holm_rejects, [x * k for x in p for k in range(1, m + 1)]),
        "benjaminiHochberg": adjusted(p, lambda p, q: step_up_rejects(p, q, 1), [x * m / k for x in p for k in range(1, m + 1)]),
        "benjaminiYekutieli": adjusted(p, lambda p, q: step_up_rejects(p, q, harmonic), [x * m * harmonic / k for x in p for k in range(1, m + 1)]),
    }


vectors = [
    ["0.0001", "0.004", "0.012", "0.03", "0.04", "0.2", "0.6"],
    ["0.0001", "0.0004", "0.0019", "0.0095", "0.0201", "0.0278", "0.0298", "0.0344", "0.0459", "0.324", "0.4262", "0.5719", "0.6528", "0.759", "1"],
    ["0.03", "0.01", "0.04", "0.01", "0.5"],
    ["0.02"],
    ["0", "1", "0.5"],
]
print(
    json.dumps(
        {
            "source": "exact fractions; oracles/multiplicity/multiplicity.py",
            "vectors": [all_of(v) for v in vectors],
            "r": {
                "call": "R 4.2.2 p.adjust(p, 'holm' | 'BH' | 'BY') on the second vector",
                "holm": [0.0015, 0.0056, 0.0247, 0.114, 0.2211, 0.278, 0.278, 0.278, 0.3213, 1, 1, 1, 1, 1, 1],
                "benjaminiHochberg": [0.0015, 0.003, 0.0095, 0.035625, 0.0603, 0.0638571428571, 0.0638571428571, 0.0645, 0.0765, 0.486, 0.581181818182, 0.714875, 0.753230769231, 0.813214285714, 1],
                "benjaminiYekutieli": [0.00497734348984, 0.00995468697969, 0.0315231754357, 0.118211907884, 0.200089208292, 0.211892622853, 0.211892622853, 0.214025770063, 0.253844517982, 1, 1, 1, 1, 1, 1],
            },
        },
        indent=1,
    )
)
