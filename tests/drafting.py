"""Drafts and sources of invented people, read as files are."""

from __future__ import annotations

from dataclasses import replace

from wirecheck.drafts import check_documents
from wirecheck.model import Document, DraftItem, DraftReport
from wirecheck.readers import read_bytes


def make_document(name: str, text: str, *, suffix: str = "txt", published: str | None = "2025-03-13") -> Document:
    (document,), _ = read_bytes(f"{name}.{suffix}", text.encode("utf-8"))
    return replace(document, publisher=None if name == "draft" else name.title(), published=published)


def check_texts(draft: str, *, suffix: str = "txt", **sources: str) -> DraftReport:
    """Return the check of a draft against sources by name, all given as text."""
    document = make_document("draft", draft, suffix=suffix, published=None)
    return check_documents(document, [make_document(name, text) for name, text in sources.items()])


def items_of(report: DraftReport, kind: str) -> list[DraftItem]:
    return [i for i in report.items if i.kind == kind]
