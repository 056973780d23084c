"""Roles: what documents call a person."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from wirecheck.annotators.mentions import ANNOTATOR
from wirecheck.checks.roles import check_roles
from wirecheck.comparison.values.office import may_hold_both, read_offices, same_office
from wirecheck.language.dossier import Dossier
from wirecheck.language.reading import read_document
from wirecheck.model import Annotations, Document, Finding, Story
from wirecheck.resolve.actors import resolve_actors

CASES = tomllib.loads((Path(__file__).parents[2] / "cases" / "checks" / "roles.toml").read_text("utf-8"))["case"]


def make_dossier(documents: dict[str, str]) -> Dossier:
    readings, annotations = [], []
    for name, text in sorted(documents.items()):
        reading = read_document(Document(name, name, name, text, "", publisher=f"The {name.title()}"))
        empty = Annotations(name)
        found = sorted(ANNOTATOR.find(reading, empty), key=lambda m: (m.span.start, m.span.end))  # type: ignore[union-attr]
        readings.append(reading)
        annotations.append(empty.having(mentions=tuple(found)))
    actors = resolve_actors(readings, annotations)
    story = Story("s1", "drawn", tuple(sorted(documents)))
    return Dossier(story, tuple(readings), tuple(annotations), actors)


def findings_of(documents: dict[str, str]) -> list[Finding]:
    return list(check_roles(make_dossier(documents), ()))


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_titles_agree_and_conflict_as_an_editor_says(case: dict[str, Any], request: pytest.FixtureRequest) -> None:
    if case.get("expect") == "fail":
        request.applymarker(pytest.mark.xfail(strict=True, reason="a limit that we accept"))
    found = findings_of(case["documents"])

    assert [f.verdict for f in found] == case["findings"], [f.reason for f in found]
    if "reason" in case:
        assert found[0].reason == case["reason"]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_swapping_the_documents_changes_no_verdict(case: dict[str, Any]) -> None:
    names = sorted(case["documents"])
    swapped = dict(zip(names, [case["documents"][n] for n in reversed(names)], strict=True))

    assert sorted(f.verdict for f in findings_of(swapped)) == sorted(f.verdict for f in findings_of(case["documents"]))


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_a_document_never_conflicts_with_its_own_copy(case: dict[str, Any]) -> None:
    for text in case["documents"].values():
        assert {f.verdict for f in findings_of({"herald": text, "post": text})} <= {"agree"}


def test_the_words_of_a_title_are_read() -> None:
    (office,) = read_offices("former deputy Norwegian fisheries minister")

    assert (office.head, office.portfolio, office.countries, office.past, office.rank) == (
        "minister",
        {"fisheries"},
        {"Norway"},
        True,
        "deputy",
    )


@pytest.mark.parametrize(
    ("left", "right", "both"),
    [
        ("Defense Minister", "US Defense Secretary", False),
        ("Defense Minister", "Foreign Secretary", True),
        ("colonel", "lieutenant colonel", True),
        ("president", "former prime minister", True),
        ("French president", "Belgian president", False),
        ("spokesman for the agency", "spokesman for the National Weather Agency", True),
        ("director of the Health Department", "director of the Water Department", False),
    ],
)
def test_two_titles_can_both_hold_or_not(left: str, right: str, both: bool) -> None:
    (ours,), (theirs,) = read_offices(left), read_offices(right)

    assert may_hold_both(ours, theirs) is both
    assert may_hold_both(theirs, ours) is both


@pytest.mark.parametrize(
    ("left", "right"),
    [("Rep.", "congressman"), ("Secretary", "US Defense Secretary"), ("Acme CEO", "chief executive of Acme")],
)
def test_two_forms_of_one_office_are_the_same(left: str, right: str) -> None:
    assert same_office(read_offices(left)[0], read_offices(right)[0])
