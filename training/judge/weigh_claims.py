"""Fit what the evidence of claims weighs: `python -m training.judge.weigh_claims --shared FOLDER [--rows FILE]`.

On the dev part of the fact groups and of the stories, which the judge was not trained on: multinomial logistic
regression with a ridge. Every statement of a group is a document of its own, and then stands among others; every claim
of a story is put to its whole documents. Then the same with claims denied, or one figure of them changed. `--rows`
keeps the evidence, so that a second fit reads nothing.
"""

from __future__ import annotations

import argparse
import json
import pickle
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from training.judge.claims import KINDS, Case, list_fact_cases, list_story_cases, turn
from wirecheck.claims.evidence import FEATURES, measure
from wirecheck.claims.reading import read_beside, read_claim
from wirecheck.claims.weighing import OUTCOMES

OUT = Path(__file__).parents[2] / "src/wirecheck/claims/data/weights.json"
FOLDS, RIDGE = 8, 30.0
SHARES = {"alone": 0.4, "among": 0.6, "turned facts": 0.15, "stories": 1.0, "turned stories": 0.25}
"""What a row of each source weighs: facts alone are three claims of one group, and far from a run."""
BESIDE = 8
"""Statements of other groups around one that stands among others."""


class Row(NamedTuple):
    """One sentence that was held against a claim, with what is right of its document, by place in `KINDS`."""

    group: str
    source: str
    kind: int
    """-1 where nobody knows: another sentence of a document of a story that says something of the claim."""
    values: NDArray[np.float64]


def measure_cases(source: str, cases: Iterable[Case]) -> list[Row]:
    rows = []
    for case in cases:
        found = read_beside(read_claim(case.claim), [a.document for a in case.asked])
        for asked, beside in zip(case.asked, found, strict=True):
            assert beside is not None
            for at, values in measure(beside).items():
                here = beside.sentences[at]
                held = any(here.start < end and start < here.end for start, end in asked.places)
                kind = KINDS.index(asked.kind)
                other = -1 if source.endswith("stories") else 0
                rows.append(Row(case.group, source, kind if held or kind == 0 else other, values))
    return rows


def fit(
    x: NDArray[np.float64], y: NDArray[np.intp], weight: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the starts and the rows of weights of a multinomial logistic regression.

    By steps along a bound of the curvature (Böhning 1992), all evidence on one scale so that the ridge weighs it alike.
    """
    mean, spread = x.mean(0), x.std(0) + 1e-6
    rows = np.hstack([np.ones((len(x), 1)), (x - mean) / spread])
    target = np.eye(len(KINDS))[y]
    ridge = np.full(rows.shape[1], RIDGE)
    ridge[0] = 1e-3
    inverse = np.linalg.inv(0.5 * (rows * weight[:, None]).T @ rows + np.diag(ridge))
    beta = np.zeros((rows.shape[1], len(KINDS)))
    for _ in range(600):
        odds = np.exp(rows @ beta - (rows @ beta).max(1, keepdims=True))
        likely = odds / odds.sum(1, keepdims=True)
        step = inverse @ (rows.T @ (weight[:, None] * (target - likely)) - ridge[:, None] * beta)
        beta += step
        if np.abs(step).max() < 1e-6:
            break
    weights = beta[1:] / spread[:, None]
    return beta[0] - mean @ weights, weights.T


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--rows", type=Path, help="a file of evidence: read where it is there, else written")
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    facts, stories = options.shared / "facts", options.shared / "stories"
    if options.rows is not None and options.rows.exists():
        rows: list[Row] = pickle.loads(options.rows.read_bytes())
    else:
        rows = measure_cases("alone", list_fact_cases(facts, "dev", claims=3))
        rows += measure_cases("among", list_fact_cases(facts, "dev", beside=BESIDE))
        rows += measure_cases("turned facts", turn(list_fact_cases(facts, "dev")))
        rows += measure_cases("stories", list_story_cases(stories, "dev"))
        rows += measure_cases("turned stories", turn(list_story_cases(stories, "dev")))
        if options.rows is not None:
            options.rows.write_bytes(pickle.dumps(rows))
    rows = [r for r in rows if r.kind >= 0]
    x, y = np.stack([r.values for r in rows]), np.array([r.kind for r in rows])
    weight = np.array([SHARES[r.source] for r in rows])
    groups = sorted({r.group for r in rows})
    fold = np.array([groups.index(r.group) % FOLDS for r in rows])
    likely = np.zeros((len(x), len(KINDS)))
    for one in range(FOLDS):
        start, weights = fit(x[fold != one], y[fold != one], weight[fold != one])
        odds = np.exp(start + x[fold == one] @ weights.T)
        likely[fold == one] = odds / odds.sum(1, keepdims=True)
    for source in SHARES:
        own = np.array([r.source == source for r in rows])
        loss = -np.log(likely[own, y[own]]).mean()
        print(f"{source}: {own.sum()} sentences, log loss left out {loss:.3f}")
        for low in np.arange(0.0, 1.0, 0.2):
            speaks = 1.0 - likely[own, 0]
            inside = (speaks >= low) & (speaks < low + 0.2)
            if inside.any():
                share = (y[own][inside] > 0).mean()
                print(f"  speaks of it {low:.1f} to {low + 0.2:.1f}: {inside.sum()}, {share:.2f} do")
    start, weights = fit(x, y, weight)
    table = {
        outcome: {
            "start": round(float(start[n]), 4),
            "weights": dict(zip(FEATURES, np.round(weights[n], 4).tolist(), strict=True)),
        }
        for n, outcome in enumerate(OUTCOMES)
    }
    options.out.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
