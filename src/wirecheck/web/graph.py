"""Reuse as a picture: documents in the order of time, with an arc for each pair that shares words.

Made from the report alone, the same for the same report: one line a document, so that every name can be read, and arcs
beside them, an arrow where it is known who has it from whom.
"""

from __future__ import annotations

from dataclasses import dataclass

from wirecheck.model import Report
from wirecheck.report.rows import Context

_LINE = 34
_LEFT = 12
_ARC = 0.7
_MOST_NAME = 44


@dataclass(frozen=True, slots=True)
class Node:
    """A document: its name, when it was published, and where its line is."""

    id: str
    name: str
    when: str
    y: int
    origin: int
    """Number of its origin in the story, from 1; 0 where the report has none."""


@dataclass(frozen=True, slots=True)
class Link:
    """A pair of documents that share words, or of which one has it from the other."""

    left: str
    right: str
    relation: str
    """"shared words" where neither is known to have it from the other."""
    reason: str
    left_share: float
    right_share: float
    """Share of each one's article words that the other has too, from 0 to 1."""
    passages: int
    directed: bool
    path: str
    """The arc, as an SVG path."""
    width: float
    head: str
    """The arrow's head, as an SVG path; "" without direction."""


@dataclass(frozen=True, slots=True)
class Graph:
    """The picture: its size in pixels, nodes by time, links by their ends."""

    width: int
    height: int
    axis: int
    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    outside: tuple[tuple[str, str, str], ...]
    """Texts that are not among the documents: name, who has it from there, reason."""


def draw_graph(report: Report) -> Graph:
    """Return the picture of who shares words with whom in a report over one story."""
    (story,) = report.stories
    context = Context(report, story)
    number = {d: n for n, o in enumerate(story.origins, start=1) for d in o.documents}
    ordered = sorted(context.documents, key=lambda d: (d.published or "9999", d.name, d.id))
    nodes = tuple(
        Node(
            d.id,
            _cut(context.shown(d.id)),
            _show_time(d.published),
            _LINE * n + 24,
            number.get(d.id, 0),
        )
        for n, d in enumerate(ordered)
    )
    y = {n.id: n.y for n in nodes}
    shares = {frozenset((r.left, r.right)): r for r in story.reuse if r.passages}
    known = {frozenset((x.source, x.to)): x for x in story.lineage if x.source_is_document and x.source in y}
    longest = max((abs(y[a] - y[b]) for a, b in map(sorted, {*shares, *known})), default=0)
    axis = int(_LEFT + 0.75 * longest * _ARC) + 24  # a curve with both handles there goes three quarters of the way
    links = []
    for pair in sorted({*shares, *known}, key=lambda p: sorted((y[d], d) for d in p)):
        left, right = sorted(pair, key=lambda d: (y[d], d))
        reuse, lineage = shares.get(pair), known.get(pair)
        of_left = of_right = 0.0
        if reuse is not None:
            of_left, of_right = reuse.left_share, reuse.right_share
            if reuse.left != left:
                of_left, of_right = of_right, of_left
        if lineage is not None and lineage.directed and lineage.source == right:
            left, right, of_left, of_right = right, left, of_right, of_left
        directed = lineage is not None and lineage.directed
        links.append(
            Link(
                left=left,
                right=right,
                relation=lineage.relation if lineage is not None else "shared words",
                reason=lineage.reason if lineage is not None else "",
                left_share=of_left,
                right_share=of_right,
                passages=len(reuse.passages) if reuse is not None else 0,
                directed=directed,
                path=_arc(axis, y[left], y[right]),
                width=1.0 + round(2 * max(of_left, of_right), 1),
                head=f"M{axis - 4} {y[right]}l-13 -6v12z" if directed else "",
            )
        )
    outside = tuple((x.source, context.shown(x.to), x.reason) for x in story.lineage if not x.source_is_document)
    return Graph(axis + 420, _LINE * len(nodes) + 16, axis, nodes, tuple(links), outside)


def _arc(x: int, start: int, end: int) -> str:
    reach = max(14, abs(end - start) * _ARC)
    return f"M{x} {start}C{x - reach:.0f} {start} {x - reach:.0f} {end} {x} {end}"


def _show_time(published: str | None) -> str:
    return (published or "")[:16].replace("T", " ")


def _cut(name: str) -> str:
    return name if len(name) <= _MOST_NAME else f"{name[: _MOST_NAME - 1]}…"
