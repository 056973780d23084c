"""One person under two first names: two names for one office, in documents where the two never meet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from wirecheck.checks._stated import state_spans, tell_of
from wirecheck.checks._titles import list_offices
from wirecheck.comparison.values.office import Office, may_hold_both, same_office
from wirecheck.language.dossier import Dossier
from wirecheck.model import Actor, Finding, Side, Span
from wirecheck.resolve.names import person_names_fit, read_person_name
from wirecheck.text.gazetteer import load_list

# Two first names for one of these offices cannot both be right.
_UNIQUE = frozenset(load_list("titles")["unique"]["words"])


def find_first_names(dossier: Dossier, persons: Sequence[Actor]) -> Iterator[Finding]:
    """Yield persons of one surname and one office who never meet in a document: one person misnamed, or two."""
    by_surname: dict[str, list[Actor]] = defaultdict(list)
    for actor in persons:
        parts = read_person_name(actor.name)
        if parts.first:
            by_surname[parts.last].append(actor)
    for _, actors in sorted(by_surname.items()):
        for index, left in enumerate(actors):
            for right in actors[index + 1 :]:
                found = _one_office(dossier, left, right)
                if found is not None:
                    yield found


def _one_office(dossier: Dossier, left: Actor, right: Actor) -> Finding | None:
    if {m.document for m in left.mentions} & {m.document for m in right.mentions}:
        return None
    if person_names_fit(left.name, right.name):
        return None  # "John Roe" and "John F. Roe", whom nothing else brought together
    ours, theirs = list_offices(dossier, left), list_offices(dossier, right)
    for one in ours:
        for other in theirs:
            alike = _are_alike(left, right) and one.office.head == other.office.head
            alike = alike and may_hold_both(one.office, other.office)
            if not alike and (
                not same_office(one.office, other.office)
                or one.office.past
                or not _says_enough(one.office, other.office)
            ):
                continue
            unique = one.office.head in _UNIQUE or alike
            sides = []
            first = min((dossier.shown(g.document), g.span) for g in ours) <= min(
                (dossier.shown(g.document), g.span) for g in theirs
            )
            for actor, given in ((left, ours), (right, theirs)) if first else ((right, theirs), (left, ours)):
                spans: dict[str, Span] = {}
                for g in given:
                    if same_office(g.office, one.office) or (alike and g.office.head == one.office.head):
                        spans.setdefault(g.document, g.span)
                sides.append(Side(actor.name, tuple(sorted(spans)), tuple(sorted(spans.values()))))
            role = min((one.words, other.words), key=lambda w: (len(w), w)).removeprefix("the ").removeprefix("a ")
            told = [tell_of(dossier, s.documents, "say") for s in sides]
            reason = f"{told[0]} the {role} is {sides[0].value}; {told[1]} {sides[1].value}."
            statements = state_spans(sides[0].spans + sides[1].spans)
            verdict = "conflict" if unique else "undecided"
            return Finding(verdict, "role", reason, statements, "roles", sides=tuple(sides), weight=0.65)  # type: ignore[arg-type]
    return None


def _are_alike(left: Actor, right: Actor) -> bool:
    """Return whether two first names begin alike or differ in a letter or two: Nora and Norma, Paul and Saul."""
    one, other = read_person_name(left.name).first, read_person_name(right.name).first
    return len(one) > 1 and len(other) > 1 and (one[0] == other[0] or one[1:] == other[1:])


def _says_enough(left: Office, right: Office) -> bool:
    """Return whether two titles tell one post from others: a unique one, or one with its place or portfolio in both."""
    if left.head in _UNIQUE:
        return not (left.scope and right.scope and not left.scope & right.scope)
    return bool(left.scope & right.scope) or bool(left.portfolio & right.portfolio)
