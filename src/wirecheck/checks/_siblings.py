"""Brothers and sisters: which of two is the older one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wirecheck.checks._stated import show_words, state_spans
from wirecheck.language.dossier import Dossier, show_documents
from wirecheck.model import Actor, Finding, Side, Span
from wirecheck.resolve.coreference import candidates_for

_ORDER = {"older": 1, "elder": 1, "eldest": 1, "big": 1, "younger": -1, "youngest": -1, "little": -1, "kid": -1}
_SIBLING = r"(?:half-)?(?:sister|brother|sibling|twin)s?"
_APPOSED = re.compile(rf"\b(?P<order>{'|'.join(_ORDER)})\s(?P<kin>{_SIBLING})\b(?:\s(?:of|to)\s)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Sibling:
    """Words that make one person the older (+1) or younger (-1) sibling of another; `who` None: "by older sister"."""

    document: str
    who: str | None
    of: str
    order: int
    span: Span


def find_siblings(dossier: Dossier, persons: Sequence[Actor]) -> Iterator[Finding]:
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
                yield Finding("agree", "role", reason, state_spans(spans.values()), "roles", weight=0.35)


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
    return Finding("conflict", "role", reason, state_spans(spans), "roles", sides=tuple(sides), weight=0.6)


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
    order = _ORDER[match["order"].casefold()]
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
            return _Sibling(document, who[2], of[2], order, span(who[0], of[1]))
        return None
    if owner is not None:
        possessor = _possessor(dossier, persons, document, offset, owner, before)
        named = next(
            (p for p in after if re.fullmatch(r",?\s", text[match.end() : p[0]] or " ") or p[0] - match.end() <= 2),
            None,
        )
        if possessor is None:
            return None
        start = owner.start(1) if owner[1] else before[-1][0]
        if named is not None and named[2] != possessor:
            return _Sibling(document, named[2], possessor, order, span(start, named[1]))
        return None
    # "Liz Roe blasted by older sister": the sister of whom the sentence speaks.
    if before and re.search(r"\b(?:by|with|from|and|against)$", lead) and len({p[2] for p in before}) == 1:
        return _Sibling(document, None, before[-1][2], order, span(before[0][0], match.end("kin")))
    return None


def _possessor(
    dossier: Dossier,
    persons: Sequence[Actor],
    document: str,
    offset: int,
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
