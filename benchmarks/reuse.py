"""Score derivation on labelled pairs of articles: `python -m benchmarks.reuse [--pairs FILE] [--misses]`.

Each pair is read as a story of two documents, and its lineage is held against the labels: *derived* is any edge between
the two (version, reprint, rewrite, common source). A direction is right when the edge points as labelled, or is common.

`--read` scores the pairs of `reuse_pairs.jsonl`, labelled by reading, as `wirecheck reuse` finds them: without the
model, with credits read on demand. Each set was drawn at random and labelled before any output for it was seen. Rules
were mended with the misses of all but *unseen* in view. The file has ids and labels only; the texts are those of
AllSides in `../shared/data`.

`--peers` finds reuse in whole collections, against datasketch and rensa; see `benchmarks/reuse_peers.py`.
"""

from __future__ import annotations

import argparse
import gzip
import json
import pathlib
from collections.abc import Sequence
from typing import Any

from benchmarks.reuse_peers import run_peers, run_speed
from wirecheck.annotators import annotate
from wirecheck.language.dossier import Dossier
from wirecheck.language.reading import read_document
from wirecheck.lineage import derive_documents, trace_lineage
from wirecheck.lineage.derivation import Derivation
from wirecheck.model import Document, Lineage
from wirecheck.readers import read_bytes
from wirecheck.reuse import compare_reuse, find_reuse, list_article_words
from wirecheck.stories import one_story
from wirecheck.text.sentences import split_paragraphs

FIELDS = ("title", "url", "publisher", "author", "published", "text")


def read_side(record: dict[str, Any], name: str) -> Document:
    """Return one article of a pair as a document."""
    line = json.dumps({"name": name} | {f: record[f] for f in FIELDS if record.get(f)})
    (document,), _ = read_bytes(f"{name}.jsonl", line.encode("utf-8"))
    return document


def trace_pair(pair: dict[str, Any]) -> tuple[Lineage | None, str | None]:
    """Return the edge between the two articles, and its direction as the labels write it; None where there is none."""
    left, right = read_side(pair["a"], "a"), read_side(pair["b"], "b")
    readings = tuple(read_document(d) for d in (left, right))
    dossier = Dossier(one_story((left, right))[0], readings, tuple(annotate(r) for r in readings))
    dossier = dossier.having(reuse=find_reuse(dossier))
    for edge in trace_lineage(dossier):
        if edge.source_is_document and edge.relation != "credit":
            if edge.relation == "common-source":
                return edge, "common"
            if not edge.directed:
                return edge, "unknown"
            return edge, "a<b" if edge.source == left.id else "b<a"
    return None, None


def load_read(data: pathlib.Path) -> list[dict[str, Any]]:
    """Return the pairs of `reuse_pairs.jsonl` with their articles."""
    rows = [json.loads(line) for line in (pathlib.Path(__file__).parent / "reuse_pairs.jsonl").read_text().splitlines()]
    wanted = {row[side] for row in rows for side in "ab"}
    found: dict[str, dict[str, Any]] = {}
    with gzip.open(data / "allsides" / "articles.jsonl.gz", "rt", encoding="utf-8") as file:
        found.update({r["id"]: r for r in map(json.loads, file) if r["id"] in wanted})
    with gzip.open(data / "allsides" / "stories.jsonl.gz", "rt", encoding="utf-8") as file:
        for line in file:
            for article in json.loads(line)["articles"]:
                if article["id"] in wanted:
                    found.setdefault(article["id"], article)
    names = {"publisher": "source", "author": "authors", "published": "date"}
    sides = {i: {f: r.get(names.get(f, f)) for f in FIELDS} for i, r in found.items()}
    return [{**row, "a": sides[row["a"]], "b": sides[row["b"]]} for row in rows if {row["a"], row["b"]} <= sides.keys()]


def derive_pair(pair: dict[str, Any]) -> tuple[Derivation | None, str | None]:
    """Return how `wirecheck reuse` has one article from the other, and the direction as the labels write it."""
    left, right = read_side(pair["a"], "a"), read_side(pair["b"], "b")
    reuse = compare_reuse(*(list_article_words(d, split_paragraphs(d)) for d in (left, right)))
    found = derive_documents(left, right, reuse) if reuse is not None else None
    ways = {"left": "a<b", "right": "b<a", "common": "common"}
    return found, ways.get(found.source or "", "unknown") if found is not None else None


def score_pairs(pairs: Sequence[dict[str, Any]], found: Sequence[tuple[Any, str | None]], *, misses: bool) -> str:
    """Return precision, recall and F1 of derivation, and how many directions are right, in two lines."""
    true_positive = false_positive = false_negative = right_direction = directions = 0
    for number, (pair, (edge, direction)) in enumerate(zip(pairs, found, strict=True)):
        true_positive += pair["derived"] and edge is not None
        false_positive += not pair["derived"] and edge is not None
        false_negative += pair["derived"] and edge is None
        wrong = pair["derived"] != (edge is not None)
        if pair["derived"] and pair["direction"] not in (None, "unknown"):
            directions += 1
            right_direction += direction == pair["direction"]
            wrong = wrong or direction != pair["direction"]
        if wrong and misses:
            said = edge.reason if edge is not None else "-"
            print(f"{number}: {pair['relation']} {pair['direction']}; found {direction}: {said}")
    precision = true_positive / max(1, true_positive + false_positive)
    recall = true_positive / max(1, true_positive + false_negative)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return (
        f"derived    P {precision:.3f} R {recall:.3f} F1 {f1:.3f}"
        f"  (tp {true_positive} fp {false_positive} fn {false_negative})\ndirection  {right_direction}/{directions}"
    )


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=pathlib.Path, default=pathlib.Path("../shared/gold/reuse/pairs.jsonl"))
    parser.add_argument("--misses", action="store_true", help="show every wrong pair")
    parser.add_argument("--data", type=pathlib.Path, default=pathlib.Path("../shared/data"))
    parser.add_argument(
        "--read", action="store_true", help="score the pairs of reuse_pairs.jsonl as an archive has them"
    )
    parser.add_argument("--peers", action="store_true", help="find reuse in collections, against datasketch and rensa")
    parser.add_argument("--speed", type=int, metavar="N", help="time candidate pairs of N articles, against both")
    options = parser.parse_args(arguments)
    if options.peers:
        run_peers(options.data)
    if options.speed:
        run_speed(options.data, options.speed)
    if options.peers or options.speed:
        return
    if options.read:
        pairs = load_read(options.data)
        for name in sorted({p["set"] for p in pairs}):
            some = [p for p in pairs if p["set"] == name]
            print(f"{name}: {len(some)} pairs")
            print(score_pairs(some, [derive_pair(p) for p in some], misses=options.misses))
        return
    pairs = [json.loads(line) for line in options.pairs.read_text("utf-8").splitlines()]
    print(score_pairs(pairs, [trace_pair(p) for p in pairs], misses=options.misses))


if __name__ == "__main__":
    main()
