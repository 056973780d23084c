"""Verifying a report: every document, hash, span and quotation in it is looked at again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from wirecheck.model import Document, digest_document
from wirecheck.report.format import FORMAT

_SPAN = frozenset({"document", "start", "end", "text"})
_SHOWN = 60
# Keys whose values name documents of the report.
_LISTS = ("documents", "silent")


def verify_report(report: Any, find_document: Callable[[str], Document | None] | None = None) -> list[str]:
    """Return what does not hold in a report that was read from JSON, in words; nothing when all holds.

    With `find_document`, each document is also held against the archive: its text, its bytes and what is said of it.
    """
    if not isinstance(report, Mapping) or report.get("format") != FORMAT:
        found = report.get("format") if isinstance(report, Mapping) else type(report).__name__
        return [f"format: {FORMAT} was expected; found {found!r}"]
    faults: list[str] = []
    texts: dict[str, str] = {}
    for number, entry in enumerate(report.get("documents") or ()):
        where = f"documents[{number}]"
        if not isinstance(entry, Mapping) or not isinstance(entry.get("text"), str) or "id" not in entry:
            faults.append(f"{where}: a document with id and text was expected")
            continue
        texts[str(entry["id"])] = entry["text"]
        faults += _check_document(where, entry, find_document)
    known = frozenset(texts)
    for where, value in _walk(report, ""):
        faults += _check_value(where, value, texts, known)
    faults += _check_quotations(report)
    return faults


def _check_document(
    where: str, entry: Mapping[str, Any], find: Callable[[str], Document | None] | None
) -> Iterator[str]:
    ident, text = str(entry["id"]), entry["text"]
    if ident != digest_document(str(entry.get("location")), text):
        yield f"{where}: the id {ident} does not fit location and text; one of them was changed"
    if find is None:
        return
    held = find(ident)
    if held is None:
        yield f"{where}: document {ident} ({entry.get('location')}) is not in the archive"
        return
    if held.text != text:
        yield f"{where}: the text of {ident} is not the one in the archive"
    if held.sha256 != entry.get("sha256") or hashlib.sha256(held.received).hexdigest() != held.sha256:
        yield f"{where}: the SHA-256 of {ident} is not that of the bytes in the archive"
    for field in ("location", "url", "publisher", "title", "author", "published", "modified"):
        if getattr(held, field) != entry.get(field):
            yield f"{where}.{field}: {getattr(held, field)!r} was expected; found {entry.get(field)!r}"


def _walk(value: Any, where: str) -> Iterator[tuple[str, Any]]:
    """Yield every object of the report with its place."""
    if isinstance(value, Mapping):
        yield where, value
        for key, inner in value.items():
            yield from _walk(inner, f"{where}.{key}" if where else str(key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _walk(inner, f"{where}[{number}]")


def _check_value(
    where: str, value: Mapping[str, Any], texts: Mapping[str, str], known: frozenset[str]
) -> Iterator[str]:
    if set(value) >= _SPAN:
        ident, start, end, words = (value[k] for k in ("document", "start", "end", "text"))
        if ident not in known:
            yield f"{where}: its document {ident} is not in the report"
        elif not (type(start) is int and type(end) is int and 0 <= start <= end <= len(texts[ident])):
            yield f"{where}: [{start}, {end}) leaves document {ident}"
        elif texts[ident][start:end] != words:
            yield f"{where}: {_show(words)} was expected at [{start}, {end}); found {_show(texts[ident][start:end])}"
        return
    if not where:
        return
    for key in _LISTS:
        for ident in value.get(key) or () if isinstance(value.get(key), list) else ():
            if isinstance(ident, str) and ident not in known:
                yield f"{where}.{key}: document {ident} is not in the report"
    for key in ("document", "left", "right", "to", "from"):
        ident = value.get(key)
        if isinstance(ident, str) and ident not in known and not (key in ("from", "to") and "title" in value):
            yield f"{where}.{key}: document {ident} is not in the report"


def _check_quotations(report: Mapping[str, Any]) -> Iterator[str]:
    """Hold what groups and points say against what they rest on."""
    quotations = {q.get("id") for q in report.get("quotations") or () if isinstance(q, Mapping)}
    for number, group in enumerate(report.get("quote_groups") or ()):
        for ident in group.get("quotations") or ():
            if ident not in quotations:
                yield f"quote_groups[{number}]: quotation {ident} is not in the report"
    for number, quotation in enumerate(report.get("quotations") or ()):
        spans = [*(quotation.get("contents") or ()), quotation.get("cue"), quotation.get("source")]
        if not quotation.get("contents"):
            yield f"quotations[{number}]: it has no words"
        for span in spans:
            if isinstance(span, Mapping) and span.get("document") != quotation.get("document"):
                yield f"quotations[{number}]: a span of another document"
    points = {p.get("id") for p in report.get("points") or () if isinstance(p, Mapping)}
    for number, point in enumerate(report.get("points") or ()):
        if not any(s.get("spans") for s in point.get("statements") or ()):
            yield f"points[{number}]: it rests on no words"
    for number, entry in enumerate(report.get("timeline") or ()):
        if entry.get("point") not in points:
            yield f"timeline[{number}]: point {entry.get('point')} is not in the report"


def _show(words: Any) -> str:
    shown = repr(words)
    return shown if len(shown) <= _SHOWN else shown[:_SHOWN] + "…"
