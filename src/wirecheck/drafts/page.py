"""A checked draft as one HTML file that asks for nothing: the items on one side, the draft with its links on the other.

It has the look of the report's page, whose style sheet and macros it takes; no script runs in it.
"""

from __future__ import annotations

import base64
import hashlib
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import resources
from itertools import pairwise
from typing import TYPE_CHECKING

from wirecheck.drafts.json import item_id
from wirecheck.drafts.terminal import group_sources, label_item, show_around, tell_counts, tell_sources
from wirecheck.model import DraftItem, DraftReport, Span
from wirecheck.places import Places
from wirecheck.report.html import make_environment
from wirecheck.report.plain import Piece, cut_pieces, shorten
from wirecheck.report.rows import Mark

if TYPE_CHECKING:
    pass

LONGEST_WORDS = 600
_BLANK = re.compile(r"\n\s*\n|\n")
_TONES = {
    "verbatim": "agree",
    "supported": "agree",
    "trimmed": "differ",
    "paraphrased": "differ",
    "rounded": "differ",
    "not-found": "open",
}


@dataclass(frozen=True, slots=True)
class _Words:
    name: str
    run: tuple[Piece, ...]
    before: bool
    after: bool


@dataclass(frozen=True, slots=True)
class _Row:
    id: str
    tone: str
    verdict: str
    label: str
    reason: str
    own: _Words
    sources: tuple[_Words, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """A run of the draft within which no item begins or ends; `item` is what it links to, the first to look at."""

    text: str
    item: str
    tone: str
    anchors: tuple[str, ...]


def render_html(report: DraftReport) -> str:
    """Return a checked draft as one self-contained page; the same draft and sources give the same text."""
    import markupsafe

    style = (resources.files("wirecheck.report") / "static" / "page.css").read_text("utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    ids = {item: item_id(n) for n, item in enumerate(report.items, start=1)}
    return (
        make_environment("wirecheck.drafts")
        .get_template("draft.html.jinja")
        .render(
            policy=f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'",
            style=markupsafe.Markup(style),
            version=report.version,
            title=report.draft.title or report.draft.name,
            name=report.draft.name,
            against=tell_sources(report),
            counts=tell_counts(report),
            problems=report.problems,
            faults=[_row(report, i, ids[i]) for i in report.faults],
            standing=[_row(report, i, ids[i]) for i in report.items if not i.look],
            paragraphs=list(_list_paragraphs(report, ids)),
        )
    )


def _row(report: DraftReport, item: DraftItem, id: str) -> _Row:
    changes = [d for b in item.sources for d in b.differences]
    own = [Mark(d.right, "value") for d in changes if d.right is not None]
    sources = []
    for names, backing in group_sources(report, item):
        differ = [d.left for d in backing.differences if d.left is not None]
        marks = [Mark(s, "value") for s in (*differ, *backing.lost)]
        sources.append(_words(report, show_around(backing), marks, names))
    tone = _TONES.get(item.verdict, "conflict")
    return _Row(
        id, tone, item.verdict, label_item(item), item.reason, _words(report, item.span, own, "Draft"), tuple(sources)
    )


def _words(report: DraftReport, span: Span, marks: Iterable[Mark], names: str) -> _Words:
    document = report.document(span.document)
    run, before, after = shorten(cut_pieces(document, span, sorted(set(marks))), LONGEST_WORDS)
    return _Words(names, run, before, after)


def _list_paragraphs(report: DraftReport, ids: dict[DraftItem, str]) -> Iterator[tuple[_Part, ...]]:
    """Yield the paragraphs of the draft, cut where an item begins or ends."""
    text = report.draft.text
    items = Places(report.items, lambda i: (i.span.start, i.span.end))
    edges = sorted({e for i in report.items for e in (i.span.start, i.span.end)})
    anchored: set[str] = set()
    at = 0
    for start, end in [*((m.start(), m.end()) for m in _BLANK.finditer(text)), (len(text), len(text))]:
        parts = []
        cuts = [at, *edges[bisect_right(edges, at) : bisect_left(edges, start)], start]
        for first, last in pairwise(cuts):
            over = sorted(items.touching(first, last), key=lambda i: (not i.look, i.span.length))
            anchors = tuple(ids[i] for i in over if ids[i] not in anchored)
            anchored.update(anchors)
            tone = _TONES.get(over[0].verdict, "conflict") if over else ""
            if first < last:
                parts.append(_Part(text[first:last], ids[over[0]] if over else "", tone, anchors))
        if parts:
            yield tuple(parts)
        at = end
