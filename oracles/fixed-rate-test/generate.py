"""Smallest exact one-sample binomial test with both errors at most as wanted, by exhaustive search from n = 1."""
from scipy.stats import binom


def fixed(p0, p1, alpha, beta):
    n = 1
    while True:
        c = int(binom.isf(alpha, n, p0))
        while binom.sf(c - 1, n, p0) > alpha:
            c += 1
        while c > 0 and binom.sf(c - 2, n, p0) <= alpha:
            c -= 1
        if c <= n and binom.cdf(c - 1, n, p1) <= beta:
            return n, c
        n += 1


for case in [(0.7, 0.8, 0.05, 0.05), (0.5, 0.6, 0.05, 0.1), (0.9, 0.95, 0.05, 0.05), (0.02, 0.05, 0.01, 0.05), (0.3, 0.35, 0.05, 0.05)]:
    print(case, fixed(*case))
