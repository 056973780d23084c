"""Passages that two texts share."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from wirecheck.model import Document, Passage, Span
from wirecheck.reuse import compare_reuse, find_passages, list_article_words
from wirecheck.reuse.passages import Worded
from wirecheck.text.sentences import split_paragraphs

SENTENCE = "The island ferry ran aground off Sorrel Point early on Tuesday with forty people on board."
OTHER = "Rescue boats from three harbours reached the place within an hour and took everybody off."


def word(name: str, text: str, *, furniture: str | None = None) -> tuple[Document, Worded]:
    spans = () if furniture is None else (Span(name, text.index(furniture), text.index(furniture) + len(furniture)),)
    document = Document(name, name, f"{name}.txt", text, "", furniture=spans)
    return document, list_article_words(document, split_paragraphs(document))


def share(left: str, right: str) -> list[tuple[str, str, float, bool]]:
    """Return the passages of two texts as words."""
    one, ours = word("l", left)
    two, theirs = word("r", right)
    return [(one.words(p.left), two.words(p.right), p.similarity, p.quoted) for p in find_passages(ours, theirs)]


def test_a_sentence_that_both_have_is_a_passage_up_to_its_edges() -> None:
    found = share(f"Nobody was hurt. {SENTENCE} It was dark.", f"{OTHER}\n{SENTENCE}\n")

    assert found == [(SENTENCE[:-1], SENTENCE[:-1], 1.0, False)]


def test_typography_and_case_hide_nothing() -> None:
    left = "The U.S. coast guard’s first boat didn’t reach Sorrel Point before noon on Tuesday."
    right = "THE US COAST GUARD'S FIRST BOAT DIDN'T REACH SORREL POINT BEFORE NOON ON TUESDAY."

    assert [(s, q) for _, _, s, q in share(left, right)] == [(1.0, False)]


def test_a_lightly_edited_sentence_is_one_passage() -> None:
    edited = "The island ferry ran aground off Sorrel Point late on Tuesday with forty people on board."
    (passage,) = share(SENTENCE, edited)

    assert passage[0] == SENTENCE[:-1]
    assert passage[1] == edited[:-1]
    assert 0.9 < passage[2] < 1.0


def test_a_short_formula_is_no_passage() -> None:
    assert share("He told reporters on Tuesday that it rained.", "She told reporters on Tuesday that it snowed.") == []


def test_speech_is_told_from_own_words() -> None:
    speech = "“We will not sail again until every lamp is lit,” said Mara Quill, the harbour master of Sorrel Point."
    found = share(speech, f"{OTHER} {speech}")

    assert [(q, words.split()[0]) for words, _, _, q in found] == [(True, "We"), (False, "said")]


def test_a_post_set_into_the_page_is_speech() -> None:
    post = "Every lamp on that channel must be lit before we sail again - Mara Quill (@maraquill) March 3, 2025"

    assert [q for _, _, _, q in share(f"{OTHER}\n{post}\n", f"{SENTENCE}\n{post}\n")] == [True]


def test_a_list_of_names_is_no_copying() -> None:
    names = "Members: " + ", ".join(
        f"{a} {b}" for a in ("Ann", "Bo", "Cy", "Di") for b in ("Roe", "Hale", "Dell", "Moor")
    )
    _one, ours = word("l", f"{SENTENCE}\n{names}\n")
    _two, theirs = word("r", f"{OTHER}\n{names}\n")
    reuse = compare_reuse(ours, theirs)

    assert reuse is not None
    assert reuse.left_share > 0.5
    assert reuse.left_own_share == reuse.right_own_share == 0.0


def test_captions_that_stand_twice_and_one_between_them_are_no_copying() -> None:
    captions = [
        f"The {what} of Port Elra is seen from the {side} pier in a photo of last spring."
        for what, side in (("lamp", "north"), ("crane", "south"), ("ferry", "east"), ("mill", "west"), ("inn", "old"))
    ]
    once = "The mayor of Port Elra opens the new market hall with the widow of its architect."
    gallery = "\n".join([*(f"{c}\n{c}" for c in captions[:3]), once, *(f"{c}\n{c}" for c in captions[3:])])

    assert share(f"{SENTENCE}\n{gallery}\n", f"{OTHER}\n{gallery}\n") == []
    assert len(share(f"{SENTENCE}\n{once}\n", f"{OTHER}\n{once}\n")) == 1


def test_no_passage_crosses_furniture() -> None:
    left, right = f"{SENTENCE}\nAdvertisement\n{OTHER}\n", f"{SENTENCE}\n{OTHER}\n"
    one, ours = word("l", left, furniture="Advertisement")
    _, theirs = word("r", right)

    assert ["Advertisement" in one.words(p.left) for p in find_passages(ours, theirs)] == [False, False]


def test_shares_are_of_each_documents_own_length() -> None:
    _, ours = word("l", SENTENCE)
    _, theirs = word("r", f"{SENTENCE} {OTHER}")
    reuse = compare_reuse(ours, theirs)

    assert reuse is not None
    assert reuse.left_share == 1.0
    assert 0.4 < reuse.right_share < 0.6


def test_nothing_shared_is_no_reuse() -> None:
    assert compare_reuse(word("l", SENTENCE)[1], word("r", OTHER)[1]) is None


TEXTS = st.lists(st.sampled_from(["a", "b", "c", "d", "e", "f", "g", "h", "“", "”", "\n"]), max_size=60).map(" ".join)


@given(TEXTS, TEXTS)
def test_passages_overlap_nowhere_and_slice_to_words(left: str, right: str) -> None:
    one, ours = word("l", left)
    two, theirs = word("r", right)
    found = find_passages(ours, theirs)

    for side, document in (("left", one), ("right", two)):
        spans = sorted(getattr(p, side) for p in found)
        assert all(a.end <= b.start for a, b in itertools.pairwise(spans))
        assert all(document.words(s).strip() for s in spans)
    assert all(0 < p.similarity <= 1 for p in found)


@given(TEXTS)
def test_a_text_shares_all_of_itself(text: str) -> None:
    _, ours = word("l", text)
    _, theirs = word("r", text)
    found: tuple[Passage, ...] = find_passages(ours, theirs)

    assert all(p.similarity == 1.0 for p in found)
