"""What `wirecheck watch` told of this archive: the newest first, each with its story and its item, and what is new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from wirecheck.archive import Archive
from wirecheck.errors import UsageError
from wirecheck.model import Span
from wirecheck.report.rows import Context
from wirecheck.report.sections.quotations import list_utterances
from wirecheck.watching.events import LABELS
from wirecheck.web.desk import Desk, View, is_new
from wirecheck.web.forms import read_form, read_page, read_text, read_who
from wirecheck.web.items import count_shared, find_item, list_items, place_item
from wirecheck.web.pages import render

_A_PAGE = 50
# Words of an event that are shown with it.
_MOST_WORDS = 3
_TONES = {
    **dict.fromkeys(("conflict", "quotation", "failing"), "conflict"),
    **dict.fromkeys(("figure", "version"), "differ"),
    **dict.fromkeys(("resolved", "working"), "agree"),
}
# What is told of documents, not of an item.
_OF_DOCUMENTS = ("document", "elsewhere", "version", "origin", "gone", "uncompared")
_Event = Mapping[str, Any]


def show_news(request: Request) -> Response:
    """List what was told, the newest first; kind and page are in the address."""
    desk: Desk = request.app.state.desk
    events = desk.news()
    seen = desk.marks.read_news(read_who(request))
    counts = Counter(e["kind"] for e in events)
    kind = request.query_params.get("kind", "")
    kind = kind if kind in LABELS else ""
    found = [e for e in reversed(events) if not kind or e["kind"] == kind]
    page = read_page(request.query_params)
    shown = found[(page - 1) * _A_PAGE : page * _A_PAGE]
    return render(
        request,
        "news",
        here="news",
        groups=_group(shown, seen),
        kind=kind,
        kinds=[(name, told, counts[name]) for name, told in LABELS.items() if counts[name]],
        total=len(events),
        page=page,
        pages=-(-len(found) // _A_PAGE),
        last=events[-1] if events else None,
    )


def _group(events: Sequence[_Event], seen: tuple[str, int] | None) -> list[dict[str, Any]]:
    """Return events as they are listed: what was told of one story at one time under one heading."""
    groups: list[dict[str, Any]] = []
    for event in events:
        head = event["at"][:16], event["story"], event["target"]
        if not groups or groups[-1]["head"] != head:
            groups.append({"head": head, "at": head[0], "title": event["title"] or event["target"], "events": []})
            groups[-1] |= {"number": event["number"], "has_story": event["story"] is not None}
        groups[-1]["events"].insert(  # what was told at one time keeps its order
            0,
            {
                "number": event["number"],
                "label": LABELS.get(event["kind"], event["kind"]),
                "tone": _TONES.get(event["kind"], "plain"),
                "sentence": event["sentence"],
                "is_new": is_new(event, seen),
                "has_item": event["story"] is not None and event["kind"] not in _OF_DOCUMENTS,
                "words": _list_words(event),
                "documents": event["documents"] if event["kind"] in _OF_DOCUMENTS else (),
            },
        )
    return groups


def _list_words(event: _Event) -> list[dict[str, Any]]:
    names = {d["id"]: d["publisher"] or d["name"] for d in event["documents"]}
    spans = [s for s in event["spans"] if s["document"] in names]
    return [{**s, "name": names[s["document"]]} for s in spans[:_MOST_WORDS]]


def lead_on(request: Request) -> Response:
    """Lead to the item that an event is of, as it is in its story now; to the story where it has none, or is asked."""
    desk: Desk = request.app.state.desk
    number = request.path_params["number"]
    event = next((e for e in desk.news() if e["number"] == number), None)
    if event is None or event["story"] is None:
        raise HTTPException(404, "This is no longer among the news: the newest 500 are kept.")
    with desk.open() as archive:
        story = _find_story(desk, archive, event)
        if event["kind"] in _OF_DOCUMENTS or request.url.path.endswith("/story"):
            return RedirectResponse(f"/story/{story}", 303)
        view = desk.view(archive, story)
    return RedirectResponse(_place_of(event, view), 303)


def _find_story(desk: Desk, archive: Archive, event: _Event) -> str:
    """Return the id of the story that an event is of; it may go by another one since."""
    for known in (event["story"], *(d["id"] for d in event["documents"])):
        try:
            return desk.find(archive, known).id
        except UsageError:
            continue
    raise HTTPException(404, "The story that this was told of is no longer in the archive.")


def _place_of(event: _Event, view: View) -> str:
    """Return where an event's words stand in the report as it is now: the id that they had may be another item's."""
    told = [Span(s["document"], s["start"], s["end"]) for s in event["spans"]]
    story = f"/story/{view.listing.id}"
    if event["kind"] == "quotation":
        (compared,) = view.report.stories
        words = {q.id: q.contents for q in compared.quotations}
        rows = [
            (count_shared(told, [s for group in groups for q in group.quotations for s in words[q]]), row.id)
            for groups, row in list_utterances(Context(view.report, compared))
        ]
        best = max(rows, key=lambda r: r[0], default=((0, 0), ""))
        return f"{story}#{best[1]}" if best[0][0] else story
    items = list_items(view.report)
    item = find_item(items, told, is_point=True, id=event["point"] or "")
    return f"{place_item(view.listing.id, items, item)}#item" if item is not None else story


async def mark_news(request: Request) -> Response:
    """Remember that this reader has seen what was told up to the number that their page showed."""
    desk: Desk = request.app.state.desk
    async with read_form(request) as form:
        series, number = read_text(form, "series"), read_text(form, "number")
    if not number.isdecimal() or len(number) > 12:
        raise UsageError("a number of what was told was expected")
    await run_in_threadpool(desk.marks.write_news, read_who(request), series[:200], int(number))
    return RedirectResponse("/news", 303)


ROUTES = (
    Route("/news", show_news),
    Route("/news", mark_news, methods=["POST"]),
    Route("/news/{number:int}", lead_on),
    Route("/news/{number:int}/story", lead_on),
)
