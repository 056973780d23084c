"""Conflicts: on what the documents cannot all be right, and where they only seem to differ."""

from __future__ import annotations

from wirecheck.report.rows import Context, Part
from wirecheck.report.sections import Section
from wirecheck.report.sections._points import list_rows


def build(context: Context) -> tuple[Part, ...]:
    parts = (
        Part("", list_rows(context, "conflict"), shown=12),
        Part(
            "They differ, and can both be right",
            list_rows(context, "compatible"),
            "Rounding, precision, a later update, a different thing counted: no conflict.",
            shown=8,
        ),
    )
    return tuple(p for p in parts if p.rows)


SECTION = Section(
    name="conflicts",
    version=1,
    title="Conflicts",
    summary="points on which documents cannot both be right, and those that only seem to differ",
    order=20,
    build=build,
)
