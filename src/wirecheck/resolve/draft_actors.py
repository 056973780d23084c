"""Actors in the making: what is gathered of each, and the actor that comes of it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from wirecheck.model import Actor, ActorKind, Mention, Role, Span
from wirecheck.resolve.names import choose_name
from wirecheck.text.gazetteer import countries, fold_name, outlets, titles

_MASCULINE = re.compile(r"\b(?:Mr|Sir|Lord)\b\.?\s*$")
_FEMININE = re.compile(r"\b(?:Mrs|Ms|Miss|Dame|Lady)\b\.?\s*$")


@dataclass
class Draft:
    """An actor in the making."""

    kinds: Counter[str] = field(default_factory=Counter)
    names: Counter[str] = field(default_factory=Counter)
    mentions: list[Mention] = field(default_factory=list)
    roles: dict[str, list[Span]] = field(default_factory=lambda: defaultdict(list))
    genders: Counter[str] = field(default_factory=Counter)

    @property
    def kind(self) -> str:
        return max(sorted(self.kinds), key=lambda k: self.kinds[k]) if self.kinds else "other"

    @property
    def gender(self) -> str | None:
        best = self.genders.most_common(2)
        if not best or (len(best) > 1 and best[0][1] == best[1][1]):
            return None
        return best[0][0]

    def documents(self) -> set[str]:
        return {m.span.document for m in self.mentions}


@dataclass(frozen=True, slots=True)
class Named:
    """A mention by name with its words."""

    mention: Mention
    name: str
    before: str
    """The words of the mention before the name: its title."""


def list_actors(drafts: Iterable[Draft]) -> list[Actor]:
    """Return the actors that have a mention, each with its place as id."""
    made = []
    for draft in drafts:
        if not draft.mentions:
            continue
        kind: ActorKind = draft.kind  # type: ignore[assignment]
        name = choose_name(sorted(draft.names.items()), person=kind == "person")
        # A name is spelled as its bearer spells it where one paper does: "Erdoğan", not "Erdogan".
        name = _spell_out(name, draft.names)
        if kind == "country":
            known = {countries()[n.removeprefix("the ")].name for n in draft.names if n in countries()}
            name = min(known) if known else name
        if kind == "organization" and name in outlets():
            name = outlets()[name].name
        elif kind == "organization" and f"The {name}" in outlets():
            name = outlets()[f"The {name}"].name
        roles = tuple(Role(r, tuple(sorted(set(spans)))) for r, spans in sorted(draft.roles.items()))
        spans = tuple(sorted({m.span for m in draft.mentions}))
        made.append(
            Actor("", name, kind, tuple(sorted(draft.names)), spans, roles, draft.gender if kind == "person" else None)
        )
    return [replace(a, id=str(i)) for i, a in enumerate(made)]


def _spell_out(name: str, names: Iterable[str]) -> str:
    """Return a name with the accents that another form of it has, word by word."""
    spelled: dict[str, str] = {}
    for word in sorted(w for n in names for w in n.split() if w.isalpha() and not w.isascii()):
        spelled.setdefault(fold_name(word), word)
    return " ".join(spelled.get(fold_name(w), w) if w.isascii() and w.isalpha() else w for w in name.split(" "))


def find_gender(one: Named) -> str:
    """Return the pronoun that goes with the form of address before a name, or ""."""
    if _MASCULINE.search(one.before):
        return "he"
    if _FEMININE.search(one.before):
        return "she"
    return ""


def find_title(one: Named) -> str:
    words = fold_name(one.before).split()
    return words[-1] if words else ""


def learn_gender(draft: Draft) -> None:
    """Count what the roles of a person say of gender."""
    for role in draft.roles:
        for word in role.split():
            if word in titles().gender:
                draft.genders[titles().gender[word]] += 1
