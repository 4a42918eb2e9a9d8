"""Power of the mid-p McNemar test for two systems whose passes are correlated, summed over every table with SciPy.

Pass = a standard normal score above a threshold; the two scores have the given (latent) correlation. Rates 0.55 and
0.50, 1,500 items. Run: python3 correlated-power.py > correlated-power.json
"""
import json

import numpy as np
import scipy
from scipy.stats import binom, multivariate_normal, norm

pairs, rate_a, rate_b, alpha = 1500, 0.55, 0.5, 0.05


def both_pass(correlation):
    return float(multivariate_normal([0, 0], [[1, correlation], [correlation, 1]]).cdf([norm.ppf(rate_a), norm.ppf(rate_b)]))


def power(only_a, only_b):
    total = 0.0
    for m in range(1, pairs + 1):
        weight = binom.pmf(m, pairs, only_a + only_b)
        if weight < 1e-16:
            continue
        b = np.arange(m + 1)
        less = np.minimum(b, m - b)
        p = 2 * binom.cdf(less, m, 0.5) - binom.pmf(less, m, 0.5)
        right = (p <= alpha) & (2 * b > m)
        total += weight * binom.pmf(b[right], m, only_a / (only_a + only_b)).sum()
    return float(total)


rows = []
for correlation in (0.0, 0.3, 0.6, 0.9):
    both = both_pass(correlation)
    rows.append({"correlation": correlation, "both": both, "power": power(rate_a - both, rate_b - both)})
print(json.dumps({
    "source": f"oracles/planning/correlated-power.py, SciPy {scipy.__version__}; simulated: power by simulation beside evalci d8f89ad's power(method='simulation'), three digits",
    "pairs": pairs, "rateA": rate_a, "rateB": rate_b, "alpha": alpha, "rows": rows,
    "simulated": [0.789, 0.87, 0.954, 0.998], "peer": [0.7745, 0.64, 0.409, 0.1445],
}, indent=1))
