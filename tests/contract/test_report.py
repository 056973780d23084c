"""What every report keeps, whatever goes in: spans that slice, one order, no edited text."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import wirecheck
from wirecheck.report.json import render_json

DOCUMENTS = [
    {
        "name": "herald",
        "publisher": "The Herald",
        "published": "2031-05-06",
        "text": "Ferry runs aground off Tarn\n\nAt least 12 people were hurt when the ferry Marisol ran aground on "
        "Monday, harbour master Karen Oduya said.\n\n“The engines simply stopped,” Oduya told "
        "The Herald. “We had no warning.”",
    },
    {
        "name": "post",
        "publisher": "The Post",
        "published": "2031-05-07",
        "text": "Fifteen hurt as Tarn ferry grounds\n\nFifteen people were hurt when the ferry Marisol ran aground "
        'off Tarn on Monday, harbour master Carol Oduya said.\n\n"The engines simply stopped. We had a '
        'warning," she said.',
    },
    {
        "name": "wire",
        "publisher": "Coast News Agency",
        "published": "2031-05-06T08:00:00+00:00",
        "text": "TARN (CNA) - The ferry Marisol ran aground off Tarn on Monday.\n\nTwelve people were hurt, police "
        "said.\n",
    },
]


def write(folder: Path, documents: list[dict[str, str]]) -> Path:
    path = folder / "documents.jsonl"
    path.write_text("".join(json.dumps(d, ensure_ascii=False) + "\n" for d in documents), "utf-8")
    return path


def spans_in(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if {"document", "start", "end", "text"} <= value.keys():
            yield value
        for inner in value.values():
            yield from spans_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from spans_in(inner)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    path = write(tmp_path_factory.mktemp("in"), DOCUMENTS)
    return json.loads(render_json(wirecheck.compare([path], settings=wirecheck.Settings(one_story=True))))


def test_every_span_slices_to_its_words(report: dict[str, Any]) -> None:
    texts = {d["id"]: d["text"] for d in report["documents"]}
    spans = list(spans_in(report))

    assert len(spans) > 20
    assert all(texts[s["document"]][s["start"] : s["end"]] == s["text"] for s in spans)


def test_every_text_is_the_text_that_was_given(report: dict[str, Any]) -> None:
    assert {d["name"]: d["text"] for d in report["documents"]} == {d["name"]: d["text"] for d in DOCUMENTS}


def test_every_point_has_a_reason_and_evidence(report: dict[str, Any]) -> None:
    assert report["points"]
    assert all(p["reason"].strip() and any(s["spans"] for s in p["statements"]) for p in report["points"])


def test_the_order_of_the_documents_changes_no_byte(tmp_path: Path) -> None:
    shuffler, results = random.Random(7), set()
    for _ in range(4):
        documents = list(DOCUMENTS)
        shuffler.shuffle(documents)
        folder = tmp_path / "in"
        folder.mkdir(exist_ok=True)
        paths = []
        for d in documents:
            (folder / f"{d['name']}.jsonl").write_text(json.dumps(d) + "\n", "utf-8")
            paths.append(folder / f"{d['name']}.jsonl")
        results.add(render_json(wirecheck.compare(paths, settings=wirecheck.Settings(one_story=True))))

    assert len(results) == 1
