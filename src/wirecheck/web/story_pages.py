"""Pages of one story: its report, what is new in it, who has it from whom, claims and drafts held against it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from wirecheck.archive import Listing
from wirecheck.model import Document
from wirecheck.report.changes import Change, ChangeKind, list_changes
from wirecheck.report.json import build_json
from wirecheck.report.rows import Context
from wirecheck.web import tasks
from wirecheck.web.checking import list_entries
from wirecheck.web.desk import Desk, View, list_new
from wirecheck.web.forms import LONGEST_TEXT, LONGEST_WORDS, read_form, read_text, read_who
from wirecheck.web.graph import draw_graph
from wirecheck.web.items import list_items, list_sheets, select_items
from wirecheck.web.marks import Mark
from wirecheck.web.pages import answer_story, find_view, render, render_story, save_report

_CHANGES: tuple[tuple[ChangeKind, str], ...] = (
    ("conflict", "New conflicts"),
    ("resolved", "No longer conflicts"),
    ("figure", "Figures that moved"),
    ("quotation", "Quotations altered on their way"),
    ("document", "New documents"),
    ("version", "Changed texts"),
    ("origin", "Origins that may be new"),
    ("gone", "No longer in the story"),
)
_MOST_EDITS = 40
# Characters around a word difference that are shown with it.
_AROUND = 60


def _find_listing(request: Request) -> tuple[Desk, Listing, str]:
    desk: Desk = request.app.state.desk
    with desk.open() as archive:
        return desk, desk.find(archive, request.path_params["id"]), archive.store.state(decisions=False)


def show_story(request: Request) -> Response:
    """Show the report of a story; the first look of a reader is remembered, later ones when they say so."""
    desk, view = find_view(request)
    who = read_who(request)
    seen = desk.marks.look(who, view.listing)
    new = len(set(view.listing.documents) - seen) if seen is not None else 0
    items = select_items(list_items(view.report), "open")
    open_count = sum(not i.rulings for i in items)
    unread = len(list_new(desk, who))
    values = {
        "listing": view.listing,
        "unread": unread,
        "badges": {
            **dict.fromkeys(("report", "reuse", "documents", "claim", "draft")),
            "since": (new, "new or changed") if new else None,
            "decide": (open_count, "to decide") if open_count else None,
        },
    }
    key = view.listing.id, view.state, new, unread
    response = answer_story(desk.page(key, lambda: render_story(view.report, **values)))
    if seen is None:
        response.background = BackgroundTask(desk.marks.write, who, view.listing, view.report)
    return response


def show_comparing(request: Request, listing: Listing, **values: Any) -> Response:
    """Show the documents of a story that is being compared, two beside each other, and how far it is.

    Which two is in the address, with all that it says of the page that will stand here.
    """
    desk: Desk = request.app.state.desk
    published = Counter(m.publisher for m in listing.members)
    names = {m.id: m.publisher if m.publisher and published[m.publisher] == 1 else m.name for m in listing.members}
    asked = [request.query_params.get(side, "") for side in ("left", "right")]
    with desk.open() as archive:
        shown = map(archive.document, list(dict.fromkeys([*(d for d in asked if d in names), *names]))[:2])
        documents = [(d, names[d.id]) for d in shown if d is not None]
    rest = [(k, v) for k, v in request.query_params.multi_items() if k not in ("left", "right")]
    path = request.url.path if request.method in ("GET", "HEAD") else f"/story/{listing.id}"
    page = path.rpartition("/")[2]
    return render(
        request,
        "comparing",
        status=202,
        here="archive",
        place=page if page in ("decide", "since", "reuse") else "report",
        listing=listing,
        names=list(names.items()),
        sheets=list_sheets(documents),
        to=f"{path}?{urlencode(rest)}{'&' if rest else ''}",
        is_reading=any(asked),
        **values,
    )


def send_story(request: Request) -> Response:
    _, view = find_view(request)
    return save_report(view.report, request.path_params["form"], f"wirecheck-{view.listing.id}")


def show_since(request: Request) -> Response:
    """Show what is new in a story since this reader looked."""
    desk, view = find_view(request, newest=True)
    who = read_who(request)
    mark = desk.marks.read(who, view.listing)
    changes: tuple[Change, ...] = ()
    if mark is None:
        desk.marks.write(who, view.listing, view.report)
    else:
        changes = list_changes(mark.report, build_json(view.report))
    groups = [(kind, told, [_tell(c, mark, view) for c in changes if c.kind == kind]) for kind, told in _CHANGES]
    return render(
        request,
        "since",
        here="archive",
        place="since",
        listing=view.listing,
        mark=mark,
        changes=changes,
        groups=[g for g in groups if g[2]],
    )


def _tell(change: Change, mark: Mark | None, view: View) -> dict[str, Any]:
    """Return a change with where it leads and its word differences, each in the words around it."""
    old: Mapping[str, Any] = {d["id"]: d for d in mark.report["documents"]} if mark is not None else {}
    new = {d.id: d for d in view.report.documents}
    links = []
    if change.point is not None and change.kind != "quotation":
        links.append((f"/story/{view.listing.id}#{change.point}", "in the report"))
    if change.kind in ("document", "version", "figure"):
        links += [(f"/document/{d}", "read it") for d in change.documents if d in new]
    edits = list(_list_edits(change, old, new))
    return {"change": change, "links": links, "edits": edits[:_MOST_EDITS], "more": max(0, len(edits) - _MOST_EDITS)}


def _list_edits(change: Change, old: Mapping[str, Any], new: Mapping[str, Document]) -> Iterator[dict[str, str]]:
    for edit in change.edits:
        left = old[edit.left.document]["text"][edit.left.start : edit.left.end] if edit.left is not None else ""
        right = new[edit.right.document].words(edit.right) if edit.right is not None else ""
        text, span = (
            (new[edit.right.document].text, edit.right)
            if edit.right is not None
            else (old[edit.left.document]["text"] if edit.left is not None else "", edit.left)
        )
        before = after = ""
        if span is not None:
            before, after = _around(text, span.start, span.end)
        yield {"kind": edit.kind, "left": left, "right": right, "before": before, "after": after}


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    """Return whole words before and after a place in a text, within its line; "…" where there are more."""
    line = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", end)
    stop = len(text) if stop < 0 else stop
    before, after = text[line:start], text[end:stop]
    if len(before) > _AROUND:
        before = f"… {before[-_AROUND:].partition(' ')[2]}"
    if len(after) > _AROUND:
        after = f"{after[:_AROUND].rpartition(' ')[0]} …"
    return before, after


def mark_seen(request: Request) -> Response:
    """Remember that this reader has seen a story as it is."""
    desk, view = find_view(request)
    desk.marks.write(read_who(request), view.listing, view.report)
    return RedirectResponse(f"/story/{view.listing.id}", 303)


def show_reuse(request: Request) -> Response:
    """Show who shares words with whom, as a picture and as a table."""
    _, view = find_view(request)
    (story,) = view.report.stories
    context = Context(view.report, story)
    names = {d.id: context.shown(d.id) for d in context.documents}
    graph = draw_graph(view.report)
    return render(request, "reuse", here="archive", place="reuse", listing=view.listing, graph=graph, names=names)


def show_documents(request: Request) -> Response:
    """List the documents of a story, and their earlier versions."""
    desk, listing, _ = _find_listing(request)
    with desk.open() as archive:
        earlier = [d for d in map(archive.document, listing.earlier) if d is not None]
    return render(request, "documents", here="archive", place="documents", listing=listing, earlier=earlier)


def show_claim(request: Request) -> Response:
    """Show what the documents of a story say of a claim; the claim is in the address."""
    desk, listing, state = _find_listing(request)
    words = request.query_params.get("text", "").strip()[:LONGEST_WORDS]
    found = None
    if words:
        key = "claim", state, listing.id, words
        found = desk.result(tasks.claim, desk.folder, words, listing.id, title="Checking a claim", key=key)
    return _show_check(request, listing, "claim", words, found)


async def take_draft(request: Request) -> Response:
    """Hold a draft against the documents of a story; it is no part of the address, and kept nowhere."""
    desk, listing, _ = await run_in_threadpool(_find_listing, request)
    async with read_form(request) as form:
        text = read_text(form, "text")[:LONGEST_TEXT]
    if not text.strip():
        return _show_check(request, listing, "draft", "", None)
    job = desk.worker.submit(tasks.check_draft, desk.folder, text, listing, title="Checking a draft")
    return RedirectResponse(f"/jobs/{job.id}", 303)


def show_draft_form(request: Request) -> Response:
    _, listing, _ = _find_listing(request)
    return _show_check(request, listing, "draft", "", None)


def show_draft(request: Request, drafted: tasks.Drafted) -> Response:
    """Show what came of a draft."""
    return _show_check(request, drafted.listing, "draft", drafted.text, drafted.found)


def _show_check(request: Request, listing: Listing, place: str, text: str, found: Any) -> Response:
    claim = place == "claim"
    entries: Sequence[Any] | None = None if found is None else list_entries(found)
    return render(
        request,
        "check",
        here="archive",
        place=place,
        listing=listing,
        text=text,
        heading="Check a claim" if claim else "Check a draft",
        label="A claim, in one sentence" if claim else "The draft; it stays on this machine and is kept nowhere",
        entries=entries,
        told="" if entries is None else f"{len(entries)} {'entry' if len(entries) == 1 else 'entries'}.",
    )


ROUTES = (
    Route("/story/{id}", show_story),
    Route("/story/{id}/report.{form}", send_story),
    Route("/story/{id}/since", show_since),
    Route("/story/{id}/seen", mark_seen, methods=["POST"]),
    Route("/story/{id}/reuse", show_reuse),
    Route("/story/{id}/documents", show_documents),
    Route("/story/{id}/claim", show_claim),
    Route("/story/{id}/draft", show_draft_form),
    Route("/story/{id}/draft", take_draft, methods=["POST"]),
)
