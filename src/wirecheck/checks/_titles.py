"""Titles: the offices that documents give a person, those that rule each other out, and the body it belongs to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wirecheck.checks._stated import show_words, state_spans, tell_of
from wirecheck.comparison.values.office import Office, content_words, may_hold_both, read_offices, same_office
from wirecheck.language.dossier import Dossier, show_documents
from wirecheck.model import Actor, Finding, Side, Span


@dataclass(frozen=True, slots=True)
class Given:
    """An office that a document gives a person, with the words that give it."""

    document: str
    office: Office
    span: Span
    words: str


def list_offices(dossier: Dossier, actor: Actor) -> list[Given]:
    """Return the offices of an actor by document, then place."""
    found = []
    for role in actor.roles:
        for span in role.spans:
            words = " ".join(dossier.words(span).split())
            for office in read_offices(words):
                found.append(Given(span.document, office, with_name(dossier, actor, span), words))
    return sorted(found, key=lambda g: (dossier.shown(g.document), g.span, g.office.words))


def with_name(dossier: Dossier, actor: Actor, role: Span) -> Span:
    """Return the words of a role together with the name beside them."""
    mentions = [m for m in actor.mentions if m.document == role.document]
    around = [m for m in mentions if m.covers(role) and m != role]
    named = {w.casefold() for v in actor.variants for w in v.split()}
    for mention in around:
        if any(w.casefold() in named for w in dossier.words(mention).split()):
            return mention
    for mention in mentions:
        if 0 <= role.start - mention.end <= 16:
            return mention.join(role)
    for mention in mentions:
        if 0 <= mention.start - role.end <= 2:
            return role.join(mention)  # "the captain, Karen Oduya"
    return around[0] if around else role


def find_rival_titles(dossier: Dossier, actor: Actor, given: Sequence[Given]) -> Iterator[Finding]:
    """Yield the titles that one person cannot hold at once, where different documents give them."""
    documents = sorted({g.document for g in given}, key=dossier.shown)
    seen: set[tuple[str, str]] = set()
    spans: set[tuple[Span, ...]] = set()
    for index, left in enumerate(documents):
        for right in documents[index + 1 :]:
            for ours in _of(given, left):
                for theirs in _of(given, right):
                    if may_hold_both(ours.office, theirs.office):
                        continue
                    first, second = sorted((_title(ours.office), _title(theirs.office)))
                    if (first, second) in seen:
                        continue
                    # A document that gives both titles knows of both.
                    if _gives_both(given, ours.office, theirs.office):
                        continue
                    seen.add((first, second))
                    found = _conflict(dossier, actor, given, ours.office, theirs.office)
                    if found.evidence not in spans:
                        spans.add(found.evidence)
                        yield found


def _of(given: Sequence[Given], document: str) -> list[Given]:
    return [g for g in given if g.document == document]


def _title(office: Office) -> str:
    return " ".join([*sorted(office.portfolio), *sorted(office.unit), office.rank, office.head])


def _gives_both(given: Sequence[Given], left: Office, right: Office) -> bool:
    ours = {g.document for g in given if _alike(g.office, left)}
    theirs = {g.document for g in given if _alike(g.office, right)}
    return bool(ours & theirs)


def _alike(office: Office, model: Office) -> bool:
    return office.head == model.head and may_hold_both(office, model)


def _conflict(dossier: Dossier, actor: Actor, given: Sequence[Given], left: Office, right: Office) -> Finding:
    sides = []
    for office in (left, right):
        mine = [g for g in given if _alike(g.office, office) and (g.office.portfolio or not office.portfolio)]
        by_document: dict[str, Given] = {}
        for one in mine:
            known = by_document.get(one.document)
            if known is None or len(one.words) > len(known.words):
                by_document[one.document] = one
        chosen = [by_document[d] for d in sorted(by_document)]
        words = max((g.words for g in chosen), key=lambda w: (sum(g.words == w for g in chosen), len(w), w))
        sides.append(Side(words, tuple(g.document for g in chosen), tuple(sorted(g.span for g in chosen))))
    # Who stands alone is named first; where nobody does, whoever comes first in the story.
    order = [d.id for d in dossier.documents]
    sides.sort(key=lambda s: (len(s.documents), min(order.index(d) for d in s.documents), s.value))
    minor, major = sides
    reason = (
        f"{tell_of(dossier, minor.documents, 'call')} {actor.name} “{minor.value}”; "
        f"{tell_of(dossier, major.documents, 'call')} {_object(actor)} “{major.value}”."
    )
    return Finding(
        "conflict", "role", reason, state_spans(major.spans + minor.spans), "roles", sides=tuple(sides), weight=0.55
    )


def _object(actor: Actor) -> str:
    return {"he": "him", "she": "her"}.get(actor.gender or "", actor.name)


def find_agreed_titles(dossier: Dossier, actor: Actor, given: Sequence[Given]) -> Iterator[Finding]:
    """Yield one agreement for each office that two or more documents give a person."""
    taken: set[tuple[str, Span]] = set()
    told: list[set[Span]] = []
    for pivot in sorted(given, key=lambda g: (-len(g.words), g.span)):
        group: dict[str, Given] = {}
        for one in given:
            if (one.office.head, one.span) in taken or not same_office(pivot.office, one.office):
                continue
            known = group.get(one.document)
            if known is None or len(one.words) > len(known.words):
                group[one.document] = one
        if len(group) < 2:
            continue
        taken |= {(g.office.head, g.span) for g in given if same_office(pivot.office, g.office)}
        chosen = [group[d] for d in sorted(group)]
        if any({g.span for g in chosen} <= known for known in told):
            continue
        told.append({g.span for g in chosen})
        words = {g.words.removeprefix("the ").removeprefix("a ").removeprefix("an ") for g in chosen}
        if len(words) == 1:
            said = f"call {actor.name} “{words.pop()}”"
        else:
            shortest, longest = min(words, key=lambda w: (len(w), w)), max(words, key=lambda w: (len(w), w))
            said = f"call {actor.name} “{shortest}” and “{longest}”, which is the same"
        reason = f"{show_documents(dossier, group)} {said}."
        yield Finding(
            "agree", "role", reason, state_spans(g.span for g in chosen), "roles", weight=0.15 + 0.03 * len(group)
        )


def find_affiliations(dossier: Dossier, actor: Actor, given: Sequence[Given]) -> Iterator[Finding]:
    """Yield what documents say of the body a person belongs to: alike, or here by its name and there by its kind.

    "national weather agency spokesman" beside "of the National Weather Agency" differ in precision.
    """
    named: dict[str, Span] = {}
    words: dict[str, frozenset[str]] = {}
    for role in actor.roles:
        for span in role.spans:
            said = " ".join(dossier.words(span).split())
            if said.startswith("of "):
                named.setdefault(span.document, with_name(dossier, actor, span))
                words.setdefault(span.document, content_words(said))
    if not named:
        return
    body = max(words.values(), key=lambda w: (len(w), sorted(w)))
    alike = {d: span for d, span in named.items() if words[d] == body}
    if len(alike) > 1:
        shown = show_words(dossier, _last(alike))
        reason = f"{show_documents(dossier, alike)} place {actor.name} in the same body, {shown}."
        yield Finding("agree", "role", reason, state_spans(alike.values()), "roles", weight=0.2)
    loose = {
        g.document: g.span
        for g in given
        if g.document not in named and len(g.office.portfolio) > 1 and g.office.portfolio <= body
    }
    if loose:
        sides = (
            Side(show_words(dossier, _last(loose)), tuple(sorted(loose)), tuple(sorted(loose.values()))),
            Side(show_words(dossier, _last(alike)), tuple(sorted(alike)), tuple(sorted(alike.values()))),
        )
        reason = (
            f"{tell_of(dossier, loose, 'give')} the function of {actor.name}, {sides[0].value}; "
            f"{tell_of(dossier, alike, 'have')} the body by its name, {sides[1].value}."
        )
        every = [*loose.values(), *alike.values()]
        yield Finding(
            "compatible", "role", reason, state_spans(every), "roles", sides=sides, difference="precision", weight=0.2
        )


def _last(spans: dict[str, Span]) -> Span:
    return spans[max(spans)]
