"""Fit what the judge's ruling and the other evidence weigh: `python -m training.judge.weigh --shared FOLDER`.

On the stories that the judge was not trained on (the dev part of `stories/`), and on pairs of sentences of real
coverage that were labelled by reading (`training/data/labels.jsonl`: places and labels, no texts), by logistic
regression with a ridge. Texts without a licence tune these few numbers and train nothing.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from training.judge.data import _documents, _spans_of, part_of, read_dossier
from wirecheck.comparison.story import Compared, compare_sentences
from wirecheck.comparison.weighing import FEATURES, LABELS
from wirecheck.language.dossier import Dossier
from wirecheck.model import Document

LABELLED = 2.0
"""What a labelled pair weighs against one of a dev story: they are fewer, and real."""
MOST_DOCUMENTS = 4
"""Documents of a story that the labelled pairs were taken from, the first ones."""
FOLDS = 8
RIDGE = 5.0
KINDS = {"agree": ("agreements", "compatible", "quotes"), "clash": ("conflicts",), "differ": ("compatible",)}
NOT_ASKED = {"agree": ("judge: clash", "judge: differ")}
"""What is left out for a label. Two sentences that clash are on one thing, so that fitted with it a clash speaks for
agreement, and "driver" and "passenger" agreed; without, average precision is .836 for .826 on the dev stories, .758 for
.768 on the labelled pairs, .706 for .697 on the gold stories, which are not fitted on."""
ROOT = Path(__file__).parents[2]
OUT = ROOT / "src/wirecheck/comparison/data/weights.json"
Rows = tuple[NDArray[np.float64], NDArray[np.float64]]


def read_statements(documents: list[Document]) -> Dossier:
    """Return the dossier of a story up to its statements."""
    from wirecheck.statements import find_statements

    dossier: Dossier = read_dossier(documents)
    statements, embeddings = find_statements(dossier)
    return dossier.having(statements=statements, embeddings=embeddings)


def label_story(folder: Path, compared: Compared) -> dict[tuple[int, int], set[str]]:
    """Return for each pair of sentences the kinds of gold items of which both hold a passage."""
    gold = json.loads((folder / "gold.json").read_text("utf-8"))
    texts = {d.name: d.text for d in compared.dossier.documents}
    name_of = {d.id: d.name for d in compared.dossier.documents}
    found: dict[tuple[int, int], set[str]] = defaultdict(set)
    for kind in ("agreements", "compatible", "quotes", "conflicts", "near_misses"):
        for item in gold.get(kind, []):
            spans = [(p["doc"], a, b) for p in item["passages"] for a, b in _spans_of(texts, texts, p)]
            places = [
                n
                for n, s in enumerate(compared.sentences)
                for d, a, b in spans
                if name_of[s.document] == d and 2 * (min(b, s.end) - max(a, s.start)) >= min(b - a, s.end - s.start) > 0
            ]
            for left in places:
                for right in places:
                    if left < right and compared.sentences[left].document != compared.sentences[right].document:
                        found[left, right].add(kind)
    return found


def measure_story(folder: Path) -> Rows:
    """Return the evidence of the pairs of a story with complete gold and whether each of `LABELS` holds."""
    compared = compare_sentences(read_statements(_documents(folder)))
    known = label_story(folder, compared)
    rows, labels = [], []
    for pair, values in compared.features.items():
        left, right = (compared.sentences[at].document for at in pair)
        if left != right and pair not in compared.blocked:
            rows.append(values)
            labels.append([float(bool(known.get(pair, set()) & set(KINDS[label]))) for label in LABELS])
    return np.array(rows), np.array(labels)


def measure_labelled(path: Path, stories: dict[str, list[Document]]) -> list[Rows]:
    """Return the evidence and labels of the pairs of a file of labels, story by story."""
    by_story: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in path.read_text("utf-8").splitlines():
        item = json.loads(line)
        by_story[item["story"]].append(item)
    found = []
    for story, items in sorted(by_story.items()):
        compared = compare_sentences(read_statements(stories[story][:MOST_DOCUMENTS]))
        place = {(compared.dossier.document(s.document).name, s.start): n for n, s in enumerate(compared.sentences)}
        rows, labels = [], []
        for item in items:
            ends = [place.get((str(name), int(start))) for name, start in (item["left"], item["right"])]
            if None in ends:
                continue
            pair = min(ends), max(ends)  # type: ignore[type-var]
            if pair in compared.features and pair not in compared.blocked:
                rows.append(compared.features[pair])
                said = item["label"]
                labels.append([float(said in ("agree", "differ")), float(said == "clash"), float(said == "differ")])
        if rows:
            found.append((np.array(rows), np.array(labels)))
    return found


def fit(
    x: NDArray[np.float64], y: NDArray[np.float64], ridge: float = 1.0, weight: NDArray[np.float64] | None = None
) -> tuple[float, NDArray[np.float64]]:
    """Return the start and the weights of a logistic regression, by Newton's method."""
    rows = np.hstack([np.ones((len(x), 1)), x])
    beta = np.zeros(rows.shape[1])
    penalty = np.full(rows.shape[1], ridge)
    penalty[0] = 1e-3
    weight = np.ones(len(x)) if weight is None else weight
    for _ in range(50):
        p = 1 / (1 + np.exp(-rows @ beta))
        gradient = rows.T @ (weight * (y - p)) - penalty * beta
        hessian = (rows * (weight * p * (1 - p))[:, None]).T @ rows + np.diag(penalty)
        step = np.linalg.solve(hessian, gradient)
        beta += step
        if np.abs(step).max() < 1e-8:
            break
    return float(beta[0]), beta[1:]


def fit_scaled(
    x: NDArray[np.float64], y: NDArray[np.float64], weight: NDArray[np.float64]
) -> tuple[float, NDArray[np.float64]]:
    """Return the start and the weights, found with all evidence on one scale, so that the ridge weighs it alike."""
    mean, spread = x.mean(0), x.std(0) + 1e-6
    start, weights = fit((x - mean) / spread, y, RIDGE, weight)
    return start - float(weights @ (mean / spread)), weights / spread


def average_precision(values: NDArray[np.float64], hits: NDArray[np.float64]) -> float:
    hits = hits[np.argsort(-values)]
    precision = np.cumsum(hits) / np.arange(1, len(hits) + 1)
    return float(precision[hits == 1].mean())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--labels", type=Path, default=ROOT / "training/data/labels.jsonl")
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    from benchmarks.stories import load_allsides, load_ecbplus

    stories: dict[str, list[Document]] = defaultdict(list)
    for load in (load_allsides, load_ecbplus):
        for story, document in load(options.shared / "data"):
            stories[story].append(document)
    folders = [p.parent for p in sorted((options.shared / "stories").glob("w*/gold.json"))]
    dev = [measure_story(f) for f in folders if part_of({"kind": "story", "name": f.name}) == "dev"]
    labelled = measure_labelled(options.labels, stories)
    many = [*dev, *labelled]
    x, y = np.concatenate([r[0] for r in many]), np.concatenate([r[1] for r in many])
    group = np.concatenate([np.full(len(r[0]), n % FOLDS) for n, r in enumerate(many)])
    real = np.concatenate([np.full(len(r[0]), n >= len(dev)) for n, r in enumerate(many)])
    weight = np.where(real, LABELLED, 1.0)
    table: dict[str, Any] = {}
    for n, label in enumerate(LABELS):
        asked = np.where([f in NOT_ASKED.get(label, ()) for f in FEATURES], 0.0, x)
        left_out = np.zeros(len(x))
        for one in range(FOLDS):
            rest = group != one
            start, weights = fit_scaled(asked[rest], y[rest, n], weight[rest])
            left_out[~rest] = start + asked[~rest] @ weights
        start, weights = fit_scaled(asked, y[:, n], weight)
        rounded = dict(zip(FEATURES, np.round(weights, 4).tolist(), strict=True))
        table[label] = {"start": round(start, 4), "weights": rounded}
        for name, part in (("dev stories", ~real), ("labelled pairs", real)):
            found = average_precision(left_out[part], y[part, n])
            print(f"{label}: {int(y[part, n].sum())} of {part.sum()} {name}, average precision left out {found:.3f}")
            if label == "agree":
                likely = 1 / (1 + np.exp(-left_out[part]))
                for least in (0.5, 0.6, 0.7, 0.8, 0.9):
                    above = likely >= least
                    right = y[part, n][above].mean() if above.any() else 0.0
                    print(f"  from {least}: {above.sum()} pairs, {right:.3f} right")
    options.out.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
