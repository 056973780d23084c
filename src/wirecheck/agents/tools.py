"""The tools: a function for each, from plain arguments to a result; none raises for what a caller can mend."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from wirecheck.agents.backend import Backend, Compared
from wirecheck.agents.paging import MOST_TOKENS, fill, read_cursor
from wirecheck.agents.quoting import MOST_OF_A_NAME, describe_document, quote_span, strip_hidden
from wirecheck.agents.results import (
    Appearance,
    Backing,
    Change,
    Claimed,
    Decided,
    DocumentEntry,
    Draft,
    DraftItem,
    Held,
    Overview,
    Points,
    Quote,
    Result,
    Stories,
    Traced,
)
from wirecheck.agents.telling import describe_listing, describe_story, list_first, list_named, list_points
from wirecheck.archive import Appearance as Found
from wirecheck.archive import Filter
from wirecheck.errors import Error, UsageError
from wirecheck.model import Document, Report, Span, digest_document
from wirecheck.report.rows import count_of

MOST_APPEARANCES = 1_000
MOST_WORDS = 100_000
"""Characters of a draft, a claim or words that are traced."""
MOST_CHANGES, MOST_SOURCES = 15, 4
THROUGH = "through an agent"
DRAFT = "draft"
Made = TypeVar("Made", bound=Result)
_EMPTY: dict[str, Any] = {"total": 0, "truncated": False, "cursor": None, "documents": []}


class Tools:
    """The tools over one backend."""

    def __init__(self, backend: Backend, *, most_tokens: int = MOST_TOKENS) -> None:
        self._backend = backend
        self._most = most_tokens

    def compare(self, paths: Sequence[str], *, one_story: bool, cursor: str | None) -> Overview:
        def make() -> Overview:
            return self._overview(self._backend.report("", paths, one_story=one_story), ["compare", *paths], cursor)

        return _try(make, lambda **m: Overview(stories=[], points=[], **m))

    def story(self, story: str, *, cursor: str | None) -> Overview:
        def make() -> Overview:
            return self._overview(self._backend.report(story, ()), ["story", story], cursor)

        return _try(make, lambda **m: Overview(stories=[], points=[], **m))

    def points(
        self, story: str, paths: Sequence[str], *, verdict: str, kind: str, document: str, cursor: str | None
    ) -> Points:
        def make() -> Points:
            compared = self._backend.report(story, paths)
            report = compared.report
            question = ["points", story, *paths, verdict, kind, document]
            if document and document not in {d.id for d in report.documents}:
                raise UsageError(f"no document {document!r} here: give an id that `documents` of a result lists")
            chosen = report.points(verdict=verdict or None, kind=kind or None, document=document or None)
            points = list_points(compared, (p.id for p in chosen))
            told = f"{count_of(len(points), 'point')} of {sum(len(s.findings) for s in report.stories)}."
            empty = "No point fits; leave out `verdict`, `kind` or `document` to see the others."
            return self._page(
                points,
                question,
                cursor,
                lambda some: Points(
                    points=list(some), **_head(told if points else empty, _name(report, list_named(some)))
                ),
            )

        return _try(make, lambda **m: Points(points=[], **m))

    def stories(
        self, *, search: str, publisher: str, since: str, until: str, min_documents: int, cursor: str | None
    ) -> Stories:
        def make() -> Stories:
            wanted = Filter(
                since=since or None,
                until=until or None,
                search=search or None,
                publisher=publisher or None,
                min_documents=min_documents,
            )
            found = [describe_listing(s) for s in reversed(self._backend.stories(wanted))]
            question = ["stories", search, publisher, since, until, min_documents]
            told = f"{count_of(len(found), 'story', 'stories')}, the newest first."
            empty = (
                "No story fits; leave out a filter, or set `min_documents` to 1: a story that one document tells has "
                "nothing to compare, and is not listed otherwise."
            )
            return self._page(
                found, question, cursor, lambda some: Stories(stories=list(some), **_head(told if found else empty, []))
            )

        return _try(make, lambda **m: Stories(stories=[], **m))

    def trace(self, words: str, *, cursor: str | None) -> Traced:
        def make() -> Traced:
            traced = self._backend.trace(_limit(words, "words"), MOST_APPEARANCES)
            found = [(a.document, _appear(a)) for a in traced.appearances]
            told = f"{count_of(len(found), 'appearance')}, the earliest first."
            empty = (
                "These words stand in no document of the archive, neither as they are nor changed: try fewer of them."
            )
            return self._page(
                found,
                ["trace", words],
                cursor,
                lambda some: Traced(
                    appearances=[a for _, a in some],
                    **_head(told if found else empty, _describe(d for d, _ in some)),
                ),
            )

        return _try(make, lambda **m: Traced(appearances=[], **m))

    def claim(self, claim: str, story: str, paths: Sequence[str], *, cursor: str | None) -> Claimed:
        def make() -> Claimed:
            documents = self._backend.documents(story, paths)
            known = {d.id: d for d in documents}
            found = self._backend.check_claim(_limit(claim, "claim"), documents)
            held = [_hold(entry, known) for entry in found["documents"]]
            told = f"The claim was held against {count_of(len(held), 'document')}."
            empty = "No document could be read, so that nothing was held against the claim."
            return self._page(
                held,
                ["claim", claim, story, *paths],
                cursor,
                lambda some: Claimed(
                    held=list(some),
                    **_head(told if held else empty, _describe(known[h.document] for h in some)),
                ),
            )

        return _try(make, lambda **m: Claimed(held=[], **m))

    def check_draft(self, text: str, path: str, story: str, sources: Sequence[str], *, cursor: str | None) -> Draft:
        def make() -> Draft:
            if bool(text) == bool(path):
                raise UsageError("give either `text`, the draft itself, or `path`, its file")
            draft = self._backend.read_draft(path) if path else _make_draft(_limit(text, "text"))
            documents = self._backend.documents(story, sources)
            known = {d.id: d for d in documents}
            found = self._backend.check_draft(draft, documents)
            drafted = replace(draft, id=DRAFT, text=found["draft"]["text"], title_span=None, furniture=())
            items = [_check(entry, drafted, known) for entry in found["items"]]
            told = f"{count_of(len(items), 'item')} of the draft, in its order."
            empty = "The draft has no quotation, figure, date, name or attributed claim that could be checked."
            return self._page(
                items,
                ["check_draft", text, path, story, *sources],
                cursor,
                lambda some: Draft(
                    items=list(some),
                    **_head(
                        told if items else empty,
                        _describe(
                            {b.words.document: known[b.words.document] for i in some for b in i.sources}.values()
                        ),
                    ),
                ),
            )

        return _try(make, lambda **m: Draft(items=[], **m))

    def decide(self, ruling: str, ids: Sequence[str], *, who: str, note: str) -> Decided:
        def make() -> Decided:
            if not who.strip():
                raise UsageError("say in `who` which person rules: a ruling is a person's")
            entry = self._backend.decide(ruling, ids, who=f"{who.strip()} ({THROUGH})", note=note)
            head = _head(f"Kept as decision {entry.number}; `withdrawn` with this number takes it back.", [])
            return Decided(number=entry.number, ruling=entry.ruling, **{**head, "total": 1})

        return _try(make, lambda **m: Decided(number=None, ruling="", **m))

    def _overview(self, compared: Compared, question: list[str], cursor: str | None) -> Overview:
        report, points = compared.report, list_first(compared)
        stories = {entry.story: entry for entry in (describe_story(compared, s) for s in report.stories)}
        unread = sum(1 for p in report.problems if p.span is None)
        told = (
            f"{count_of(len(report.documents), 'document')} in {count_of(len(stories), 'story', 'stories')}; what an "
            f"editor wants first of each. `points` has all {sum(len(s.findings) for s in report.stories)} points."
        )
        if unread:
            told += f" {count_of(unread, 'problem')} met while reading: `wirecheck compare` tells them."
        empty = (
            "No document could be read." if not report.documents else "Nothing is told by two documents, or at odds."
        )

        def make(some: Sequence[Any]) -> Overview:
            named = [stories[story] for story in dict.fromkeys(p.story for p in some)]
            head = _head(told if points else empty, _name(report, list_named(some)))
            return Overview(stories=named, points=list(some), **head)

        return self._page(points, question, cursor, make)

    def _page(
        self, entries: Sequence[Any], question: Any, cursor: str | None, make: Callable[[Sequence[Any]], Made]
    ) -> Made:
        # A cursor is of the list that it was given for: where that changed, its place would be another one.
        listed = [question, hashlib.sha256(repr(entries).encode("utf-8", "replace")).hexdigest()]
        return fill(entries, read_cursor(cursor, listed), listed, self._most, make)


def _try(make: Callable[[], Made], fail: Callable[..., Made]) -> Made:
    """Return what was made, or a result with the same members that says what a caller can mend."""
    try:
        return make()
    except Error as error:
        return fail(ok=False, message=strip_hidden(" ".join(str(error).split()))[:500], **_EMPTY)


def _head(message: str, documents: list[DocumentEntry]) -> dict[str, Any]:
    return {"ok": True, "message": message, "total": 0, "truncated": False, "cursor": None, "documents": documents}


def _limit(words: str, name: str) -> str:
    if not words.strip():
        raise UsageError(f"`{name}` is empty")
    if len(words) > MOST_WORDS:
        raise UsageError(f"`{name}` has {len(words):,} characters; {MOST_WORDS:,} are the most")
    return words


def _name(report: Report, ids: Iterable[str]) -> list[DocumentEntry]:
    wanted = set(ids)
    return _describe(d for d in report.documents if d.id in wanted)


def _describe(documents: Iterable[Document]) -> list[DocumentEntry]:
    return [describe_document(d) for d in {d.id: d for d in documents}.values()]


def _appear(found: Found) -> Appearance:
    document = found.document
    changes, at = [], found.span.start
    for kind, asked, here in found.changes:
        place = document.text.find(here, at, found.span.end) if here else -1
        words = None
        if place >= 0:
            at = place + len(here)
            words = quote_span(document, document.span(place, at), most=MOST_OF_A_NAME)
        changes.append(Change(kind=kind, asked=asked[:MOST_OF_A_NAME], here=words))
    return Appearance(
        words=quote_span(document, found.span),
        form=found.form,
        share=found.share,
        changes=changes[:MOST_CHANGES],
        source=found.source,
    )


def _hold(entry: Mapping[str, Any], known: Mapping[str, Document]) -> Held:
    return Held(
        document=entry["document"],
        verdict=entry["verdict"],
        difference=entry["difference"],
        probability=entry["probability"],
        quotes=[quote for span in entry["spans"][:MOST_SOURCES] if (quote := _quote(span, known))],
        nearest=_quote(entry["nearest"], known),
    )


def _check(entry: Mapping[str, Any], draft: Document, known: Mapping[str, Document]) -> DraftItem:
    span = Span(DRAFT, entry["span"]["start"], entry["span"]["end"])
    backing = [
        Backing(words=words, left_out=_quote(s.get("left_out"), known))
        for s in entry["sources"][:MOST_SOURCES]
        if (words := _quote(s["span"], known)) is not None
    ]
    return DraftItem(
        kind=entry["kind"],
        verdict=entry["verdict"],
        look=entry["look"],
        words=quote_span(draft, span),
        sources=backing,
    )


def _quote(span: Mapping[str, Any] | None, known: Mapping[str, Document]) -> Quote | None:
    if span is None or span["document"] not in known:
        return None
    return quote_span(known[span["document"]], Span(span["document"], span["start"], span["end"]))


def _make_draft(text: str) -> Document:
    data = text.encode("utf-8", "replace")
    text = data.decode()
    return Document(digest_document(DRAFT, text), DRAFT, DRAFT, text, hashlib.sha256(data).hexdigest(), data)
