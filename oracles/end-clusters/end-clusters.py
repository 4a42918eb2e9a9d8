"""Independent values for t intervals that allow for clusters at the ends of the range.

python3 end-clusters.py > end-clusters.json            (mpmath 1.3.0)
Every row is written out: the added clusters are real ones of fractional weight, and CR2 is formed cluster by cluster from
residuals about the weighted mean of all. Degrees of freedom from the full matrix of Pustejovsky and Tipton (2018).
"""
import json
import random
from mpmath import betainc, erfinv, mp, mpf, sqrt

mp.dps = 30


def t_quantile(p, df):
    upper = lambda t: betainc(df / 2, mpf(1) / 2, 0, df / (df + t * t), regularized=True) / 2
    low, high = mpf(0), mpf(10000)
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if upper(middle) > p else (low, middle)
    return (low + high) / 2


def satterthwaite(sizes):
    n, count = sum(sizes), len(sizes)
    a = [1 / sqrt(1 - mpf(s) / n) for s in sizes]
    m = [[((sizes[g] if g == h else 0) - mpf(sizes[g]) * sizes[h] / n) * a[g] * a[h] for h in range(count)] for g in range(count)]
    return sum(m[g][g] for g in range(count)) ** 2 / sum(m[g][h] ** 2 for g in range(count) for h in range(count))


def interval(clusters, weights, df, level):
    """t interval about the weighted mean of clusters given as lists of rows."""
    total = sum(w * len(c) for c, w in zip(clusters, weights))
    mean = sum(w * sum(c) for c, w in zip(clusters, weights)) / total
    variance = mpf(0)
    for c, w in zip(clusters, weights):
        residual = sum(y - mean for y in c)
        variance += w * residual**2 / (1 - len(c) / total) / total**2
    margin = t_quantile((1 - mpf(level)) / 2, df) * sqrt(variance)
    return mean - margin, mean + margin


def case(name, clusters, lower, upper, level):
    clusters = [[mpf(y) for y in c] for c in clusters]
    df = satterthwaite([len(c) for c in clusters])
    plain = interval(clusters, [mpf(1)] * len(clusters), df, level)
    added = (sqrt(2) * erfinv(mpf(level))) ** 2
    rows, count = sum(len(c) for c in clusters), len(clusters)
    # Clusters of average size rows/count: with a common multiple of rows, `count` copies of every row make it whole.
    scaled = [[y for y in c for _ in range(count)] for c in clusters]
    ends = [[mpf(lower)] * rows, [mpf(upper)] * rows]
    wide = interval(scaled + ends, [mpf(1)] * count + [added / 2] * 2, df, level)
    sums = [sum(c) - len(c) * sum(map(sum, clusters)) / rows for c in clusters]
    skewness = abs(sum(r**3 for r in sums)) / sum(r**2 for r in sums) ** mpf(1.5)
    skewed = bool(skewness > mpf("0.1") or plain[0] < lower or plain[1] > upper)
    hull = plain if not skewed else (max(lower, min(plain[0], wide[0])), min(upper, max(plain[1], wide[1])))
    return {
        "name": name,
        "values": [float(y) for c in clusters for y in c],
        "clusters": [g for g, c in enumerate(clusters) for _ in c],
        "range": {"lower": lower, "upper": upper},
        "level": level,
        "skewed": skewed,
        "plain": [float(x) for x in plain],
        "interval": [float(x) for x in hull],
    }


random.seed(20261130)
unequal = [[1 if random.random() < rate else 0 for _ in range(size)] for size, rate in
           [(40, 0.1), (28, 0), (19, 0.4), (13, 0), (9, 0.1), (6, 0), (4, 0), (3, 0)]]
signs = [[random.choice([-1, 0, 0, 1]) for _ in range(size)] for size in [2, 5, 10, 20, 8, 2, 5, 10, 20, 8, 2, 5]]
graded = [[random.randrange(6) / 5 for _ in range(size)] for size in [4, 4, 4, 4, 4, 4]]
single = [[1] if g < 6 else [0] for g in range(100)]
print(json.dumps([
    case("8 unequal clusters, few successes", unequal, 0, 1, 0.95),
    case("8 unequal clusters, few gains", unequal, -1, 1, 0.95),
    case("12 clusters of gains and losses", signs, -1, 1, 0.95),
    case("6 clusters of fifths, at 99 %", graded, 0, 1, 0.99),
    case("7 clusters of fifths, one of them low, at 99 %", graded + [[0, 0, 0, 0, 0, 0.2]], 0, 1, 0.99),
    case("100 independent pairs, 6 gained", single, -1, 1, 0.95),
], indent=1))
