"""What can be ruled on in a story: its points and quotations, each with its words, its rulings and a lasting name."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from wirecheck.archive.deciding import NOTED, SPEAKER
from wirecheck.model import Decision, Document, Report, Span
from wirecheck.report.rows import Context, Row
from wirecheck.report.sections._points import LABELS, TONES, point_row

SHOWN = ("open", "conflict", "compatible", "undecided", "agree", "single", "quotations", "all")
_OPEN = ("conflict", "compatible", "undecided")
_KEY_DIGITS = 12


@dataclass(frozen=True)
class Item:
    """A point or a quotation as it is ruled on."""

    key: str
    """Made from its words, so that it is the same after a ruling and after a new comparison."""
    id: str
    """Its id in the report."""
    is_point: bool
    label: str
    tone: str
    sentence: str
    documents: tuple[str, ...]
    spans: tuple[Span, ...]
    rulings: tuple[Decision, ...]
    row: Row | None = None
    speaker: str = ""
    """Who said it, as far as the report knows."""

    def is_ruled_by(self, who: str) -> bool:
        """Return whether a person has ruled on it, or anybody where no name is given; a note alone is no ruling."""
        return any(d.who == who or not who for d in self.rulings if d.ruling != NOTED)


@dataclass(frozen=True, slots=True)
class Run:
    """A run of a document's text that is all marked or all unmarked."""

    text: str
    marked: bool
    furniture: bool


def list_items(report: Report) -> tuple[Item, ...]:
    """Return what can be ruled on in a report over one story: points in its order, then quotations by place."""
    (story,) = report.stories
    context = Context(report, story)
    found = []
    for number, finding in enumerate(story.findings, start=1):
        row = point_row(context, number, finding)
        found.append(
            Item(
                key=_make_key(finding.kind, finding.evidence, *sorted(s.value for s in finding.sides)),
                id=row.id,
                is_point=True,
                label=LABELS[finding.verdict],
                tone=TONES[finding.verdict],
                sentence=finding.reason,
                documents=context.sort(finding.documents),
                spans=finding.evidence,
                rulings=tuple(d for d in report.decisions if d.point == row.id),
                row=row,
            )
        )
    for quotation in sorted(story.quotations, key=lambda q: context.place(q.contents[0])):
        words = frozenset(quotation.contents)
        said_by = context.speaker(quotation) or ""
        found.append(
            Item(
                key=_make_key("quotation", quotation.contents),
                id=quotation.id,
                is_point=False,
                label="Quotation",
                tone="plain",
                sentence=f"{context.shown(quotation.document)}: {said_by or 'nobody is named as the speaker'}",
                documents=(quotation.document,),
                spans=quotation.contents,
                rulings=tuple(d for d in report.decisions if d.ruling == SPEAKER and words == frozenset(d.spans)),
                speaker=said_by,
            )
        )
    return tuple(_with_own_keys(found))


def _with_own_keys(items: Iterable[Item]) -> Iterator[Item]:
    """Give the second and later items with one key a number: they rest on the same words and say the same."""
    used: dict[str, int] = {}
    for item in items:
        used[item.key] = nth = used.get(item.key, 0) + 1
        yield item if nth == 1 else replace(item, key=f"{item.key}{nth}")


def select_items(items: Sequence[Item], shown: str) -> tuple[Item, ...]:
    """Return the items of one of the lists in `SHOWN`; "open" is what an editor may have to decide."""
    if shown == "quotations":
        return tuple(i for i in items if not i.is_point)
    points = tuple(i for i in items if i.is_point)
    if shown == "all":
        return points
    wanted = _OPEN if shown == "open" else (shown,)
    return tuple(i for i in points if i.row is not None and i.row.verdict in wanted)


def find_next(items: Sequence[Item], key: str, who: str) -> Item | None:
    """Return the next item that a person has not ruled on, after the one with a key and from the start again."""
    at = next((n for n, i in enumerate(items) if i.key == key), -1)
    ordered = [*items[at + 1 :], *items[: max(at, 0)]]
    return next((i for i in ordered if not i.is_ruled_by(who)), None)


def find_item(items: Sequence[Item], spans: Sequence[Span], *, is_point: bool, id: str = "") -> Item | None:
    """Return the point or the quotation that rests on most of some words as a story is now; None where none does.

    `id` is what it was called then, which another one may be called by now.
    """
    found = [i for i in items if i.is_point == is_point]
    best = max(found, key=lambda i: (*count_shared(spans, i.spans), i.id == id), default=None)
    return best if best is not None and count_shared(spans, best.spans)[0] else None


def count_shared(told: Sequence[Span], spans: Sequence[Span]) -> tuple[int, int]:
    """Return how many of some spans overlap others, and how many are among them."""
    return sum(any(t.overlap(s) for s in spans) for t in told), len(set(told).intersection(spans))


def place_item(story: str, items: Sequence[Item], item: Item, *, shown: str = "open") -> str:
    """Return the address of an item where it is ruled on, in the list `shown` where that has it.

    `items` are those of its story.
    """
    if item not in select_items(items, shown):
        shown = "all" if item.is_point else "quotations"
    return f"/story/{story}/decide?show={shown}&item={item.key}"


def cut_text(document: Document, spans: Iterable[Span]) -> tuple[Run, ...]:
    """Return a document's text in runs, cut wherever one of the spans or its furniture begins or ends."""
    own = [s for s in spans if s.document == document.id]
    borders = {0, len(document.text)} | {b for s in (*own, *document.furniture) for b in (s.start, s.end)}
    return tuple(
        Run(document.text[a:b], any(s.start <= a and b <= s.end for s in own), document.is_furniture(a, b))
        for a, b in pairwise(sorted(borders))
    )


def list_sheets(documents: Iterable[tuple[Document, str]], spans: Sequence[Span] = ()) -> list[dict[str, Any]]:
    """Return what `beside` of the templates shows of documents, each with its name; words at `spans` are marked."""
    return [{"document": d, "name": name, "runs": cut_text(d, spans)} for d, name in documents]


def _make_key(kind: str, spans: Iterable[Span], *values: str) -> str:
    value = json.dumps([kind, sorted((s.document, s.start, s.end) for s in set(spans)), values])
    return hashlib.sha256(value.encode("ascii")).hexdigest()[:_KEY_DIGITS]
