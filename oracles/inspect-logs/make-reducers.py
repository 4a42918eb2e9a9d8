"""Reduces lists of score values with Inspect AI's own reducers.

pip install inspect_ai==0.3.285; python make-reducers.py > reducers.json
NaN is written as the text "NaN" with "nan": true, so that the file stays JSON.
"""
import json
import math
import random

import inspect_ai
from inspect_ai.scorer import Score, value_to_float
from inspect_ai.scorer._reducer import create_reducers

random.seed(20261123)
pool = ["C", "I", "P", "N", "yes", "False", "0.25", "-1", "1e2", "maybe", "", "nan", True, False, 0, 1, 0.5, 2.75, -3, float("nan")]
names = ["mean", "median", "mode", "max", "at_least_1", "at_least_2", "at_least_3", "pass_at_1", "pass_at_2", "pass_at_4", "pass_k_1", "pass_k_2", "pass_k_4"]
to_float = value_to_float()


def coded(value):
    return {"nan": True} if isinstance(value, float) and math.isnan(value) else value


cases = []
for size in [1, 2, 3, 4, 5, 8]:
    for _ in range(12):
        values = [random.choice(pool) for _ in range(size)]
        expected = {}
        for name in names:
            reduced = create_reducers(name)[0]([Score(value=v) for v in values]).value
            expected[name] = coded(to_float(reduced))
        cases.append({"values": [coded(v) for v in values], "expected": expected})
print(json.dumps({"source": f"inspect_ai {inspect_ai.__version__}, create_reducers(name)[0](scores).value through value_to_float()", "cases": cases}, indent=0))
