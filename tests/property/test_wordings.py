"""Laws of comparing two wordings."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from wirecheck.points.wording import compare_wordings
from wirecheck.text.alignment import align_words, list_words, similarity

WORDS = ["the", "dam", "will", "not", "hold", "Dam", "we", "must", "should", "U.S.", "40", "forty", "[he]", "isn’t"]
JOINTS = [" ", " ", " ", ", ", ". ", "… ", " — "]

wordings = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(JOINTS)), min_size=1, max_size=14).map(
    lambda parts: "".join(word + joint for word, joint in parts)
)


@given(st.text())
def test_words_of_any_text_slice_back_in_order(text: str) -> None:
    words = list_words(text)

    assert all(0 <= w.start < w.end <= len(text) and w.key for w in words)
    assert all(a.end <= b.start for a, b in pairwise(words))


@given(st.text() | wordings, st.text() | wordings)
def test_steps_cover_both_wordings_once(left: str, right: str) -> None:
    here, there = list_words(left), list_words(right)
    steps = align_words(here, there)

    assert sorted(i for s in steps for i in range(s.left, s.left_end)) == list(range(len(here)))
    assert sorted(j for s in steps for j in range(s.right, s.right_end)) == list(range(len(there)))
    for s in steps:
        if s.kind in ("same", "reordered"):
            assert [w.key for w in here[s.left : s.left_end]] == [w.key for w in there[s.right : s.right_end]]


@given(wordings, wordings)
def test_swapping_the_sides_swaps_the_steps_and_changes_no_relation(left: str, right: str) -> None:
    here, there = list_words(left), list_words(right)
    one, other = compare_wordings(here, there), compare_wordings(there, here)

    assert (one is None) == (other is None)
    if one is not None and other is not None:
        assert one.relation == other.relation
        assert one.common == other.common
        assert one.marked == other.marked
        assert one.left_extent == other.right_extent
    assert set(align_words(here, there)) == {s.swapped for s in align_words(there, here)}


@given(wordings)
def test_a_wording_is_its_own_verbatim_form(text: str) -> None:
    words = list_words(text)
    comparison = compare_wordings(words, words)

    assert comparison is not None
    assert comparison.relation == "verbatim"
    assert comparison.differences == ()
    assert similarity(words, words) == 1.0


@given(wordings)
def test_typography_changes_no_relation(text: str) -> None:
    other = text.replace("’", "'").replace("—", "-").upper()
    comparison = compare_wordings(list_words(text), list_words(other))

    assert comparison is not None
    assert comparison.relation == "verbatim"


@given(wordings, st.data())
def test_a_part_is_a_trim_or_the_whole(text: str, data: st.DataObject) -> None:
    words = list_words(text)
    first = data.draw(st.integers(0, len(words) - 1))
    end = data.draw(st.integers(first + 1, len(words)))
    comparison = compare_wordings(words[first:end], words)

    assert comparison is not None
    assert comparison.relation == ("verbatim" if end - first == len(words) else "trimmed")
