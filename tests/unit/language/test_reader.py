"""The reading model as a value-maker: offsets, order, windows, and that a sentence's result is its own."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wirecheck.errors import Error
from wirecheck.language import Sentence, embed, read_sentences
from wirecheck.language.reader import LONGEST_WINDOW, Model, load_model

TEXT = (
    "US Defense Secretary Pete Hegseth said allies won’t spend 5% of their GDP. The mayor of Kyiv agreed on Thursday."
)
FIRST = (0, TEXT.index(" The mayor"))
SECOND = (FIRST[1] + 1, len(TEXT))


def read(text: str) -> Sentence:
    return read_sentences(text, [(0, len(text))])[0]


def heads_make_a_tree(sentence: Sentence) -> bool:
    if [token.head for token in sentence.tokens].count(-1) != 1:
        return False
    for at in range(len(sentence.tokens)):
        seen = set()
        while at >= 0:
            if at in seen:
                return False
            seen.add(at)
            at = sentence.tokens[at].head
    return True


def test_no_spans_no_sentences() -> None:
    assert read_sentences("text", []) == []


def test_white_space_is_a_sentence_without_tokens() -> None:
    sentence = read(" \n ")

    assert (sentence.tokens, sentence.root, float(np.abs(sentence.embedding).sum())) == ((), None, 0.0)


def test_sentences_come_in_the_order_of_their_spans() -> None:
    sentences = read_sentences(TEXT, [SECOND, FIRST, SECOND, FIRST, SECOND])

    assert [(s.start, s.end) for s in sentences] == [SECOND, FIRST, SECOND, FIRST, SECOND]


def test_a_title_hangs_on_the_name_it_goes_with() -> None:
    first = read_sentences(TEXT, [FIRST])[0]
    words = [token.text for token in first.tokens]
    subject = next(
        token
        for at, token in enumerate(first.tokens)
        if token.head == words.index("said") and token.relation == "nsubj"
    )

    assert TEXT[subject.start : subject.end] in ("Pete", "Secretary")


def test_a_percentage_counts_what_it_is_of() -> None:
    first = read_sentences(TEXT, [FIRST])[0]
    words = [token.text for token in first.tokens]

    assert first.tokens[words.index("GDP")].head == words.index("%")


def test_names_are_found_with_their_kinds() -> None:
    sentences = read_sentences(TEXT, [FIRST, SECOND])
    names = {(TEXT[e.start : e.end], e.kind) for s in sentences for e in s.entities}

    assert {("Pete Hegseth", "person"), ("Kyiv", "place")} <= names


def test_negation_hangs_on_its_verb() -> None:
    first = read_sentences(TEXT, [FIRST])[0]
    negation = next(token for token in first.tokens if token.text == "n’t")

    assert (negation.lemma, first.tokens[negation.head].text) == ("not", "spend")


def test_children_and_subtrees_follow_the_heads() -> None:
    sentence = read_sentences(TEXT, [FIRST])[0]

    for at, token in enumerate(sentence.tokens):
        assert all(sentence.tokens[child].head == at for child in sentence.children(at))
        first, last = sentence.subtree(at)
        assert first <= at < last
        if token.head >= 0:
            above = sentence.subtree(token.head)
            assert above[0] <= first
            assert last <= above[1]
    assert sentence.root is not None
    assert sentence.subtree(sentence.root) == (0, len(sentence.tokens))


def test_a_sentence_is_read_the_same_in_any_company() -> None:
    alone = read_sentences(TEXT, [FIRST])[0]
    among = read_sentences(TEXT, [SECOND] * 7 + [FIRST] + [SECOND] * 8)[7]

    assert alone == among
    assert alone.embedding.tobytes() == among.embedding.tobytes()


def test_where_a_sentence_stands_changes_its_offsets_only() -> None:
    moved = "\n\n — \n" + TEXT
    there = read_sentences(moved, [(SECOND[0] + 6, SECOND[1] + 6)])[0]
    here = read_sentences(TEXT, [SECOND])[0]

    assert [(t.start - 6, t.end - 6, t.head, t.relation) for t in there.tokens] == [
        (t.start, t.end, t.head, t.relation) for t in here.tokens
    ]


@pytest.mark.parametrize("words", [LONGEST_WINDOW - 2, 700])
def test_a_very_long_sentence_is_read_in_windows(words: int) -> None:
    text = "The mayor said, " * (words // 4) + "and left."
    sentence = read(text)

    assert heads_make_a_tree(sentence)
    assert abs(float(np.linalg.norm(sentence.embedding)) - 1) < 1e-5
    assert "".join(t.text for t in sentence.tokens) == text.replace(" ", "")


ODD = st.text(alphabet=st.sampled_from("aB 5$.,'’n t\u200b\ufeff\u0301é日🙂[]MASK\x00\n\u202e-—"), max_size=60)


@settings(max_examples=150, deadline=None)
@given(ODD | st.text(max_size=60))
def test_odd_characters_never_shift_an_offset(text: str) -> None:
    sentence = read(text)

    assert all(text[token.start : token.end] == token.text for token in sentence.tokens)
    assert "".join(token.text for token in sentence.tokens) == "".join(text.split())
    assert not sentence.tokens or heads_make_a_tree(sentence)
    for entity in sentence.entities:
        assert (entity.start, entity.end) == (sentence.tokens[entity.first].start, sentence.tokens[entity.last - 1].end)


def test_embeddings_have_one_row_of_length_one_for_each_text() -> None:
    rows = embed(["A man eats.", "Someone is eating.", "Stocks fell.", ""])

    assert rows.shape == (4, 384)
    assert rows.dtype == np.float32
    assert np.allclose(np.linalg.norm(rows, axis=1), [1, 1, 1, 0], atol=1e-5)
    assert rows[0] @ rows[1] > rows[0] @ rows[2]


def test_no_texts_give_no_rows() -> None:
    assert embed([]).shape == (0, 384)


def test_the_embedding_of_a_sentence_is_that_of_its_text() -> None:
    sentence = read_sentences(TEXT, [SECOND])[0]

    assert sentence.embedding.tobytes() == embed([TEXT[slice(*SECOND)]])[0].tobytes()


def test_the_model_is_loaded_once() -> None:
    assert load_model() is load_model()


def test_a_folder_without_the_model_is_named(tmp_path) -> None:
    with pytest.raises(Error, match=r"reading-model\.onnx"):
        Model.load(tmp_path)


def test_a_sentence_that_stands_again_is_read_by_the_model_once(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []
    read_window = Model._read_window
    monkeypatch.setattr(Model, "_read_window", lambda *given: calls.append(given) or read_window(*given))
    sentence = "The keeper of Ostwick counted nineteen lamps."
    text = f"{sentence} {sentence} {sentence}"
    step = len(sentence) + 1

    first, _, third = read_sentences(text, [(at, at + len(sentence)) for at in (0, step, 2 * step)])

    assert len(calls) == 1
    assert [(t.start + 2 * step, t.text, t.head) for t in first.tokens] == [
        (t.start, t.text, t.head) for t in third.tokens
    ]
