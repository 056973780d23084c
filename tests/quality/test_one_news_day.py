"""What an editor must see in five rewrites of one news day, page furniture and all."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import wirecheck
from wirecheck.report.json import render_json

FOLDER = Path(__file__).parents[3] / "shared" / "gold" / "nato-ukraine"

pytestmark = [
    pytest.mark.quality,
    pytest.mark.skipif(not FOLDER.is_dir(), reason="needs the gold stories in ../shared/gold, which are not here"),
]


@pytest.fixture(scope="module")
def report() -> dict[str, Any]:
    paths = sorted(FOLDER.glob("*.txt"))
    found: dict[str, Any] = json.loads(
        render_json(wirecheck.compare(paths, settings=wirecheck.Settings(one_story=True)))
    )
    return found


def conflicts(report: dict[str, Any], kind: str) -> list[str]:
    return [p["reason"] for p in report["points"] if p["verdict"] == "conflict" and p["kind"] == kind]


def test_the_altered_quotation_is_drawn_word_by_word(report: dict[str, Any]) -> None:
    altered = [g for g in report["quote_groups"] if g["relation"] == "altered"]
    drawn = {
        frozenset(side["text"] for side in (d["left"], d["right"]) if side)
        for g in altered
        for d in g["differences"]
        if d["kind"] == "replaced"
    }

    assert frozenset({"guarantee", "guarantees"}) in drawn


def test_one_share_of_two_wholes_is_a_conflict(report: dict[str, Any]) -> None:
    assert any("5% of their budgets" in r and "5% of their GDP" in r for r in conflicts(report, "quantity"))


def test_two_events_in_opposite_order_are_a_conflict(report: dict[str, Any]) -> None:
    assert any("later announced" in r and "hours after" in r for r in conflicts(report, "order"))


def test_two_titles_of_one_office_are_a_conflict(report: dict[str, Any]) -> None:
    assert any("Defense Minister" in r and "Defense Secretary" in r for r in conflicts(report, "role"))


def test_the_furniture_of_three_pages_is_marked(report: dict[str, Any]) -> None:
    marked = {d["name"]: " ".join(f["text"] for f in d["furniture"]) for d in report["documents"]}

    assert "Related Sources:" in marked["s1"]
    assert "Source: AP Photo" in marked["s2"]
    assert "flag content" in marked["s4"]


def test_the_agency_is_credited(report: dict[str, Any]) -> None:
    names = {d["id"]: d["name"] for d in report["documents"]}

    assert ("s2", "The Associated Press") in {(names[c["document"]], c["credited"]) for c in report["credits"]}


def test_every_direct_quotation_has_its_speaker(report: dict[str, Any]) -> None:
    direct = [q for q in report["quotations"] if q["kind"] == "direct"]

    assert direct
    assert all(q["speaker_name"] for q in direct)
