"""Golden numbers of the test of one slope for all items, by brute force in plain Python 3 (no packages).

Everything is enumerated: all answers with a given number right for means and covariances, all tables with given row and
column sums for the law of the statistic. Run: python3 common-slope.py > common-slope.json
"""
import json
from itertools import combinations
from math import exp


def moments(log_odds, right):
    """Means and covariances of 0/1 answers of these odds given their sum."""
    n = len(log_odds)
    total, mean, joint = 0.0, [0.0] * n, [[0.0] * n for _ in range(n)]
    for chosen in combinations(range(n), right):
        weight = exp(sum(log_odds[j] for j in chosen))
        total += weight
        for j in chosen:
            mean[j] += weight
            for k in chosen:
                joint[j][k] += weight
    mean = [m / total for m in mean]
    return mean, [[joint[j][k] / total - mean[j] * mean[k] for k in range(n)] for j in range(n)]


def solve(matrix, right):
    """Gauss with pivoting."""
    n = len(right)
    rows = [list(row) + [r] for row, r in zip(matrix, right)]
    for c in range(n):
        pivot = max(range(c, n), key=lambda r: abs(rows[r][c]))
        rows[c], rows[pivot] = rows[pivot], rows[c]
        for r in range(n):
            if r != c:
                f = rows[r][c] / rows[c][c]
                rows[r] = [x - f * y for x, y in zip(rows[r], rows[c])]
    return [rows[i][n] / rows[i][i] for i in range(n)]


def statistic(table, log_odds, abilities):
    """Efficient score for slopes of their own, as a quadratic form without the last item."""
    n = len(log_odds) - 1
    rows = [(y, m) for y, m in zip(table, abilities) if 0 < sum(y) <= n]
    centre = sum(m for _, m in rows) / len(rows)
    zero = lambda: [[0.0] * n for _ in range(n)]
    plain, first, second = zero(), zero(), zero()
    residual, score = [0.0] * n, [0.0] * n
    for y, ability in rows:
        m = ability - centre
        mean, covariance = moments(log_odds, sum(y))
        for j in range(n):
            residual[j] += y[j] - mean[j]
            score[j] += m * (y[j] - mean[j])
            for k in range(n):
                plain[j][k] += covariance[j][k]
                first[j][k] += m * covariance[j][k]
                second[j][k] += m * m * covariance[j][k]
    moved = solve(plain, residual)
    score = [score[j] - sum(first[j][k] * moved[k] for k in range(n)) for j in range(n)]
    columns = [solve(plain, first[j]) for j in range(n)]
    variance = [[second[j][k] - sum(first[k][l] * columns[j][l] for l in range(n)) for k in range(n)] for j in range(n)]
    return sum(u * x for u, x in zip(score, solve(variance, score)))


def tables_like(table):
    """All 0/1 tables with the same row and column sums."""
    rows = [sum(y) for y in table]
    columns = [sum(c) for c in zip(*table)]
    n = len(columns)

    def grow(i, left):
        if i == len(rows):
            if not any(left):
                yield []
            return
        for chosen in combinations(range(n), rows[i]):
            if all(left[j] > 0 for j in chosen):
                rest = [x - (1 if j in chosen else 0) for j, x in enumerate(left)]
                for more in grow(i + 1, rest):
                    yield [[1 if j in chosen else 0 for j in range(n)]] + more

    return grow(0, columns)


# Bock and Lieberman 1970, LSAT section 6: answers to five items and how often they occurred.
lsat = json.load(open(__file__.rsplit('/', 1)[0] + '/item-response.json' if '/' in __file__ else 'item-response.json'))['lsat6']
lsat_rows = []
for entry in lsat.split(' '):
    answers, count = entry.split(':')
    lsat_rows += [[int(a) for a in answers]] * int(count)
log_odds = [2.73, 1.0, 0.24, 1.31, 2.1]
abilities = [0.5 * sum(y) + 0.1 * sum(y) ** 2 for y in lsat_rows]

small = ['1110', '1101', '1011', '0110', '1100', '1010', '0100', '1001']
small = [[int(a) for a in y] for y in small]
small_odds = [1.1, 0.4, 0.1, -0.9]
small_abilities = [float(sum(y)) for y in small]
law = [statistic(t, small_odds, small_abilities) for t in tables_like(small)]

print(json.dumps({
    'source': 'common-slope.py, Python 3, by enumeration',
    'moments': [
        {'logOdds': odds, 'right': r, 'means': moments(odds, r)[0], 'covariances': moments(odds, r)[1]}
        for odds, r in [([0.0, 0.0, 0.0], 1), ([2.0, -1.0, 0.5, 0.0, -3.0, 1.2], 2), ([6.0, -5.0, 0.5, 4.0], 3)]
    ],
    'lsat6': {'logOdds': log_odds, 'statistic': statistic(lsat_rows, log_odds, abilities)},
    'small': {
        'table': [''.join(map(str, y)) for y in small],
        'logOdds': small_odds,
        'statistic': statistic(small, small_odds, small_abilities),
        'tables': len(law),
        'mean': sum(law) / len(law),
    },
}, indent=2))
