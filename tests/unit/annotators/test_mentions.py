"""Mentions."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wirecheck.annotators.mentions import find_mentions
from wirecheck.language.reading import read_document
from wirecheck.model import Annotations, Document, Mention, Span

CASES = tomllib.loads((Path(__file__).parents[2] / "cases" / "mentions" / "mentions.toml").read_text("utf-8"))["case"]


def make_document(text: str) -> Document:
    first, _, rest = text.partition("\n\n")
    title = Span("d", 0, len(first)) if rest else None
    return Document("d", "d", "d.txt", text, "", title=first if rest else None, title_span=title)


def mentions_of(text: str) -> tuple[Document, list[Mention]]:
    document = make_document(text)
    found = find_mentions(read_document(document), Annotations("d"))
    return document, sorted(found, key=lambda m: (m.span.start, m.span.end))


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_names_and_roles_are_those_that_a_reader_marks(case: dict[str, Any], request: pytest.FixtureRequest) -> None:
    if case.get("expect") == "fail":
        request.applymarker(pytest.mark.xfail(strict=True, reason="a limit that we accept"))
    document, found = mentions_of(case["text"])
    named = [m for m in found if m.name is not None]
    roles = {document.words(m.name): document.words(m.role) for m in named if m.role and m.name}
    alone = [document.words(m.span) for m in found if m.name is None and not m.pronoun]

    assert [f"{m.kind} {document.words(m.name)}" for m in named if m.name] == case["names"]
    assert {name: roles.get(name) for name in case.get("roles", {})} == case.get("roles", {})
    assert set(case.get("alone", ())) <= set(alone)
    assert not set(case.get("never", ())) & set(alone)


def test_pronouns_are_mentions_without_a_name() -> None:
    document, found = mentions_of("She told him that they would come.")

    assert [document.words(m.span) for m in found if m.pronoun] == ["She", "him", "they"]
    assert all(m.name is None and m.role is None for m in found)


def test_every_span_of_a_mention_lies_in_its_sentence() -> None:
    document, found = mentions_of("Rep. Dana Moss (R-Ohio), chairman of the board, spoke. Ann Lowe, 58, left.")
    whole = Span("d", 0, len(document.text))

    assert all(whole.covers(s) for m in found for s in (m.span, m.name, m.role) if s is not None)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="AbC. ,’'“”-()of the Mayor Lowe\n", max_size=120))
def test_no_text_makes_the_recognizer_fail(text: str) -> None:
    document, found = mentions_of(text)

    assert all(document.words(m.span) for m in found)
