"""Reviewed lists of titles, countries, places, organizations, outlets and first names (`text/data/*.toml`)."""

from __future__ import annotations

import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal


@cache
def load_list(name: str) -> dict[str, Any]:
    """Return a list of `text/data` by file name without its ending; raises `FileNotFoundError` for an unknown one."""
    return tomllib.loads(resources.files("wirecheck.text").joinpath("data", f"{name}.toml").read_text("utf-8"))


@cache
def listed(name: str) -> frozenset[str]:
    """Return the words of a table of `function_words.toml`; raises `KeyError` for a name that is none."""
    return frozenset(load_list("function_words")[name]["words"])


@cache
def common_words() -> frozenset[str]:
    """Return the common words of `english.toml`, those that begin sentences included, in small letters."""
    data = load_list("english")
    return frozenset((*data["common"], *data["starters"]))


def fold_name(name: str) -> str:
    """Return a name without case, accents, full stops and style of apostrophes, for comparison.

    >>> fold_name("Jean-Noël  O’Brien Jr.")
    "jean-noel o'brien jr"
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return " ".join(plain.replace("’", "'").replace("ʼ", "'").replace(".", "").casefold().split())


@dataclass(frozen=True, slots=True)
class Titles:
    """Words for offices and persons, all in small letters without full stops."""

    courtesy: dict[str, str]
    abbreviations: dict[str, str]
    offices: frozenset[str]
    modifiers: frozenset[str]
    phrases: frozenset[str]
    persons: frozenset[str]
    kinship: dict[str, str]
    gender: dict[str, str]
    groups: frozenset[str]
    bodies: frozenset[str]
    equals: dict[str, str]
    rivals: tuple[frozenset[str], ...]


@cache
def titles() -> Titles:
    """Return the lists of `titles.toml`."""
    data = load_list("titles")
    gender = dict.fromkeys(data["gendered"]["he"], "he") | dict.fromkeys(data["gendered"]["she"], "she")
    gender |= {word: pronoun for word, pronoun in data["kinship"].items() if pronoun}
    return Titles(
        courtesy={k.casefold(): v for k, v in data["courtesy"].items()},
        abbreviations={k.casefold(): v for k, v in data["abbreviations"].items()},
        offices=frozenset(data["offices"]["words"]),
        modifiers=frozenset(data["modifiers"]["words"]),
        phrases=frozenset(data["phrases"]["words"]),
        persons=frozenset(data["persons"]["words"]),
        kinship=data["kinship"],
        gender=gender,
        groups=frozenset(data["groups"]["words"]),
        bodies=frozenset(data["bodies"]["words"]),
        equals={word: group[0] for group in data["equals"]["groups"] for word in group},
        rivals=tuple(frozenset(group) for group in data["rivals"]["groups"]),
    )


@dataclass(frozen=True, slots=True)
class Country:
    """What a country word means: the country, and whether it is a name, a demonym, a capital or a seat."""

    name: str
    form: Literal["name", "demonym", "capital", "seat"]


@cache
def countries() -> dict[str, Country]:
    """Return every word for a country, as written ("U.S.", "Kyiv", "Frenchman", "White House")."""
    found: dict[str, Country] = {}
    for name, entry in load_list("countries")["countries"].items():
        for seat in entry.get("seats", ()):
            found.setdefault(_bare(seat), Country(name, "seat"))
        for capital in entry.get("capitals", ()):
            found.setdefault(capital, Country(name, "capital"))
        for demonym in entry.get("demonyms", ()):
            found.setdefault(demonym, Country(name, "demonym"))
    for name, entry in load_list("countries")["countries"].items():
        for alias in (name, *entry.get("aliases", ())):
            found[_bare(alias)] = Country(name, "name")
    return found


def _bare(name: str) -> str:
    return name[4:] if name.startswith("the ") else name


@dataclass(frozen=True, slots=True)
class Places:
    """Words for places that are no countries."""

    names: frozenset[str]
    states: dict[str, str]
    """State by every form of its name, abbreviations with their full stop."""
    heads: frozenset[str]
    first: frozenset[str]
    adjectives: dict[str, str]


@cache
def places() -> Places:
    """Return the lists of `places.toml`."""
    data = load_list("places")
    states = {form: name for name, forms in data["states"].items() for form in (name, *forms)}
    return Places(
        frozenset(data["names"]["words"]),
        states,
        frozenset(data["heads"]["words"]),
        frozenset(data["heads"]["first"]),
        data["adjectives"],
    )


@dataclass(frozen=True, slots=True)
class Organizations:
    """Words for organizations and vessels."""

    heads: frozenset[str]
    first: frozenset[str]
    legal: frozenset[str]
    things: frozenset[str]
    acronyms: dict[str, str]
    known: frozenset[str]
    vessels: frozenset[str]


@cache
def organizations() -> Organizations:
    """Return the lists of `organizations.toml`."""
    data = load_list("organizations")
    return Organizations(
        frozenset(data["heads"]["words"]),
        frozenset(data["heads"]["first"]),
        frozenset(data["heads"]["legal"]),
        frozenset(data["heads"]["things"]),
        data["acronyms"],
        frozenset(data["known"]["names"]),
        frozenset(data["vessels"]["words"]),
    )


@dataclass(frozen=True, slots=True)
class FirstNames:
    """First names by the pronoun that they imply, folded; short forms by group."""

    gender: dict[str, str]
    """"he", "she" or "" for a name given to both."""
    short: dict[str, frozenset[str]]
    """For a name all names that may stand for it, itself among them."""
    particles: frozenset[str]
    suffixes: frozenset[str]


@cache
def first_names() -> FirstNames:
    """Return the lists of `names.toml`."""
    data = load_list("names")
    gender: dict[str, str] = {}
    for key, pronoun in (("he", "he"), ("she", "she"), ("both", "")):
        for name in data[key]["names"]:
            folded = fold_name(name)
            gender[folded] = pronoun if gender.get(folded, pronoun) == pronoun else ""
    short: dict[str, set[str]] = {}
    for group in data["short"]["groups"]:
        folded_group = {fold_name(name) for name in group}
        long, *forms = (fold_name(name) for name in group)
        short.setdefault(long, set()).update(folded_group)
        for form in forms:
            short.setdefault(form, {form}).add(long)
    return FirstNames(
        gender,
        {name: frozenset(forms) for name, forms in short.items()},
        frozenset(data["particles"]["words"]),
        frozenset(data["suffixes"]["words"]),
    )


@dataclass(frozen=True, slots=True)
class Outlet:
    """An outlet of `outlets.toml`: its full name and its kind."""

    name: str
    kind: Literal["agency", "broadcast", "publisher", "social"]


@cache
def outlets() -> dict[str, Outlet]:
    """Return every outlet by every form of its name, as written; a form without "The" stands beside one with it."""
    data = load_list("outlets")
    found: dict[str, Outlet] = {}
    kinds: tuple[Literal["agency", "broadcast", "publisher", "social"], ...] = (
        "agency",
        "broadcast",
        "publisher",
        "social",
    )
    for kind in kinds:
        for name, forms in data[kind].items():
            for form in (name, *forms):
                found.setdefault(form, Outlet(name, kind))
    return found
