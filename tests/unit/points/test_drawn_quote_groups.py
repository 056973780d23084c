"""Drawn cases: what happened to a quotation, and which quotations are one utterance."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from wirecheck.language.dossier import Dossier
from wirecheck.language.reading import read_document
from wirecheck.model import Actor, Annotations, Document, Quotation, Span, Story, digest_document, quotation_id
from wirecheck.points.quotations import group_quotations
from wirecheck.points.wording import compare_wordings
from wirecheck.text.alignment import list_words

CASES = Path(__file__).parents[2] / "cases" / "quote_groups"
PUBLISHERS = ("herald", "post", "wire")


def load(name: str) -> list[Any]:
    cases = tomllib.loads((CASES / name).read_text("utf-8"))["case"]
    return [
        pytest.param(c, id=c["name"], marks=[pytest.mark.xfail(strict=True)] if c.get("expect") == "fail" else [])
        for c in cases
    ]


@pytest.mark.parametrize("case", load("wording.toml"))
def test_the_relation_of_two_wordings_is_as_drawn(case: dict[str, Any]) -> None:
    left, right = list_words(case["left"]), list_words(case["right"])
    found = compare_wordings(left, right)
    back = compare_wordings(right, left)

    assert found is not None
    assert back is not None
    assert found.relation == back.relation == case["relation"]
    assert found.marked == case.get("marked", False)
    drawn = [
        case["left"][left[s.left].start : left[s.left_end - 1].end] for s in found.differences if s.left < s.left_end
    ]
    drawn += [
        case["right"][right[s.right].start : right[s.right_end - 1].end]
        for s in found.differences
        if s.right < s.right_end
    ]
    assert set(case.get("words", [])) <= set(drawn)


@pytest.mark.parametrize("case", load("groups.toml"))
def test_quotations_are_grouped_as_drawn(case: dict[str, Any]) -> None:
    dossier = draw({p: case[p] for p in PUBLISHERS if p in case})
    names = {d.id: d.name for d in dossier.documents}
    documents = {q.id: names[q.document] for q in dossier.quotations}

    groups = group_quotations(dossier)

    found = [
        " ".join([g.relation, *sorted({documents[q] for q in g.quotations})])
        for g in groups
        if len({documents[q] for q in g.quotations}) > 1
    ]
    assert sorted(found) == sorted(case["groups"])
    in_marks = {q.id for q in dossier.quotations if q.kind != "indirect"}
    assert in_marks <= {q for g in groups for q in g.quotations}


def draw(texts: dict[str, str]) -> Dossier:
    """Return the dossier of drawn documents: ⟦speaker|words⟧ in marks, ⟦~speaker|words⟧ indirect."""
    documents, annotations = [], []
    actors: dict[str, Actor] = {}
    for name, drawn in texts.items():
        text, places = undraw(drawn)
        document = Document(digest_document(name, text), name, name, text, "", publisher=f"The {name.title()}")
        quotations = []
        for start, end, speaker in places:
            contents = (Span(document.id, start, end),)
            indirect, speaker = speaker.startswith("~"), speaker.removeprefix("~")
            if speaker:
                actors.setdefault(speaker, Actor(f"a{len(actors) + 1}", speaker, "person", (speaker,), ()))
            quotations.append(
                Quotation(
                    quotation_id(contents),
                    document.id,
                    "indirect" if indirect else "direct",
                    contents,
                    speaker=actors[speaker].id if speaker else None,
                    speaker_name=speaker or None,
                )
            )
        documents.append(document)
        annotations.append(Annotations(document.id, quotations=tuple(quotations)))
    story = Story("s1", "drawn", tuple(d.id for d in documents))
    return Dossier(story, tuple(map(read_document, documents)), tuple(annotations), tuple(actors.values()))


def undraw(drawn: str) -> tuple[str, list[tuple[int, int, str]]]:
    """Return a drawn text without its signs, and the places of its quotations with their speakers."""
    text, places, at = "", [], 0
    for match in re.finditer(r"⟦([^|⟧]*)\|([^⟧]*)⟧", drawn):
        text += drawn[at : match.start()]
        places.append((len(text), len(text) + len(match[2]), match[1]))
        text += match[2]
        at = match.end()
    return text + drawn[at:], places
