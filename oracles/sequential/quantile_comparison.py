"""Anytime-valid p of equal quantiles, by brute force: every x and every admissible share, the mixture from log-gamma.

Howard and Ramdas 2022, section 6. The first four cases are those of gostevehoward/confseq, test/uniform_boundaries_unittest.cpp
at commit 89ecbfd (samples 1..1000 and offset+1..offset+1000, tightest at 100, alpha .05), whose targets are `published`.
Run: python3 quantile_comparison.py > quantile-comparison.json
"""
import json
from math import exp, lgamma, log

ALPHA = 0.05


def log_beta(a, b):
    return lgamma(a) + lgamma(b) - lgamma(a + b)


def evidence(below, n, p, tightest):
    """ln of the Beta(a, b) mixture of binomial likelihood ratios against p, for a number `below` of n, a/(a+b) = p."""
    v = p * (1 - p) * tightest
    twice = 2 * log(1 / ALPHA)
    r = max(v / (twice + log(1 + twice)) - p * (1 - p), 1e-3 * p * (1 - p))
    a, b = r / (1 - p), r / p
    return log_beta(a + below, b + n - below) - log_beta(a, b) - below * log(p) - (n - below) * log(1 - p)


def p_value(first, second, p, tightest):
    least = float("inf")
    for x in sorted(set(first) | set(second)):
        total = 0.0
        for sample in (first, second):
            n = len(sample)
            low, high = sum(y < x for y in sample), sum(y <= x for y in sample)
            steps = 2000
            total += min(evidence(low + (high - low) * k / steps, n, p, tightest) for k in range(steps + 1)) if high > low else evidence(low, n, p, tightest)
        least = min(least, total)
    return min(1.0, exp(-least))


def case(first, second, p, tightest, **more):
    return {"first": first, "second": second, "probability": p, "tightestAt": tightest, "p": p_value(first, second, p, tightest), **more}


cases = []
for p, offset, published in [(0.5, 70, 0.814704), (0.5, 85, 0.0838055), (0.5, 100, 0.0054947), (0.9, 55, 0.0340463)]:
    first, second = list(range(1, 1001)), list(range(offset + 1, offset + 1001))
    made = case(first, second, p, 100, published=published)
    cases.append({**made, "first": [1, 1000], "second": [offset + 1, offset + 1000], "range": True})
graded = ([0, 0.25, 0.5, 0.5, 0.75, 1] * 20, [0.5, 0.75, 0.75, 1, 1, 1] * 15)
cases.append(case(*graded, 0.5, 50))
cases.append(case(*graded, 0.25, 50))
print(json.dumps({"source": "python3 quantile_comparison.py", "cases": cases}, indent=1))
