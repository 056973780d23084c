"""Floors of derivation and grouping on public and labelled sets."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from benchmarks.reuse import derive_pair, load_read, trace_pair
from benchmarks.reuse_peers import find_ours, load_clough, make_rewrites, score
from benchmarks.stories import load_ecbplus, score_bcubed
from wirecheck.reuse import REUSED_SHARE
from wirecheck.reuse.fingerprint import fingerprint
from wirecheck.stories.grouping import group_fingerprints

SHARED = Path(__file__).parents[3] / "shared"
pytestmark = pytest.mark.quality


def measure_f1(pairs: Sequence[Mapping[str, Any]], edges: Sequence[object]) -> float:
    """Return the F1 of *derived*: an edge where the labels have one, None where they have none."""
    hits = sum(pair["derived"] and edge is not None for pair, edge in zip(pairs, edges, strict=True))
    return float(2 * hits / (sum(pair["derived"] for pair in pairs) + sum(edge is not None for edge in edges)))


@pytest.mark.skipif(not (SHARED / "gold" / "reuse").is_dir(), reason="needs ../shared/gold/reuse")
def test_derivation_keeps_its_f1_and_its_directions() -> None:
    pairs = [json.loads(line) for line in (SHARED / "gold/reuse/pairs.jsonl").read_text("utf-8").splitlines()]
    found = [trace_pair(pair) for pair in pairs]
    directed = [
        direction == pair["direction"]
        for pair, (_, direction) in zip(pairs, found, strict=True)
        if pair["derived"] and pair["direction"] != "unknown"
    ]

    assert measure_f1(pairs, [edge for edge, _ in found]) >= 0.95
    assert sum(directed) >= 8


@pytest.mark.skipif(not (SHARED / "data" / "allsides").is_dir(), reason="needs ../shared/data/allsides")
@pytest.mark.parametrize(
    ("name", "f1", "right"), [("tuned", 0.97, 16), ("second", 0.97, 15), ("third", 0.85, 8), ("fourth", 0.93, 10)]
)
def test_derivation_in_an_archive_keeps_its_f1_on_pairs_labelled_by_reading(name: str, f1: float, right: int) -> None:
    pairs = [p for p in load_read(SHARED / "data") if p["set"] == name]
    found = [derive_pair(p) for p in pairs]
    directed = [
        way == p["direction"]
        for p, (_, way) in zip(pairs, found, strict=True)
        if p["direction"] not in (None, "unknown")
    ]

    assert measure_f1(pairs, [edge for edge, _ in found]) >= f1
    assert sum(directed) >= right


@pytest.mark.skipif(not (SHARED / "data" / "clough_stevenson").is_dir(), reason="needs ../shared/data")
def test_reuse_of_graded_and_of_made_pairs_keeps_its_f1() -> None:
    graded, made = load_clough(SHARED / "data"), make_rewrites(SHARED / "data")

    assert score(graded, find_ours(graded), REUSED_SHARE)[0] >= 0.92
    assert score(made, find_ours(made), REUSED_SHARE)[0] >= 0.995


@pytest.mark.skipif(not (SHARED / "data" / "ecbplus").is_dir(), reason="needs ../shared/data/ecbplus")
def test_grouping_of_ecbplus_keeps_its_f1() -> None:
    pairs = load_ecbplus(SHARED / "data")
    groups = group_fingerprints([fingerprint(d) for _, d in pairs])

    assert score_bcubed([s for s, _ in pairs], groups)[0] >= 0.90
