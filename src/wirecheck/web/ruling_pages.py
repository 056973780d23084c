"""Pages on which people rule: one item after the other, documents, and the list of all decisions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from wirecheck.archive import Entry
from wirecheck.archive.deciding import NOTED, POINT_RULINGS, SPEAKER, WITHDRAWN, describe_entry, list_entries
from wirecheck.errors import UsageError
from wirecheck.model import Decision
from wirecheck.report.html import SIDES
from wirecheck.report.plain import cut_pieces
from wirecheck.report.rows import Context, Row, tell_note
from wirecheck.report.sections._points import RULED, tell_ruling
from wirecheck.web.desk import Desk, View
from wirecheck.web.forms import clean_who, read_form, read_place, read_text, read_texts, read_who
from wirecheck.web.items import SHOWN, Item, find_item, find_next, list_items, list_sheets, place_item, select_items
from wirecheck.web.pages import find_view, remember, render

_DOCUMENT_RULINGS = ("same-origin", "other-origin", "same-story", "other-story")


def show_decide(request: Request) -> Response:
    """Show one item with its words and what was ruled on it; list, item and documents are in the address."""
    desk, view = find_view(request)
    query = request.query_params
    shown = query.get("show", "open")
    shown = shown if shown in (*SHOWN, "documents") else "open"
    items = list_items(view.report)
    listed = select_items(items, shown) if shown != "documents" else ()
    who = read_who(request)
    asked = query.get("item", "")
    wanted = query.get("point", "")
    item = next((i for i in listed if i.key == asked or (wanted and i.id == wanted)), None)
    if item is None and wanted:
        item = next((i for i in items if i.id == wanted), None)
        shown, listed = ("all", select_items(items, "all")) if item is not None and item.is_point else (shown, listed)
    item = item or find_next(listed, "", who) or (listed[0] if listed else None)
    at = listed.index(item) if item in listed else 0
    counts = {name: len(select_items(items, name)) for name in SHOWN}
    return render(
        request,
        "decide",
        here="archive",
        place="decide",
        listing=view.listing,
        shown=shown,
        items=listed,
        item=item,
        place_in_list=at + 1,
        left=sum(not i.is_ruled_by(who) for i in listed),
        before=listed[at - 1] if at else None,
        after=listed[at + 1] if at + 1 < len(listed) else None,
        counts={**counts, "documents": len(view.listing.members)},
        ruled=_find_ruled(desk, view, query.get("ruled", ""), items, shown),
        picked=frozenset(query.getlist("document")),
        rulings=[d for d in view.report.decisions if d.ruling in _DOCUMENT_RULINGS],
        **(_show_item(view, item, query.get("left", ""), query.get("right", "")) if item is not None else {}),
    )


def _show_item(view: View, item: Item, left: str, right: str) -> dict[str, Any]:
    """Return what the page of an item needs: its words by side, rulings by person, and two documents."""
    (story,) = view.report.stories
    context = Context(view.report, story)
    known = {d.id for d in view.report.documents}
    asked = [d for d in (left, right) if d in known]
    # Of each side the first document, so that what stands against what is beside each other.
    sides = [e.words[0].document for e in item.row.evidence if e.words] if item.row is not None else []
    shown = list(dict.fromkeys([*asked, *sides, *item.documents]))[:2]
    documents = [context.document(d) for d in shown]
    told = {tell_ruling(d) for d in item.rulings}
    people: dict[str, list[dict[str, Any]]] = {}
    for decision in item.rulings:
        people.setdefault(decision.who, []).append(
            {"number": decision.number, "at": decision.at, "note": decision.note, "told": _tell_ruling(decision)}
        )
    return {
        "sides": _list_sides(context, item.row) if item.row is not None else (),
        "notes": [tell_note(context, n, "rows") for n in item.row.notes if n.text not in told] if item.row else (),
        "quoted": [context.words(s) for s in item.spans] if item.row is None else (),
        "by_person": sorted(people.items()),
        "speakers": sorted({a.name for a in story.actors if a.kind in ("person", "organization")}),
        "names": [(d.id, context.shown(d.id)) for d in context.documents],
        "sheets": list_sheets([(d, context.shown(d.id)) for d in documents], item.spans),
    }


def _tell_ruling(decision: Decision) -> str:
    if decision.ruling == SPEAKER:
        return decision.sentence.partition(" that ")[2].partition(" said “")[0]
    return RULED.get(decision.ruling, decision.ruling).capitalize()


def _list_sides(context: Context, row: Row) -> list[dict[str, Any]]:
    return [
        {
            "letter": SIDES[number % len(SIDES)],
            "caption": evidence.caption,
            "words": [
                {
                    "document": words.document,
                    "name": context.shown(words.document),
                    "runs": [cut_pieces(context.document(words.document), s, words.marks) for s in words.spans],
                }
                for words in evidence.words
            ],
        }
        for number, evidence in enumerate(row.evidence)
    ]


def _find_ruled(desk: Desk, view: View, number: str, items: Sequence[Item], shown: str) -> dict[str, Any] | None:
    """Return the decision that an address names as the last one, so that it can be undone."""
    if not number.isdecimal() or len(number) > 9:
        return None
    with desk.open() as archive:
        entries = list_entries(archive.store)
    if not 1 <= int(number) <= len(entries):
        return None
    entry = entries[int(number) - 1]
    # The names of this story's documents alone: those of all are many.
    names = {m.id: f"“{m.title}” ({m.publisher or m.name})" if m.title else m.name for m in view.listing.members}
    sentence = describe_entry(entry, names)
    stands = entry.set_aside_by is None and entry.ruling != WITHDRAWN
    if entry.ruling == WITHDRAWN and entries[int(entry.subject) - 1].set_aside_by == entry.number:
        sentence = f"Undone: {describe_entry(entries[int(entry.subject) - 1], names)}"
    item = next((i for i in items if any(d.number == entry.number for d in i.rulings)), None)
    back = place_item(view.listing.id, items, item, shown=shown) if item is not None else ""
    return {"number": entry.number, "sentence": sentence, "stands": stands, "back": back}


async def decide(request: Request) -> Response:
    """Keep a ruling on an item or on documents, and lead to the next item that this person has not ruled on."""
    async with read_form(request) as form:
        ruling, who, note = read_text(form, "ruling"), clean_who(read_text(form, "who")), read_text(form, "note")[:2000]
        shown, key, speaker = read_text(form, "show"), read_text(form, "item"), read_text(form, "speaker")[:200]
        documents = read_texts(form, "document")
    if ruling in _DOCUMENT_RULINGS:
        target = await run_in_threadpool(_rule_on_documents, request, ruling, documents, who, note)
    else:
        target = await run_in_threadpool(_rule_on_item, request, ruling, shown, key, speaker, who, note)
    return remember(RedirectResponse(target, 303), who)


def _rule_on_item(request: Request, ruling: str, shown: str, key: str, speaker: str, who: str, note: str) -> str:
    desk, view = find_view(request)
    items = list_items(view.report)
    item = next((i for i in items if i.key == key), None)
    if item is None or ruling not in (POINT_RULINGS if item.is_point else (SPEAKER,)):
        raise UsageError("this item is not in the story any more, or cannot be ruled on so")
    with desk.open() as archive:
        entry = archive.rule(ruling, view.report, item.id, who=who, note=note, name=speaker)
    shown = shown if shown in SHOWN else "open"
    following = None if ruling == NOTED else find_next(select_items(items, shown), key, who)
    at = following.key if following is not None else key
    return f"/story/{view.listing.id}/decide?show={shown}&item={at}&ruled={entry.number}#item"


def _rule_on_documents(request: Request, ruling: str, documents: list[str], who: str, note: str) -> str:
    desk: Desk = request.app.state.desk
    with desk.open() as archive:
        listing = desk.find(archive, request.path_params["id"])
        picked = [d for d in listing.documents if d in documents]
        if len(picked) == 1 and ruling == "other-story" and len(listing.documents) > 1:
            picked.append(next(d for d in listing.documents if d not in picked))
        entry = archive.decide(ruling, picked, who=who, note=note)
        left = desk.find(archive, listing.documents[0])
    return f"/story/{left.id}/decide?show=documents&ruled={entry.number}"


async def undo(request: Request) -> Response:
    """Withdraw a ruling; both stay in the list."""
    desk: Desk = request.app.state.desk
    async with read_form(request) as form:
        number, back = read_text(form, "number"), read_place(read_text(form, "back"))
        who = clean_who(read_text(form, "who") or read_who(request))

    def withdraw() -> Entry:
        with desk.open() as archive:
            return archive.decide("withdrawn", [number], who=who)

    entry = await run_in_threadpool(withdraw)
    if urlsplit(back).path.endswith("/decide"):
        back = f"{back}{'&' if '?' in back else '?'}ruled={entry.number}#item"
    return remember(RedirectResponse(back, 303), who)


def show_decisions(request: Request) -> Response:
    """List all rulings, the newest first, also those that no longer stand."""
    desk: Desk = request.app.state.desk
    with desk.open() as archive:
        entries, names = archive.decisions(), archive.names()
        shelf = desk.shelf(archive) if entries else None
    by_number = {e.number: e for e in entries}

    def tell(entry: Entry) -> dict[str, Any]:
        story = next((shelf.by_id[d].id for d in entry.documents if shelf and d in shelf.by_id), "")
        aside = by_number.get(entry.set_aside_by or 0)
        return {
            "number": entry.number,
            "ruling": entry.ruling,
            "sentence": describe_entry(entry, names),
            "aside": describe_entry(aside, names) if aside is not None else "",
            "story": story,
            "is_of_words": entry.is_of_words,
        }

    return render(request, "decisions", here="decisions", entries=[tell(e) for e in reversed(entries)])


def show_ruled(request: Request) -> Response:
    """Lead to the item that a decision is on, as it is in its story now; to the story where it has none."""
    desk: Desk = request.app.state.desk
    with desk.open() as archive:
        entries = {e.number: e for e in archive.decisions()}
        entry = entries.get(request.path_params["number"])
        shelf = desk.shelf(archive)
        story = next((shelf.by_id[d].id for d in entry.documents if d in shelf.by_id), "") if entry else ""
        if entry is None or not story:
            raise HTTPException(404, "This decision is on no story of the archive.")
        if not entry.is_of_words:
            return RedirectResponse(f"/story/{story}/decide?show=documents", 303)
        view = desk.view(archive, story)
    items = list_items(view.report)
    held = next((i for i in items if any(d.number == entry.number for d in i.rulings)), None)
    item = held or find_item(items, entry.spans, is_point=entry.ruling != SPEAKER)
    return RedirectResponse(f"{place_item(story, items, item)}#item" if item is not None else f"/story/{story}", 303)


ROUTES = (
    Route("/story/{id}/decide", show_decide),
    Route("/story/{id}/decide", decide, methods=["POST"]),
    Route("/undo", undo, methods=["POST"]),
    Route("/decisions", show_decisions),
    Route("/decisions/{number:int}", show_ruled),
)
