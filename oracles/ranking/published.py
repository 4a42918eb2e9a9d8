"""Abilities that R published and ratings that evalica published, with the data behind them.

Citations between four statistics journals: Stigler 1994, as fitted by Firth 2005 ("Bradley-Terry models in R").
Baseball: American League East 1987, home and away, Agresti 2002 table 10.10. In R 4.2.2 with BradleyTerry2 1.1-2:
  BTm(cbind(win1, win2), player1, player2, data = countsToBinomial(citations)); BTm(cbind(home.wins, away.wins), home.team, away.team, data = baseball)
The abilities are checked here by an independent fit (SciPy BFGS on the log-likelihood) before anything is written.
evalica: golden files at commit 2ebe79e. Run: python3 published.py > published.json
"""
import json
from math import lgamma

import numpy as np
import scipy
from scipy.optimize import minimize

CITATIONS = [[0, 1, 730, 33], [0, 2, 498, 320], [0, 3, 221, 284], [1, 2, 68, 813], [1, 3, 17, 276], [2, 3, 142, 325]]
R_CITATIONS = [-2.949072496840, -0.479569769752, 0.268954055819]

TEAMS = ["Baltimore", "Boston", "Cleveland", "Detroit", "Milwaukee", "New York", "Toronto"]
HOME = {  # home team: (visitor, home wins, away wins)
    "Milwaukee": [("Detroit", 4, 3), ("Toronto", 4, 2), ("New York", 4, 3), ("Boston", 6, 1), ("Cleveland", 4, 2), ("Baltimore", 6, 0)],
    "Detroit": [("Milwaukee", 3, 3), ("Toronto", 4, 2), ("New York", 4, 3), ("Boston", 6, 0), ("Cleveland", 6, 1), ("Baltimore", 4, 3)],
    "Toronto": [("Milwaukee", 2, 5), ("Detroit", 4, 3), ("New York", 2, 4), ("Boston", 4, 3), ("Cleveland", 4, 2), ("Baltimore", 6, 0)],
    "New York": [("Milwaukee", 3, 3), ("Detroit", 5, 1), ("Toronto", 2, 5), ("Boston", 4, 3), ("Cleveland", 4, 2), ("Baltimore", 6, 1)],
    "Boston": [("Milwaukee", 5, 1), ("Detroit", 2, 5), ("Toronto", 3, 3), ("New York", 4, 2), ("Cleveland", 5, 2), ("Baltimore", 6, 0)],
    "Cleveland": [("Milwaukee", 2, 5), ("Detroit", 3, 3), ("Toronto", 3, 4), ("New York", 4, 3), ("Boston", 4, 2), ("Baltimore", 2, 4)],
    "Baltimore": [("Milwaukee", 2, 5), ("Detroit", 1, 5), ("Toronto", 1, 6), ("New York", 2, 4), ("Boston", 1, 6), ("Cleveland", 3, 4)],
}
BASEBALL = [[TEAMS.index(home), TEAMS.index(away), won, lost] for home, games in HOME.items() for away, won, lost in games]
R_BASEBALL = [1.107698, 0.683853, 1.436408, 1.581356, 1.247618, 1.294485]


def fit(rows, models):
    a, b, won, lost = np.array(rows).T

    def minus(free):
        beta = np.concatenate([[0.0], free])
        gap = beta[a] - beta[b]
        p = 1 / (1 + np.exp(-gap))
        slope = np.zeros(models)
        np.add.at(slope, a, lost * p - won * (1 - p))
        np.add.at(slope, b, won * (1 - p) - lost * p)
        return (won * np.log1p(np.exp(-gap)) + lost * np.log1p(np.exp(gap))).sum(), slope[1:]

    result = minimize(minus, np.zeros(models - 1), jac=True, method="BFGS", options={"gtol": 1e-9})
    return result.x, -result.fun


mine, _ = fit(CITATIONS, 4)
assert np.allclose(mine, R_CITATIONS, atol=1e-7), mine
teams, log = fit(BASEBALL, 7)
assert np.allclose(teams, R_BASEBALL, atol=1e-6), teams
choose = sum(lgamma(w + l + 1) - lgamma(w + 1) - lgamma(l + 1) for _, _, w, l in BASEBALL)
assert abs(log + choose + 64.2593) < 5e-5, log + choose

SIMPLE = "01t 02r 02t 04t 10l 12t 12t 13t 24t 30l 31l 32l 34t 34t 40l 43l".split()
FOOD = "psl bar tpl str bpl asr tbl pat sbr atl bsr tpl sat btl pbr atr bsr tal ptr sbl apr bsr tal psl sbr atr tpl bar stl pbr".split()
OUTCOME = {"l": 1, "t": 0.5, "r": 0}


def golden(text, names, elo, bt, step):
    return {"names": list(names), "games": [[names.index(g[0]), names.index(g[1]), OUTCOME[g[2]]] for g in text], "start": 1000,
            "step": step, "elo": elo, "bradleyTerry": bt}


print(json.dumps({
    "source": f"oracles/ranking/published.py, checked with SciPy {scipy.__version__}; R 4.2.2 BradleyTerry2 1.1-2; evalica 2ebe79e golden files",
    "citations": {"rows": CITATIONS, "abilities": R_CITATIONS, "standardErrors": [0.10254533537, 0.0605887292396, 0.0708299651057], "deviance": 4.29338396989},
    "baseball": {"teams": TEAMS, "reference": 0, "rows": BASEBALL, "abilities": R_BASEBALL,
                 "standardErrors": [0.3339, 0.3319, 0.3396, 0.3433, 0.3359, 0.3367], "logLikelihood": -64.2593},
    "evalica": [
        golden(SIMPLE, "01234",
               [992.1030823399375, 999.9771705955386, 999.9773072285024, 1003.8861974411536, 1004.0562423948679],
               [0.050799672530389396, 0.1311506914535368, 0.13168568070110523, 0.33688868041573855, 0.34947527489923], 4),
        # p pizza, s sushi, b burger, a pasta, t tacos
        golden(FOOD, "psbat",
               [992.325764574259, 1002.0980590208538, 998.0260933346951, 994.1913058814378, 1013.3587771887543],
               [0.09897982556928168, 0.19060028489839073, 0.14797665121689418, 0.1281534106031957, 0.43428982771223773], 4),
        golden(["pbl", "bsr", "pst"], "pbs", [1014.972058, 970.6472, 1014.380742], None, 30),
    ],
}, indent=1))
