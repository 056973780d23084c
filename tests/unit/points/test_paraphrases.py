"""Paraphrases: what decides that indirect speech says what another document has in marks."""

from __future__ import annotations

import pytest

from wirecheck.annotators import annotate
from wirecheck.comparison.story import compare_sentences
from wirecheck.language.dossier import Dossier
from wirecheck.language.reading import read_document
from wirecheck.model import Document, digest_document
from wirecheck.points.paraphrase import Paraphrase, find_paraphrases
from wirecheck.resolve import resolve_actors, resolve_speakers
from wirecheck.stories import one_story


def find(*texts: str) -> tuple[Paraphrase, ...]:
    documents = tuple(Document(digest_document(f"d{n}", t), f"d{n}", f"d{n}", t, "0") for n, t in enumerate(texts))
    readings = tuple(read_document(d) for d in documents)
    annotations = tuple(annotate(r) for r in readings)
    actors = resolve_actors(readings, annotations)
    spoken = resolve_speakers(readings, annotations, actors)
    return find_paraphrases(compare_sentences(Dossier(one_story(documents)[0], readings, spoken, actors)))


QUOTED = "The tide was high on Monday. “We will have to close the old ferry pier for good,” Pia Holm said."


@pytest.mark.parametrize(
    "told",
    [
        "Pia Holm said the old ferry pier would be shut permanently.",
        "Pia Holm announced on Monday that they would have to shut the old ferry pier permanently.",
    ],
)
def test_one_speaker_who_says_the_same_in_other_words_is_a_paraphrase(told: str) -> None:
    assert len(find(QUOTED, f"The sea stood high. {told}")) == 1


@pytest.mark.parametrize(
    "told",
    [
        "Pia Holm said the school roof had been mended in the spring.",
        "Jonas Reed said they would have to shut the old ferry pier permanently.",
        "Pia Holm said the old ferry pier would not have to be closed.",
    ],
)
def test_another_thing_another_speaker_or_the_opposite_is_none(told: str) -> None:
    assert find(QUOTED, f"The sea stood high. {told}") == ()


def test_a_retelling_is_of_one_quotation_of_a_document() -> None:
    twice = f"{QUOTED} “The old ferry pier has to be closed for good,” Holm repeated."
    found = find(twice, "The sea stood high. Pia Holm said they would have to shut the old ferry pier permanently.")

    assert len(found) == 1


@pytest.mark.parametrize(
    ("told", "count"),
    [
        ("Pia Holm said that by spring the old ferry would be lost for ever.", 1),
        ("Pia Holm said the school roof had been mended in the spring.", 0),
    ],
)
def test_a_few_words_in_marks_are_read_with_the_clause_around_them(told: str, count: int) -> None:
    quoted = "Pia Holm said the old ferry would be “gone for good” by the spring."

    assert len(find(f"The tide was high. {quoted}", f"The sea stood high. {told}")) == count
