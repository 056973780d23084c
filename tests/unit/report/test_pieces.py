"""Words cut into pieces by their marks: together they are the words, and what is shortened says so."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import make_document
from wirecheck.report.plain import Piece, cut_pieces, shorten
from wirecheck.report.rows import Mark

DOCUMENT = make_document("d", "We will not sail again until every lamp on that channel is lit. " * 3)


def marks_over(length: int) -> st.SearchStrategy[list[Mark]]:
    ends = st.tuples(st.integers(0, length), st.integers(0, length)).map(sorted)
    return st.lists(ends.map(lambda e: Mark(DOCUMENT.span(*e), "value")), max_size=6)


@given(marks_over(len(DOCUMENT.text)))
def test_pieces_together_are_the_words(marks: list[Mark]) -> None:
    pieces = cut_pieces(DOCUMENT, DOCUMENT.whole, marks)

    assert "".join(p.text for p in pieces) == DOCUMENT.text
    assert all(p.text for p in pieces)


@settings(max_examples=200)
@given(marks_over(len(DOCUMENT.text)), st.integers(1, 250))
def test_what_is_shortened_is_a_part_of_the_words_and_says_so(marks: list[Mark], longest: int) -> None:
    pieces, before, after = shorten(cut_pieces(DOCUMENT, DOCUMENT.whole, marks), longest)
    text = "".join(p.text for p in pieces)

    assert text in DOCUMENT.text
    assert len(text) <= longest
    assert (text == DOCUMENT.text) == (not before and not after)


def test_words_are_cut_around_the_first_mark() -> None:
    text = DOCUMENT.text
    at = text.rindex("lamp")
    pieces, before, _ = shorten(cut_pieces(DOCUMENT, DOCUMENT.whole, [Mark(DOCUMENT.span(at, at + 4), "value")]), 40)

    assert before
    assert Piece("lamp", "value") in pieces
