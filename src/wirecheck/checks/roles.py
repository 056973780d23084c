"""Roles: title, office, age, kinship and first name of one person in several documents.

Two titles that one person can rightly hold are no conflict: a former and a present office, a short form, a post and a
profession. A conflict needs one portfolio under two official titles, one post in two units, two countries, two ages, or
an older sister who is the younger one elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator

from wirecheck.checks import Check
from wirecheck.checks._ages import find_ages
from wirecheck.checks._first_names import find_first_names
from wirecheck.checks._siblings import find_siblings
from wirecheck.checks._spellings import check_spellings
from wirecheck.checks._titles import find_affiliations, find_agreed_titles, find_rival_titles, list_offices
from wirecheck.language.dossier import Dossier
from wirecheck.model import Finding, Point
from wirecheck.resolve.names import read_person_name


def check_roles(dossier: Dossier, points: tuple[Point, ...]) -> Iterator[Finding]:
    """Yield findings on what documents call a person."""
    persons = [a for a in dossier.actors if a.kind == "person" and any(read_person_name(n).last for n in a.variants)]
    for actor in persons:
        given = list_offices(dossier, actor)
        yield from find_rival_titles(dossier, actor, given)
        yield from find_agreed_titles(dossier, actor, given)
        yield from find_affiliations(dossier, actor, given)
        yield from find_ages(dossier, actor)
    yield from find_siblings(dossier, persons)
    yield from find_first_names(dossier, persons)
    yield from check_spellings(dossier)


CHECK = Check(
    name="roles",
    version=2,
    kind="role",
    summary="Titles, offices, ages, kinship and first names of one person in several documents.",
    find=check_roles,
)
