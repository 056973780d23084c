"""Score derivation on labelled pairs of articles: `python -m benchmarks.reuse [--pairs FILE] [--misses]`.

Each pair is read as a story of two documents, and its lineage is held against the labels: *derived* is any edge between
the two (version, reprint, rewrite, common source). A direction is right when the edge points as labelled, or is common.

`--peers` finds reuse in whole collections, against datasketch and rensa; see `benchmarks/reuse_peers.py`.
"""

from __future__ import annotations

import argparse
import json
import pathlib
from typing import Any

from benchmarks.reuse_peers import run_peers, run_speed
from wirecheck.annotators import annotate
from wirecheck.language.dossier import Dossier
from wirecheck.language.reading import read_document
from wirecheck.lineage import trace_lineage
from wirecheck.model import Document, Lineage
from wirecheck.readers import read_bytes
from wirecheck.reuse import find_reuse
from wirecheck.stories import one_story

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


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=pathlib.Path, default=pathlib.Path("../shared/gold/reuse/pairs.jsonl"))
    parser.add_argument("--misses", action="store_true", help="show every wrong pair")
    parser.add_argument("--data", type=pathlib.Path, default=pathlib.Path("../shared/data"))
    parser.add_argument("--peers", action="store_true", help="find reuse in collections, against datasketch and rensa")
    parser.add_argument("--speed", type=int, metavar="N", help="time candidate pairs of N articles, against both")
    options = parser.parse_args(arguments)
    if options.peers:
        run_peers(options.data)
    if options.speed:
        run_speed(options.data, options.speed)
    if options.peers or options.speed:
        return
    true_positive = false_positive = false_negative = right_direction = directions = 0
    for number, line in enumerate(options.pairs.read_text("utf-8").splitlines()):
        pair = json.loads(line)
        edge, direction = trace_pair(pair)
        true_positive += pair["derived"] and edge is not None
        false_positive += not pair["derived"] and edge is not None
        false_negative += pair["derived"] and edge is None
        wrong = pair["derived"] != (edge is not None)
        if pair["derived"] and pair["direction"] not in (None, "unknown"):
            directions += 1
            right_direction += direction == pair["direction"]
            wrong = wrong or direction != pair["direction"]
        if wrong and options.misses:
            said = edge.reason if edge is not None else "-"
            print(f"{number}: {pair['relation']} {pair['direction']}; found {direction}: {said}")
    precision = true_positive / max(1, true_positive + false_positive)
    recall = true_positive / max(1, true_positive + false_negative)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    print(
        f"derived    P {precision:.3f} R {recall:.3f} F1 {f1:.3f}"
        f"  (tp {true_positive} fp {false_positive} fn {false_negative})"
    )
    print(f"direction  {right_direction}/{directions}")


if __name__ == "__main__":
    main()
