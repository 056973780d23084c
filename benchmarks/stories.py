"""Score grouping into stories: `python -m benchmarks.stories [--every N] [--sets allsides ecbplus] [--curve]`.

B-cubed F1 of `group_stories` on the stories of AllSides (728 stories of two or three articles) and on ECB+ topics 1-35
(two similar events a topic), against TF-IDF with average linkage at the threshold that is best for it on the same data.
`--part even|odd` takes every other story, so that a threshold can be tuned on one half and shown on the other.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import pathlib
import time
from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from wirecheck.model import Document
from wirecheck.readers import read_bytes
from wirecheck.reuse.fingerprint import fingerprint
from wirecheck.stories.grouping import THRESHOLD, article_text, group_fingerprints, part_documents
from wirecheck.text.words import list_words

THRESHOLDS = [x / 100 for x in range(8, 60, 2)]


def read_record(record: dict[str, object], name: str) -> Document:
    """Return one article of a set as a document."""
    line = json.dumps({"name": name} | {k: v for k, v in record.items() if v})
    (document,), _ = read_bytes(f"{name}.jsonl", line.encode("utf-8"))
    return document


def load_allsides(data: pathlib.Path) -> list[tuple[str, Document]]:
    """Return pairs of story and document."""
    pairs = []
    with gzip.open(data / "allsides" / "stories.jsonl.gz", "rt", encoding="utf-8") as file:
        for line in file:
            story = json.loads(line)
            for number, article in enumerate(story["articles"]):
                fields = {"title": article["title"], "text": article["text"], "published": article.get("date")}
                pairs.append((story["story_id"], read_record(fields, f"{story['story_id']}-{number}")))
    return pairs


def load_ecbplus(data: pathlib.Path) -> list[tuple[str, Document]]:
    """Return pairs of story (topic and sub-topic) and document."""
    pairs = []
    for path in sorted((data / "ecbplus").glob("*/*.json")):
        record = json.loads(path.read_text("utf-8"))
        if record["text"].strip():
            pairs.append((path.parent.name, read_record({"text": record["text"]}, path.stem)))
    return pairs


def score_bcubed(gold: Sequence[str], groups: Sequence[Sequence[int]]) -> tuple[float, float, float]:
    """Return B-cubed F1, precision and recall (Bagga and Baldwin, 1998)."""
    stories: dict[str, set[int]] = defaultdict(set)
    for place, story in enumerate(gold):
        stories[story].add(place)
    precision = recall = 0.0
    for group in groups:
        members = set(group)
        for place in group:
            shared = len(members & stories[gold[place]])
            precision += shared / len(members)
            recall += shared / len(stories[gold[place]])
    precision, recall = precision / len(gold), recall / len(gold)
    return 2 * precision * recall / (precision + recall), precision, recall


def measure_tfidf(documents: Sequence[Document]) -> NDArray[np.float64]:
    """Return the cosines of plain TF-IDF vectors (logarithmic counts, smoothed idf)."""
    bags = [Counter(w.form for w in list_words(article_text(d))) for d in documents]
    postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for place, bag in enumerate(bags):
        for word, count in bag.items():
            postings[word].append((place, 1 + math.log(count)))
    products, squares = np.zeros((len(bags), len(bags))), np.zeros(len(bags))
    for word in sorted(postings):
        places = np.array([p for p, _ in postings[word]])
        idf = math.log((1 + len(bags)) / (1 + len(places))) + 1
        weights = np.array([w for _, w in postings[word]]) * idf
        squares[places] += weights**2
        products[np.ix_(places, places)] += np.outer(weights, weights)
    norms = np.sqrt(squares)
    cosines: NDArray[np.float64] = products / np.outer(norms, norms)
    return cosines


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, default=pathlib.Path("../shared/data"))
    parser.add_argument("--sets", nargs="+", default=["allsides", "ecbplus"])
    parser.add_argument("--every", type=int, default=1, help="take every n-th story only")
    parser.add_argument("--part", choices=["even", "odd"])
    parser.add_argument("--curve", action="store_true", help="show the score at each threshold")
    options = parser.parse_args(arguments)
    loaders = {"allsides": load_allsides, "ecbplus": load_ecbplus}
    for name in options.sets:
        pairs = loaders[name](options.data)
        stories = sorted({s for s, _ in pairs})[:: options.every]
        if options.part:
            stories = stories[options.part == "odd" :: 2]
        kept = set(stories)
        gold = [s for s, _ in pairs if s in kept]
        documents = [d for s, d in pairs if s in kept]
        plain = measure_tfidf(documents)
        best = max((score_bcubed(gold, part_documents(plain, t)), t) for t in THRESHOLDS)
        began = time.perf_counter()
        fingerprints = [fingerprint(d) for d in documents]
        ours = score_bcubed(gold, group_fingerprints(fingerprints))
        took = time.perf_counter() - began
        print(f"{name}: {len(documents)} documents, {len(kept)} stories")
        print(f"  TF-IDF, best threshold {best[1]:.2f}  F1 {best[0][0]:.3f} P {best[0][1]:.3f} R {best[0][2]:.3f}")
        print(f"  wirecheck, at {THRESHOLD:.2f}            F1 {ours[0]:.3f} P {ours[1]:.3f} R {ours[2]:.3f}")
        print(f"  {took:.1f} s")
        if options.curve:
            for threshold in THRESHOLDS:
                f1, precision, recall = score_bcubed(gold, group_fingerprints(fingerprints, threshold))
                print(f"    {threshold:.2f}  F1 {f1:.3f} P {precision:.3f} R {recall:.3f}")


if __name__ == "__main__":
    main()
