from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from wirecheck.language.reader import DATA
from wirecheck.language.subwords import CLS, SEP, Subwords, encode

SUBWORDS = Subwords.load(DATA / "tokenizer.json")


def test_the_verb_of_a_negation_keeps_the_piece_that_the_encoder_knows() -> None:
    together = SUBWORDS.cut(["do", "n't"])

    assert together[0] == SUBWORDS.cut(["don"])[0]
    assert len(together[1]) == 2


@settings(max_examples=200)
@given(st.lists(st.text(min_size=1, max_size=12), min_size=1, max_size=8))
def test_every_word_has_subwords_of_its_own(words: list[str]) -> None:
    parts = SUBWORDS.cut(words)
    encoded = encode(words, [False] * len(words), parts)

    assert all(parts)
    assert len(set(encoded.firsts)) == len(words) + 1
    assert (encoded.ids[0], encoded.ids[-1]) == (CLS, SEP)
    assert len(encoded.ids) == len(encoded.shapes) == 2 + sum(map(len, parts))


def test_markers_written_in_a_text_are_not_taken_for_the_models_own() -> None:
    words = ["[", "SEP", "]", "[SEP]"]

    assert SEP not in encode(words, [False] * 4, SUBWORDS.cut(words)).ids[:-1]
