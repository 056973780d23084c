"""People of a draft: whether the sources name them, and give them the office that the draft does."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from wirecheck.comparison.values import Written
from wirecheck.comparison.values.name import are_two_spellings
from wirecheck.comparison.values.office import compare_offices, content_words, read_offices
from wirecheck.drafts.case import Case
from wirecheck.model import Actor, Backing, DraftItem, DraftVerdict, Mention, Span
from wirecheck.resolve.names import read_person_name
from wirecheck.text.alignment import list_words
from wirecheck.text.gazetteer import titles

FULL_NAME = 2
"""Words of a name from which on it is told that sources have it too."""
BESIDE = 10
"""Words on either side of a name in which its office stands."""


def check_names(case: Case, is_passed: Callable[[Span], bool]) -> Iterator[DraftItem]:
    """Yield an item for the office that the draft gives somebody, or for the first place of a name without one.

    What is passed over is left out.
    """
    told: set[str] = set()
    for actor in case.dossier.actors:
        if actor.kind != "person":
            continue
        known = any(m.document in case.source for m in _named(case, actor))
        offices = {s for r in actor.roles for s in r.spans if s.document == case.draft.id}
        if known:
            for span in sorted(offices):
                if not is_passed(span):
                    item = _check_office(case, actor, span)
                    if item is not None:
                        told.add(actor.id)
                        yield item
        if actor.id not in told:
            yield from _check_name(case, actor, is_passed, known=known)


def _named(case: Case, actor: Actor) -> list[Span]:
    """Return the mentions of an actor that name him, not those by pronoun or by office alone."""
    return [s for s in actor.mentions if (m := _mention(case, s)) is not None and m.name is not None]


def _mention(case: Case, span: Span) -> Mention | None:
    return case.mentions.get(span)


def _check_office(case: Case, actor: Actor, span: Span) -> DraftItem | None:
    own = Written(span, case.words(span))
    if not any(o.head.split()[-1] in titles().offices for o in read_offices(own.words)):
        return None
    given = [s for r in actor.roles for s in r.spans if s.document in case.source and read_offices(case.words(s))]
    found: dict[str, list[Span]] = {}
    for other in sorted(given, key=case.place):
        words = case.words(other)
        how: str = compare_offices(own, Written(other, words)).comparison
        if how == "coarser" and not content_words(own.words) <= content_words(words):
            how = "vaguer"  # the source says less: "minister"
        found.setdefault(how, []).append(other)
    if not found.keys() & {"equal", "coarser", "excluded"}:
        found.setdefault("equal", []).extend(_find_beside(case, actor, own.words))
    steps: tuple[tuple[str, DraftVerdict], ...] = (
        ("equal", "supported"),
        ("coarser", "supported"),
        ("excluded", "conflict"),
        ("vaguer", "supported"),
        ("open", "not-found"),
    )
    verdict, spans = next(((verdict, found[how]) for how, verdict in steps if found.get(how)), ("not-found", []))
    if not spans:
        reason = f"No source gives {actor.name} an office; the draft has “{own.words}”."
        return DraftItem("office", span, "not-found", reason, look=True)
    names = case.name(s.document for s in spans)
    calls = "calls" if len({s.document for s in spans}) == 1 else "call"
    reason = f"{names} {calls} {actor.name} “{case.words(spans[0])}”"
    if verdict != "supported":
        reason += f"; the draft has “{own.words}”"
    return DraftItem("office", span, verdict, f"{reason}.", verdict != "supported", tuple(Backing(s) for s in spans))


def _find_beside(case: Case, actor: Actor, role: str) -> list[Span]:
    """Return where a source has all words of a role next to the last name of a person, however it puts them."""
    wanted = {w.key for w in list_words(role) if w.is_content}
    last = [w.key for w in list_words(actor.name)][-1:]
    found = []
    for source in case.sources:
        for place in source.places.get(last[0], ()) if last and wanted else ():
            first, end = max(0, place - BESIDE), min(len(source.words), place + BESIDE)
            near = [n for n in range(first, end) if source.keys[n] in wanted]
            if wanted <= {source.keys[n] for n in near}:
                found.append(source.span(min(*near, place), max(*near, place) + 1))
                break
    return found


def _check_name(case: Case, actor: Actor, is_passed: Callable[[Span], bool], *, known: bool) -> Iterator[DraftItem]:
    own = sorted(s for s in _named(case, actor) if s.document == case.draft.id)
    own = [s for s in own if not is_passed(s)]
    names = [m.name for s in own if (m := _mention(case, s)) is not None and m.name is not None]
    if not names:
        return
    first = max(names, key=lambda s: (len(case.words(s).split()), -s.start))
    if known and len(case.words(first).split()) < FULL_NAME:
        return
    if known:
        spans = sorted((s for s in _named(case, actor) if s.document in case.source), key=case.place)
        firsts = list({s.document: s for s in reversed(spans)}.values())
        reason = f"{case.name(s.document for s in firsts)} {'names' if len(firsts) == 1 else 'name'} {actor.name}."
        yield DraftItem("name", first, "supported", reason, False, tuple(Backing(s) for s in reversed(firsts)))
        return
    words = case.words(first)
    ours = read_person_name(words)
    for other in case.dossier.actors:
        if other.kind != "person" or other.id == actor.id or not are_two_spellings(ours, read_person_name(other.name)):
            continue
        spans = sorted((s for s in _named(case, other) if s.document in case.source), key=case.place)
        if spans:
            reason = f"{case.name([spans[0].document])} has “{case.words(spans[0])}”; the draft has “{words}”."
            yield DraftItem("name", first, "conflict", reason, True, (Backing(spans[0]),))
            return
    if not any(source.find(list_words(words)) for source in case.sources):
        yield DraftItem("name", first, "not-found", f"No source names {words}.", look=True)
