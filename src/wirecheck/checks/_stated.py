"""Helpers of the checks: who states what, in which words, said in a plain sentence."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby, islice
from typing import Protocol, TypeVar

from wirecheck.language.dossier import Dossier, show_documents
from wirecheck.model import Finding, Side, Span, Stated, Statement
from wirecheck.statements.dates import Dated
from wirecheck.statements.quantities import Measured

LONGEST_WORDS = 180
"""Characters of a document's words that a reason repeats; longer ones are cut at a word and end in "…"."""
LONGEST_CLAUSE = 120
"""Characters: a clause no longer than this is shown whole."""
SPACE = re.compile(r"\s+")


def state(statements: Iterable[Statement]) -> tuple[Stated, ...]:
    """Return the spans of statements by document, documents by id, a span inside another left out."""
    return state_spans(s.span for s in statements)


def state_spans(spans: Iterable[Span]) -> tuple[Stated, ...]:
    """Return spans by document, documents by id, a span inside another left out."""
    return tuple(Stated(d, outermost(own)) for d, own in groupby(sorted(set(spans)), key=lambda s: s.document))


class Evident(Protocol):
    """A figure or a date of one document, with the words that it rests on."""

    @property
    def document(self) -> str: ...
    @property
    def evidence(self) -> Span: ...


_Value = TypeVar("_Value", Measured, Dated)


def show_clause(item: _Value) -> _Value:
    """Return a value with its whole clause as evidence where that is short: one side of a conflict reads alone."""
    clause = item.statement.span if item.statement is not None else item.evidence
    return replace(item, evidence=item.evidence.join(clause)) if clause.length <= LONGEST_CLAUSE else item


def state_evidence(items: Iterable[Evident]) -> tuple[Stated, ...]:
    """Return the evidence of figures or dates by document, documents by id."""
    return state_every(i.evidence for i in items)


def state_every(spans: Iterable[Span]) -> tuple[Stated, ...]:
    """Return spans by document, documents by id, each span once."""
    return tuple(Stated(d, tuple(own)) for d, own in groupby(sorted(set(spans)), key=lambda s: s.document))


def on_one_line(words: str) -> str:
    """Return words with every run of white space made one space.

    >>> on_one_line("two\\n dead")
    'two dead'
    """
    return " ".join(words.split())


def outermost(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the spans that lie inside no other, sorted."""
    many = sorted(set(spans))
    return tuple(s for s in many if not any(o != s and o.covers(s) for o in many))


def side(value: str, statements: Sequence[Statement]) -> Side:
    """Return the side of a difference that these statements take."""
    documents = tuple(sorted({s.document for s in statements}))
    return Side(value, documents, tuple(sorted({s.span for s in statements})))


def tell_of(dossier: Dossier, documents: Iterable[str], verb: str) -> str:
    """Return the names of documents with a verb in their number: "the Herald says", "the Herald and the Post say"."""
    wanted = set(documents)
    one = "has" if verb == "have" else f"{verb}s"
    return f"{show_documents(dossier, wanted)} {one if len(wanted) == 1 else verb}"


def tell_alike(dossier: Dossier, stated: Iterable[tuple[str, str]], whole: str) -> str:
    """Return what documents state alike: `stated` has the words of each, as shown; `whole` is "both" or "all"."""
    wordings: dict[str, list[str]] = {}
    for document, words in stated:
        wordings.setdefault(words, []).append(document)
    parts = [f"{tell_of(dossier, ids, 'state')} {words}" for words, ids in wordings.items()]
    return f"{'; '.join(parts)}: {whole} tell the same."


def show_words(dossier: Dossier, span: Span) -> str:
    """Return the words of a span in marks, on one line, cut at a word where they are long."""
    return show_parts(dossier, (span,))


def show_parts(dossier: Dossier, spans: Sequence[Span]) -> str:
    """Return the words of spans of one document in one pair of marks, with "…" for what is left out between them."""
    words = " … ".join(SPACE.sub(" ", dossier.words(span)).strip() for span in spans)
    if len(words) > LONGEST_WORDS:
        words = words[:LONGEST_WORDS].rsplit(" ", 1)[0].rstrip(",;:–— ") + " …"
    inner = words.replace("“", "‘").replace("”", "’").replace('"', "'")
    return f"“{inner}”"


def touches(left: Span, right: Span) -> bool:
    """Return whether two spans share at least half of the shorter one."""
    shorter = min(left.length, right.length)
    return shorter > 0 and 2 * left.overlap(right) >= shorter


class Touched:
    """Spans that are asked again and again which of them another one touches; each has a number."""

    def __init__(self, spans: Iterable[tuple[Span, int]]) -> None:
        self._spans: dict[str, list[tuple[int, int, Span]]] = {}
        for span, number in spans:
            self._spans.setdefault(span.document, []).append((span.start, number, span))
        self._longest = {}
        for document, known in self._spans.items():
            known.sort(key=lambda k: k[:2])
            self._longest[document] = max(span.length for _, _, span in known)

    def by(self, span: Span) -> Iterator[int]:
        """Yield the numbers of the spans that a span touches."""
        known = self._spans.get(span.document, [])
        first = bisect_left(known, span.start - self._longest.get(span.document, 0), key=lambda k: k[0])
        for start, number, other in islice(known, first, None):
            if start >= span.end:
                return
            if touches(span, other):
                yield number


class Opposed:
    """Which spans stand against each other in some findings; each is held against their sides once."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        sides = [(n, i, side) for n, f in enumerate(findings) for i, side in enumerate(f.sides)]
        self._place = [(n, i) for n, i, _ in sides]
        self._touched = Touched((span, at) for at, (_, _, side) in enumerate(sides) for span in side.spans)
        self._known: dict[Span, dict[int, set[int]]] = {}

    def __call__(self, left: Span, right: Span) -> bool:
        """Return whether two spans touch two different sides of one finding."""
        ours, theirs = self._sides(left), self._sides(right)
        return any(n in theirs and len(sides | theirs[n]) > 1 for n, sides in ours.items())

    def _sides(self, span: Span) -> dict[int, set[int]]:
        if span not in self._known:
            found: dict[int, set[int]] = {}
            for at in self._touched.by(span):
                finding, side = self._place[at]
                found.setdefault(finding, set()).add(side)
            self._known[span] = found
        return self._known[span]
