"""Pages of the archive: its stories, its documents as received, and words traced through it."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from wirecheck.archive import Listing
from wirecheck.model import Document, Span
from wirecheck.web import tasks
from wirecheck.web.desk import Desk, WorkingError, count_rulings
from wirecheck.web.forms import (
    LONGEST_WORDS,
    Wanted,
    clean_who,
    read_form,
    read_text,
    read_texts,
    read_wanted,
    read_who,
)
from wirecheck.web.items import cut_text
from wirecheck.web.pages import remember, render, send_file

_A_PAGE = 50
_FACETS = 20
_MOST_PICKED = 20


def show_archive(request: Request) -> Response:
    """List the stories, newest first, as the filters of the address say."""
    desk: Desk = request.app.state.desk
    wanted = read_wanted(request.query_params)
    with desk.open() as archive:
        shelf = desk.shelf(archive) if archive.store.count_newest() else None
        fitting = archive.fitting(wanted.filter) if wanted.is_any else None
        rulings = count_rulings(archive, shelf) if shelf is not None else {}
        stale = shelf is not None and shelf.documents != archive.store.state(decisions=False)
    found = [s for s in (shelf.listings if shelf is not None else ()) if _fits(s, wanted, fitting)]
    first = (wanted.page - 1) * _A_PAGE
    shown = found[first : first + _A_PAGE]
    who = read_who(request)
    news = [s.id for s in shown if (seen := desk.marks.look(who, s)) is not None and seen != frozenset(s.documents)]
    response = render(
        request,
        "archive",
        here="archive",
        wanted=wanted,
        stories=shown,
        total=len(found),
        first=first + 1,
        pages=-(-len(found) // _A_PAGE),
        news=frozenset(news),
        stale=stale,
        rulings=rulings,
        **_list_facets(found),
    )
    response.background = BackgroundTask(desk.look_ahead, shown)
    return response


def _fits(listing: Listing, wanted: Wanted, fitting: frozenset[str] | None) -> bool:
    return len(listing.members) >= wanted.least and (fitting is None or any(d in fitting for d in listing.documents))


def _list_facets(found: Sequence[Listing]) -> dict[str, Any]:
    """Return publishers and months with the stories that each would leave."""
    publishers = Counter(name for s in found for name in s.publishers)
    months = Counter(month for s in found for month in {m.published[:7] for m in s.members if m.published})
    return {
        "publishers": sorted(publishers.items(), key=lambda x: (-x[1], x[0]))[:_FACETS],
        "months": sorted(months.items(), reverse=True)[:_FACETS],
    }


async def do_with_stories(request: Request) -> Response:
    """Compare stories that were picked together, or rule that they tell one event."""
    desk: Desk = request.app.state.desk
    async with read_form(request) as form:
        ids, do, who = read_texts(form, "story"), read_text(form, "do"), read_text(form, "who")
    if not 2 <= len(ids) <= _MOST_PICKED:
        raise HTTPException(422, f"Pick two stories or more, at most {_MOST_PICKED}.")
    if do == "compare":
        title = f"Comparing {len(ids)} stories together"
        settings = replace(desk.settings, one_story=True)
        job = desk.worker.submit(tasks.compare_stories, desk.folder, tuple(ids), settings, title=title)
        return RedirectResponse(f"/jobs/{job.id}", 303)
    who = clean_who(who)

    def rule() -> str:
        with desk.open() as archive:
            documents = [desk.find(archive, i).documents[0] for i in ids]
            archive.decide("same-story", documents, who=who)
        return documents[0]

    return remember(RedirectResponse(f"/story/{await run_in_threadpool(rule)}", 303), who)


def _find_document(request: Request) -> tuple[Desk, Document]:
    desk: Desk = request.app.state.desk
    with desk.open() as archive:
        document = archive.document(request.path_params["id"])
    if document is None:
        raise HTTPException(404, "The archive has no such document.")
    return desk, document


def show_document(request: Request) -> Response:
    """Show a document as it was read; `start` and `end` mark words in it."""
    desk, document = _find_document(request)
    start, end = (request.query_params.get(name, "") for name in ("start", "end"))
    spans = []
    if start.isdecimal() and end.isdecimal() and int(start) < int(end) <= len(document.text):
        spans.append(Span(document.id, int(start), int(end)))
    story = None
    with desk.open() as archive, contextlib.suppress(WorkingError):
        story = desk.shelf(archive).by_id.get(document.id)
    given = (
        ("Publisher", document.publisher),
        ("Author", document.author),
        ("Published", document.published),
        ("Modified", document.modified),
        ("Retrieved", document.retrieved),
        ("Address", document.url),
        ("Read from", document.location),
        ("Language", document.language),
    )
    about = [(name, value) for name, value in given if value]
    response = render(
        request,
        "document",
        here="archive",
        document=document,
        story=story.id if story is not None else "",
        about=about,
        runs=cut_text(document, spans),
    )
    if story is not None:
        response.background = BackgroundTask(desk.look_ahead, [story])
    return response


def send_received(request: Request) -> Response:
    """Send the bytes of a document as they came, to be saved: a browser never shows or runs them."""
    _, document = _find_document(request)
    return send_file(document.received, "application/octet-stream", f"{document.id}.received")


def show_trace(request: Request) -> Response:
    """Show every appearance of words in the archive."""
    desk: Desk = request.app.state.desk
    words = request.query_params.get("words", "")[:LONGEST_WORDS].strip()
    found = None
    if words:
        with desk.open() as archive:
            state = archive.store.state(decisions=False)
        key = "trace", state, words
        found = desk.result(tasks.trace, desk.folder, words, title="Tracing words through the archive", key=key)
    names = {a.document.id: a.document.shown_name for a in found.appearances} if found is not None else {}
    return render(request, "trace", here="trace", words=words, trace=found, names=names)


ROUTES = (
    Route("/archive", show_archive),
    Route("/stories", do_with_stories, methods=["POST"]),
    Route("/document/{id}", show_document),
    Route("/document/{id}/received", send_received),
    Route("/trace", show_trace),
)
