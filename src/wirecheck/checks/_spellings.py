"""Spellings: one person whose name two documents write in two ways, of which one must be wrong.

Only names of which the first is a usual English one are held against each other: names from other scripts are spelled
by the rules of each house. A document that writes both takes no side.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from wirecheck.checks._stated import state_every, tell_of
from wirecheck.comparison.values.name import are_two_spellings
from wirecheck.language.dossier import Dossier
from wirecheck.model import Finding, Side, Span
from wirecheck.resolve.names import PersonName, read_person_name
from wirecheck.text.gazetteer import first_names

ROLE = re.compile(r"^(?:[a-z][\w’'-]*\s)+")
"""What a mention has before the name: "captain Sam Roe"."""


def check_spellings(dossier: Dossier) -> Iterator[Finding]:
    """Yield one conflict for each person whose name documents spell in two ways or more."""
    written = _list_names(dossier)
    names = sorted(written, key=lambda n: (n.last, n.first))
    home = {name: name for name in names}
    for left, right in combinations(names, 2):
        if are_two_spellings(left, right) and not _stand_together(written, left, right):
            home = {k: home[left] if v == home[right] else v for k, v in home.items()}
    families: dict[PersonName, list[PersonName]] = defaultdict(list)
    for name in names:
        families[home[name]].append(name)
    place = {d.id: n for n, d in enumerate(dossier.documents)}
    for family in families.values():
        count = {d: sum(d in written[name] for name in family) for name in family for d in written[name]}
        sides = []
        for name in family:
            spans = {d: span for d, span in written[name].items() if count[d] == 1}
            if spans:
                first = min(spans, key=place.__getitem__)
                shown = " ".join(dossier.words(spans[first]).split())
                sides.append(Side(shown, tuple(sorted(spans)), tuple(sorted(spans.values()))))
        if len(sides) > 1:
            sides.sort(key=lambda s: min(place[d] for d in s.documents))
            yield _conflict(dossier, sides)


def _list_names(dossier: Dossier) -> dict[PersonName, dict[str, Span]]:
    """Return the full names of persons, and the first place where each document writes them so."""
    found: dict[PersonName, dict[str, Span]] = defaultdict(dict)
    for actor in dossier.actors:
        if actor.kind != "person":
            continue
        for mention in sorted(actor.mentions):
            words = ROLE.sub("", " ".join(dossier.words(mention).split()))
            name = read_person_name(words)
            if not name.first or not words[:1].isupper() or "’" in words or "'" in words or len(words.split()) > 4:
                continue
            if name.first in first_names().gender:
                found[PersonName(name.first, (), name.last, "")].setdefault(mention.document, mention)
    return found


def _stand_together(written: dict[PersonName, dict[str, Span]], left: PersonName, right: PersonName) -> bool:
    """Return whether every document that writes one of two names writes both: two persons who are alike in name."""
    return set(written[left]) == set(written[right])


def _conflict(dossier: Dossier, sides: list[Side]) -> Finding:
    told = [f"{tell_of(dossier, s.documents, 'write')} {s.value}" for s in sides]
    stated = state_every(span for side in sides for span in side.spans)
    reason = f"One name in two spellings: {'; '.join(told)}."
    return Finding("conflict", "role", reason, stated, "roles", sides=tuple(sides), weight=0.35)
