# ruff: noqa: E501 - texts are easier to read on one line
"""Texts in a language whose grammar is not known."""

from __future__ import annotations

import pytest

from wirecheck.annotators import annotate
from wirecheck.language.reading import read_document
from wirecheck.model import Document
from wirecheck.pipeline import compare_documents
from wirecheck.settings import Settings

GERMAN = (
    "Im Werk arbeiten rund 1200 Menschen, sagte die Bürgermeisterin am 02.05.2019. „Wir haben lange gewartet“, sagte Ida Moor. "
    "Das Feuer brach in der Nacht aus, und zwölf Menschen wurden verletzt."
)
FRENCH = "Le feu a détruit 40 maisons, a dit le maire de Rennes le 12/05/2019. « Nous avons attendu », a dit Ida Moor."
SPANISH = "El fuego destruyó 40 casas, dijo la alcaldesa. “Esperamos toda la noche”, dijo Ida Moor, de 34 años."


def make(name: str, text: str, language: str) -> Document:
    return Document(name, name, f"{name}.txt", text, "", language=language)


@pytest.mark.parametrize(
    ("text", "language"), [(GERMAN, "de"), (FRENCH, "fr"), (SPANISH, "es")], ids=["de", "fr", "es"]
)
def test_a_text_of_another_language_has_digits_and_marks_and_no_speakers(text: str, language: str) -> None:
    document = make("a", text, language)
    found = annotate(read_document(document))

    assert not [q for q in found.quotations if q.kind == "indirect" or q.source is not None]
    assert all(not any(c.isalpha() for c in document.words(q.span)) for q in found.quantities)
    assert found.credits == ()


def test_texts_of_another_language_give_no_statements() -> None:
    documents = [
        make("de1", GERMAN, "de"),
        make("de2", GERMAN.replace("1200", "1300") + " Die Straße ist gesperrt.", "de"),
    ]
    report = compare_documents(documents, settings=Settings(one_story=True))

    kinds = {finding.kind for story in report.stories for finding in story.findings}
    assert "statement" not in kinds
    assert report.stories[0].reuse


def test_a_text_without_a_known_language_is_taken_for_english() -> None:
    found = annotate(read_document(make("a", "Twelve people died, Ida Moor said.", "en")))

    assert [q.kind for q in found.quotations] == ["indirect"]
