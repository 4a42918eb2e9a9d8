"""Writes small logs with the genuine Inspect AI and a mock model, to read back in tests.

pip install inspect_ai==0.3.285; python make-logs.py OUT_DIR
The headline figures in these logs are Inspect's own: the reader must reproduce them from the rows.
"""
import math
import os
import sys

os.environ["INSPECT_DISPLAY"] = "none"
from inspect_ai import Epochs, Task, eval as run
from inspect_ai.dataset import Sample
from inspect_ai.scorer import (Score, accuracy, bootstrap_stderr, ci, grouped, mean, scorer, std, stderr, var)
from inspect_ai.model import ChatMessageAssistant
from inspect_ai.solver import Generate, TaskState, chain_of_thought, solver

out = sys.argv[1]
nan = float("nan")


@solver
def canned():
    """Answers without a model: the mock model would download a tokenizer."""
    async def solve(state: TaskState, generate: Generate):
        state.messages.append(ChatMessageAssistant(content="ANSWER: x"))
        return state
    return solve


def replayed(values):
    """value of item i in epoch e: values[i][e]"""
    def value(state: TaskState):
        return values[state.metadata["index"]][state.epoch - 1]
    return value


def dataset(n, **more):
    return [Sample(id=f"item-{i}", input=f"question {i}", target="x",
                   metadata={"index": i, "family": f"f{i % 3}", "language": "en" if i % 2 else "de",
                             **{k: v(i) for k, v in more.items()}}) for i in range(n)]


letters = [["C", "C", "I", "C"], ["I", "I", "I", "I"], ["P", "C", nan, "C"], ["N", "I", "C", "I"],
           ["C", "I", "C", "I"], [nan, nan, nan, nan], ["C", "C", "C", "C"]]
every = [accuracy(), mean(), std(), stderr(), var(), ci(), ci(level=0.9), ci(method="bootstrap"),
         ci(cluster="family"), stderr(cluster="family"), bootstrap_stderr(),
         grouped(mean(), "language"), grouped(accuracy(), "language", all="groups", all_label="overall")]


@scorer(metrics=every)
def replay():
    value = replayed(letters)
    async def score(state, target):
        return Score(value=value(state), answer=str(value(state)))
    return score


numbers = [[0.25, 1.5, -2.0, 4.0], [1.0, 1.0, 0.0, 1.0], [3.5, 0.1, 0.1, 0.2], [0.0, 0.0, 0.0, nan]]


@scorer(metrics=[mean(), stderr(), std(), var()])
def measured():
    value = replayed(numbers)
    async def score(state, target):
        return Score(value=value(state))
    return score


mixed = [[{"tone": "C", "length": 3, "note": "maybe", "flag": True, "text": "-1"}],
         [{"tone": "I", "length": 4.5, "note": None, "flag": False, "text": "1e2"}],
         [{"tone": "P", "length": nan, "note": "yes", "flag": True, "text": "0.5"}],
         [nan],
         [{"tone": "no", "length": math.inf, "note": "unsure", "flag": False, "text": "7"}]]


@scorer(metrics={"*": [mean(), stderr()], "tone": [accuracy()]})
def rubric():
    value = replayed(mixed)
    async def score(state, target):
        return Score(value=value(state))
    return score


@scorer(metrics=[mean()])
def pair():
    async def score(state, target):
        return Score(value=[1, 0.5])
    return score


reasons = [("C", None), (nan, "refusal"), (nan, "invalid_response_format"), (nan, "grader_failed"), (nan, None), ("I", "refusal")]


@scorer(metrics=[accuracy(), stderr()])
def judged(strict: bool = True):
    async def score(state, target):
        value, reason = reasons[state.metadata["index"]]
        return Score(value=value, reason=reason)
    return score


@solver
def fragile():
    async def solve(state: TaskState, generate: Generate):
        if state.metadata["index"] == 4:
            raise RuntimeError("provider overloaded")
        return state
    return solve


def go(name, task, **options):
    log = run(task, model=options.pop("model", "mockllm/model"), log_dir=os.path.join(out, name), **options)[0]
    print(name, log.status, log.error.message if log.error else "")


go("reducers", Task(name="reducers", dataset=dataset(7), solver=[canned()], scorer=replay(),
                    epochs=Epochs(4, ["mean", "median", "mode", "max", "at_least_2", "pass_at_2", "pass_k_2"])))
go("numbers", Task(name="numbers", dataset=dataset(4), solver=[canned()], scorer=measured(), epochs=Epochs(4, ["mean", "median", "max"])))
go("rubric", Task(name="rubric", dataset=dataset(5), solver=[canned()], scorer=[rubric(), pair()]))
go("reasons", Task(name="reasons", dataset=dataset(6), solver=[chain_of_thought(), fragile(), canned()],
                   scorer=[judged(), judged(strict=False)]), fail_on_error=False)
go("limits", Task(name="limits", dataset=[Sample(id="a/b é", input="q", target="x", metadata={"index": 0}),
                           Sample(id=9007199254740993, input="q", target="x", metadata={"index": 1, "passage_id": 9007199254740993})],
                  solver=[canned(), canned()], scorer=judged(), message_limit=2))
go("unscored", Task(name="unscored", dataset=dataset(3), solver=[canned()]))
