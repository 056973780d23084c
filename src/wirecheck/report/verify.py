"""Verifying a report: its digest, and every document, hash, span and quotation in it, are looked at again."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from wirecheck.model import Document, digest_document
from wirecheck.report.digest import KEY, digest_report
from wirecheck.report.format import FORMAT
from wirecheck.report.shape import find_misfits

_SPAN = frozenset({"document", "start", "end", "text"})
_SHOWN = 60
# Keys whose values name documents of the report.
_LISTS = ("documents", "silent")
# Weights and probability are rounded to four places each; a dozen weights may be off by this much in all.
_ROUNDED = 0.002


def read_report(data: bytes) -> Any:
    """Return what JSON holds; raises `ValueError` where it is none, or where two readers could read it differently.

    A key that stands twice in one object is such a case: one program takes the first, another the last.
    """
    try:
        return json.loads(data, object_pairs_hook=_unite, parse_constant=_refuse)
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error


def _unite(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    united = dict(pairs)
    if len(united) < len(pairs):
        keys = [key for key, _ in pairs]
        raise ValueError(f"the key {next(k for k in keys if keys.count(k) > 1)!r} stands twice in one object")
    return united


def _refuse(name: str) -> Any:
    raise ValueError(f"{name} is no number of JSON")


def verify_report(report: Any, find_document: Callable[[str], Document | None] | None = None) -> list[str]:
    """Return what does not hold in a report that was read from JSON, in words; nothing when all holds.

    With `find_document`, each document is also held against the archive: its text, its bytes and what is said of it.
    """
    if not isinstance(report, Mapping) or report.get("format") != FORMAT:
        found = report.get("format") if isinstance(report, Mapping) else type(report).__name__
        return [f"format: {FORMAT} was expected; found {found!r}"]
    faults = find_misfits(report)
    if faults:
        return faults
    texts: dict[str, str] = {}
    for number, entry in enumerate(report["documents"]):
        if entry["id"] in texts:
            faults.append(f"documents[{number}]: the id {entry['id']} stands twice")
        texts[entry["id"]] = entry["text"]
        faults += _check_document(f"documents[{number}]", entry, find_document)
    known = frozenset(texts)
    for where, value in _walk(report, ""):
        faults += _check_value(where, value, texts, known)
    faults += _check_quotations(report)
    made = digest_report(report)
    if report[KEY] != made:
        faults.append(
            f"digest: {report[KEY]} was expected; the report as it stands gives {made}: something in it was changed, "
            "such as a verdict, a reason, a count or a document"
        )
    return faults


def _check_document(
    where: str, entry: Mapping[str, Any], find: Callable[[str], Document | None] | None
) -> Iterator[str]:
    ident, text = entry["id"], entry["text"]
    if ident != digest_document(entry["location"], text):
        yield f"{where}: the id {ident} does not fit location and text; one of them was changed"
    if find is None:
        return
    held = find(ident)
    if held is None:
        yield f"{where}: document {ident} ({entry['location']}) is not in the archive"
        return
    if held.text != text:
        yield f"{where}: the text of {ident} is not the one in the archive"
    if held.sha256 != entry["sha256"] or hashlib.sha256(held.received).hexdigest() != held.sha256:
        yield f"{where}: the SHA-256 of {ident} is not that of the bytes in the archive"
    for field in ("location", "url", "publisher", "title", "author", "published", "modified", "language"):
        if getattr(held, field) != entry[field]:
            yield f"{where}.{field}: {getattr(held, field)!r} was expected; found {entry[field]!r}"


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
        if not isinstance(ident, str) or ident not in known:
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
        if isinstance(ident, str) and ident not in known and not _names_no_document(key, value):
            yield f"{where}.{key}: document {ident} is not in the report"


def _names_no_document(key: str, value: Mapping[str, Any]) -> bool:
    """Return whether a key that elsewhere names a document has something else here: a date or a word."""
    return (key in ("from", "to") and "title" in value) or (key in ("left", "right") and "weight" in value)


def _check_quotations(report: Mapping[str, Any]) -> Iterator[str]:
    """Hold what groups and points say against what they rest on."""
    quotations = {q["id"] for q in report["quotations"]}
    for number, group in enumerate(report["quote_groups"]):
        for ident in group["quotations"]:
            if ident not in quotations:
                yield f"quote_groups[{number}]: quotation {ident} is not in the report"
    for number, quotation in enumerate(report["quotations"]):
        if not quotation["contents"]:
            yield f"quotations[{number}]: it has no words"
        for span in (*quotation["contents"], quotation["cue"], quotation["source"]):
            if span is not None and span["document"] != quotation["document"]:
                yield f"quotations[{number}]: a span of another document"
    points = {p["id"] for p in report["points"]}
    for number, point in enumerate(report["points"]):
        if not any(s["spans"] for s in point["statements"]):
            yield f"points[{number}]: it rests on no words"
    for number, entry in enumerate(report["timeline"]):
        if entry["point"] not in points:
            yield f"timeline[{number}]: point {entry['point']} is not in the report"
    for number, judgement in enumerate(report["judgements"]):
        if judgement["point"] is not None and judgement["point"] not in points:
            yield f"judgements[{number}]: point {judgement['point']} is not in the report"
        weights = [f["weight"] for f in judgement["features"]]
        made = 1.0 / (1.0 + math.exp(-max(-500.0, min(500.0, sum(weights)))))
        if weights and abs(made - judgement["probability"]) > _ROUNDED:
            yield f"judgements[{number}]: its features add up to {made:.4f}; {judgement['probability']} is given"


def _show(words: Any) -> str:
    shown = repr(words)
    return shown if len(shown) <= _SHOWN else shown[:_SHOWN] + "…"
