"""Score grouping into stories: `python -m benchmarks.stories [--every N] [--sets allsides ecbplus] [--curve]`.

B-cubed F1 of `group_stories` on the stories of AllSides (728 stories of two or three articles) and on ECB+ topics 1-35
(two similar events a topic), against TF-IDF with average linkage at the threshold that is best for it on the same data.
`--part even|odd` takes every other story, so that a threshold can be tuned on one half and shown on the other.
`--merges` lists the false merges, the groups that hold documents of several stories: their titles side by side, and how
alike they are across. They are counted by the days between the stories, as far as any document of them has a date.
"""

from __future__ import annotations

import argparse
import datetime
import gzip
import itertools
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
from wirecheck.stories.grouping import THRESHOLD, article_text, group_fingerprints, measure_likeness, part_documents
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


def measure_gap(gold: Sequence[str], documents: Sequence[Document], group: Sequence[int]) -> str:
    """Return in words how many days lie between the stories of a group, at most between two that follow each other."""
    stories = {gold[i] for i in group}
    firsts = []
    for story in stories:
        dates = [d.published[:10] for s, d in zip(gold, documents, strict=True) if s == story and d.published]
        if not dates:
            return "days unknown"
        firsts.append(datetime.date.fromisoformat(min(dates)))
    days = max((b - a).days for a, b in itertools.pairwise(sorted(firsts)))
    return "1 day or less" if days <= 1 else "2 to 8 days" if days <= 8 else "more than 8 days"


def list_merges(gold: Sequence[str], documents: Sequence[Document], groups: Sequence[Sequence[int]]) -> list[str]:
    """Return lines that show each group of several stories: titles (or first words) by story, by date."""
    lines = []
    for group in groups:
        stories: dict[str, list[int]] = defaultdict(list)
        for place in group:
            stories[gold[place]].append(place)
        if len(stories) < 2:
            continue
        likeness = measure_likeness([documents[i] for i in group])
        apart = np.array([[gold[a] != gold[b] for b in group] for a in group])
        rest = sum(gold.count(s) for s in stories) - len(group)
        mean, most = float(likeness[apart].mean()), float(likeness[apart].max())
        counts = f"{len(stories)} stories, {len(group)} documents ({rest} of theirs elsewhere)"
        lines.append(f"{counts}, across {mean:.2f}, {most:.2f} at most")
        for story in sorted(stories):
            for place in sorted(stories[story], key=lambda i: (documents[i].published or "", i)):
                document = documents[place]
                shown = document.title or " ".join(document.text[:300].split()[:25])
                lines.append(f"    {story:>12}  {(document.published or '')[:10]:10}  {shown}")
    return lines


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, default=pathlib.Path("../shared/data"))
    parser.add_argument("--sets", nargs="+", default=["allsides", "ecbplus"])
    parser.add_argument("--every", type=int, default=1, help="take every n-th story only")
    parser.add_argument("--part", choices=["even", "odd"])
    parser.add_argument("--curve", action="store_true", help="show the score at each threshold")
    parser.add_argument("--merges", action="store_true", help="list the groups that hold several stories")
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
        groups = group_fingerprints(fingerprints)
        ours = score_bcubed(gold, groups)
        took = time.perf_counter() - began
        print(f"{name}: {len(documents)} documents, {len(kept)} stories")
        print(f"  TF-IDF, best threshold {best[1]:.2f}  F1 {best[0][0]:.3f} P {best[0][1]:.3f} R {best[0][2]:.3f}")
        print(f"  wirecheck, at {THRESHOLD:.2f}            F1 {ours[0]:.3f} P {ours[1]:.3f} R {ours[2]:.3f}")
        print(f"  {took:.1f} s")
        mixed = [group for group in groups if len({gold[i] for i in group}) > 1]
        print(f"  groups that hold several stories: {len(mixed)}, with {sum(map(len, mixed))} documents")
        gaps = Counter(measure_gap(gold, documents, group) for group in mixed)
        print("  " + ", ".join(f"{kind}: {count}" for kind, count in sorted(gaps.items())))
        if options.merges:
            print("\n".join(list_merges(gold, documents, groups)))
        if options.curve:
            for threshold in THRESHOLDS:
                f1, precision, recall = score_bcubed(gold, group_fingerprints(fingerprints, threshold))
                print(f"    {threshold:.2f}  F1 {f1:.3f} P {precision:.3f} R {recall:.3f}")


if __name__ == "__main__":
    main()
