from __future__ import annotations

import pytest

from wirecheck.language.lemmas import Lemmas
from wirecheck.language.reader import load_model


@pytest.mark.parametrize(
    ("form", "upos", "xpos", "lemma"),
    [
        ("said", "VERB", "VBD", "say"),
        ("reported", "VERB", "VBD", "report"),
        ("allies", "NOUN", "NNS", "ally"),
        ("hoping", "VERB", "VBG", "hope"),
        ("stopped", "VERB", "VBN", "stop"),
        ("agencies", "NOUN", "NNS", "agency"),
        ("denies", "VERB", "VBZ", "deny"),
        ("killed", "VERB", "VBN", "kill"),
        ("children", "NOUN", "NNS", "child"),
        ("was", "AUX", "VBD", "be"),
        ("n’t", "PART", "RB", "not"),
        ("largest", "ADJ", "JJS", "large"),
        ("Hegseth", "PROPN", "NNP", "Hegseth"),
        ("States", "PROPN", "NNPS", "State"),
        ("series", "NOUN", "NN", "series"),
    ],
)
def test_lemmas_of_news_words(form: str, upos: str, xpos: str, lemma: str) -> None:
    assert load_model().lemma(form, upos, xpos) == lemma


def test_the_table_goes_before_the_rules() -> None:
    lemmas = Lemmas({"NOUN": {"mice": "mouse"}}, lambda form: False)

    assert lemmas.lemma("Mice", "NOUN", "NNS") == "mouse"
