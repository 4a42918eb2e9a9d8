"""Exact power of McNemar's test by summing over every pair of discordant counts.

Run: python3 planning.py > planning.json      (Python 3.11, mpmath 1.4.1)

The code under test sums tails over the number of discordant pairs; this sums the trinomial probability of every table, in
40 digits. Type S and type M come from the same table. The last field holds figures of Card et al. 2020, "With little power
comes great responsibility" (their notebook's Monte Carlo), and of Miller 2024, "Adding error bars to evals".
"""
import json
from math import comb

import mpmath as mp

mp.mp.dps = 40


def p_value(b, c, mid):
    m, k = b + c, min(b, c)
    total = 2 * sum(comb(m, j) for j in range(k + 1)) - (comb(m, k) if mid else 0)
    return min(1, mp.mpf(total) / mp.mpf(2) ** m)


def power(n, pb, pc, alpha, mid):
    pb, pc, alpha = mp.mpf(pb), mp.mpf(pc), mp.mpf(alpha)
    rest = 1 - pb - pc
    logs = [mp.loggamma(i + 1) for i in range(n + 1)]
    right = wrong = size = mp.mpf(0)
    for m in range(n + 1):
        # Significant splits of m are those with at most `critical` on one side.
        critical = -1
        while 2 * (critical + 1) < m and p_value(critical + 1, m - critical - 1, mid) <= alpha:
            critical += 1
        for b in list(range(0, critical + 1)) + list(range(m - critical, m + 1)):
            c = m - b
            if (pb == 0 and b) or (pc == 0 and c) or (rest == 0 and n - m):
                continue
            log = logs[n] - logs[b] - logs[c] - logs[n - m]
            log += (b * mp.log(pb) if b else 0) + (c * mp.log(pc) if c else 0) + ((n - m) * mp.log(rest) if n - m else 0)
            weight = mp.exp(log)
            if (b > c) == (pb > pc):
                right += weight
            else:
                wrong += weight
            size += weight * abs(b - c) / mp.mpf(n)
    significant = right + wrong
    return {
        "power": float(right), "wrongSign": float(wrong),
        "typeS": float(wrong / significant) if significant else None,
        "typeM": float(size / significant / abs(pb - pc)) if significant and pb != pc else None,
    }


rows = []
for n, pb, pc, alpha in [(20, 0.3, 0.1, 0.05), (50, 0.2, 0.1, 0.05), (50, 0.1, 0.2, 0.01), (120, 0.05, 0.0, 0.05), (100, 0.15, 0.15, 0.05), (5, 0.5, 0.1, 0.05), (30, 0.875, 0.125, 0.05), (150, 0.0225, 0.0025, 0.05)]:
    for mid in (False, True):
        rows.append({"pairs": n, "onlyA": pb, "onlyB": pc, "alpha": alpha, "method": "mid-p" if mid else "exact", **power(n, pb, pc, alpha, mid)})
print(
    json.dumps(
        {
            "source": f"mpmath {mp.__version__}, sum over all tables; oracles/planning/planning.py",
            "mcnemarPower": rows,
            "published": {
                "card2020": [
                    {"pairs": 1000, "onlyA": 0.3, "onlyB": 0.28, "power": 0.12072967330301503, "typeS": 0.0188, "typeM": 2.997, "notebook": [0.119, 0.022, 3.004]},
                    {"pairs": 1000, "onlyA": 0.02, "onlyB": 0.0, "power": 0.9999359909331118, "typeS": 0.0, "typeM": 1.0, "notebook": [1.0, 0.0, 1.0]},
                    {"pairs": 500, "onlyA": 0.0225, "onlyB": 0.0025, "power": 0.7975770693932697, "typeS": 0.0, "typeM": 1.116, "notebook": [0.8, 0.0, 1.118]},
                ],
            },
        },
        indent=1,
    )
)
