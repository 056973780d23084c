"""The points of a report as two tables: one row a point and side, and one row a span that a point rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import Any

from wirecheck.errors import MissingExtraError
from wirecheck.model import Document, Finding, Report, ReportPoint, Span
from wirecheck.report.rows import Context

Value = str | int | None

POINTS: dict[str, type] = {
    "story": str,
    "story_title": str,
    "point": str,
    "verdict": str,
    "kind": str,
    "difference": str,
    "reason": str,
    "side": int,
    "value": str,
    "documents": int,
    "names": str,
    "silent": int,
    "origins": int,
    "independence": str,
}
"""The columns of a row for each point and side, with the type of each; every one but the first five may be empty.

`side` counts from 1: a point whose documents all say the same has one side and no `value`. `documents`, `silent` and
`origins` are counts; `names` are those of the documents of the side, joined by "; ". `origins` is the most that there
can be where `independence` is not established.
"""
WORDS: dict[str, type] = {
    "story": str,
    "point": str,
    "verdict": str,
    "kind": str,
    "difference": str,
    "reason": str,
    "side": int,
    "value": str,
    "document": str,
    "name": str,
    "publisher": str,
    "title": str,
    "published": str,
    "address": str,
    "start": int,
    "end": int,
    "quote": str,
}
"""The columns of a row for each span: `quote` is exactly the characters [start, end) of the document, in code points.

`side` is empty for words that belong to a point and to none of its sides.
"""
DOCUMENTS: dict[str, type] = {
    "document": str,
    "name": str,
    "publisher": str,
    "title": str,
    "author": str,
    "published": str,
    "modified": str,
    "address": str,
    "sha256": str,
}
"""The columns of a row for each document; `sha256` is of the bytes as received."""


def list_points(report: Report, points: Iterable[ReportPoint]) -> Iterator[tuple[Value, ...]]:
    """Yield the rows of `POINTS`."""
    names = name_documents(report)
    for point in points:
        finding = point.finding
        origins = finding.origins
        for number, (value, documents, _) in enumerate(list_sides(finding), start=1):
            yield (
                point.story.id,
                point.story.title,
                point.id,
                point.verdict,
                point.kind,
                finding.difference,
                point.reason,
                number,
                value,
                len(documents),
                "; ".join(dict.fromkeys(names[d.id] for d in report.documents if d.id in documents)),
                len(finding.silent),
                origins.count if origins is not None else None,
                origins.independence if origins is not None else None,
            )


def list_words(report: Report, points: Iterable[ReportPoint]) -> Iterator[tuple[Value, ...]]:
    """Yield the rows of `WORDS`: points in the given order, sides in theirs, documents as in the report."""
    for point in points:
        finding = point.finding
        lead = (point.story.id, point.id, point.verdict, point.kind, finding.difference, point.reason)
        for number, value, document, span in list_evidence(report, finding):
            yield (
                *lead,
                number,
                value,
                document.id,
                document.name,
                document.publisher,
                document.title,
                document.published,
                tell_address(document),
                span.start,
                span.end,
                document.words(span),
            )


def list_documents(documents: Iterable[Document]) -> Iterator[tuple[Value, ...]]:
    """Yield the rows of `DOCUMENTS`."""
    for d in documents:
        yield (d.id, d.name, d.publisher, d.title, d.author, d.published, d.modified, tell_address(d), d.sha256)


def name_documents(report: Report) -> dict[str, str]:
    """Return the name of each document by its id, as the report uses it: the publisher where that tells it apart."""
    contexts = [Context(report, story) for story in report.stories]
    return {d.id: d.shown_name for d in report.documents} | {d.id: c.shown(d.id) for c in contexts for d in c.documents}


def list_sides(finding: Finding) -> list[tuple[str | None, frozenset[str], tuple[Span, ...]]]:
    """Return the sides of a finding: value, documents, spans; one without a value where all say the same.

    The span of a value is widened to the shortest statement that holds it, as every form of the report shows it.
    """
    stated = [span for one in finding.statements for span in one.spans]
    if not finding.sides:
        return [(None, frozenset(s.document for s in finding.statements), tuple(stated))]
    return [
        (side.value or None, frozenset(side.documents), tuple(_widen(span, stated) for span in side.spans))
        for side in finding.sides
    ]


def list_evidence(report: Report, finding: Finding) -> Iterator[tuple[int | None, str | None, Document, Span]]:
    """Yield every span that a finding rests on, once for each side: number of the side, its value, document, span.

    What belongs to no side comes last, with None for the number.
    """
    rank = {d.id: (n, d) for n, d in enumerate(report.documents)}
    seen: set[Span] = set()
    for number, (value, _, spans) in enumerate(list_sides(finding), start=1):
        seen.update(spans)
        for span in sorted(set(spans), key=lambda s: (rank[s.document][0], s.start, s.end)):
            yield number, value, rank[span.document][1], span
    rest = {span for one in finding.statements for span in one.spans} - seen
    for span in sorted(rest, key=lambda s: (rank[s.document][0], s.start, s.end)):
        yield None, None, rank[span.document][1], span


def tell_address(document: Document) -> str:
    """Return where a document is: its address on the web, or the place that it was read from."""
    return document.url or document.location


def _widen(span: Span, stated: Iterable[Span]) -> Span:
    return min((s for s in stated if s.covers(span)), key=lambda s: (s.length, s.start), default=span)


def make_pandas(report: Report, *, words: bool) -> Any:
    """Return the table as a `pandas.DataFrame` of string and Int64 columns, whatever is in it."""
    pandas = _load("pandas")
    columns, rows = _make(report, words=words)
    types = {name: "Int64" if kind is int else "string" for name, kind in columns.items()}
    return pandas.DataFrame(rows, columns=list(columns)).astype(types)


def make_polars(report: Report, *, words: bool) -> Any:
    """Return the table as a `polars.DataFrame` of String and Int64 columns, whatever is in it."""
    polars = _load("polars")
    columns, rows = _make(report, words=words)
    types = {name: polars.Int64 if kind is int else polars.String for name, kind in columns.items()}
    return polars.DataFrame(rows, schema=types, orient="row")


def _make(report: Report, *, words: bool) -> tuple[dict[str, type], list[tuple[Value, ...]]]:
    points = report.points()
    columns, rows = (WORDS, list_words(report, points)) if words else (POINTS, list_points(report, points))
    return columns, [tuple(_encodable(v) for v in row) for row in rows]


def _encodable(value: Value) -> Value:
    """Return a value without halves of surrogate pairs, which broken pages have and a table cannot hold."""
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if isinstance(value, str) else value


def _load(package: str) -> Any:
    try:
        return import_module(package)
    except ImportError as error:
        raise MissingExtraError(f"this needs {package}, which is not installed: pip install {package}") from error
