"""Sentences and paragraphs."""

from __future__ import annotations

import itertools
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirecheck.model import Document, Span
from wirecheck.text.sentences import sentence_ranges, split_paragraphs, split_sentences

CASES = tomllib.loads((Path(__file__).parents[2] / "cases" / "text" / "sentences.toml").read_text("utf-8"))["case"]


def make_document(text: str, *, title: tuple[int, int] | None = None, furniture: tuple[Span, ...] = ()) -> Document:
    span = Span("d", *title) if title is not None else None
    return Document("d", "d", "d.txt", text, "", title_span=span, furniture=furniture)


def words_of(document: Document, spans: list[Span]) -> list[str]:
    return [document.words(s) for s in spans]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["text"][:40])
def test_sentences_end_where_a_reader_ends_them(case: dict[str, Any], request: pytest.FixtureRequest) -> None:
    if case.get("expect") == "fail":
        request.applymarker(pytest.mark.xfail(strict=True, reason="a limit that we accept"))
    text = case["text"].replace("¦", "")
    expected = [part.strip() for part in case["text"].split("¦")]

    assert [text[a:b] for a, b in sentence_ranges(text)] == expected


def test_every_line_is_a_paragraph() -> None:
    document = make_document("Ferry sinks\n\nIt sank.\nTwelve died.\n")

    assert words_of(document, split_paragraphs(document)) == ["Ferry sinks", "It sank.", "Twelve died."]


def test_lines_of_a_wrapped_text_are_joined() -> None:
    lines = [
        "The ferry sank in the night from Sunday to Monday with many people on",
        "board, most of them on their way home from the fair of Port Elra, which",
        "had ended in the evening, and the coast guard came only in the morning",
        "when the wind had fallen and the sea was quiet again, as a witness told",
        "the paper.",
    ]
    document = make_document("\n".join(lines) + "\n\n" + "\n".join(lines) + "\n")

    assert len(split_paragraphs(document)) == 2


def test_furniture_is_in_no_paragraph() -> None:
    text = "It sank. (Photo by Ida Moor) Twelve died.\nAdvertisement\nThe end."
    photo, advertisement = text.index("(Photo"), text.index("Advert")
    document = make_document(
        text, furniture=(Span("d", photo, photo + 19), Span("d", advertisement, advertisement + 13))
    )

    assert words_of(document, split_paragraphs(document)) == ["It sank.", "Twelve died.", "The end."]


def test_the_title_is_one_sentence_whatever_its_marks() -> None:
    text = "Ferry sinks. Who knew? Nobody\nIt sank. Twelve died."
    document = make_document(text, title=(0, text.index("\n")))
    sentences = split_sentences(document, split_paragraphs(document))

    assert words_of(document, sentences) == ["Ferry sinks. Who knew? Nobody", "It sank.", "Twelve died."]


def test_a_document_of_white_space_has_no_paragraphs() -> None:
    document = make_document(" \n\t\n")

    assert split_paragraphs(document) == []
    assert split_sentences(document, []) == []


@given(st.text(alphabet=st.sampled_from(list("aB. \n\"'“”‘’!?…,•-—:()1\t")), max_size=80))
def test_sentences_lie_in_paragraphs_apart_and_in_order(text: str) -> None:
    document = make_document(text)
    paragraphs = split_paragraphs(document)
    sentences = split_sentences(document, paragraphs)

    assert all(left.end <= right.start for left, right in itertools.pairwise(sentences))
    assert all(any(p.covers(s) for p in paragraphs) for s in sentences)
    covered = {i for s in sentences for i in range(s.start, s.end)}
    assert all(i in covered for p in paragraphs for i in range(p.start, p.end) if text[i].isalnum())
