"""Agreements: what two or more documents state alike, and how many origins stand behind it."""

from __future__ import annotations

from wirecheck.report.rows import Context, Part
from wirecheck.report.sections import Section
from wirecheck.report.sections._points import list_rows

_NOTE = "Agreement is no proof: where no origin is named, nothing shows where the documents have it from."


def build(context: Context) -> tuple[Part, ...]:
    rows = list_rows(context, "agree")
    return (Part("", rows, _NOTE, shown=10),) if rows else ()


SECTION = Section(
    name="agreements",
    version=1,
    title="Agreements",
    summary="points that two or more documents state alike, each with its count of origins",
    order=40,
    build=build,
)
