"""A checked draft as JSON: `wirecheck-draft/1`."""

from __future__ import annotations

import json

from wirecheck.drafts.format import FORMAT, BackingJson, DraftJson, ItemJson
from wirecheck.model import Backing, DraftItem, DraftReport, Report
from wirecheck.report.json import Writer


def render_json(report: DraftReport) -> str:
    """Return a checked draft as JSON; the same draft and sources give the same text."""
    return json.dumps(build_json(report), indent=2, ensure_ascii=False) + "\n"


def build_json(report: DraftReport) -> DraftJson:
    """Return a checked draft as values of JSON."""
    writer = Writer(Report((report.draft, *report.documents), (), report.problems, report.version))
    draft = report.draft
    return {
        "format": FORMAT,
        "wirecheck": {
            "version": report.version,
            "settings": dict(report.settings),
            "models": dict(sorted(report.models.items())),
        },
        "draft": {
            "id": draft.id,
            "name": draft.name,
            "location": draft.location,
            "title": draft.title,
            "published": draft.published,
            "sha256": draft.sha256,
            "text": draft.text,
        },
        "documents": [writer.document(d) for d in report.documents],
        "items": [_item(writer, n, i) for n, i in enumerate(report.items, start=1)],
        "problems": [writer.problem(p) for p in report.problems],
    }


def item_id(number: int) -> str:
    """Return the id of the n-th item of a draft, counted from 1."""
    return f"d{number}"


def _item(writer: Writer, number: int, item: DraftItem) -> ItemJson:
    return {
        "id": item_id(number),
        "kind": item.kind,
        "span": writer.span(item.span),
        "verdict": item.verdict,
        "look": item.look,
        "sources": [_backing(writer, b) for b in item.sources],
        "reason": item.reason,
    }


def _backing(writer: Writer, backing: Backing) -> BackingJson:
    return {
        "document": backing.document,
        "span": writer.span(backing.span),
        "left_out": writer.optional(backing.left_out),
        "lost": writer.spans(backing.lost),
        "differences": [writer.difference(d) for d in backing.differences],
    }
