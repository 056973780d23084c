# ruff: noqa: E501 - texts are easier to read on one line
"""Texts in a language whose grammar is not known."""

from __future__ import annotations

import pytest

from wirecheck.annotators import annotate
from wirecheck.language.reading import read_document
from wirecheck.model import Document
from wirecheck.pipeline import compare_documents
from wirecheck.readers._language import find_language
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


@pytest.mark.parametrize(
    ("text", "language", "marked"),
    [
        ("L'usine est fermée. « Nous attendons depuis 12 heures », a-t-il dit de l'usine.", "fr", ["Nous attendons depuis 12 heures"]),
        ("»Wir warten seit Stunden«, sagte Moor über das »Werk«, „und niemand kommt“.", "de", ["Wir warten seit Stunden", "und niemand kommt"]),
        ("「助けを待っている」と田中さんは話した。", "ja", ["助けを待っている"]),
        ("Le prix a monté » de 3 « points », dit-on.", "fr", []),
    ],
    ids=["fr", "de", "ja", "stray"],
)  # fmt: skip
def test_words_in_the_marks_of_another_language_are_quotations(text: str, language: str, marked: list[str]) -> None:
    document = make("a", text, language)

    assert [document.words(q.whole) for q in annotate(read_document(document)).quotations] == marked


def test_what_a_number_counts_is_not_guessed_in_another_language() -> None:
    document = make("a", "L'usine emploie 1250 personnes, a coûté 12 millions et vaut 3 Mrd. d'euros.", "fr")
    found = annotate(read_document(document)).quantities

    assert [(document.words(q.span), q.low, q.counted, q.kind) for q in found] == [("1250", 1250.0, "", "number")]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Zwei Tote bei Unfall auf der Autobahn nahe Larn gemeldet", "de"),
        ("Der Brand in Larn hat 40 Häuser zerstört. »Wir warten seit Stunden auf Hilfe«, sagte Moor.", "de"),
        ("東京で火曜日に火災があった。", "ja"),
        ("Ограда плотины треснула", "ru"),
        ("Dam wall cracks near Orv, Herald says", None),
        ("Brazil beat Serbia, Richarlison scores twice, Lusail stadium crowd celebrates", None),
    ],
)
def test_a_short_text_of_another_language_is_not_taken_for_english(text: str, language: str | None) -> None:
    assert find_language(text) == language


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
