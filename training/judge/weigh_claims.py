"""Fit what evidence weighs for claims: `python -m training.judge.weigh_claims`.

On the fact groups that the judge was not trained on and that are not kept for measuring (the dev part): the claim is a
statement of the fact, and each other statement of the group stands in a document of its own among look-alikes of the
group and statements of other groups, so that the features are those of a run. By logistic regression with a ridge.

Only what the judge and the figures weigh is fitted. That two sentences share words, names and a meaning weighs what it
does for agreement in stories, whichever the label: the groups were written so that statements of one fact share few
words and look-alikes many, and a free fit takes shared words for evidence against a fact (-2.5).
"""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path
from typing import Any

import numpy as np

from training.judge.data import part_of, room
from wirecheck.comparison.claims import look, measure, read_claim
from wirecheck.comparison.weighing import FEATURES, LABELS, load_weights
from wirecheck.model import Document, digest_document

FACTS = Path(__file__).parents[3] / "shared" / "facts"
OUT = Path(__file__).parents[2] / "src/wirecheck/comparison/data/claim_weights.json"
Row = tuple[np.ndarray, tuple[int, ...]]
FREE = ("judge: agree", "judge: clash", "judge: differ", "figures", "other figures")
CLAIMS, FILLERS = 1, 8
KINDS = {"same": (1, 0, 0), "conflict": (0, 1, 0), "compatible": (-1, 0, 1), "near": (0, 0, 0)}


def read_dev_groups(folder: Path) -> list[dict[str, Any]]:
    groups = [
        json.loads(line) for path in sorted(folder.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()
    ]
    return [g for g in groups if part_of(room(g["id"], "facts")) == "dev"]


def list_statements(group: dict[str, Any]) -> list[tuple[str, str]]:
    found = [("same", s) for s in group["same"]] + [("near", s) for s in group["near"]]
    return found + [(k, e["text"]) for k in ("conflict", "compatible") for e in group[k]]


def measure_group(
    group: dict[str, Any], others: list[str], rng: random.Random
) -> list[tuple[np.ndarray, tuple[int, ...]]]:
    rows = []
    for claim in group["same"][:CLAIMS]:
        asked = read_claim(claim)
        documents, labels = [], []
        for kind, statement in list_statements(group):
            if statement == claim:
                continue
            near = [s for s in group["near"] if s != statement]
            sentences = [statement, *rng.sample(near, min(2, len(near))), *rng.sample(others, FILLERS)]
            rng.shuffle(sentences)
            text = "\n\n".join(sentences)
            name = str(len(documents))
            documents.append(Document(digest_document(name, text), name, name, text, "", language="en"))
            labels.append((statement, KINDS[kind]))
        looked = look(asked, documents)
        for one, own, (statement, label) in zip(looked, measure(asked.sentences[0], looked), labels, strict=True):
            for at, (_, values) in own.items():
                held = one.document.words(one.sentences[at].span).strip() in statement
                rows.append((values, label if held else (0, 0, 0)))
    return rows


def fit_beside(x: np.ndarray, y: np.ndarray, known: np.ndarray, ridge: float = 1.0) -> tuple[float, np.ndarray]:
    """Return the start and the weights of a logistic regression beside what is known already, by Newton's method."""
    rows = np.hstack([np.ones((len(x), 1)), x])
    beta = np.zeros(rows.shape[1])
    penalty = np.array([1e-3, *[ridge] * x.shape[1]])
    for _ in range(50):
        p = 1 / (1 + np.exp(-(rows @ beta + known)))
        hessian = (rows * (p * (1 - p))[:, None]).T @ rows + np.diag(penalty)
        step = np.linalg.solve(hessian, rows.T @ (y - p) - penalty * beta)
        beta += step
        if np.abs(step).max() < 1e-8:
            break
    return float(beta[0]), beta[1:]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--facts", type=Path, default=FACTS)
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    groups = read_dev_groups(options.facts)
    rng = random.Random(5)
    rows, owner = [], []
    for n, group in enumerate(groups):
        others = [s for g in groups if g is not group for _, s in list_statements(g)]
        made = measure_group(group, others, rng)
        rows += made
        owner += [n % 10] * len(made)
    x, y, fold = np.stack([r[0] for r in rows]), np.array([r[1] for r in rows]), np.array(owner)
    free = np.array([f in FREE for f in FEATURES])
    held = np.where(free, 0.0, np.array(load_weights().weights[0]))
    table: dict[str, Any] = {}
    for n, label in enumerate(LABELS):
        told = y[:, n] >= 0
        target = (y[:, n] == 1).astype(float)
        left_out = np.zeros(len(x))
        for one in range(10):
            use = told & (fold != one)
            start, weights = fit_beside(x[use][:, free], target[use], x[use] @ held)
            left_out[fold == one] = start + x[fold == one][:, free] @ weights + x[fold == one] @ held
        start, weights = fit_beside(x[told][:, free], target[told], x[told] @ held)
        whole = held.copy()
        whole[free] = weights
        table[label] = {
            "start": round(start, 4),
            "weights": dict(zip(FEATURES, np.round(whole, 4).tolist(), strict=True)),
        }
        hits = target[told][np.argsort(-left_out[told])]
        precision = np.cumsum(hits) / np.arange(1, len(hits) + 1)
        print(f"{label}: {len(groups)} groups, average precision left out: {precision[hits == 1].mean():.3f}")
    options.out.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
