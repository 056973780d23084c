"""Drawn cases of the checks of figures, dates and order, and the laws that they keep."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from wirecheck.annotators import annotate
from wirecheck.checks import dates, order, quantities
from wirecheck.language.dossier import Dossier
from wirecheck.language.reading import read_document
from wirecheck.model import Document, Finding, Story, digest_document
from wirecheck.points import align_points
from wirecheck.resolve import resolve_actors, resolve_speakers
from wirecheck.statements import find_statements

CASES = Path(__file__).parents[2] / "cases" / "checks" / "figures.toml"
CHECKS = (quantities.CHECK, dates.CHECK, order.CHECK)


def _load() -> list[Any]:
    limit = pytest.mark.xfail(strict=True, reason="accepted limit")
    return [
        pytest.param(case, id=case["name"], marks=[limit] if case.get("expect") == "fail" else [])
        for case in tomllib.loads(CASES.read_text("utf-8"))["case"]
    ]


def _document(name: str, text: str, published: str | None) -> Document:
    digest = hashlib.sha256(text.encode()).hexdigest()
    publisher = f"The {name.title()}"
    document = Document(digest_document(name, text), name, name, text, digest, publisher=publisher, published=published)
    if "\n\n" not in text:
        return document
    head = text.split("\n\n")[0]
    return replace(document, title=head, title_span=document.span(0, len(head)))


def draw_dossier(documents: Sequence[Document]) -> Dossier:
    ordered = tuple(sorted(documents, key=lambda d: d.name))
    readings = tuple(read_document(d) for d in ordered)
    annotations = tuple(annotate(r) for r in readings)
    actors = resolve_actors(readings, annotations)
    annotations = resolve_speakers(readings, annotations, actors)
    story = Story("s1", "drawn", tuple(d.id for d in ordered))
    dossier = Dossier(story, readings, annotations, actors)
    statements, embeddings = find_statements(dossier)
    return dossier.having(statements=statements, embeddings=embeddings)


def find_all(documents: Sequence[Document]) -> list[Finding]:
    dossier = draw_dossier(documents)
    points = align_points(dossier)
    return [finding for check in CHECKS for finding in check.find(dossier, points)]


@lru_cache(maxsize=256)
def _find(
    herald: str, post: str, published: tuple[str | None, str | None], names: tuple[str, str]
) -> tuple[Finding, ...]:
    pair = (_document(names[0], herald, published[0]), _document(names[1], post, published[1]))
    return tuple(find_all(pair))


def _of(case: dict[str, Any], names: tuple[str, str] = ("herald", "post")) -> tuple[Finding, ...]:
    days = case.get("published", [None, None])
    return _find(case["herald"], case["post"], (days[0], days[1]), names)


@pytest.mark.parametrize("case", _load())
def test_two_documents_have_the_findings_that_are_drawn(case: dict[str, Any]) -> None:
    found = sorted(f"{f.verdict} {f.kind}" for f in _of(case))

    assert (found or ["none"]) == sorted(case["found"])


@pytest.mark.parametrize("case", _load())
def test_swapping_the_sides_changes_no_verdict(case: dict[str, Any]) -> None:
    if case.get("expect") == "fail":
        pytest.skip("what such a case finds is a limit")
    swapped = {
        **case,
        "herald": case["post"],
        "post": case["herald"],
        "published": case.get("published", [None, None])[::-1],
    }

    assert sorted(f"{f.verdict} {f.kind}" for f in _of(case)) == sorted(f"{f.verdict} {f.kind}" for f in _of(swapped))


@pytest.mark.parametrize("case", _load())
def test_a_document_agrees_with_its_own_copy(case: dict[str, Any]) -> None:
    if case.get("expect") == "fail":
        pytest.skip("what such a case finds is a limit")
    copies = {**case, "post": case["herald"], "published": [case.get("published", [None])[0]] * 2}

    assert {f.verdict for f in _of(copies)} <= {"agree"}


@pytest.mark.parametrize("case", _load())
def test_every_reason_is_one_sentence_that_names_the_documents(case: dict[str, Any]) -> None:
    if case.get("expect") == "fail":
        pytest.skip("what such a case finds is a limit")

    for finding in _of(case):
        assert finding.reason.endswith(".")
        assert "Herald" in finding.reason
        assert "Post" in finding.reason
        assert all(span.length > 0 for span in finding.evidence)
