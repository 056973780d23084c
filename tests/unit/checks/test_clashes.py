"""Figures and dates that the judge holds to be of one thing: what conflicts, and what does not."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from wirecheck import Settings, compare
from wirecheck.model import Document, digest_document

CONFLICTS = [
    (
        "The fund's owner, who owed over $850,000 to the tax office, was convicted on Friday in Port Ellis.",
        "The fund's owner, who owed more than $950,000 to the tax office, was convicted on Friday in Port Ellis.",
        {"over $850,000", "more than $950,000"},
    ),
    (
        "Ivar Holt, who led the rebels of Estmark, was killed in a raid. He was thought to be about 30.",
        "Ivar Holt, who led the rebels of Estmark, was killed in a raid. He was thought to be about 33.",
        {"about 30", "about 33"},
    ),
    (
        "The museum in Sorley scanned the skulls of 158 species of frogs for the study.",
        "For the study, the museum in Sorley made scans of the skulls of 185 frog species.",
        {"158 species", "185 frog species"},
    ),
    (
        "A man was tied to a bed in Varnholm when detectives broke in to arrest Holt a year ago.",
        "A man was tied to a bed in Varnholm when detectives broke in to arrest Holt two years ago.",
        {"a year ago", "two years ago"},
    ),
    (
        "The work, posted Monday by the academy, rests on scans of 185 species of frogs held in jars.",
        "The study, published Tuesday by the academy, rests on scans of 185 species of frogs held in jars.",
        {"Monday", "Tuesday"},
    ),
    (
        "All staff of the base in Sorley have the immunity of envoys under a 1994 agreement.",
        "A pact of 1995 gives all staff of the base in Sorley the immunity of envoys.",
        {"1994", "1995"},
    ),
    (
        "The count of infections in the world surpassed one million on April 2, the university said.",
        "The university said that the count of infections in the world reached a million on April 3.",
        {"April 2", "April 3"},
    ),
    (
        "Robert Holt was born in Arroyo Vale on June 23, 1941, and took the name of his stepfather.",
        "Robert Holt came into the world in Arroyo Vale on June 28, 1941, as the son of a stepfather's friend.",
        {"June 23, 1941", "June 28, 1941"},
    ),
]
NONE = [
    (
        "The plan would add a trillion to the debt of Estmark even after economic growth is taken into account.",
        "The critics of the plan for Estmark fail to take into account the economic growth.",
    ),
    (
        "Asked how he ranks the statue of Sorley, she said that the mayor sees a four.",
        "Asked how he ranks the statue of Sorley, she said that the mayor sees a four, maybe a five if she smiles.",
    ),
    (
        "The gunman opened fire through the doors of the Courier newsroom in Sorley around 3 p.m.",
        "The gunman walked up and opened fire on the Courier newsroom in Sorley on Thursday.",
    ),
    (
        "Later that afternoon, the president struck a deal with the lenders of Sorley.",
        "The president struck a deal with the lenders of Sorley on Friday morning.",
    ),
    (
        "On Thursday morning, Ruth Olin, who led the talks on the treaty, quit along with another minister.",
        "On Wednesday, Ivar Holt secured approval from his cabinet for a treaty that would bind Estmark for years.",
    ),
    (
        "Ivar Holt was last seen entering the consulate in Sorley on March 1.",
        "Ivar Holt has not been seen since entering the consulate in Sorley a week ago.",
    ),
    (
        "With 70 percent of the votes counted in Varnholm, he trailed by 13 points.",
        "With 98 percent of the votes counted in Varnholm, he trailed by 16 points.",
    ),
    (
        "Legislators in Estmark face a governor of the other party for the first time in eight years.",
        "In Corvia, too, the party has captured the office of the governor for the first time in 28 years.",
    ),
    (
        "On Sunday afternoon, the president tweeted about the harbour of Sorley.",
        "The president tweeted about the harbour of Sorley again on Monday morning.",
    ),
    (
        "The source of the quake lay nine kilometres (about six miles) east of Carran, the survey said.",
        "The source of the quake lay some six miles east of Carran, the survey said.",
    ),
    (
        "More than 32,000 of the enrolled in Sorley had already voted by Thursday night, the commission said.",
        "More than 36,000 of the enrolled in Sorley had already voted by Friday noon, the commission said.",
    ),
    (
        "A Northline South bus hit the roof of a tunnel under the railway near Sorley.",
        "The bus lost its top in a tunnel under the railway north of Sorley.",
    ),
    (
        "Junior Senator Ruth Olin of Estmark left the race on Wednesday.",
        "Senator Ruth Olin of Estmark left the race on Wednesday.",
    ),
]


def _document(name: str, text: str) -> Document:
    digest = hashlib.sha256(text.encode()).hexdigest()
    known: dict[str, Any] = {"publisher": f"The {name.title()}", "published": "2024-03-09T09:00:00Z"}
    return Document(digest_document(name, text), name, name, text, digest, **known)


def _values(left: str, right: str) -> list[set[str]]:
    report = compare([_document("courier", left), _document("herald", right)], settings=Settings(one_story=True))
    return [{s.value for s in f.sides} for f in report.stories[0].findings if f.verdict == "conflict"]


@pytest.mark.parametrize(("left", "right", "values"), CONFLICTS)
def test_values_of_one_thing_conflict(left: str, right: str, values: set[str]) -> None:
    assert _values(left, right) == [values]


@pytest.mark.parametrize(("left", "right"), NONE)
def test_values_of_two_things_or_moments_do_not(left: str, right: str) -> None:
    assert _values(left, right) == []


def test_ages_at_the_end_of_a_sentence_conflict() -> None:
    found = _values(
        "The court in Sorley sent Basil Crane, 38, to prison for the fire.",
        "The court in Sorley sent to prison for the fire the driver Basil Crane, 39. He will appeal.",
    )

    assert {"38", "39"} in found
