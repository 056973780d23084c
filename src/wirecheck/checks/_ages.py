"""Ages: how old documents say that a person is."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from wirecheck.checks._stated import state_spans, tell_of
from wirecheck.checks._titles import with_name
from wirecheck.comparison.values.time import first_day
from wirecheck.language.dossier import Dossier, show_documents
from wirecheck.model import Actor, Annotations, Document, Finding, Side, Span, Verdict
from wirecheck.points.compatibility import subject_actor
from wirecheck.text.quantities import find_amounts

_DAYS_OF_ONE_AGE = 7
"""Documents published so many days apart give one age, or one of them errs; between later ones a birthday may lie."""
_AGE = re.compile(r"(?<![\d,.])(\d{1,3})(?:[- ]years?[- ]old\b)", re.IGNORECASE)
_AGE_LED = re.compile(r"(?<![\w-])((?:\d{1,3}|[A-Za-z]+(?:-[a-z]+)?)[- ]years?[- ]old)\s(?:[A-Za-z-]+\s){0,2}$")
_AGE_APPOSED = re.compile(r",\s(\d{1,3})[,.](?=\s)")
_AGE_TOLD = re.compile(r"\b(?:is|was)\s(\d{1,3})(?=\.?$)")
_FIRST_OF_TWO = re.compile(r"\sand\s(?:[A-Z][\w.’'-]+\s?){1,4},\s(\d{1,3})\sand\s\d{1,3}(?=[,.;])")
_SECOND_OF_TWO = re.compile(r",\s\d{1,3}\sand\s(\d{1,3})(?=[,.;])")


def find_ages(dossier: Dossier, actor: Actor) -> Iterator[Finding]:
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
                found[age].setdefault(span.document, with_name(dossier, actor, span))
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
        yield Finding("agree", "role", reason, state_spans(spans.values()), "roles", weight=0.2)
        return
    if any(sum(d in spans for spans in found.values()) > 1 for d in documents):
        return  # a document that gives two ages speaks of two times
    sides = tuple(
        Side(str(age), tuple(sorted(spans)), tuple(sorted(spans.values()))) for age, spans in sorted(found.items())
    )
    told = [f"{tell_of(dossier, s.documents, 'say')} {s.value}" for s in sides]
    reason = f"The age of {actor.name}: {'; '.join(told)}."
    every = [span for spans in found.values() for span in spans.values()]
    verdict: Verdict = "conflict" if _are_of_one_time(dossier, sides) else "undecided"
    yield Finding(verdict, "role", reason, state_spans(every), "roles", sides=sides, weight=0.6)


def _read_paired_age(document: Document, mention: Span) -> Iterator[int]:
    """Yield the age of one of two who are named with both: "Ann Roe and Ben Lund, 40 and 49,"."""
    first = _FIRST_OF_TWO.match(document.text, mention.end)
    before = document.text[max(0, mention.start - 5) : mention.start]
    second = _SECOND_OF_TWO.match(document.text, mention.end) if before.endswith(" and ") else None
    if first is not None or second is not None:
        yield int((first or second)[1])  # type: ignore[index]


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
