from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirecheck.language.words import split_words

CASES = {
    "He didn't pay.": "He did n't pay .",
    "It’s Qaim’s mayor’s": "It ’s Qaim ’s mayor ’s",
    "won’t cannot gonna": "wo n’t can not gon na",
    "long-term plans of the co-founder": "long - term plans of the co-founder",
    "pre-war, anti-American and 2019-2020": "pre-war , anti-American and 2019 - 2020",
    "The U.S. and the U.N. agree.": "The U.S. and the U.N. agree .",
    "Lt. Gen. J. Smith, Jr., of St. Louis": "Lt. Gen. J. Smith , Jr. , of St. Louis",
    "No. 10, no. I said": "No. 10 , no . I said",
    "$40bn, 5% and €1,200.50": "$ 40 bn , 5 % and € 1,200.50",
    "at 10:30am on 9/11": "at 10:30 am on 9/11",
    "in the 1990s and the '90s": "in the 1990s and the '90s",
    "the G7 and AT&T": "the G7 and AT&T",
    "O'Brien said: “No...”": "O'Brien said : “ No ... ”",
    "see https://example.org/a?b=c.": "see https://example.org/a?b=c .",
    "the boys' club": "the boys ' club",
    "5km west": "5 km west",
}


@pytest.mark.parametrize("text", CASES)
def test_words_are_cut_as_the_treebanks_cut_them(text: str) -> None:
    words = [text[word.start : word.end] for word in split_words(text)]

    assert " ".join(words) == CASES[text]


@given(st.text(max_size=80))
def test_words_hold_every_character_but_white_space_once(text: str) -> None:
    covered = "".join(text[word.start : word.end] for word in split_words(text))

    assert covered == "".join(text.split())


@given(st.text(max_size=40), st.text(max_size=20))
def test_a_part_of_a_text_is_cut_without_looking_outside(text: str, before: str) -> None:
    inside = split_words(before + text, len(before))

    assert [(w.start - len(before), w.end - len(before)) for w in inside if w.start >= 0][-1:] == [
        (w.start, w.end) for w in split_words(text)
    ][-1:]


@given(st.text(alphabet="ab'’.-n t$5%", max_size=60))
def test_words_are_in_order_and_never_overlap(text: str) -> None:
    words = split_words(text)

    assert all(left.end <= right.start for left, right in itertools.pairwise(words))
    assert all(word.start < word.end for word in words)
