"""The words that report: verbs and what classes of words stand around them, from `data/reporting.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

TOKEN = re.compile(r"[^\W_]+(?:[’'.&-][^\W_]+)*|[,;:—–()]|--")


@dataclass(frozen=True)
class Lexicon:
    """The word lists, with every form of each verb."""

    classes: Mapping[str, frozenset[str]]
    """Class name → lemmas."""
    lemma_of: Mapping[str, str]
    """Verb form → lemma, for every verb of the lists."""
    not_content: Mapping[str, frozenset[str]]
    """Construction → lemmas that attribute nothing in it."""
    about: frozenset[str]
    """Verb and preposition: "call for"."""
    irregular: Mapping[str, list[str]]

    def verb(self, form: str) -> str | None:
        """Return the lemma of a form of a reporting verb, or None."""
        return self.lemma_of.get(form)

    def is_in(self, lemma: str, *classes: str) -> bool:
        return any(lemma in self.classes[c] for c in classes)


def listed(name: str) -> frozenset[str]:
    """Return one word list by its name; raises `KeyError` for a name that `data/reporting.toml` lacks."""
    return lexicon().classes[name]


@cache
def lexicon() -> Lexicon:
    """Return the word lists of `data/reporting.toml`."""
    listed = tomllib.loads(files("wirecheck.annotators").joinpath("data/reporting.toml").read_text("utf-8"))
    irregular: dict[str, list[str]] = listed.pop("irregular")
    not_content = {name: frozenset(words) for name, words in listed.pop("not_content").items()}
    about = frozenset(listed.pop("about")["pairs"])
    classes = {name: frozenset(words) for name, words in listed.items()}
    lemma_of: dict[str, str] = {}
    for name in ("say", "think", "call", "judge", "show"):
        for lemma in listed[name]:
            if " " in lemma:
                continue
            for form in [lemma, *(irregular.get(lemma) or inflect(lemma))]:
                lemma_of.setdefault(form, lemma)
    return Lexicon(classes, lemma_of, not_content, about, irregular)


def forms_of(lemma: str) -> list[str]:
    """Return the forms of a verb of the lists, the irregular ones included."""
    return list(lexicon().irregular.get(lemma) or inflect(lemma))


def inflect(lemma: str) -> list[str]:
    """Return the regular forms of a verb: third person, past, gerund.

    >>> inflect("reply"), inflect("urge")
    (['replies', 'replied', 'replying'], ['urges', 'urged', 'urging'])
    """
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        return [lemma[:-1] + "ies", lemma[:-1] + "ied", lemma + "ing"]
    if lemma.endswith("ee"):
        return [lemma + "s", lemma + "d", lemma + "ing"]
    if lemma.endswith("e"):
        return [lemma + "s", lemma + "d", lemma[:-1] + "ing"]
    if lemma.endswith(("s", "sh", "ch", "x", "z", "o")):
        return [lemma + "es", lemma + "ed", lemma + "ing"]
    return [lemma + "s", lemma + "ed", lemma + "ing"]


def list_tokens(text: str, start: int, end: int) -> list[re.Match[str]]:
    return list(TOKEN.finditer(text, start, end))
