"""Roles: title, office, age, kinship and first name of one person in several documents.

Two titles that one person can rightly hold are no conflict: a former and a present office, a short form, a post and a
profession. A conflict needs one portfolio under two official titles, one post in two units, two countries, two ages, or
an older sister who is the younger one elsewhere.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from wirecheck.checks import Check
from wirecheck.checks._spellings import check_spellings
from wirecheck.checks._stated import outermost, show_documents, show_words
from wirecheck.comparison.values.office import Office, content_words, may_hold_both, read_offices, same_office
from wirecheck.comparison.values.time import first_day
from wirecheck.language.dossier import Dossier
from wirecheck.model import Actor, Annotations, Document, Finding, Point, Side, Span, Stated, Verdict
from wirecheck.points.compatibility import subject_actor
from wirecheck.resolve.coreference import candidates_for
from wirecheck.resolve.names import person_names_fit, read_person_name
from wirecheck.text.gazetteer import load_list
from wirecheck.text.quantities import find_amounts

# Two first names for one of these offices cannot both be right.
_UNIQUE = frozenset(load_list("titles")["unique"]["words"])
_ORDER = {"older": 1, "elder": 1, "eldest": 1, "big": 1, "younger": -1, "youngest": -1, "little": -1, "kid": -1}
_SIBLING = r"(?:half-)?(?:sister|brother|sibling|twin)s?"
_APPOSED = re.compile(rf"\b(?P<order>{'|'.join(_ORDER)})\s(?P<kin>{_SIBLING})\b(?:\s(?:of|to)\s)?", re.IGNORECASE)
_DAYS_OF_ONE_AGE = 7
"""Documents published so many days apart give one age, or one of them errs; between later ones a birthday may lie."""
_AGE = re.compile(r"(?<![\d,.])(\d{1,3})(?:[- ]years?[- ]old\b)", re.IGNORECASE)
_AGE_LED = re.compile(r"(?<![\w-])((?:\d{1,3}|[A-Za-z]+(?:-[a-z]+)?)[- ]years?[- ]old)\s(?:[A-Za-z-]+\s){0,2}$")
_AGE_APPOSED = re.compile(r",\s(\d{1,3})[,.](?=\s)")
_AGE_TOLD = re.compile(r"\b(?:is|was)\s(\d{1,3})(?=\.?$)")


_FIRST_OF_TWO = re.compile(r"\sand\s(?:[A-Z][\w.’'-]+\s?){1,4},\s(\d{1,3})\sand\s\d{1,3}(?=[,.;])")
_SECOND_OF_TWO = re.compile(r",\s\d{1,3}\sand\s(\d{1,3})(?=[,.;])")


@dataclass(frozen=True, slots=True)
class _Given:
    """An office that a document gives a person, with the words that give it."""

    document: str
    office: Office
    span: Span
    words: str


def check_roles(dossier: Dossier, points: tuple[Point, ...]) -> Iterator[Finding]:
    """Yield findings on what documents call a person."""
    persons = [a for a in dossier.actors if a.kind == "person" and any(read_person_name(n).last for n in a.variants)]
    for actor in persons:
        given = _offices_of(dossier, actor)
        yield from _rival_titles(dossier, actor, given)
        yield from _agreed_titles(dossier, actor, given)
        yield from _affiliations(dossier, actor, given)
        yield from _ages(dossier, actor)
    yield from _siblings(dossier, persons)
    yield from _first_names(dossier, persons)
    yield from check_spellings(dossier)


# --- titles ----------------------------------------------------------------------------------------------------------


def _offices_of(dossier: Dossier, actor: Actor) -> list[_Given]:
    """Return the offices of an actor by document, then place."""
    found = []
    for role in actor.roles:
        for span in role.spans:
            words = " ".join(dossier.words(span).split())
            for office in read_offices(words):
                found.append(_Given(span.document, office, _with_name(dossier, actor, span), words))
    return sorted(found, key=lambda g: (dossier.shown(g.document), g.span, g.office.words))


def _with_name(dossier: Dossier, actor: Actor, role: Span) -> Span:
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


def _rival_titles(dossier: Dossier, actor: Actor, given: Sequence[_Given]) -> Iterator[Finding]:
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


def _of(given: Sequence[_Given], document: str) -> list[_Given]:
    return [g for g in given if g.document == document]


def _title(office: Office) -> str:
    return " ".join([*sorted(office.portfolio), *sorted(office.unit), office.rank, office.head])


def _gives_both(given: Sequence[_Given], left: Office, right: Office) -> bool:
    ours = {g.document for g in given if _alike(g.office, left)}
    theirs = {g.document for g in given if _alike(g.office, right)}
    return bool(ours & theirs)


def _alike(office: Office, model: Office) -> bool:
    return office.head == model.head and may_hold_both(office, model)


def _conflict(dossier: Dossier, actor: Actor, given: Sequence[_Given], left: Office, right: Office) -> Finding:
    sides = []
    for office in (left, right):
        mine = [g for g in given if _alike(g.office, office) and (g.office.portfolio or not office.portfolio)]
        by_document: dict[str, _Given] = {}
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
        f"{show_documents(dossier, minor.documents)} {_call(minor.documents)} {actor.name} “{minor.value}”; "
        f"{show_documents(dossier, major.documents)} {_call(major.documents)} {_object(actor)} “{major.value}”."
    )
    return Finding(
        "conflict", "role", reason, _state(major.spans + minor.spans), "roles", sides=tuple(sides), weight=0.55
    )


def _call(documents: Sequence[str]) -> str:
    return "calls" if len(documents) == 1 else "call"


def _object(actor: Actor) -> str:
    return {"he": "him", "she": "her"}.get(actor.gender or "", actor.name)


def _agreed_titles(dossier: Dossier, actor: Actor, given: Sequence[_Given]) -> Iterator[Finding]:
    """Yield one agreement for each office that two or more documents give a person."""
    taken: set[tuple[str, Span]] = set()
    told: list[set[Span]] = []
    for pivot in sorted(given, key=lambda g: (-len(g.words), g.span)):
        group: dict[str, _Given] = {}
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
        yield Finding("agree", "role", reason, _state(g.span for g in chosen), "roles", weight=0.15 + 0.03 * len(group))


def _state(spans: Iterable[Span]) -> tuple[Stated, ...]:
    by_document: dict[str, list[Span]] = defaultdict(list)
    for span in outermost(spans):
        by_document[span.document].append(span)
    return tuple(Stated(d, tuple(sorted(by_document[d]))) for d in sorted(by_document))


# --- membership ------------------------------------------------------------------------------------------------------


def _affiliations(dossier: Dossier, actor: Actor, given: Sequence[_Given]) -> Iterator[Finding]:
    """Yield what documents say of the body a person belongs to: alike, or here by its name and there by its kind.

    "national weather agency spokesman" beside "of the National Weather Agency" differ in precision.
    """
    named: dict[str, Span] = {}
    words: dict[str, frozenset[str]] = {}
    for role in actor.roles:
        for span in role.spans:
            said = " ".join(dossier.words(span).split())
            if said.startswith("of "):
                named.setdefault(span.document, _with_name(dossier, actor, span))
                words.setdefault(span.document, content_words(said))
    if not named:
        return
    body = max(words.values(), key=lambda w: (len(w), sorted(w)))
    alike = {d: span for d, span in named.items() if words[d] == body}
    if len(alike) > 1:
        shown = show_words(dossier, _last(alike))
        reason = f"{show_documents(dossier, alike)} place {actor.name} in the same body, {shown}."
        yield Finding("agree", "role", reason, _state(alike.values()), "roles", weight=0.2)
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
            f"{show_documents(dossier, loose)} {'gives' if len(loose) == 1 else 'give'} the function of {actor.name}, "
            f"{sides[0].value}; {show_documents(dossier, alike)} {'has' if len(alike) == 1 else 'have'} the body by "
            f"its name, {sides[1].value}."
        )
        every = [*loose.values(), *alike.values()]
        yield Finding(
            "compatible", "role", reason, _state(every), "roles", sides=sides, difference="precision", weight=0.2
        )


def _last(spans: dict[str, Span]) -> Span:
    return spans[max(spans)]


# --- ages ------------------------------------------------------------------------------------------------------------


def _ages(dossier: Dossier, actor: Actor) -> Iterator[Finding]:
    """Yield an agreement or a conflict about a person's age: "a 22-year-old resident", "Jane Roe, 22,"."""
    found: dict[int, dict[str, Span]] = defaultdict(dict)
    for role in actor.roles:
        for span in role.spans:
            match = _AGE.search(dossier.words(span))
            age = (
                int(match[1])
                if match is not None
                else next((int(a.low) for a in find_amounts(dossier.words(span)) if a.kind == "age"), None)
            )
            if age is not None:
                found[age].setdefault(span.document, _with_name(dossier, actor, span))
    for mention in actor.mentions:
        document = dossier.document(mention.document)
        match = _AGE_APPOSED.match(document.text, mention.end)
        if match is not None:
            found[int(match[1])].setdefault(mention.document, document.span(mention.start, match.end(1)))
        for age in _read_paired_age(document, mention):
            found[age].setdefault(mention.document, mention)
        led = _AGE_LED.search(document.text, max(0, mention.start - 60), mention.start)
        if led is not None and not re.search(r"\bthen[-\s]*$", document.text[max(0, led.start() - 6) : led.start()]):
            age = next((int(a.low) for a in find_amounts(led[1]) if a.kind == "age"), None)
            if age is not None:
                found[age].setdefault(mention.document, document.span(led.start(1), mention.end))
    for statement in dossier.statements:
        # "He was 22 years old."
        if statement.relation == "be" and subject_actor(statement) == actor.id:
            plain = _AGE_TOLD.search(dossier.words(statement.span))
            if plain is not None:  # "He was 22."
                found[int(plain[1])].setdefault(statement.document, statement.span)
            for quantity in statement.quantities:
                if quantity.kind == "age" and quantity.unit == "year" and quantity.low == int(quantity.low) > 0:
                    found[int(quantity.low)].setdefault(statement.document, statement.span)
    documents = {d for spans in found.values() for d in spans}
    if len(documents) < 2:
        return
    if len(found) == 1:
        age, spans = next(iter(found.items()))
        reason = f"{show_documents(dossier, spans)} give the age of {actor.name} as {age}."
        yield Finding("agree", "role", reason, _state(spans.values()), "roles", weight=0.2)
        return
    if any(sum(d in spans for spans in found.values()) > 1 for d in documents):
        return  # a document that gives two ages speaks of two times
    sides = tuple(
        Side(str(age), tuple(sorted(spans)), tuple(sorted(spans.values()))) for age, spans in sorted(found.items())
    )
    told = [
        f"{show_documents(dossier, s.documents)} {'says' if len(s.documents) == 1 else 'say'} {s.value}" for s in sides
    ]
    reason = f"The age of {actor.name}: {'; '.join(told)}."
    every = [span for spans in found.values() for span in spans.values()]
    verdict: Verdict = "conflict" if _are_of_one_time(dossier, sides) else "undecided"
    yield Finding(verdict, "role", reason, _state(every), "roles", sides=sides, weight=0.6)


def _are_of_one_time(dossier: Dossier, sides: Sequence[Side]) -> bool:
    """Return whether the documents of all sides were published within days of each other, as far as it shows.

    Of undated ones, a document that gives the year with its days ("June 24, 2005") looks back at what the others, which
    do not, report as new.
    """
    days = [first_day((dossier.document(d).published or "")[:10]) for s in sides for d in s.documents]
    known = [d for d in days if d is not None]
    if len(known) == len(days):
        return (max(known) - min(known)).days <= _DAYS_OF_ONE_AGE
    dated = {d for d, noted in zip(dossier.documents, dossier.annotations, strict=True) if _gives_years(d, noted)}
    looking_back = [any(dossier.document(i) in dated for i in s.documents) for s in sides]
    return all(looking_back) or not any(looking_back)


def _gives_years(document: Document, noted: Annotations) -> bool:
    return any(
        d.precision in ("day", "month") and re.search(r"\b(?:19|20)\d\d\b", document.text[d.span.start : d.span.end])
        for d in noted.dates
    )


# --- brothers and sisters --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Sibling:
    """Words that make one person the older (+1) or younger (-1) sibling of another; `who` None: "by older sister"."""

    document: str
    who: str | None
    of: str
    order: int
    kin: str
    span: Span


def _read_paired_age(document: Document, mention: Span) -> Iterator[int]:
    """Yield the age of one of two who are named with both: "Ann Roe and Ben Lund, 40 and 49,"."""
    first = _FIRST_OF_TWO.match(document.text, mention.end)
    before = document.text[max(0, mention.start - 5) : mention.start]
    second = _SECOND_OF_TWO.match(document.text, mention.end) if before.endswith(" and ") else None
    if first is not None or second is not None:
        yield int((first or second)[1])  # type: ignore[index]


def _siblings(dossier: Dossier, persons: Sequence[Actor]) -> Iterator[Finding]:
    facts = sorted(_sibling_facts(dossier, persons), key=lambda f: (f.span, f.of, f.order))
    siblings: dict[str, set[str]] = defaultdict(set)
    for fact in facts:
        if fact.who is not None:
            siblings[fact.of].add(fact.who)
            siblings[fact.who].add(fact.of)
    pairs: dict[tuple[str, str], list[tuple[int, _Sibling]]] = defaultdict(list)
    for fact in facts:
        who = fact.who or (next(iter(siblings[fact.of])) if len(siblings[fact.of]) == 1 else None)
        if who is None or who == fact.of:
            continue
        first, second = sorted((who, fact.of))
        pairs[first, second].append((fact.order if who == first else -fact.order, fact))
    names = {a.id: a.name for a in persons}
    for (first, second), told in sorted(pairs.items()):
        older = [f for order, f in told if order > 0]
        younger = [f for order, f in told if order < 0]
        if older and younger:
            yield _sibling_conflict(dossier, names[first], names[second], older, younger)
        for elder, junior, facts_of in ((first, second, older), (second, first, younger)):
            spans = _one_each(facts_of)
            if len(spans) > 1:
                reason = f"{show_documents(dossier, spans)} make {names[elder]} the older sibling of {names[junior]}."
                yield Finding("agree", "role", reason, _state(spans.values()), "roles", weight=0.35)


def _one_each(facts: Sequence[_Sibling]) -> dict[str, Span]:
    found: dict[str, Span] = {}
    for fact in facts:
        found.setdefault(fact.document, fact.span)
    return found


def _sibling_conflict(
    dossier: Dossier, first: str, second: str, older: Sequence[_Sibling], younger: Sequence[_Sibling]
) -> Finding:
    sides = []
    told = []
    for elder, junior, facts in ((first, second, older), (second, first, younger)):
        documents = tuple(sorted({f.document for f in facts}))
        sides.append(Side(f"{elder} is older than {junior}", documents, tuple(sorted(f.span for f in facts))))
        words = show_words(dossier, facts[0].span)
        shown = show_documents(dossier, documents)
        title = dossier.document(facts[0].document).title_span
        if len(facts) == 1 and title is not None and title.covers(facts[0].span):
            shown = f"the headline of {shown}"
        verb = "makes" if len(documents) == 1 else "make"
        told.append(f"{shown} {verb} {elder} the older ({words})")
    reason = f"Which of {first} and {second} is older: {'; '.join(told)}."
    spans = [f.span for f in (*older, *younger)]
    return Finding("conflict", "role", reason, _state(spans), "roles", sides=tuple(sides), weight=0.6)


def _sibling_facts(dossier: Dossier, persons: Sequence[Actor]) -> Iterator[_Sibling]:
    for reading in dossier.readings:
        document = reading.document
        for sentence in reading.sentences:
            text = reading.words(sentence.start, sentence.end)
            for match in _APPOSED.finditer(text):
                fact = _sibling_fact(dossier, persons, document.id, sentence.start, text, match)
                if fact is not None:
                    yield fact


def _sibling_fact(
    dossier: Dossier, persons: Sequence[Actor], document: str, offset: int, text: str, match: re.Match[str]
) -> _Sibling | None:
    """Return who is whose older or younger sibling in the words around "older sister", None where that is not said."""
    places = sorted(
        (m.start - offset, m.end - offset, a.id)
        for a in persons
        for m in a.mentions
        if m.document == document and offset <= m.start < offset + len(text) and text[m.start - offset].isupper()
    )
    before = [p for p in places if p[1] <= match.start()]
    after = [p for p in places if p[0] >= match.end() - 1]
    order, kin = _ORDER[match["order"].casefold()], match["kin"].casefold()
    lead = text[: match.start()].rstrip()
    owner = re.search(r"(?:\b(his|her|their|my)|[’'](?:s)?)$", lead, re.IGNORECASE)

    def span(first: int, last: int) -> Span:
        return dossier.document(document).span(offset + first, offset + last)

    if re.search(r"\sof\s$|\sto\s$", match.group()) and after:
        # "Mary Roe, the younger sister of Liz Roe"
        of = next((p for p in after if p[0] - match.end() < 60), None)
        who = next(
            (p for p in reversed(before) if re.fullmatch(r",\s(?:the|a|an)?\s?", text[p[1] : match.start()])), None
        )
        if of is not None and who is not None and who[2] != of[2]:
            return _Sibling(document, who[2], of[2], order, kin, span(who[0], of[1]))
        return None
    if owner is not None:
        possessor = _possessor(dossier, persons, document, offset, text, owner, before)
        named = next(
            (p for p in after if re.fullmatch(r",?\s", text[match.end() : p[0]] or " ") or p[0] - match.end() <= 2),
            None,
        )
        if possessor is None:
            return None
        start = owner.start(1) if owner[1] else before[-1][0]
        if named is not None and named[2] != possessor:
            return _Sibling(document, named[2], possessor, order, kin, span(start, named[1]))
        return None
    # "Liz Roe blasted by older sister": the sister of whom the sentence speaks.
    if before and re.search(r"\b(?:by|with|from|and|against)$", lead) and len({p[2] for p in before}) == 1:
        return _Sibling(document, None, before[-1][2], order, kin, span(before[0][0], match.end("kin")))
    return None


def _possessor(
    dossier: Dossier,
    persons: Sequence[Actor],
    document: str,
    offset: int,
    text: str,
    owner: re.Match[str],
    before: Sequence[tuple[int, int, str]],
) -> str | None:
    """Return whose sibling it is: the name before "'s", or the subject that "his" or "her" goes back to."""
    if owner[1] is None:
        return before[-1][2] if before and before[-1][1] >= owner.start() - 1 else None
    word = owner[1].casefold()
    if word not in ("his", "her"):
        return None
    gender = "he" if word == "his" else "she"
    genders = {a.id: a.gender for a in persons}
    fitting = [p[2] for p in before if genders[p[2]] in (gender, None)]
    if fitting:
        return fitting[0]
    found = candidates_for(dossier.reading(document), (), persons, offset + owner.start(1), gender)
    return found[0] if found else None


# --- one person under two first names --------------------------------------------------------------------------------


def _first_names(dossier: Dossier, persons: Sequence[Actor]) -> Iterator[Finding]:
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
    ours, theirs = _offices_of(dossier, left), _offices_of(dossier, right)
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
            told = [
                f"{show_documents(dossier, s.documents)} {'says' if len(s.documents) == 1 else 'say'}" for s in sides
            ]
            reason = f"{told[0]} the {role} is {sides[0].value}; {told[1]} {sides[1].value}."
            statements = _state(sides[0].spans + sides[1].spans)
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


CHECK = Check(
    name="roles",
    version=2,
    kind="role",
    summary="Titles, offices, ages, kinship and first names of one person in several documents.",
    find=check_roles,
)
