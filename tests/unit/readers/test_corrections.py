"""Notes of correction: what a paper withdraws is not its statement."""

from __future__ import annotations

import json

import pytest

from wirecheck.readers import read_bytes

BODY = "The bus fell 30 metres on Sunday near Oswin, and four people died, the police said.\n\nDivers came."


@pytest.mark.parametrize(
    "note",
    [
        "Correction: The article said that the bus fell 300 metres. It fell 30.",
        "(Corrects day of accident in paragraph 1 to Sunday, not Saturday)",
        "An earlier version of this article misstated the number of the dead. It was four, not nine.",
        "This story has been corrected to show that four people died, not nine.",
        "Editor’s note: an earlier headline gave a wrong place.",
        "Correction, March 5, 2021: a caption named the wrong driver.",
    ],
)
def test_a_note_of_correction_is_told_and_not_compared(note: str) -> None:
    (document,), problems = read_bytes("a.jsonl", json.dumps({"text": f"{BODY}\n\n{note}"}).encode())
    at = document.text.index(note)

    assert document.is_furniture(at, at + len(note))
    assert f"a correction, no part of what is compared: “{note}”" in [p.message for p in problems]


@pytest.mark.parametrize(
    "line",
    [
        "The minister corrected the figure on Monday, and said that an earlier version had been wrong.",
        "A court ordered the correction of the register, the mayor said.",
    ],
)
def test_a_sentence_about_corrections_is_the_article(line: str) -> None:
    (document,), _ = read_bytes("a.jsonl", json.dumps({"text": f"{BODY}\n\n{line}"}).encode())
    at = document.text.index(line)

    assert not document.is_furniture(at, at + len(line))
