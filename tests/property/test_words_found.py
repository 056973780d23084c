"""Words that stand in a source are found there, whatever the typography on either side."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from wirecheck.drafts.words import SourceText
from wirecheck.language.reading import Reading
from wirecheck.model import Document, digest_document
from wirecheck.text.alignment import list_words
from wirecheck.text.sentences import split_paragraphs

WORDS = ("the", "levee", "it's", "pre-war", "café", "12,500", "Ona", "U.S.", "well", "being", "defence", "three", "not")
GAPS = (" ", "  ", "\u00a0", "\n", "\n\n", ", ", " — ", "; ", ". ")
STYLES = (
    ("'", "’"),
    ("-", "\u2011"),
    ("café", "cafe\u0301"),
    ("12,500", "12500"),
    ("U.S.", "US"),
    ("defence", "defense"),
    ("three", "3"),
)

texts = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(GAPS)), min_size=1, max_size=30)


def read_source(text: str) -> SourceText:
    document = Document(digest_document("a", text), "a", "a", text, "0" * 64)
    return SourceText(Reading(document, tuple(split_paragraphs(document)), ()))


@given(texts, st.data())
def test_any_run_of_words_of_a_source_is_found_in_it(pieces: list[tuple[str, str]], data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(pieces) - 1))
    end = data.draw(st.integers(first + 1, len(pieces)))
    words = " ".join(w for w, _ in pieces[first:end])
    for one, other in data.draw(st.lists(st.sampled_from(STYLES), max_size=4)):
        words = words.replace(one, other)
    source = read_source("".join(w + gap for w, gap in pieces) + "end")

    found = source.find(list_words(words))

    assert found
    keys = ["".join(source.keys[a] for p in f.parts for a in range(*p)) for f in found]
    assert set(keys) == {"".join(w.key for w in list_words(words))}
