"""Laws of texts that end anywhere: whatever a text is cut down to or put together of, no exception costs anything."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import HERALD, POST, WIRE
from wirecheck import compare
from wirecheck.model import Document, digest_document
from wirecheck.settings import Settings

TEXTS = (HERALD, WIRE, POST)
WORDS = sorted({word for text in TEXTS for word in text.split()})
PIECES = (
    *("Anna Holt", "is", "was", "has been", "Chief Justice", "Alabama's", "(R-Mich.)", "S", "In", "said", "of", "the"),
    *("“", "”", '"', "‘", "’", "«", "»", "(", ")", ":", ",", ".", "…", "—", "-", "!", "\n\n", "'s", "$", "17", "Mr."),
)

cut = st.sampled_from(TEXTS).flatmap(lambda text: st.integers(1, len(text)).map(lambda end: text[:end]))
mixed = st.lists(st.sampled_from(WORDS) | st.sampled_from(PIECES), min_size=1, max_size=12).map(" ".join)


def list_lost(*texts: str) -> list[str]:
    """Return what a comparison of texts said it lost to a fault of its own."""
    documents = [Document(digest_document(str(n), t), str(n), str(n), t, "") for n, t in enumerate(texts)]
    problems = compare(documents, settings=Settings(one_story=True)).problems
    return [p.message for p in problems if "fault of Wirecheck" in p.message]


@settings(max_examples=60, deadline=None)
@given(cut)
def test_a_text_may_end_at_any_character(text: str) -> None:
    assert list_lost(text, WIRE) == []


@settings(max_examples=150, deadline=None)
@given(mixed)
def test_words_and_marks_may_stand_in_any_order(text: str) -> None:
    assert list_lost(text) == []


@pytest.mark.parametrize(
    "text",
    ["Anna Holt was", "Anna Holt has been", "Alabama's Chief Justice", '(R-Mich.). " … In', "S «! S"],
)
def test_a_line_may_end_where_a_rule_expects_more(text: str) -> None:
    assert list_lost(text) == []
