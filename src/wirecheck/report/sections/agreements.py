"""Agreements: what two or more documents state alike, and how many origins stand behind it."""

from __future__ import annotations

from wirecheck.report.rows import Context, Part
from wirecheck.report.sections import Section
from wirecheck.report.sections._points import list_compatible, list_rows

_NOTE = "Agreement is no proof: where no origin is named, nothing shows where the documents have it from."


def build(context: Context) -> tuple[Part, ...]:
    partial = tuple(row for row, difference in list_compatible(context) if difference == "partial")
    parts = (
        Part("", list_rows(context, "agree"), _NOTE, shown=10),
        Part(
            "Each tells a part",
            partial,
            "About one thing, but not the same of it: no conflict, and no agreement.",
            shown=3,
            layout="compact",
        ),
    )
    return tuple(p for p in parts if p.rows)


SECTION = Section(
    name="agreements",
    version=1,
    title="Agreements",
    summary="points that two or more documents state alike, and those of which each tells a part",
    order=40,
    build=build,
)
