"""Independent values for the bootstrap and the sign-flip test.

python3 resampling.py > resampling.json            (numpy 2.4.6, scipy 1.17.1)
Exact distributions by rational arithmetic or repeated convolution, never by the transforms of src/stats.
"""
import itertools
import json
from fractions import Fraction
import numpy as np
from scipy import stats

rng = np.random.default_rng(7)


def convolved(counts, n):
    """n-fold convolution of the empirical distribution, one at a time."""
    p = np.array(counts, float) / n
    d = np.array([1.0])
    for _ in range(n):
        d = np.convolve(d, p)
    return d


def quantile(d, q):
    return int(np.argmax(np.cumsum(d) >= q - 1e-12))


def sign_flip(d):
    """Two-sided p over all sign assignments, exactly, on integer multiples."""
    total = abs(sum(d))
    dist = {0: Fraction(1)}
    for x in d:
        nxt = {}
        for s, p in dist.items():
            for t in (s + x, s - x):
                nxt[t] = nxt.get(t, 0) + p / 2
        dist = nxt
    return float(sum(p for s, p in dist.items() if abs(s) >= total))


def sign_flip_float(d):
    d = np.array(d)
    sums = np.array([np.dot(d, s) for s in itertools.product([1, -1], repeat=len(d))])
    t = d.sum()
    eps = 1e-9
    return dict(two=float((abs(sums) >= abs(t) - eps).mean()), greater=float((sums >= t - eps).mean()), less=float((sums <= t + eps).mean()))


n, k = 57, 41
fifths = rng.integers(0, 6, 40)
d = convolved(np.bincount(fifths, minlength=6), 40)
observed = int(fifths.sum())
z0 = stats.norm.ppf(d[:observed].sum() + d[observed] / 2)
x = fifths / 5
a = ((x - x.mean()) ** 3).sum() / (6 * ((x - x.mean()) ** 2).sum() ** 1.5)
ends = [float(stats.norm.cdf(z0 + (z0 + z) / (1 - a * (z0 + z)))) for z in stats.norm.ppf([0.025, 0.975])]

skewed = np.round(rng.exponential(1, 60), 4)
ref = stats.bootstrap((skewed,), np.mean, n_resamples=200_000, method="BCa", rng=np.random.default_rng(1), batch=1000)
refp = stats.bootstrap((skewed,), np.mean, n_resamples=200_000, method="percentile", rng=np.random.default_rng(2), batch=1000)
city_u = [138, 93, 61, 179, 48, 37, 29, 23, 30, 2]
city_x = [143, 104, 69, 260, 75, 63, 50, 48, 111, 50]
jack = np.array([(sum(city_x) - city_x[i]) / (sum(city_u) - city_u[i]) for i in range(10)])
l = jack.mean() - jack
graded = [int(v) for v in rng.integers(-5, 6, 60)]
real = [round(float(v), 5) for v in rng.normal(0.4, 1, 13)]

out = {
    "source": "oracles/resampling/resampling.py with numpy 2.4.6 and scipy 1.17.1; minstd cases: R 4.2.2 boot 1.3-28.1 and stats::binom.test, scipy",
    "binomial": dict(n=n, k=k, lower=float(stats.binom.ppf(0.025, n, k / n) / n), upper=float(stats.binom.ppf(0.975, n, k / n) / n)),
    "fifths": dict(
        values=fifths.tolist(),
        lower=quantile(d, 0.025) / 200,
        upper=quantile(d, 0.975) / 200,
        standardDeviation=float(x.std() / np.sqrt(40)),
        bcaLower=quantile(d, ends[0]) / 200,
        bcaUpper=quantile(d, ends[1]) / 200,
    ),
    "convolution": dict(counts=[3, 0, 4, 1], n=8, probabilities=convolved([3, 0, 4, 1], 8).tolist()),
    "skewed": dict(values=skewed.tolist(), bca=[ref.confidence_interval.low, ref.confidence_interval.high], percentile=[refp.confidence_interval.low, refp.confidence_interval.high], draws=200_000),
    "city": dict(u=city_u, x=city_x, acceleration=float((l**3).sum() / (6 * (l**2).sum() ** 1.5))),
    "signFlip": dict(
        graded=dict(differences=graded, p=sign_flip(graded)),
        real=dict(differences=real, **sign_flip_float(real)),
        binary=dict(plus=25, minus=12, p=float(stats.binomtest(12, 37).pvalue)),
        tail=dict(plus=900, minus=100, p=float(2 * stats.binom.cdf(100, 1000, 0.5))),
    ),
    "minstd": {
        "what": "14,042 items in 57 subjects, x <- 16807 x mod 2^31 - 1; a R boot percentile and scipy BCa on column a (10,000 draws); c exact McNemar on a and b; b cluster SE of 100,000 rows in 5,000 clusters",
        "percentile": [0.72333001, 0.7380714998],
        "bca": [0.7232587950434411, 0.7380002848597066],
        "mcnemar": dict(n10=2202, n01=2079, p=0.062223955828816235),
        "clusterSe": dict(estimate=0.64385, naive=0.001514296769, cr1=0.003760319152, clusters=5000),
    },
}
print(json.dumps(out, default=float))
