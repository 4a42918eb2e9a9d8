"""Cluster-robust variance of a logit without random effects: what the sandwich over units is where an item's deviation is 0.

python3 units.py > units.json            (statsmodels 0.15.0)

GLM(Binomial).fit(cov_type="cluster") without small-sample correction; groups are the 20 items.
"""
import json
import numpy as np
import statsmodels.api as sm

item, model, prompt = (a.ravel() for a in np.meshgrid(np.arange(20), np.arange(2), np.arange(4), indexing="ij"))
lean = item % 2 + (item % 5 == 0)
y = np.where(model == 0, (prompt + item) % 4 < 1 + lean, (prompt + 2 * item) % 4 < 3 - lean).astype(float)
x = np.stack([model == 0, model == 1], 1).astype(float)
fit = sm.GLM(y, x, family=sm.families.Binomial()).fit(cov_type="cluster", cov_kwds={"groups": item, "use_correction": False}, tol=1e-14)
print(json.dumps(dict(item=item.tolist(), model=model.tolist(), successes=y.tolist(), coefficients=fit.params.tolist(), covariance=fit.cov_params().ravel().tolist(), version=__import__("statsmodels").__version__)))
