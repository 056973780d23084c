"""Actors and pronouns."""

from __future__ import annotations

import tomllib
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from wirecheck.annotators.mentions import ANNOTATOR
from wirecheck.language.reading import Reading, read_document
from wirecheck.model import Actor, Annotations, Document
from wirecheck.resolve.actors import resolve_actors
from wirecheck.resolve.coreference import candidates_for, judge_candidates
from wirecheck.resolve.names import choose_name, organization_key, person_names_fit, read_person_name

CASES = tomllib.loads((Path(__file__).parents[2] / "cases" / "actors" / "actors.toml").read_text("utf-8"))["case"]


def read_all(documents: dict[str, str]) -> tuple[list[Reading], list[Annotations]]:
    readings = [read_document(Document(n, n, n, t, "", publisher=n)) for n, t in sorted(documents.items())]
    annotations = []
    for reading in readings:
        empty = Annotations(reading.document.id)
        found = sorted(ANNOTATOR.find(reading, empty), key=lambda m: (m.span.start, m.span.end))  # type: ignore[union-attr]
        annotations.append(empty.having(mentions=tuple(found)))
    return readings, annotations


def resolve(documents: dict[str, str]) -> tuple[list[Reading], tuple[Actor, ...]]:
    readings, annotations = read_all(documents)
    return readings, resolve_actors(readings, annotations)


def who_is_meant(readings: list[Reading], actors: tuple[Actor, ...], document: str, words: str) -> str:
    text = next(r.document.text for r in readings if r.document.id == document)
    start = text.index(words)
    found = [a.name for a in actors if any(m.document == document and m.start == start for m in a.mentions)]
    return found[0] if found else ""


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_actors_are_those_that_a_reader_makes(case: dict[str, Any], request: pytest.FixtureRequest) -> None:
    if case.get("expect") == "fail":
        request.applymarker(pytest.mark.xfail(strict=True, reason="a limit that we accept"))
    readings, actors = resolve(case["documents"])
    by_name = {a.name: a for a in actors}

    assert {n: list(by_name[n].variants) if n in by_name else None for n in case.get("actors", {})} == case.get(
        "actors", {}
    )
    for left, right in case.get("apart", ()):
        assert {left, right} <= set(by_name)
    for document, words, name in case.get("means", ()):
        assert who_is_meant(readings, actors, document, words) == name
    assert {n: by_name[n].gender for n in case.get("gender", {})} == case.get("gender", {})


def test_the_order_of_documents_changes_no_actor() -> None:
    texts = {
        "herald": "Ann Lowe, the mayor, met Paul Reed of the Northern Harbour Authority.",
        "post": "Mayor Lowe met Mr. Reed. She said the NHA had agreed.",
        "wire": "Lowe spoke to the IRS.",
    }
    readings, annotations = read_all(texts)
    paired = list(zip(readings, annotations, strict=True))
    seen = {repr(resolve_actors(*zip(*order, strict=True))) for order in permutations(paired)}

    assert len(seen) == 1


def test_ids_count_from_the_most_mentioned() -> None:
    _, actors = resolve({"herald": "Ann Lowe met Paul Reed. Lowe left. Lowe came back."})

    assert [a.id for a in actors] == [f"a{i}" for i in range(1, len(actors) + 1)]
    assert actors[0].name == "Ann Lowe"


def test_candidates_stand_in_order_of_presence() -> None:
    text = "Ann Lowe met Vera Stone in May. On Monday Ann Lowe signed. She smiled."
    readings, actors = resolve({"herald": text})
    found = candidates_for(readings[0], (), actors, text.index("She"), "she")

    assert next(a.name for a in actors if a.id == found[0]) == "Ann Lowe"


def test_nobody_before_the_pronoun_means_nobody() -> None:
    readings, actors = resolve({"herald": "She smiled. Ann Lowe left."})

    assert judge_candidates(readings[0], (), actors, 0, "she").actors == ()


@pytest.mark.parametrize(
    ("left", "right", "fit"),
    [
        ("Ann Lowe", "Ann Lowe", True),
        ("Liz Farrow", "Elizabeth Farrow", True),
        ("Karen Oduya", "Carol Oduya", False),
        ("Owen Tully Jr.", "Owen Tully Sr.", False),
        ("Sutopo Nugraha", "Sutopo Purwo Nugraha", True),
        ("J. Harlan", "Jane Harlan", True),
        ("Paul Reed", "Paula Reed", False),
        ("Dmytro Bondarenko", "Dmitry Bondarenko", True),
        ("Mary Hale", "Liz Hale", False),
    ],
)
def test_two_names_fit_one_person_or_do_not(left: str, right: str, fit: bool) -> None:
    assert person_names_fit(left, right) is fit
    assert person_names_fit(right, left) is fit


def test_names_of_organizations_meet_in_one_key() -> None:
    assert organization_key("the FBI") == organization_key("Federal Bureau of Investigation")
    assert organization_key("U.S.") == organization_key("United States") == "country:united states"
    assert organization_key("Acme Corp.") == organization_key("Acme")


def test_a_particle_belongs_to_the_surname() -> None:
    assert read_person_name("Ludwig van Dorn").last == "van dorn"


def test_the_fullest_name_is_shown() -> None:
    assert choose_name([("Tully", 9), ("Owen Tully", 2), ("Owen Tully Jr.", 1)], person=True) == "Owen Tully Jr."
    assert choose_name([("IRS", 9), ("Internal Revenue Service", 1)], person=False) == "Internal Revenue Service"
