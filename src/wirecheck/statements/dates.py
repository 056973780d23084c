"""Dated events: a date with the verb that it dates and everything in its clause that says which event that is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from wirecheck.language import Sentence
from wirecheck.language.dossier import Dossier
from wirecheck.model import PartialDate, Span, Statement
from wirecheck.text.stems import load_common, stem

LIGHT = frozenset(
    ("set", "schedul", "hold", "held", "tak", "plan", "du", "expect", "occur", "happen", "start", "begin", "be")
)
"""Stems of verbs that say of an event only that it is, or is to come."""
LONGEST_EVIDENCE = 110
"""Characters: a date is shown with its verb where both stay within this."""


@dataclass(frozen=True)
class Dated:
    """One date of one document, the event that it dates, and the words of its clause."""

    date: PartialDate
    document: str
    statement: Statement | None
    row: int
    predicate: str
    """Stem of the verb that the date hangs on, "" for none."""
    subject: frozenset[str]
    objects: frozenset[str]
    """Stems of the nouns that are subject and object of that verb."""
    undergoes: frozenset[str]
    """The objects and what belongs to them; of a participle what it describes: "a report published Saturday"."""
    words: frozenset[str]
    near: frozenset[str]
    names: frozenset[str]
    evidence: Span
    clause: Span
    noun: str = ""
    """Stem of the noun that the date modifies: "ban" in "the 2014 ban"."""
    preposition: str = ""
    negated: bool = False
    open_clock: bool = False
    """True for a clock time of twelve hours without its half of the day: "about 7:40"."""
    is_loose: bool = False
    """True where a noun of a deed stands between the verb and the date: "passed despite a warning on Thursday"."""
    leads: bool = False
    """True where the noun comes right after the date: "a Friday night report"."""
    open_day: bool = False
    """True for a clock time whose words name no day: "around 3 p.m."."""
    deeds: frozenset[str] = frozenset()
    """Stems of what happens then: the verb, the noun before the date, or of "set" and "held" the thing that is."""


def find_dated(dossier: Dossier) -> tuple[Dated, ...]:
    """Return all dates and times of a story with the events that they date, by document, then place."""
    found = []
    for reading, noted in zip(dossier.readings, dossier.annotations, strict=True):
        for date in noted.dates:
            index = reading.sentence_at(date.span.start)
            if index is None or date.kind not in ("date", "time") or not date.value:
                continue
            found.append(_date(dossier, date, reading.sentences[index]))
    return tuple(found)


def find_host(dossier: Dossier, span: Span, sentence: Sentence) -> tuple[Statement | None, Span]:
    """Return the shortest statement of a sentence that covers a span, and its clause; without one, the sentence."""
    whole = Span(span.document, sentence.start, sentence.end)
    covering = [s for s in dossier.statements_of.get(whole, ()) if s.span.covers(span)]
    statement = min(covering, key=lambda s: (s.span.length, s.span), default=None)
    return statement, statement.span if statement is not None else whole


def _date(dossier: Dossier, date: PartialDate, sentence: Sentence) -> Dated:
    common = load_common()
    tokens = sentence.tokens
    core = [i for i, t in enumerate(tokens) if date.span.start <= t.start < date.span.end]
    statement, clause = find_host(dossier, date.span, sentence)
    verb, noun = _govern(sentence, core)
    words: set[str] = set()
    near: set[str] = set()
    names: set[str] = set()
    first, last = (core[0], core[-1]) if core else (0, -1)
    within = set(core)
    centre = verb if verb is not None else first
    for i, token in enumerate(tokens):
        lower = token.text.lower()
        if (
            i in within
            or not lower[:1].isalpha()
            or lower in common
            or token.upos in ("NUM", "AUX", "DET", "PRON", "ADP")
        ):
            continue
        if not clause.start <= token.start < clause.end:
            continue
        root = stem(token.lemma or lower)
        words.add(root)
        if abs(i - centre) <= 7 or first - 7 <= i <= last + 7:
            near.add(root)
        if token.upos == "PROPN":
            names.add(stem(lower))
    subject, objects = _arguments(sentence, verb)
    undergoes = _undergoes(sentence, verb)
    predicate = stem(tokens[verb].lemma or tokens[verb].text) if verb is not None else ""
    deeds = {predicate} - {""}
    if predicate in LIGHT:
        deeds |= subject | objects
    before = tokens[first - 2] if first > 1 and tokens[first - 1].upos == "ADP" else None
    is_loose = False
    if before is not None and before.upos in ("NOUN", "VERB") and before.text.endswith(("ing", "tion", "ment")):
        is_loose = verb is not None and verb < first - 2 and predicate not in LIGHT
        if before.upos == "NOUN":
            deeds.add(stem(before.lemma or before.text))  # "until sentencing on January 17"
    case = [tokens[c].text.lower() for i in core for c in sentence.children(i) if tokens[c].relation == "case"]
    return Dated(
        date=date,
        document=clause.document,
        statement=statement,
        row=statement.row if statement is not None else -1,
        predicate=predicate,
        subject=subject,
        objects=objects,
        undergoes=undergoes,
        words=frozenset(words),
        near=frozenset(near),
        names=frozenset(names),
        evidence=_evidence(sentence, date.span, verb, clause),
        clause=clause,
        noun=noun,
        preposition=case[0] if case else "",
        negated=statement is not None and statement.polarity == "negative",
        open_clock=_is_open_clock(dossier.words(date.span), date.value),
        open_day="T" in date.value and _NAMES_DAY.search(dossier.words(date.span)) is None,
        is_loose=is_loose,
        leads=bool(noun and core and tokens[core[-1]].head > core[-1]),
        deeds=frozenset(deeds),
    )


_NAMES_DAY = re.compile(
    r"day\b|\b(?:tonight|overnight|tomorrow|last\snight|this\s|\d{1,2}\s[A-Z]|[A-Z][a-z]{2,8}\.?\s\d{1,2}\b|(?:19|20)\d\d\b)"
)


def _is_open_clock(words: str, value: str) -> bool:
    clock = re.search(r"T(\d\d)", value)
    half = re.search(r"[ap]\.?\s?m\b|hours|GMT|UTC|morning|noon|evening|night|midnight", words, re.IGNORECASE)
    return clock is not None and int(clock[1]) <= 12 and half is None and not re.search(r"\b[01]?\d{3}\b", words)


def _govern(sentence: Sentence, core: list[int]) -> tuple[int | None, str]:
    tokens = sentence.tokens
    if not core:
        return None, ""
    within = set(core)
    at = next((i for i in core if tokens[i].head not in within), core[-1])
    noun = ""
    for _ in range(6):
        head = tokens[at].head
        if head < 0:
            return (at, noun) if tokens[at].upos in ("VERB", "AUX") and at not in within else (None, noun)
        if tokens[head].upos == "VERB":
            return head, noun
        if tokens[head].upos in ("NOUN", "PROPN") and not noun and head not in within:
            noun = stem(tokens[head].lemma or tokens[head].text)
        at = head
    return None, noun


def _arguments(sentence: Sentence, verb: int | None) -> tuple[frozenset[str], frozenset[str]]:
    if verb is None:
        return frozenset(), frozenset()
    tokens = sentence.tokens
    subject: set[str] = set()
    objects: set[str] = set()
    for child in sentence.children(verb):
        relation = tokens[child].relation
        if tokens[child].upos not in ("NOUN", "PROPN", "ADJ"):
            continue
        into = (
            objects
            if relation.startswith(("obj", "iobj", "nsubj:pass"))
            else subject
            if relation.startswith("nsubj")
            else None
        )
        if into is not None:
            into.add(stem(tokens[child].lemma or tokens[child].text))
            into |= {
                stem(tokens[c].text)
                for c in sentence.children(child)
                if tokens[c].relation.startswith(("compound", "flat", "amod"))
            }
    return frozenset(subject), frozenset(objects)


def _undergoes(sentence: Sentence, verb: int | None) -> frozenset[str]:
    """Return the stems of what a deed is done to, with what belongs to it: "province", "Velia"."""
    if verb is None:
        return frozenset()
    tokens = sentence.tokens
    heads = [c for c in sentence.children(verb) if tokens[c].relation.startswith(("obj", "iobj", "nsubj:pass"))]
    if (
        not heads
        and tokens[verb].relation == "acl"
        and not tokens[verb].text.endswith("ing")
        and tokens[verb].head >= 0
    ):
        heads = [tokens[verb].head]
    parts = [
        c
        for h in heads
        for c in sentence.children(h)
        if tokens[c].relation.startswith(("nmod", "compound", "flat", "amod"))
    ]
    return frozenset(
        stem(tokens[i].lemma or tokens[i].text) for i in (*heads, *parts) if tokens[i].upos in ("NOUN", "PROPN", "ADJ")
    )


def _evidence(sentence: Sentence, span: Span, verb: int | None, clause: Span) -> Span:
    if verb is None:
        return span
    token = sentence.tokens[verb]
    start, end = min(span.start, token.start), max(span.end, token.end)
    if end - start <= LONGEST_EVIDENCE and clause.start <= start and end <= clause.end:
        return Span(span.document, start, end)
    return span
